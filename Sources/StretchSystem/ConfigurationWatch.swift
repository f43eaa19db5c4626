/// Tells when `config.toml` or a file that it includes changes.
///
/// One watch is enough for those in its own directory; each directory below that has one takes a watch more.
@MainActor
package final class ConfigurationWatch {
    private let directory: String
    private let changed: @MainActor () -> Void
    private let file: FileWatch
    /// By directory below: the watch, and the names that matter there.
    private var below: [String: (watch: DirectoryWatch, names: Set<String>)] = [:]

    /// - Parameter path: of `config.toml`, absolute. Neither the file nor its directory need exist.
    package init(_ path: String, _ changed: @escaping @MainActor () -> Void) throws(SystemError) {
        directory = Path.directory(of: path)
        self.changed = changed
        file = try FileWatch(path, changed)
    }

    /// - Parameter includes: as in `Configuration.includes`, in the place of those before; the files need not exist.
    package func follow(_ includes: [String]) throws(SystemError) {
        var names: [String: Set<String>] = [:]
        for path in includes + includes.compactMap(target) {
            names[Path.directory(of: path), default: []].insert(Path.name(of: path))
        }
        file.companions = names.removeValue(forKey: ".") ?? []
        var watches: [String: (watch: DirectoryWatch, names: Set<String>)] = [:]
        defer { below = watches }
        for (place, names) in names {
            if let watch = below[place]?.watch {
                watches[place] = (watch, names)
            } else {
                let path = "\(directory)/\(place)"
                let watch = try DirectoryWatch(path) { [weak self] in self?.directoryChanged(place, $0) }
                watches[place] = (watch, names)
            }
        }
    }

    /// Where links lead to, as a path from the directory; nil where there are none, or it is elsewhere.
    private func target(of path: String) -> String? {
        guard let base = Path.resolved(directory), let file = Path.resolved("\(directory)/\(path)"),
            file.utf8.starts(with: "\(base)/".utf8)
        else { return nil }
        return String(decoding: file.utf8.dropFirst(base.utf8.count + 1), as: UTF8.self)
    }

    private func directoryChanged(_ place: String, _ change: DirectoryWatch.Change) {
        if case .entries(let names) = change, names.isDisjoint(with: below[place]?.names ?? []) { return }
        changed()
    }
}
