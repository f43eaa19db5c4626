import Glibc

/// What paths say, and what the file system says about them.
///
/// They are read byte by byte, as the kernel does: for Swift a slash with a combining mark is no slash.
package enum Path {
    private static let slash = UInt8(ascii: "/")

    static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// What comes before the last slash; `/` for an entry of the root.
    static func directory(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return "." }
        return last == path.startIndex ? "/" : String(path[..<last])
    }

    /// What comes after the last slash.
    static func name(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return path }
        return String(path[path.utf8.index(after: last)...])
    }

    /// From the root; nil when nobody knows where we are.
    package static func absolute(_ path: String) -> String? {
        isAbsolute(path) ? path : resolved(".").map { "\($0)/\(path)" }
    }

    /// The path with every symbolic link followed; nil when there is no such file.
    static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// What a symbolic link points to, made absolute; nil for anything but a link.
    static func target(ofLink path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count > 0 else { return nil }
            let target = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return isAbsolute(target) ? target : directory(of: path) + "/" + target
        }
    }

    /// Whether there is a directory, no symbolic link, that belongs to this user.
    static func isOwnDirectory(_ path: String) -> Bool {
        var entry = stat()
        return lstat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR && entry.st_uid == getuid()
    }
}
