import Glibc
package import StretchCore

/// `config.toml` on the disk; it is only ever read.
package enum ConfigurationFile {
    /// The configuration of a file; the built-in one where there is no file.
    ///
    /// - Parameter path: a longer file than the reader takes is refused by it.
    package static func read(_ path: String) throws(ConfigurationError) -> Configuration {
        guard let bytes = try contents(of: path) else { return .standard }
        return try ConfigurationReader.read(String(decoding: bytes, as: UTF8.self), file: path)
    }

    private static func contents(of path: String) throws(ConfigurationError) -> [UInt8]? {
        // Without O_NONBLOCK a pipe in the file's place would block.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path, errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= mostBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw unreadable(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// Enough for the reader to see that it is too much.
    private static let mostBytes = 1 << 20

    private static func unreadable(_ path: String, _ number: Int32) -> ConfigurationError {
        ConfigurationError(file: path, "cannot be read, \(String(cString: strerror(number))); make it readable")
    }
}
