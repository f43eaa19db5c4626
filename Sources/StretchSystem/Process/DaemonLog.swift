import CSystemd
import Glibc

/// The daemon's log: journald, with fields, if the service manager connected stderr to it; otherwise lines on stderr.
package struct DaemonLog: Sendable {
    /// As in syslog(3).
    package enum Level: Int32, Sendable {
        case error = 3, warning, notice, info
    }

    /// Fields to search for, as in `journalctl --user STRETCHD_ROUTINE=morning`.
    package enum Field: String, Sendable {
        case routine = "STRETCHD_ROUTINE", occurrence = "STRETCHD_OCCURRENCE", event = "STRETCHD_EVENT"
    }

    private let isJournal: Bool

    /// - Parameter environment: `JOURNAL_STREAM` counts only if it names the stream that stderr is. Otherwise a parent
    ///   process has passed on the variable, but not the stream. See systemd.exec(5).
    package init(environment: [String: String]) {
        var stream = stat()
        isJournal =
            fstat(STDERR_FILENO, &stream) == 0
            && environment["JOURNAL_STREAM"] == "\(stream.st_dev):\(stream.st_ino)"
    }

    /// False while stderr is a terminal that takes nothing, as after Ctrl-S.
    ///
    /// To write there would block the daemon.
    private var mayWrite: Bool {
        var query = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        return isatty(STDERR_FILENO) == 0 || poll(&query, 1, 100) > 0
    }

    package func write(_ level: Level, _ message: String, _ fields: KeyValuePairs<Field, String> = [:]) {
        if isJournal, sendToJournal(level, message, fields) { return }
        let word = [.error, .warning].contains(level) ? "\(level): " : ""
        // One write, so that lines of several processes do not mix. If it fails, there is nobody to tell.
        let line = Array("stretchd: \(word)\(message)\n".utf8)
        guard mayWrite else { return }
        _ = Glibc.write(STDERR_FILENO, line, line.count)
    }

    private func sendToJournal(_ level: Level, _ message: String, _ fields: KeyValuePairs<Field, String>) -> Bool {
        let entries =
            ["MESSAGE=\(message)", "PRIORITY=\(level.rawValue)"] + fields.map { "\($0.key.rawValue)=\($0.value)" }
        // We do not use strdup, because a text may have a zero byte in it.
        let pieces = entries.map { entry in
            iovec(iov_base: memcpy(malloc(entry.utf8.count), entry, entry.utf8.count), iov_len: entry.utf8.count)
        }
        defer { for piece in pieces { free(piece.iov_base) } }
        return sd_journal_sendv(pieces, Int32(pieces.count)) == 0
    }
}
