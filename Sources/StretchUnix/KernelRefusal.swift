internal import Glibc

/// Why the kernel refused something, in words for people: the reason, then a semicolon and what to do about it.
///
/// What to do depends on the errno; every message about an errno takes its advice from here.
package struct KernelRefusal: Hashable, Sendable, CustomStringConvertible {
    /// What we wanted to do with the thing that the message names.
    package enum Deed: Hashable, Sendable {
        case read, write
        /// Read something that is not absent (`Path.isAbsent`): ENOENT then means a link that leads nowhere.
        case follow
        /// Watch with inotify: its limits use errnos that mean other things elsewhere.
        case watch
        /// Send a signal to the daemon.
        case signal
        case setTimer
        case reachSessionBus, reachSystemBus
        /// Call the daemon over the session bus.
        case askDaemon
    }

    private let code: Int32
    private let deed: Deed

    /// - Parameter code: an `errno`.
    package init(_ code: Int32, to deed: Deed) {
        self.code = code
        self.deed = deed
    }

    package var description: String { "\(words); \(advice)" }

    private var words: String {
        switch (deed, code) {
        // Here ENOSPC does not mean a full disk.
        case (.watch, ENOSPC): "no inotify watch is left"
        // Nobody on the bus has the daemon's name.
        case (.askDaemon, EHOSTUNREACH), (.askDaemon, ENXIO): "it is not running"
        default: String(cString: strerror(code))
        }
    }

    private var advice: String {
        switch deed {
        case .read: Self.ofReading[code] ?? Self.ofFiles(code)
        case .follow: Self.ofFollowing(code) ?? Self.ofReading[code] ?? Self.ofFiles(code)
        case .write: Self.ofWriting[code] ?? Self.ofFiles(code)
        case .watch: Self.ofWatching[code] ?? Self.ofReading[code] ?? Self.ofFiles(code)
        case .signal: Self.ofSignalling(code)
        case .setTimer: Self.ofResources[code] ?? "look at the kernel's messages (dmesg)"
        case .reachSessionBus: Self.ofSessionBus(code)
        case .reachSystemBus: Self.ofSystemBus(code)
        case .askDaemon: Self.ofDaemon(code)
        }
    }

    private static let ofReading: [Int32: String] = [
        ENOENT: "check the name",
        EACCES: "make it readable for you (chmod u+r), and the directories above it yours to enter (chmod u+x)",
        EPERM: "a security policy forbids it: look at the kernel's messages (dmesg)",
    ]

    private static func ofFollowing(_ code: Int32) -> String? {
        code == ENOENT ? "a link on the way leads nowhere: create what it points to, or mount it" : nil
    }

    private static let ofWriting: [Int32: String] = [
        ENOENT: "a directory above it is missing, or a link there leads nowhere: create it, or mount what holds it",
        EACCES: "make the file and its directory yours (chown) and writable (chmod u+rwx)",
        EPERM: "make the file and its directory yours (chown), and free of the attributes i and a (lsattr)",
        ENOSPC: "make room on its file system",
        EDQUOT: "your quota on its file system is used up: delete files of yours there, or have it raised",
        EROFS: "its file system is mounted read-only: remount it",
        EFBIG: "it would outgrow the limit for files: raise that (ulimit -f)",
        EPIPE: "nobody reads it any more: start again",
    ]

    private static func ofFiles(_ code: Int32) -> String {
        switch code {
        case ENOTDIR: "a file stands where a directory should be: move it away"
        case EISDIR: "move it away, or name a file"
        case ELOOP: "it is a link that is not followed here, or links lead in a circle: put there what is meant"
        case ENAMETOOLONG: "choose a shorter name"
        case EIO: "the disk reports an error: look at the kernel's messages (dmesg)"
        case ESTALE, ENOTCONN, EHOSTDOWN, ETIMEDOUT: "what its file system lies on is gone: mount it again"
        case ENODEV, ENXIO: "nothing is behind that name: name a file"
        case ETXTBSY, EBUSY: "another program uses it: end that one (see fuser)"
        default: ofResources[code] ?? "look at its file system (findmnt) and at the kernel's messages (dmesg)"
        }
    }

    private static let ofWatching: [Int32: String] = [
        ENOSPC: "raise fs.inotify.max_user_watches (sysctl)",
        EMFILE: "raise fs.inotify.max_user_instances (sysctl), or the limit of open files (ulimit -n)",
    ]

    private static func ofSignalling(_ code: Int32) -> String {
        switch code {
        case ESRCH: "it has just ended; start it: systemctl --user start stretchd"
        case EPERM: "it belongs to another user: run this as that one"
        default: "restart it: systemctl --user restart stretchd"
        }
    }

    private static func ofSessionBus(_ code: Int32) -> String {
        switch code {
        case ENOENT, ECONNREFUSED, ENOMEDIUM, ENXIO:
            "log in through a desktop session, or set DBUS_SESSION_BUS_ADDRESS"
        case EACCES, EPERM: "it belongs to another user: run this as that one, or set DBUS_SESSION_BUS_ADDRESS"
        case EINVAL: "correct DBUS_SESSION_BUS_ADDRESS"
        default: ofResources[code] ?? "see its log: journalctl --user -u dbus"
        }
    }

    private static func ofSystemBus(_ code: Int32) -> String {
        switch code {
        case ENOENT, ECONNREFUSED: "as root start it: systemctl start dbus"
        default: ofResources[code] ?? "see its log: journalctl -u dbus"
        }
    }

    private static func ofDaemon(_ code: Int32) -> String {
        switch code {
        case EHOSTUNREACH, ENXIO: "start it: systemctl --user start stretchd"
        case ETIMEDOUT: "restart it: systemctl --user restart stretchd"
        // The daemon runs, but does not know the method.
        case EBADR: "another version is running: restart it: systemctl --user restart stretchd"
        default: ofResources[code] ?? "is it running? See: stretchd status"
        }
    }

    private static let ofResources: [Int32: String] = [
        EMFILE: "too many files are open here: raise the limit (ulimit -n)",
        ENFILE: "too many files are open on this machine: raise fs.file-max (sysctl)",
        ENOMEM: "memory ran out: end other programs",
        ENOBUFS: "memory ran out: end other programs",
    ]
}
