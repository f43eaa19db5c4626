import Glibc
package import StretchCore

/// `config.toml` on the disk, with the files it includes; they are only ever read.
package enum ConfigurationFile {
    /// The configuration of a file; the built-in one where there is no file.
    ///
    /// - Parameter path: a longer file than the reader takes is refused by it.
    package static func read(_ path: String) throws(ConfigurationError) -> Configuration {
        // Without O_NONBLOCK a pipe in the file's place would block.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return .standard }
            throw unreadable(path, errno)
        }
        defer { close(descriptor) }
        guard let text = text(of: descriptor) else { throw unreadable(path, errno) }
        // Where the file is a link, this is the directory of the link: of the path that the person knows.
        let directory = Path.directory(of: path)
        return try ConfigurationReader.read(text, file: path) { included throws(IncludeRefusal) in
            try IncludedFile(included, below: directory).text()
        }
    }

    /// What is in an open file; nil when it cannot be read, which errno explains.
    static func text(of descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= mostBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Enough for the reader to see that it is too much.
    private static let mostBytes = 1 << 20

    private static func unreadable(_ path: String, _ number: Int32) -> ConfigurationError {
        ConfigurationError(file: path, "cannot be read, \(String(cString: strerror(number))); make it readable")
    }
}
