package import Glibc
package import StretchUnix

/// Why a file, its place or its lock cannot be used.
///
/// It prints as one line: what failed, on what, and what to do next.
package enum FileError: Error, Hashable {
    /// A call to the kernel failed; the action says what the call was for.
    case failed(Action, on: String, errno: Int32)
    case noHome
    case notUTF8(NotUTF8)
    case noRuntimeDirectory(user: uid_t)
    case foreignDirectory(String)
    case held(by: LockHolder)
    /// Another process, perhaps a daemon with another runtime directory, holds the lock of the journal's directory.
    case journalHeld(String, by: LockHolder)
    /// Root would leave files in another user's home.
    case foreignHome(String, owner: uid_t)
    case noMachineID(errno: Int32)

    // Errors of writing records to the journal's file.

    /// Another process holds the lock and did not release it in time.
    case journalLocked(String)
    /// Something that is not a plain file has the file's name.
    case notAFile(String)
    /// Another program replaced the file, again and again.
    case replaced(String)
    /// Only a part was written, and it was removed again unless `torn` is true.
    ///
    /// If the part is still there, the next append begins on a new line.
    case cutShort(String, torn: Bool)

    package enum Action: String, Hashable, Sendable {
        case create, lock, open, read, replace, sync, watch, write
        case createDirectory = "create the directory"
        /// Records that could not be synced could not be removed from the file either.
        ///
        /// Nobody knows whether they are on the disk. Append the same records again: readers count each id only once.
        case takeBack = "take back what is not safe in"

        fileprivate var deed: KernelRefusal.Deed {
            switch self {
            case .read: .read
            case .watch: .watch
            default: .write
            }
        }
    }

    package var isForeignHome: Bool { if case .foreignHome = self { true } else { false } }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .failed(let action, let object, let number):
            "cannot \(action.rawValue) \(object): \(KernelRefusal(number, to: action.deed))"
        case .noHome:
            "no home directory: HOME is not set and this user has no entry in passwd; set HOME to an absolute path"
        case .notUTF8(let error): "\(error)"
        case .noRuntimeDirectory(let user):
            "no runtime directory: XDG_RUNTIME_DIR is not set and /run/user/\(user) is not there; "
                + "log in through a session or set XDG_RUNTIME_DIR to a directory of your own"
        case .foreignDirectory(let path):
            "\(path) is not a directory of this user; remove it or set XDG_RUNTIME_DIR to a directory of your own"
        case .held(let holder): "a daemon is running already\(FileError.ending(holder))"
        case .journalHeld(let journal, by: .stranger(let process)):
            "the journal \(journal) is locked by process \(process), which is no daemon"
        case .journalHeld(let journal, let holder):
            "a daemon with the journal \(journal) is running already\(FileError.ending(holder))"
        case .foreignHome(let path, let owner):
            "\(path) belongs to \(FileError.name(of: owner)), who could not change what root writes there; "
                + "run this as that user, or with a home of root's own (sudo -H)"
        // With these errors the file may be in order, so that a new one would not help.
        case .noMachineID(let number)
        where [EACCES, EPERM, EMFILE, ENFILE, ENOMEM, ENOTDIR, EISDIR, ELOOP].contains(number):
            "cannot read /etc/machine-id: \(KernelRefusal(number, to: .read))"
        case .noMachineID(let number):
            "no machine id in /etc/machine-id (\(String(cString: strerror(number)))); "
                + "as root run: systemd-machine-id-setup"
        case .journalLocked(let path):
            "cannot write \(path): another program holds its lock; end that program (see: fuser \(path))"
        case .notAFile(let path):
            "cannot write \(path): it is no plain file; move it away, the next record makes a new one"
        case .replaced(let path):
            "cannot write \(path): another program keeps replacing it; end or pause that one, such as a sync tool"
        case .cutShort(let path, let torn):
            "cannot write \(path): no space for the whole record"
                + (torn ? ", a part of it stays and is ignored" : "") + "; make room on its file system"
        }
    }

    private static func ending(_ holder: LockHolder) -> String {
        let advice = "; stop that one first: systemctl --user stop stretchd"
        return switch holder {
        case .daemon(let process): " as process \(process)\(advice), or kill \(process)"
        case .stranger(let process): ", or so it seems: process \(process) has its lock; end that one"
        case .unseen: advice
        }
    }

    private static func name(of user: uid_t) -> String {
        getpwuid(user).map { "the user \(String(cString: $0.pointee.pw_name))" } ?? "user \(user)"
    }
}

/// Makes a call to the kernel, and turns its refusal into a `FileError` that names the action.
@discardableResult
func calling<Result: ~Copyable>(
    _ action: FileError.Action, on path: String, _ call: () throws(Refusal) -> Result
) throws(FileError) -> Result {
    do { return try call() } catch { throw .failed(action, on: path, errno: error.code) }
}
