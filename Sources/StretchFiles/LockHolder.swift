import Glibc

/// Which process holds the flock(2) of a file, as the kernel tells it in `/proc`.
enum LockHolder {
    /// Nil when it cannot be seen: it is another user's, or in another container.
    ///
    /// - Parameter descriptor: of the file, opened by whoever asks.
    static func process(holding descriptor: Int32) -> pid_t? {
        guard let file = status(of: descriptor) else { return nil }
        return entries(of: "/proc").lazy.compactMap { pid_t($0) }.first { hasLocked($0, file) } ?? listed(file)
    }

    static func isHolding(_ process: pid_t, _ descriptor: Int32) -> Bool {
        guard let file = status(of: descriptor) else { return false }
        return hasLocked(process, file) || listed(file) == process
    }

    private static func status(of descriptor: Int32) -> stat? {
        var file = stat()
        return fstat(descriptor, &file) == 0 ? file : nil
    }

    /// Whether a process runs the program of this one.
    static func isOneOfUs(_ process: pid_t) -> Bool {
        let own = ProcFile.lines(of: "/proc/self/comm")
        return !own.isEmpty && ProcFile.lines(of: "/proc/\(process)/comm") == own
    }

    /// The files of a process in another sandbox are not shown; the list of all locks is, but knows the file's number
    /// only: another device may have the same.
    private static func listed(_ file: stat) -> pid_t? {
        ProcFile.lines(of: "/proc/locks").compactMap { holder(in: $0, of: file) }.first { !isShown($0) }
    }

    /// The holder in a line such as `1: FLOCK  ADVISORY  WRITE 4711 00:1f:42 0 EOF`; see proc(5).
    ///
    /// A command that asks whether a daemon runs has a lock of the kind READ.
    private static func holder(in line: Substring, of file: stat) -> pid_t? {
        let words = line.split(separator: " ")
        guard let kind = words.firstIndex(of: "FLOCK"), words.count > kind + 4, words[kind + 2] == "WRITE",
            words[kind + 4].split(separator: ":").last == "\(file.st_ino)"
        else { return nil }
        return pid_t(words[kind + 3])
    }

    private static func isShown(_ process: pid_t) -> Bool { access("/proc/\(process)/exe", F_OK) == 0 }

    private static func hasLocked(_ process: pid_t, _ file: stat) -> Bool {
        entries(of: "/proc/\(process)/fdinfo").contains { number in
            // First: what else a process has open may lie on a file system that hangs.
            let hasLock = ProcFile.lines(of: "/proc/\(process)/fdinfo/\(number)").contains {
                $0.hasPrefix("lock:") && holder(in: $0, of: file) != nil
            }
            var opened = stat()
            return hasLock && stat("/proc/\(process)/fd/\(number)", &opened) == 0 && opened.st_ino == file.st_ino
                && opened.st_dev == file.st_dev
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
