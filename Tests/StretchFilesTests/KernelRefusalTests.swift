import Glibc
import StretchUnix
import Testing

@testable import StretchFiles

struct KernelRefusalTests {
    @Test(arguments: [
        (ENOSPC, KernelRefusal.Deed.write, "make room"), (EDQUOT, .write, "quota"), (EROFS, .write, "remount"),
        (EACCES, .write, "chown"), (EACCES, .read, "readable"), (EPERM, .write, "lsattr"), (EPERM, .read, "policy"),
        (ENOENT, .write, "missing"), (ENOENT, .read, "check the name"), (EFBIG, .write, "ulimit -f"),
        (ENOTDIR, .read, "should be"), (EISDIR, .write, "name a file"), (ELOOP, .read, "links"),
        (EIO, .read, "dmesg"), (EMFILE, .read, "ulimit -n"), (ENFILE, .write, "fs.file-max"),
        (ENOSPC, .watch, "fs.inotify.max_user_watches"), (EMFILE, .watch, "fs.inotify.max_user_instances"),
        (ENOENT, .reachSessionBus, "DBUS_SESSION_BUS_ADDRESS"), (ENOENT, .reachSystemBus, "systemctl start dbus"),
        (ESRCH, .signal, "systemctl --user start stretchd"), (EPERM, .signal, "another user"),
        (EHOSTUNREACH, .askDaemon, "systemctl --user start stretchd"), (ETIMEDOUT, .askDaemon, "restart"),
        (ETIMEDOUT, .read, "mount it again"),
    ])
    func eachErrnoHasAdviceOfItsOwn(code: Int32, deed: KernelRefusal.Deed, advice: String) {
        let refusal = "\(KernelRefusal(code, to: deed))"
        #expect(refusal.contains("; "))
        #expect(refusal.contains(advice), "\(refusal)")
    }

    @Test func noDiskIsFullWhenWatchesRunOut() {
        let error = FileError.failed(.watch, on: "/j", errno: ENOSPC)
        #expect("\(error)" == "cannot watch /j: no inotify watch is left; raise fs.inotify.max_user_watches (sysctl)")
    }

    @Test func whatHasNoAdviceOfItsOwnNamesWhereToLook() {
        for code in Int32(1)...133 {
            for deed in [KernelRefusal.Deed.read, .write, .watch, .signal, .setTimer, .reachSessionBus, .askDaemon] {
                #expect(!"\(KernelRefusal(code, to: deed))".hasSuffix("; "))
            }
        }
    }

    @Test func aMachineIDThatCannotBeReadIsNotMadeAnew() {
        #expect("\(FileError.noMachineID(errno: ENOENT))".hasSuffix("systemd-machine-id-setup"))
        #expect("\(FileError.noMachineID(errno: EACCES))".contains("make it readable"))
    }
}
