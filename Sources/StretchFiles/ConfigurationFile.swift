import Glibc
import StretchBase
package import StretchCore
import StretchUnix

/// `config.toml` on the disk, with the files it includes; they are only ever read.
package enum ConfigurationFile {
    /// The configuration of the file that everybody shares; the built-in one where there is no file.
    ///
    /// It never waits: a pipe in the file's place, whose writer may never come, is refused.
    ///
    /// - Parameter path: a longer file than the reader takes is refused by it.
    package static func read(_ path: String) throws(ConfigurationError) -> Configuration {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            let number = errno
            if number == ENOENT, isAbsent(path) { return .standard }
            throw unreadable(path, number)
        }
        defer { close(descriptor) }
        if isPipe(descriptor) {
            throw ConfigurationError(file: path, "is a pipe; put a file there, pipes are for: stretchd check FILE")
        }
        guard let text = text(of: descriptor) else { throw unreadable(path, errno) }
        return try configuration(text, of: path)
    }

    /// The configuration of a file that somebody names; it waits for a slow writer of a pipe.
    ///
    /// - Parameter path: `-` is standard input.
    /// - Throws: `ConfigurationError` for what is in the file; `FileError` when it cannot be read.
    package static func read(argument path: String) throws -> Configuration {
        let isInput = path == "-"
        let name = isInput ? "standard input" : path
        let descriptor = isInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError.failed(.read, on: oneLine(name), errno: errno) }
        defer { if !isInput { close(descriptor) } }
        guard let text = text(of: descriptor, waiting: true) else {
            throw FileError.failed(.read, on: oneLine(name), errno: errno)
        }
        return try configuration(text, of: name, isAlone: isInput || isPipe(descriptor))
    }

    /// - Parameter isAlone: it lies in no directory in which others could lie.
    private static func configuration(
        _ text: String, of name: String, isAlone: Bool = false
    ) throws(ConfigurationError) -> Configuration {
        // Where the file is a link, this is the directory of the link: of the path that the person knows.
        let directory = Path.directory(of: name)
        var configuration = try ConfigurationReader.read(text, file: name) { included throws(IncludeRefusal) in
            if isAlone { throw IncludeRefusal("nothing lies beside a pipe; check the file itself") }
            return try IncludedFile(included, below: directory).text()
        }
        configuration.file = name
        return configuration
    }

    /// What is in an open file; nil when it cannot be read, which errno explains.
    ///
    /// - Parameter waiting: for more, where whoever opened it said that reading does not wait.
    static func text(of descriptor: Int32, waiting: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= mostBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR || errno == EAGAIN && waiting && hasMore(descriptor) { continue }
                return nil
            }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Enough for the reader to see that it is too much.
    private static let mostBytes = 1 << 20

    /// Waits until there is something to read, an end too.
    private static func hasMore(_ descriptor: Int32) -> Bool {
        var query = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&query, 1, -1) > 0 || errno == EINTR
    }

    private static func isPipe(_ descriptor: Int32) -> Bool {
        var entry = stat()
        guard fstat(descriptor, &entry) == 0 else { return false }
        return [S_IFIFO, S_IFSOCK].contains(entry.st_mode & S_IFMT)
    }

    private static func unreadable(_ path: String, _ number: Int32) -> ConfigurationError {
        ConfigurationError(file: path, "cannot be read, \(KernelRefusal(number, to: .follow))")
    }
}
