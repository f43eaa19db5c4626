import ArgumentParser
import StretchBase
import StretchCore
import StretchDaemon
import StretchFiles
import StretchTerminal

/// `stretchd journal`: commands about the journal's files themselves.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Looks after the journal: journal verify reads it all.",
        discussion: """
              stretchd journal verify
            """, subcommands: [Verify.self])

    struct Verify: Command {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Names every line of the journal that does not count.",
            discussion: """
                It changes nothing. Exit code 65 when there is anything to mend: a line that is \
                no record, one written by a newer version or for a time to come, a file that \
                cannot be read. A last line without its newline is shown, but is no fault: \
                somebody may just be writing it.

                  stretchd journal verify
                """)

        @Flag(help: "Print JSON, for scripts.")
        var json = false

        func run(in context: Context) throws {
            let installation = try Installation(context)
            installation.mentionOtherJournal()
            let verdict = JournalVerdict(on: installation)
            try context.tell(verdict, asJSON: json)
            if !verdict.isFine { throw ExitCode(Complaint.Code.badInput.rawValue) }
        }
    }
}

/// The result of reading the whole journal.
struct JournalVerdict: Answer {
    private let journal: JournalDirectory
    private let records: Int
    /// What is wrong in the journal, in order of file and line.
    private let findings: [JournalReport]

    /// Needs no configuration, so the journal can be checked even when the configuration is wrong.
    init(on installation: Installation) {
        // Without a machine id, no file counts as this machine's. All files can still be read.
        var journal = JournalDirectory(path: installation.journalPath, host: try? MachineID.host())
        records = journal.read().whole?.count ?? 0
        let now = installation.now
        // A clock that cannot be right must not judge which records lie in the future.
        let hasClock = ClockDoubt(of: journal, at: now) == nil
        let ahead = hasClock ? journal.reports(ahead: now + ClockDoubt.tolerance) : []
        self.journal = journal
        findings = (journal.reports + ahead).sorted { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
    }

    var isFine: Bool { findings.isEmpty }

    func text(on _: Terminal) -> String {
        let summary = "\(oneLine(journal.path)): \(counted(journal.fileCount, "file")), \(counted(records, "record"))"
        let quarantined = journal.quarantined
        let uncounted = "\(counted(quarantined, "line")) \(quarantined == 1 ? "does" : "do") not count"
        let verdict = isFine ? "fine" : quarantined == 0 ? "not as it should be" : uncounted
        return ((findings + journal.unfinished).map(\.description) + ["\(summary), \(verdict)"]).joined(separator: "\n")
    }

    var json: JSON {
        .object([
            "path": .text(journal.path), "files": .integer(journal.fileCount), "records": .integer(records),
            "quarantined": .integer(journal.quarantined), "fine": .bool(isFine),
            "findings": .array(findings.map(json)), "unfinished": .array(journal.unfinished.map(json)),
        ])
    }

    private func json(_ report: JournalReport) -> JSON {
        .object([
            "file": .text(report.path), "line": report.line.map { .integer($0) } ?? .null,
            "quarantined": .bool(report.isQuarantine), "reason": .text(report.words),
        ])
    }
}
