import Glibc

/// Which process holds the flock(2) of a file, as the kernel tells it in `/proc`.
enum LockHolder {
    /// Nil when it cannot be seen: it is another user's, or in another container.
    static func process(holding file: stat) -> pid_t? {
        entries(of: "/proc").lazy.compactMap { pid_t($0) }.first { hasLocked($0, file) } ?? listed(file)
    }

    static func isHolding(_ process: pid_t, _ file: stat) -> Bool {
        hasLocked(process, file) || listed(file) == process
    }

    /// Whether a process runs the program of this one.
    static func isOneOfUs(_ process: pid_t) -> Bool {
        let own = lines(of: "/proc/self/comm")
        return !own.isEmpty && lines(of: "/proc/\(process)/comm") == own
    }

    /// The files of a process in another sandbox are not shown; the list of all locks is, but knows the file's number
    /// only: its device may have two.
    ///
    /// A line is like `1: FLOCK  ADVISORY  WRITE 4711 00:1f:42 0 EOF`; see proc(5).
    private static func listed(_ file: stat) -> pid_t? {
        for line in lines(of: "/proc/locks") {
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[5].split(separator: ":").last == "\(file.st_ino)",
                let process = pid_t(words[4]), !isShown(process)
            else { continue }
            return process
        }
        return nil
    }

    private static func isShown(_ process: pid_t) -> Bool { access("/proc/\(process)/exe", F_OK) == 0 }

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
