internal import StretchUnix

/// Why records could not be written.
///
/// Prints as one line: what failed, on what, why, what to do next.
package enum JournalError: Error, Hashable {
    /// Somebody else holds the lock and did not let go in time.
    case locked(path: String)
    /// Something that is no plain file stands in the journal's place.
    case notAFile(path: String)
    /// Another program put a new file into its place, again and again.
    case replaced(path: String)
    /// Only a part fitted. It was taken back, unless `torn`: then the next append begins a line of its own.
    case cutShort(path: String, torn: Bool)
    /// The file system refused a step; `code` is an `errno`.
    case refused(Step, path: String, code: Int32)

    package enum Step: String, Hashable, Sendable {
        case createDirectory = "create the directory"
        case open, lock, read, write, sync
        /// What could not be made safe stays, on the disk or not: append the same records again. The union by id counts
        /// them once.
        case takeBack = "take back what is not safe in"
    }
}

extension JournalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .locked(let path):
            "cannot write \(path): another program holds its lock; end that program (see: fuser \(path))"
        case .notAFile(let path):
            "cannot write \(path): it is no plain file; move it away, the next record makes a new one"
        case .replaced(let path):
            "cannot write \(path): another program keeps replacing it; end or pause that one, such as a sync tool"
        case .cutShort(let path, let torn):
            "cannot write \(path): no space for the whole record"
                + (torn ? ", a part of it stays and is ignored" : "") + "; make room on its file system"
        case .refused(let step, let path, let code):
            "cannot \(step.rawValue) \(path): \(KernelRefusal(code, to: step == .read ? .read : .write))"
        }
    }
}
