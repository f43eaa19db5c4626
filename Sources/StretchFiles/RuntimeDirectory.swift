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

    /// Takes the lock for this process; throws `.held` when another process has it.
    ///
    /// The daemon holds the lock as long as it lives; the kernel releases it with the process.
    package func lock(tries: Int = 20) throws(FileError) -> DaemonLock {
        try create()
        return try DaemonLock(file: lockPath, tries: tries)
    }

    package var lockPath: String { path + "/lock" }

    /// Whether somebody holds the lock: a daemon or another program.
    package var isLocked: Bool { DaemonLock.isTaken(lockPath) }

    /// Who holds the lock; nil when nobody holds it.
    package var holder: LockHolder? { DaemonLock.holder(of: lockPath) }

    /// Whether the given process holds the lock, as the kernel says.
    ///
    /// An id that is read from a file may be that of a daemon that has ended, and another process may have it now.
    package func isLocked(by process: pid_t) -> Bool {
        DaemonLock.asking(lockPath) { LockHolder.isHolding(process, $0) } ?? false
    }

    /// Replaces a file as a whole, so that a reader sees either the old bytes or the new ones.
    ///
    /// Only the holder of the lock may call this.
    package func replace(_ name: String, with bytes: [UInt8]) throws(FileError) {
        try create()
        let file = path + "/" + name
        let draft = path + "/." + name
        // Sticky, so that no clean-up tool removes it.
        let mode = S_ISVTX | S_IRUSR | S_IWUSR
        try calling(.write, on: draft) { () throws(Refusal) in
            let count = try Descriptor(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: mode).write(bytes)
            guard count == bytes.count else { throw Refusal(code: ENOSPC) }
        }
        guard rename(draft, file) == 0 else { throw .failed(.replace, on: file, errno: errno) }
    }

    /// The bytes of a file; nil when it does not exist.
    package func read(_ name: String) throws(FileError) -> [UInt8]? {
        let file = path + "/" + name
        do throws(Refusal) {
            return try Descriptor(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).readToEnd()
        } catch {
            if error.code == ENOENT { return nil }
            throw .failed(.read, on: file, errno: error.code)
        }
    }

    private func create() throws(FileError) {
        if mkdir(path, 0o700) == 0 || (errno == EEXIST && Path.isOwnDirectory(path)) { return }
        throw errno == EEXIST ? .foreignDirectory(path) : .failed(.create, on: path, errno: errno)
    }
}
