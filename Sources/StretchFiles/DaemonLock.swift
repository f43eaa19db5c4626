import Glibc

/// One of the locks that make a daemon the only one; released with this object or the process.
///
/// A flock(2): on a file that holds the daemon's process id, or on a directory as such.
package final class DaemonLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Makes the file where it is missing.
    ///
    /// - Parameter tries: 10 ms apart. A command that asks whether a daemon runs holds the lock for some microseconds.
    init(file path: String, tries: Int = 20) throws(FileError) {
        self.path = path
        // Whoever cleans runtime directories up leaves sticky files alone (XDG Base Directory Specification).
        let mode = S_ISVTX | S_IRUSR | S_IWUSR
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .failed(.open, on: path, errno: errno) }
        guard try take(tries) else { throw .held(by: LockHolder.process(holding: descriptor)) }
        // For people and scripts: on a full disk the lock holds without it.
        let line = Array("\(getpid())\n".utf8)
        _ = (fchmod(descriptor, mode), ftruncate(descriptor, 0), pwrite(descriptor, line, line.count, 0))
    }

    /// Locks the directory as such.
    ///
    /// Nothing is written, so sync tools have nothing to carry to another machine, where a daemon of its own runs. On
    /// network file systems, too, the kernel keeps the lock of a directory to itself.
    package init(directory path: String, tries: Int = 20) throws(FileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(.open, on: path, errno: errno) }
        guard try take(tries) else { throw .journalHeld(path, by: LockHolder.process(holding: descriptor)) }
    }

    deinit { close(descriptor) }

    /// False when somebody else has it.
    private func take(_ tries: Int) throws(FileError) -> Bool {
        for attempt in 1...tries {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { throw .failed(.lock, on: path, errno: errno) }
            if attempt < tries { usleep(10_000) }
        }
        return false
    }

    /// The path still leads to what is locked.
    package var isInPlace: Bool {
        var (locked, named) = (stat(), stat())
        guard fstat(descriptor, &locked) == 0, stat(path, &named) == 0 else { return false }
        return locked.st_dev == named.st_dev && locked.st_ino == named.st_ino
    }
}

// MARK: - Asking

extension DaemonLock {
    /// The process that has the lock of a file or directory; nil when nobody has it, or it cannot be seen.
    package static func holder(of path: String) -> Int32? {
        asking(path, 0) { LockHolder.process(holding: $0) } ?? nil
    }

    /// Whether the process runs this program.
    package static func isDaemon(_ process: Int32) -> Bool { LockHolder.isOneOfUs(process) }

    static func isTaken(file path: String) -> Bool { asking(path) { _ in true } ?? false }

    package static func isTaken(directory path: String) -> Bool { asking(path, O_DIRECTORY) { _ in true } ?? false }

    /// Whether this very process holds the file's lock, by the kernel's word.
    ///
    /// What the file says may be left from a daemon that is gone, while its process id is a stranger's now.
    static func isHeld(_ path: String, by process: pid_t) -> Bool {
        asking(path) { LockHolder.isHolding(process, $0) } ?? false
    }

    /// Nil when nobody holds it.
    private static func asking<Answer>(
        _ path: String, _ flags: Int32 = O_NOFOLLOW, _ ask: (_ descriptor: Int32) -> Answer
    ) -> Answer? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
        return ask(descriptor)
    }
}
