import Glibc

/// The lock that makes a daemon the only one of its user; released with this object or the process.
///
/// A flock(2) on a file with the holder's process id, so that a second daemon can say who is in its way.
package final class DaemonLock: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws(SystemError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed(.open, on: path, errno: errno) }
        // A command that asks whether a daemon runs holds the lock for some microseconds.
        var attempts = 20
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK else { throw .failed(.lock, on: path, errno: errno) }
            attempts -= 1
            guard attempts > 0 else { throw .held(by: Self.holder(descriptor)) }
            usleep(10_000)
        }
        let line = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count else {
            throw .failed(.write, on: path, errno: errno)
        }
    }

    deinit { close(descriptor) }

    static func isTaken(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private static func holder(_ descriptor: Int32) -> pid_t? {
        var digits = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &digits, digits.count, 0)
        return pid_t(String(decoding: digits.prefix(max(count, 0)), as: UTF8.self).prefix { $0.isNumber })
    }
}
