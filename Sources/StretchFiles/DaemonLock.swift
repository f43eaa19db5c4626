import Glibc
import StretchUnix

/// One of the two locks that make a daemon the only one; it is released with this object or the process.
///
/// It is a flock(2) on a file that contains the daemon's process id, or on a directory itself.
package final class DaemonLock: Sendable {
    private let path: String
    private let file: Descriptor

    /// Locks a file, which is created when it is missing.
    ///
    /// - Parameter tries: how often to try, 10 ms apart. One try is not enough, because a command that asks whether a
    ///   daemon runs holds the lock for some microseconds.
    init(file path: String, tries: Int = 20) throws(FileError) {
        self.path = path
        // Sticky, because tools that clean up runtime directories leave such files alone (XDG Base Directory
        // Specification).
        let mode = S_ISVTX | S_IRUSR | S_IWUSR
        file = try Self.lock(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: mode, tries: tries) { .held(by: $0) }
        // Write the process id for people and scripts. If that fails, as on a full disk, we have the lock all the same.
        let line = Array("\(getpid())\n".utf8)
        _ = (fchmod(file.number, mode), ftruncate(file.number, 0), pwrite(file.number, line, line.count, 0))
    }

    /// Locks a directory itself.
    ///
    /// Nothing is written. So a sync tool carries nothing to another machine, where another daemon runs. Such a lock
    /// counts on this machine only, even on a network file system.
    package init(directory path: String, tries: Int = 20) throws(FileError) {
        self.path = path
        file = try Self.lock(path, O_RDONLY | O_DIRECTORY, tries: tries) { .journalHeld(path, by: $0) }
    }

    private static func lock(
        _ path: String, _ flags: Int32, mode: mode_t = 0, tries: Int, taken: (LockHolder) -> FileError
    ) throws(FileError) -> Descriptor {
        let file = try calling(.open, on: path) { () throws(Refusal) in try Descriptor(path, flags, mode: mode) }
        for attempt in 1...tries {
            if try calling(.lock, on: path, { () throws(Refusal) in try file.lock() }) { return file }
            if attempt < tries { usleep(10_000) }
        }
        throw taken(LockHolder(of: file))
    }

    /// Whether the path still leads to the file or directory that is locked.
    package var isInPlace: Bool {
        var named = stat()
        guard let locked = try? file.status(), stat(path, &named) == 0 else { return false }
        return locked.isSameFile(as: named)
    }

    // MARK: Asking

    /// Who holds the lock of a file or directory; nil when nobody holds it.
    package static func holder(of path: String) -> LockHolder? { asking(path) { LockHolder(of: $0) } }

    package static func isTaken(_ path: String) -> Bool { asking(path) { _ in true } ?? false }

    /// Calls `ask` if somebody holds the lock; nil when nobody holds it, or when the path cannot be opened.
    static func asking<Answer>(_ path: String, _ ask: (borrowing Descriptor) -> Answer) -> Answer? {
        do throws(Refusal) {
            let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
            return try file.lock(LOCK_SH) ? nil : ask(file)
        } catch {
            return nil
        }
    }
}
