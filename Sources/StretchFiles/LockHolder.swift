package import Glibc
import StretchUnix

/// Who holds the flock(2) of a file or directory, as the kernel says in `/proc`.
package enum LockHolder: Hashable, Sendable {
    /// A process that runs this program.
    case daemon(pid_t)
    case stranger(pid_t)
    /// The holder cannot be seen: it belongs to another user, or is in another container.
    case unseen

    package var isStranger: Bool { if case .stranger = self { true } else { false } }

    /// - Parameter file: the asker's own descriptor of the locked file.
    init(of file: borrowing Descriptor) {
        let process = (try? file.status()).flatMap { file in
            numbers(in: "/proc").first { hasLocked($0, file) } ?? listed(file)
        }
        guard let process else {
            self = .unseen
            return
        }
        let program = linesOfKernel(in: "/proc/self/comm")
        let isOneOfUs = !program.isEmpty && linesOfKernel(in: "/proc/\(process)/comm") == program
        self = isOneOfUs ? .daemon(process) : .stranger(process)
    }

    static func isHolding(_ process: pid_t, _ file: borrowing Descriptor) -> Bool {
        guard let file = try? file.status() else { return false }
        return hasLocked(process, file) || listed(file) == process
    }
}

/// The lines of a file in `/proc`; empty when it cannot be read.
func linesOfKernel(in path: String) -> [Substring] {
    let bytes = (try? Descriptor(path, O_RDONLY).readToEnd()) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
}

/// The holder in the kernel's list of all locks, for a process in another sandbox, whose open files are not shown.
///
/// Of the file, only the inode number is compared, and a file on another device may have the same. So a process
/// whose files we can see is left out here.
private func listed(_ file: stat) -> pid_t? {
    linesOfKernel(in: "/proc/locks").compactMap { holder(in: $0, of: file) }
        .first { access("/proc/\($0)/exe", F_OK) != 0 }
}

/// The holder in a line such as `1: FLOCK  ADVISORY  WRITE 4711 00:1f:42 0 EOF`; see proc(5).
///
/// A READ lock does not count, because it belongs to a command that asks whether a daemon runs.
private func holder(in line: Substring, of file: stat) -> pid_t? {
    let words = line.split(separator: " ")
    guard let kind = words.firstIndex(of: "FLOCK"), words.count > kind + 4, words[kind + 2] == "WRITE",
        words[kind + 4].split(separator: ":").last == "\(file.st_ino)"
    else { return nil }
    return pid_t(words[kind + 3])
}

private func hasLocked(_ process: pid_t, _ file: stat) -> Bool {
    numbers(in: "/proc/\(process)/fdinfo").contains { number in
        // Check this before stat(2), which hangs for a file on a file system that hangs.
        let hasLock = linesOfKernel(in: "/proc/\(process)/fdinfo/\(number)").contains {
            $0.hasPrefix("lock:") && holder(in: $0, of: file) != nil
        }
        var opened = stat()
        return hasLock && stat("/proc/\(process)/fd/\(number)", &opened) == 0 && opened.isSameFile(as: file)
    }
}

/// The numbers among the names in a directory; none when it cannot be read.
private func numbers(in directory: String) -> [Int32] {
    ((try? names(in: directory)) ?? []).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
}
