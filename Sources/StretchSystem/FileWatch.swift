/// Tells when a file was written, replaced, created or removed; where it is a symbolic link, its target too.
///
/// Two files need this: `config.toml`, which may be a link into a directory of dotfiles, and `/etc/localtime`, whose
/// target an update of tzdata replaces. Other files of their directories call only as `companions`.
@MainActor
package final class FileWatch {
    /// Names of other files of its directory, which call too.
    package var companions: Set<String> = []
    private let path: String
    private let changed: @MainActor () -> Void
    private var entry: DirectoryWatch?
    private var target: (path: String, watch: DirectoryWatch)?

    /// - Parameter path: absolute. Neither the file nor its directory need exist.
    package init(_ path: String, _ changed: @escaping @MainActor () -> Void) throws(SystemError) {
        self.path = path
        self.changed = changed
        entry = try DirectoryWatch(Path.directory(of: path)) { [weak self] in self?.directoryChanged($0) }
        try followLink()
    }

    private func followLink() throws(SystemError) {
        guard let link = Path.target(ofLink: path) else { return target = nil }
        let file = Path.resolved(path) ?? link
        guard file != target?.path else { return }
        target = (file, try watchDirectory(of: file) { [weak self] in self?.changed() })
    }

    private func directoryChanged(_ change: DirectoryWatch.Change) {
        guard case .entries(let names) = change else { return entryChanged() }
        if names.contains(Path.name(of: path)) {
            entryChanged()
        } else if !names.isDisjoint(with: companions) {
            changed()
        }
    }

    private func entryChanged() {
        do { try followLink() } catch {
            // No inotify instance is left for the new target. The old one stays watched; SIGHUP and `reload` work still.
        }
        changed()
    }

    private func watchDirectory(
        of file: String, _ changed: @escaping @MainActor () -> Void
    ) throws(SystemError) -> DirectoryWatch {
        let name = Path.name(of: file)
        return try DirectoryWatch(Path.directory(of: file)) { change in
            if change == .everything { return changed() }
            if case .entries(let names) = change, names.contains(name) { changed() }
        }
    }
}
