import Glibc
import StretchBase
package import StretchCore
import StretchUnix

/// The copy of the configuration that was last in force, for the time while `config.toml` is wrong (rule 18).
///
/// It is a directory with the texts. The link `in-force` leads to it. Only the daemon writes it, and a new copy is
/// complete and on the disk before the link is turned to it.
package struct KeptConfiguration: Sendable {
    /// `$XDG_STATE_HOME/stretchd`.
    private let directory: String
    private let origin: Origin

    /// - Parameters:
    ///   - directory: `Places.state`; it need not exist.
    ///   - configuration: the path of the file that is copied.
    ///   - journal: the path of the daemon's journal. It belongs to the copy, because a journal has only one daemon. So
    ///     two daemons never write the same copy.
    package init(in directory: String, of configuration: String, with journal: String) {
        self.directory = directory
        origin = Origin(configuration: configuration, journal: journal)
    }

    /// The link to the copy.
    package var path: String { "\(directory)/\(name)" }

    /// The name of the link: `in-force`, unless the copy behind that is another daemon's.
    private var name: String {
        guard let other = try? Origin(of: "\(directory)/in-force"), !other.isSame(as: origin) else { return "in-force" }
        return "in-force-\(origin.hash)"
    }

    /// The configuration that was last in force; nil if none was kept.
    package func read() throws(UnusableCopy) -> Configuration? {
        let path = path
        guard let copy = Path.resolved(path) else {
            if Path.isAbsent(path) { return nil }
            throw UnusableCopy(path: path, reason: "it cannot be read, \(KernelRefusal(errno, to: .follow))")
        }
        do throws(TextRefusal) {
            let origin = try Origin(of: copy)
            guard let file = origin.files.first else { return .standard }
            let text = try IncludedFile(path: file, directory: copy).text()
            return try configuration(text, in: copy)
        } catch {
            throw UnusableCopy(path: path, reason: error.reason)
        }
    }

    private func configuration(_ text: String, in copy: String) throws(TextRefusal) -> Configuration {
        do throws(ConfigurationError) {
            let files = try ConfigurationFiles(text, of: origin.configuration) { included throws(TextRefusal) in
                try IncludedFile(path: included, directory: copy).text()
            }
            return files.configuration
        } catch {
            let first = error.problems.first.map { "\([$0.place, $0.text].joined(separator: ": "))" } ?? ""
            throw TextRefusal("this version refuses it: \(first)")
        }
    }

    // MARK: Writing

    /// Keeps a configuration that is in force; does nothing if it is kept already.
    ///
    /// If it throws, the copy before it is still there.
    package func keep(_ files: ConfigurationFiles) throws(FileError) {
        let name = name
        var origin = origin
        origin.files = files.texts.map(\.path)
        if holds(files, origin) { return }
        try Places.requireOwn(directory)
        try calling(.createDirectory, on: directory) { () throws(Refusal) in try makeDirectory(directory) }
        let copy = try newDirectory(for: name)
        do throws(FileError) {
            for (path, text) in files.texts { try write(Array(text.utf8), to: "\(copy)/\(path)") }
            try write(Array("\(origin.json)\n".utf8), to: "\(copy)/\(Origin.name)")
            try turn("\(directory)/\(name)", to: copy)
        } catch {
            removeAll(FilePath(copy))
            throw error
        }
        // The old copies go only when the link is safe on the disk, too.
        try calling(.sync, on: directory) { () throws(Refusal) in try syncDirectory(directory) }
        removeCopies(of: name, but: Path.name(of: copy))
    }

    private func holds(_ files: ConfigurationFiles, _ origin: Origin) -> Bool {
        guard let copy = Path.resolved(path), (try? Origin(of: copy)) == origin else { return false }
        return files.texts.allSatisfy { path, text in
            let kept = try? IncludedFile(path: path, directory: copy).text()
            // For Swift, two texts that differ only in their Unicode normal form are equal.
            return kept.map { $0.utf8.elementsEqual(text.utf8) } == true
        }
    }

    private func newDirectory(for name: String) throws(FileError) -> String {
        var number = 1
        while true {
            let path = "\(directory)/\(name).\(number)"
            if mkdir(path, 0o700) == 0 { return path }
            guard errno == EEXIST else { throw .failed(.createDirectory, on: path, errno: errno) }
            number += 1
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try calling(.write, on: path) { () throws(Refusal) in
            let parent = Path.directory(of: path)
            try makeDirectory(parent)
            let file = try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL, mode: S_IRUSR | S_IWUSR)
            guard try file.write(bytes) == bytes.count else { throw Refusal(code: ENOSPC) }
            try file.sync()
            try syncDirectory(parent)
        }
    }

    /// Makes the link lead to a copy, in one step.
    private func turn(_ link: String, to copy: String) throws(FileError) {
        try calling(.replace, on: link) { () throws(Refusal) in
            let draft = "\(link).new"
            unlink(draft)
            try retrying { symlink(Path.name(of: copy), draft) }
            try retrying { rename(draft, link) }
        }
    }

    /// Removes the copies to which the link does not lead any more; what cannot be removed stays until the next time.
    private func removeCopies(of name: String, but kept: String) {
        guard let names = try? names(in: directory) else { return }
        for entry in names where entry.starts(with: "\(name).".utf8) && !entry.elementsEqual(kept.utf8) {
            removeAll(FilePath(directory: directory, name: entry))
        }
    }
}

/// Why a copy cannot be used.
package struct UnusableCopy: Error, CustomStringConvertible {
    fileprivate let path: String
    fileprivate let reason: String

    package var description: String { "the copy of the settings before it, \(path), cannot be used: \(reason)" }
}

/// What a copy is a copy of: a file in it, which is written last.
private struct Origin: Hashable {
    let configuration: String
    let journal: String
    /// The files of the copy, `config.toml` first; empty if there was no `config.toml`.
    var files: [String] = []

    /// No file of a configuration has this name by chance.
    static let name = ".origin"
    private static let version = 1

    init(configuration: String, journal: String) { (self.configuration, self.journal) = (configuration, journal) }

    /// - Parameter copy: the directory of the copy, or the link to it.
    init(of copy: String) throws(TextRefusal) {
        let text = try IncludedFile(path: Self.name, directory: copy).text()
        let object = JSONObject(Array(text.utf8))
        if let version = object?.integer("v"), version > Self.version {
            throw TextRefusal("a newer version wrote it")
        }
        guard let configuration = object?.text("configuration"), let journal = object?.text("journal"),
            let files = object?.texts("files")
        else { throw TextRefusal("its file \(Self.name) is damaged") }
        (self.configuration, self.journal, self.files) = (configuration, journal, files)
    }

    func isSame(as other: Origin) -> Bool { (configuration, journal) == (other.configuration, other.journal) }

    var json: JSON {
        .object([
            "v": .integer(Self.version), "configuration": .text(configuration), "journal": .text(journal),
            "files": .array(files.map { .text($0) }),
        ])
    }

    /// Eight digits that tell this origin from others (FNV-1a).
    var hash: String {
        let hash = "\(configuration)\n\(journal)".utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
