import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal
import StretchUnix

/// `stretchd import`: the history of another program, into a file of the journal of its own.
struct Import: Command {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes over your history from Loop Habit Tracker.",
        discussion: """
            In Loop choose Settings, Export as CSV, and unpack the archive. A habit goes to \
            the routine of its name or, with --routine, to that one. What was imported already \
            is not imported again.

              stretchd import Checkmarks.csv --dry-run
              stretchd import Checkmarks.csv --habit Back --routine morning
            """)

    @Argument(
        help: "Checkmarks.csv: that of all habits, or that of one.", completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: ArgumentHelp("Only this habit.", valueName: "name"))
    var habit: String?

    @Option(help: "The routine that the habit goes to.")
    var routine: String?

    @Flag(help: "Say what would be imported, and import nothing.")
    var dryRun = false

    func run(in context: Context) throws {
        let checkmarks = try read()
        let workspace = try Workspace(in: context)
        var files: [String] = []
        for (name, marks) in try chosen(of: checkmarks) {
            guard let routine = try target(of: name, in: workspace) else {
                say("\(oneLine(name ?? "")): left out, because no routine has this name", in: context)
                continue
            }
            // What was not done today is not missed before the day is over.
            let today = workspace.today
            let past = marks.filter { $0.key < today || $0.key == today && $0.value.state != .missed }
            let records = LoopCheckmarks.records(of: past, for: routine.id, in: workspace.timetable.zone)
            let new = records.filter { !workspace.ledger.contains($0) }
            let host = "loop-\(routine.id)"
            if !dryRun { try workspace.add(new, to: host) }
            say(words(for: past, from: name, to: routine, new: new.count), in: context)
            let file = "\(oneLine(workspace.installation.journalPath))/\(host).jsonl"
            if !files.contains(file) { files.append(file) }
        }
        guard files.isEmpty else {
            let names = files.joined(separator: ", ")
            if !dryRun { say("written to \(names); to take it back, delete that file", in: context) }
            return
        }
        let known = workspace.routines.map { oneLine($0.id) }.joined(separator: ", ")
        let advice = "say which habit goes to which routine with --habit and --routine (there are \(known))"
        throw Complaint(.badInput, "nothing imported; \(advice)")
    }

    private func say(_ text: String, in context: Context) {
        for line in context.terminal.wrapped(text) { context.say(line) }
    }

    private func read() throws -> LoopCheckmarks {
        let text: String
        do throws(Refusal) {
            let bytes = try Descriptor(file, O_RDONLY | O_NOCTTY).readToEnd(atMost: 16 << 20, waiting: true)
            text = String(decoding: bytes, as: UTF8.self)
        } catch {
            throw Complaint(.badInput, FileError.failed(.read, on: oneLine(file), errno: error.code))
        }
        do throws(TextRefusal) { return try LoopCheckmarks(parsing: text) } catch {
            throw Complaint(.badInput, "\(oneLine(file)): \(error.reason)")
        }
    }

    /// The habits that are wanted.
    private func chosen(
        of checkmarks: LoopCheckmarks
    ) throws -> [(name: String?, marks: [Day: LoopCheckmarks.Mark])] {
        guard let habit else {
            if routine != nil, checkmarks.habits.count > 1 {
                let names = checkmarks.habits.compactMap(\.name).map { oneLine($0) }.joined(separator: ", ")
                throw Complaint(.badInput, "which habit goes to that routine? Add --habit and one of: \(names)")
            }
            return checkmarks.habits
        }
        let found = checkmarks.habits.filter { $0.name == habit }
        if !found.isEmpty { return found }
        let names = checkmarks.habits.compactMap(\.name).map { oneLine($0) }
        let advice = names.isEmpty ? "it has one habit, without its name" : "it has \(names.joined(separator: ", "))"
        throw Complaint(.badInput, "no habit \"\(oneLine(habit))\" in the file; \(advice)")
    }

    /// The routine that a habit goes to; nil if none has its name.
    private func target(of habit: String?, in workspace: Workspace) throws -> Routine? {
        if let routine { return try workspace.routine(named: routine) }
        let name = habit?.lowercased()
        return workspace.routines.first { [$0.id, $0.title.lowercased()].contains(name) }
    }

    /// Such as `Stretching → morning: 214 days done, 3 skipped, 12 missed, 1 March 2019 to 28 November 2026; 229 new`.
    private func words(
        for marks: [Day: LoopCheckmarks.Mark], from habit: String?, to routine: Routine, new: Int
    ) -> String {
        let name = oneLine(habit ?? file)
        guard let first = marks.keys.min(), let last = marks.keys.max() else {
            return "\(name) -> \(routine.id): nothing is recorded in it"
        }
        func count(_ state: LoopCheckmarks.Mark.State) -> String {
            "\(marks.values.count { $0.state == state }) \(state)"
        }
        let days = "\(count(.done)), \(count(.skipped)), \(count(.missed))"
        let span = "\(HumanTime.fullDate(first)) to \(HumanTime.fullDate(last))"
        let result = new == 0 ? "all imported before" : dryRun ? "\(new) would be imported" : "\(new) imported"
        return "\(name) -> \(routine.id): \(days), \(span); \(result)"
    }
}

extension Workspace {
    /// Appends records to a file of the journal that is not this machine's.
    fileprivate func add(_ records: [Record], to name: String) throws {
        try Complaint.ifFailed(.badInput, "not imported") { try Places.requireOwn(installation.journalPath) }
        try Complaint.ifFailed(.notWritten, "not imported") {
            try JournalFile(directory: installation.journalPath, host: name).append(records)
        }
    }
}
