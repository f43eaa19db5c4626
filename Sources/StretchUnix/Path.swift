import Glibc

/// The text of paths, and what the file system says about them.
///
/// Paths are read byte by byte, as the kernel does, because for Swift a slash with a combining mark is no slash.
package enum Path {
    private static let slash = UInt8(ascii: "/")

    package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// What comes before the last slash; `/` for an entry of the root, `.` for a path without a slash.
    package static func directory(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return "." }
        return last == path.startIndex ? "/" : String(path[..<last])
    }

    /// What comes after the last slash; the whole path if there is no slash.
    package static func name(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return path }
        return String(path[path.utf8.index(after: last)...])
    }

    /// The path from the root; nil when the current directory is unknown.
    package static func absolute(_ path: String) -> String? {
        if isAbsolute(path) { return path }
        guard let here = getcwd(nil, 0) else { return nil }
        defer { free(here) }
        return "\(String(cString: here))/\(path)"
    }

    /// The path with every symbolic link followed; nil when there is no such file.
    package static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// What a symbolic link points to, made absolute; nil for anything but a link.
    package static func target(ofLink path: String) -> String? {
        guard let bytes = target(ofLink: Array(path.utf8CString)) else { return nil }
        let target = String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return isAbsolute(target) ? target : directory(of: path) + "/" + target
    }

    /// The target of a symbolic link, byte for byte; nil for anything but a link.
    ///
    /// - Parameter path: with the zero byte at its end.
    package static func target(ofLink path: [CChar]) -> [CChar]? {
        let target = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = max(0, readlink(path, start, buffer.count))
        }
        return target.isEmpty ? nil : target
    }

    /// Whether the path is a directory, not a symbolic link, that belongs to this user.
    package static func isOwnDirectory(_ path: String) -> Bool {
        var entry = stat()
        return lstat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFDIR && entry.st_uid == getuid()
    }

    /// Whether ENOENT for a path means that nothing is there.
    ///
    /// ENOENT also comes when a link, anywhere on the way, leads nowhere. Then something was meant to be there but is,
    /// for example, not mounted.
    package static func isAbsent(_ path: String) -> Bool {
        var path = path.utf8[...]
        while !path.isEmpty {
            var entry = stat()
            let name = String(Substring(path))
            if lstat(name, &entry) == 0 { return stat(name, &entry) == 0 }
            guard errno == ENOENT, let slash = path.lastIndex(of: UInt8(ascii: "/")) else { break }
            path = path[..<slash]
        }
        return errno == ENOENT
    }

    /// The directories where programs install data for desktops, by the XDG Base Directory Specification; the person's
    /// own directory is the first.
    package static func dataDirectories(_ environment: [String: String]) -> [String] {
        func places(_ variable: String, or standard: String) -> [String] {
            let value = environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? standard
            // The specification says that relative paths are invalid and must be ignored.
            return value.unicodeScalars.split(separator: ":").map { String($0) }.filter(isAbsolute)
        }
        let own = environment["HOME"].map { "\($0)/.local/share" } ?? ""
        return places("XDG_DATA_HOME", or: own) + places("XDG_DATA_DIRS", or: "/usr/local/share:/usr/share")
    }
}

/// Says that the value of a variable is not UTF-8.
///
/// Swift has put U+FFFD in place of what is wrong, so the value would name another path.
package struct NotUTF8: Error, Hashable {
    private let variable: String

    /// Nil when the value is UTF-8.
    package init?(_ variable: String, _ value: String) {
        guard value.unicodeScalars.contains("\u{FFFD}") else { return nil }
        self.variable = variable
    }
}

extension NotUTF8: CustomStringConvertible {
    package var description: String {
        "\(variable) is not UTF-8, or has U+FFFD in it; set it to a path that is, such as that of a link to it"
    }
}
