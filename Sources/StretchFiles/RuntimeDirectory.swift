package import Glibc
import StretchUnix

/// `$XDG_RUNTIME_DIR/stretchd`: the lock of the one daemon per user, and files that are replaced as a whole.
package struct RuntimeDirectory: Sendable {
    package let path: String

    /// - Parameter path: `Places.runtime`. Nothing is created yet.
    package init(_ path: String?) throws(FileError) {
        guard let path else { throw .noRuntimeDirectory(user: getuid()) }
        self.path = path
    }

    /// Takes the lock for this process, or throws `.held`.
    ///
    /// The daemon holds it for life: the kernel releases it with the process.
    package func lock(tries: Int = 20) throws(FileError) -> DaemonLock {
        try create()
        return try DaemonLock(file: lockPath, tries: tries)
    }

    package var lockPath: String { path + "/lock" }

    /// Whether a daemon runs.
    package var isLocked: Bool { DaemonLock.isTaken(file: lockPath) }

    /// The process that has the lock; nil when nobody has it, or it cannot be seen.
    package var holder: pid_t? { DaemonLock.holder(of: lockPath) }

    /// Whether this process holds the lock: what a file says of it may be left from a daemon that is gone.
    package func isLocked(by process: pid_t) -> Bool { DaemonLock.isHeld(lockPath, by: process) }

    /// Writes a file, 0600 and sticky: a reader sees the old bytes or the new ones.
    ///
    /// For the holder of the lock only.
    package func replace(_ name: String, with bytes: [UInt8]) throws(FileError) {
        try create()
        let file = path + "/" + name
        let draft = path + "/." + name
        // Sticky, so that nobody cleans it up.
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, S_ISVTX | S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw .failed(.write, on: draft, errno: errno) }
        let count = write(descriptor, bytes, bytes.count)
        let number = errno
        close(descriptor)
        guard count == bytes.count else { throw .failed(.write, on: draft, errno: count < 0 ? number : ENOSPC) }
        guard rename(draft, file) == 0 else { throw .failed(.replace, on: file, errno: errno) }
    }

    /// The bytes of a file; nil when it does not exist.
    package func read(_ name: String) throws(FileError) -> [UInt8]? {
        let file = path + "/" + name
        let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .failed(.read, on: file, errno: errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw .failed(.read, on: file, errno: errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    private func create() throws(FileError) {
        if mkdir(path, 0o700) == 0 || (errno == EEXIST && Path.isOwnDirectory(path)) { return }
        throw errno == EEXIST ? .foreignDirectory(path) : .failed(.create, on: path, errno: errno)
    }
}
