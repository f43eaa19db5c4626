import Glibc
import StretchUnix

/// One of the locks that make a daemon the only one; released with this object or the process.
///
/// A flock(2) on a file that contains the daemon's process id, or on a directory itself.
package final class DaemonLock: Sendable {
    private let path: String
    private let file: Descriptor

    /// Locks a file, which is created when it is missing.
    ///
    /// - Parameter tries: 10 ms apart. A command that asks whether a daemon runs holds the lock for some microseconds.
    init(file path: String, tries: Int = 20) throws(FileError) {
        self.path = path
        // Sticky: tools that clean up runtime directories leave such files alone (XDG Base Directory Specification).
        let mode = S_ISVTX | S_IRUSR | S_IWUSR
        file = try Self.lock(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: mode, tries: tries) { .held(by: $0) }
        // For people and scripts. If the write fails, as on a full disk, the lock holds all the same.
        let line = Array("\(getpid())\n".utf8)
        _ = (fchmod(file.number, mode), ftruncate(file.number, 0), pwrite(file.number, line, line.count, 0))
    }

    /// Locks a directory itself.
    ///
    /// Nothing is written, so a sync tool carries nothing to another machine, which has its own daemon. Such a
    /// lock counts on this machine only, even on a network file system.
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

    /// Whether the path still leads to what is locked.
    package var isInPlace: Bool {
        var named = stat()
        guard let locked = try? file.status(), stat(path, &named) == 0 else { return false }
        return locked.isSameFile(as: named)
    }

    // MARK: Asking

    /// Who holds the lock of a file or directory; nil when nobody holds it.
    package static func holder(of path: String) -> LockHolder? { asking(path) { LockHolder(of: $0) } }

    package static func isTaken(_ path: String) -> Bool { asking(path) { _ in true } ?? false }

    /// Asks about a lock that is held; nil when nobody holds it, or the path cannot be opened.
    static func asking<Answer>(_ path: String, _ ask: (borrowing Descriptor) -> Answer) -> Answer? {
        do throws(Refusal) {
            let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
            return try file.lock(LOCK_SH) ? nil : ask(file)
        } catch {
            return nil
        }
    }
}
