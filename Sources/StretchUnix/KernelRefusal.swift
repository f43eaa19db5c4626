internal import Glibc

/// Why the kernel refused something, in words for people: the reason, then a semicolon and what to do about it.
///
/// What to do depends on the errno, and every message about an errno gets its advice here.
package struct KernelRefusal: Hashable, Sendable, CustomStringConvertible {
    /// What we wanted to do with the thing that the message names.
    package enum Deed: Hashable, Sendable {
        case read, write
        /// Read something that is not absent (`Path.isAbsent`), so ENOENT means that a link leads nowhere.
        case follow
        /// Watch with inotify, whose limits use errnos that mean other things elsewhere.
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
        // For inotify, ENOSPC does not mean a full disk.
        case (.watch, ENOSPC): "no inotify watch is left"
        // Nobody on the bus has the daemon's name.
        case (.askDaemon, EHOSTUNREACH), (.askDaemon, ENXIO): "it is not running"
        default: String(cString: strerror(code))
        }
    }

    private var advice: String {
        switch (deed, code) {
        case (.follow, ENOENT): "a link on the way leads nowhere: create what it points to, or mount it"
        case (.read, ENOENT), (.watch, ENOENT): "check the name"
        case (.read, EACCES), (.follow, EACCES), (.watch, EACCES):
            "make it readable for you (chmod u+r), and the directories above it yours to enter (chmod u+x)"
        case (.read, EPERM), (.follow, EPERM), (.watch, EPERM):
            "a security policy forbids it: look at the kernel's messages (dmesg)"

        case (.write, ENOENT):
            "a directory above it is missing, or a link there leads nowhere: create it, or mount what holds it"
        case (.write, EACCES): "make the file and its directory yours (chown) and writable (chmod u+rwx)"
        case (.write, EPERM):
            "make the file and its directory yours (chown), and free of the attributes i and a (lsattr)"
        case (.write, ENOSPC): "make room on its file system"
        case (.write, EDQUOT):
            "your quota on its file system is used up: delete files of yours there, or have it raised"
        case (.write, EROFS): "its file system is mounted read-only: remount it"
        case (.write, EFBIG): "it would outgrow the limit for files: raise that (ulimit -f)"
        case (.write, EPIPE): "nobody reads it any more: start again"

        case (.watch, ENOSPC): "raise fs.inotify.max_user_watches (sysctl)"
        case (.watch, EMFILE): "raise fs.inotify.max_user_instances (sysctl), or the limit of open files (ulimit -n)"

        case (.signal, ESRCH): "it has just ended; start it: systemctl --user start stretchd"
        case (.signal, EPERM): "it belongs to another user: run this as that one"
        case (.signal, _): "restart it: systemctl --user restart stretchd"

        case (_, EMFILE): "too many files are open here: raise the limit (ulimit -n)"
        case (_, ENFILE): "too many files are open on this machine: raise fs.file-max (sysctl)"
        case (_, ENOMEM), (_, ENOBUFS): "memory ran out: end other programs"

        case (.setTimer, _): "look at the kernel's messages (dmesg)"

        case (.reachSessionBus, ENOENT), (.reachSessionBus, ECONNREFUSED), (.reachSessionBus, ENOMEDIUM),
            (.reachSessionBus, ENXIO):
            "log in through a desktop session, or set DBUS_SESSION_BUS_ADDRESS"
        case (.reachSessionBus, EACCES), (.reachSessionBus, EPERM):
            "it belongs to another user: run this as that one, or set DBUS_SESSION_BUS_ADDRESS"
        case (.reachSessionBus, EINVAL): "correct DBUS_SESSION_BUS_ADDRESS"
        case (.reachSessionBus, _): "see its log: journalctl --user -u dbus"

        case (.reachSystemBus, ENOENT), (.reachSystemBus, ECONNREFUSED): "as root start it: systemctl start dbus"
        case (.reachSystemBus, _): "see its log: journalctl -u dbus"

        case (.askDaemon, EHOSTUNREACH), (.askDaemon, ENXIO): "start it: systemctl --user start stretchd"
        case (.askDaemon, ETIMEDOUT): "restart it: systemctl --user restart stretchd"
        // The daemon runs, but does not know the method.
        case (.askDaemon, EBADR): "another version is running: restart it: systemctl --user restart stretchd"
        case (.askDaemon, _): "is it running? See: stretchd status"

        // Only deeds with files come here, as the cases above have taken all others.
        case (_, ENOTDIR): "a file stands where a directory should be: move it away"
        case (_, EISDIR): "move it away, or name a file"
        case (_, ELOOP): "it is a link that is not followed here, or links lead in a circle: put there what is meant"
        case (_, ENAMETOOLONG): "choose a shorter name"
        case (_, EIO): "the disk reports an error: look at the kernel's messages (dmesg)"
        case (_, ESTALE), (_, ENOTCONN), (_, EHOSTDOWN), (_, ETIMEDOUT):
            "what its file system lies on is gone: mount it again"
        case (_, ENODEV), (_, ENXIO): "nothing is behind that name: name a file"
        case (_, ETXTBSY), (_, EBUSY): "another program uses it: end that one (see fuser)"
        default: "look at its file system (findmnt) and at the kernel's messages (dmesg)"
        }
    }
}
