import Glibc

/// Which process holds the flock(2) of a file, as the kernel tells it in `/proc`.
enum LockHolder {
    /// Nil when it cannot be seen: it is another user's, or in another container.
    static func process(holding file: stat) -> pid_t? {
        entries(of: "/proc").lazy.compactMap { pid_t($0) }.first { hasLocked($0, file) }
    }

    static func isHolding(_ process: pid_t, _ file: stat) -> Bool {
        // The files of a process in another sandbox are not shown. On some file systems the list has other numbers.
        isListed(process, file) || hasLocked(process, file)
    }

    /// In a line such as `1: FLOCK  ADVISORY  WRITE 4711 00:1f:42 0 EOF`; see proc(5).
    private static func isListed(_ process: pid_t, _ file: stat) -> Bool {
        lines(of: "/proc/locks").contains { line in
            let words = line.split(separator: " ")
            return words.count > 5 && words[1] == "FLOCK" && words[4] == "\(process)"
                && words[5].split(separator: ":").last == "\(file.st_ino)"
        }
    }

    private static func hasLocked(_ process: pid_t, _ file: stat) -> Bool {
        entries(of: "/proc/\(process)/fd").contains { number in
            var opened = stat()
            // First what costs little: few processes have the file open.
            guard stat("/proc/\(process)/fd/\(number)", &opened) == 0, opened.st_ino == file.st_ino,
                opened.st_dev == file.st_dev
            else { return false }
            return lines(of: "/proc/\(process)/fdinfo/\(number)").contains {
                $0.hasPrefix("lock:") && $0.contains("FLOCK")
            }
        }
    }

    private static func lines(of path: String) -> [Substring] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self).split(separator: "\n") }
            bytes += chunk[..<count]
        }
    }

    private static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
