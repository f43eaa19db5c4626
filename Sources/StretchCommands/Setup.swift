import ArgumentParser
import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchTerminal
import StretchUnix

/// `stretchd setup`: some questions, and settings that fit the answers.
struct Setup: Command {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Asks some questions, then writes first settings.",
        discussion: """
            It asks whether you may stretch at all, what you can do, and when to ask you. It shows what \
            it will write, and writes only where no settings are yet.

              stretchd setup
              stretchd setup --print    only shows them
            """)

    @Flag(help: "Print the settings instead of writing them.")
    var print = false

    func run(in context: Context) throws {
        let installation = try Installation(context)
        let path = installation.configurationPath
        if !print { try requireNone(at: path) }
        let questions = try Questions(in: context)
        // A script that keeps the settings must not take none for some.
        guard let plan = try questions.plan() else { throw ExitCode(Complaint.Code.badInput.rawValue) }
        // What is written must be read; a mistake here is one of the program.
        let configuration = try ConfigurationReader.read(plan.toml, file: path)
        if print { return try context.tell(plan.toml.trimmed(where: \.isWhitespace)) }
        questions.tell("")
        for routine in configuration.routines {
            let steps = routine.steps.map(\.stretch.title).joined(separator: ", ")
            questions.tell("\(routine.title): \(steps); about \(HumanTime.minutes(routine.length)).")
        }
        questions.tell("\n\(plan.toml)")
        guard try questions.isTrue("Write this to \(oneLine(path))?") else {
            return questions.tell("Nothing is written.")
        }
        try write(plan.toml, to: path)
        try tellNext(configuration, plan, installation, questions)
    }

    /// Throws unless no settings are there.
    private func requireNone(at path: String) throws {
        guard access(path, F_OK) != 0 else {
            throw Complaint(
                .badInput,
                "your settings are there already, in \(oneLine(path)), and setup changes none; change them yourself: "
                    + "stretchd edit; or see what it would write: stretchd setup --print")
        }
        let number = errno
        // A link that leads nowhere, such as to a disk that is not mounted, is no place for new settings.
        guard number == ENOENT, Path.isAbsent(path) else {
            let reason = number == ENOENT ? "a link on the way leads nowhere" : "\(KernelRefusal(number, to: .read))"
            throw Complaint(.badInput, "nothing can be written to \(oneLine(path)): \(reason)")
        }
    }

    private func write(_ text: String, to path: String) throws {
        try Complaint.ifFailed(.notWritten, "not written") { try ConfigurationFile.makeDirectory(for: path) }
        // Somebody else may have written settings while the questions were asked.
        try requireNone(at: path)
        do { try Output.write(Array(text.utf8), toFile: path, replacing: false) } catch {
            try requireNone(at: path)
            throw error
        }
    }

    private func tellNext(
        _ configuration: Configuration, _ plan: SetupPlan, _ installation: Installation, _ questions: Questions
    ) throws {
        let zone = try installation.zone()
        let diary = Diary(Timetable(configuration, zone: zone))
        let next = configuration.routines.first.flatMap { diary.timetable.next($0, after: installation.now) }
        let today = zone.civil(installation.now).day
        if let next {
            questions.tell("Written. You are asked first on \(HumanTime.full(next.id.nominal, relativeTo: today)).")
        }
        if installation.daemon == nil { questions.tell(installation.missingDaemon.capitalised) }
        questions.tell("To try it now: \(Prose.unbroken("stretchd guide \(plan.routine)"))")
        questions.tell("To change anything: \(Prose.unbroken("stretchd edit"))")
        if plan.hasOtherMachine {
            questions.tell(
                "On the other machine install it, too, and copy this file there. Have a tool for syncing files share "
                    + "the journal, \(oneLine(installation.journalPath)); see \(Prose.unbroken("man 5 stretchd-journal"))."
            )
        }
    }
}

/// The settings that fit the answers.
struct SetupPlan: Hashable {
    /// The id of a built-in routine.
    var routine = Routine.morning.id
    var avoid: [Avoidance] = []
    var time = "07:00"
    /// As a calendar event has them, such as `Mon..Fri`; empty for every day.
    var days = ""
    var hasOtherMachine = false

    /// When the day begins, in words; nil for the usual time.
    ///
    /// Who gets up before that would stretch for the day before. An hour earlier leaves room for doing it early.
    private var dayStart: String? {
        let hour = Int(time.prefix(2)) ?? 0
        guard routine != Routine.forward.id, .hours(hour) < Configuration.standard.dayStart else { return nil }
        return "\(padded(max(0, hour - 1), 2)):00"
    }

    /// The text of the configuration file.
    var toml: String {
        let schedule = days.isEmpty ? time : "\(days) \(time)"
        let person = ["[person]", "avoid = [\(avoid.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]", ""]
        let lines =
            ["# Made by stretchd setup. To change it: stretchd edit", ""]
            + (dayStart.map { ["day_start = \"\($0)\"", ""] } ?? []) + (avoid.isEmpty ? [] : person)
            + ["[[routine]]", "id = \"\(routine)\"", "schedule = \"\(schedule)\""]
        return lines.map { $0 + "\n" }.joined()
    }

    /// The days of the week in words that people type, as a calendar event has them; nil if they are none.
    static func days(_ words: String) -> String? {
        let plain = words.lowercased().replacing(" and ", with: ",").replacing(" to ", with: "..")
            .replacing("-", with: "..").split { $0 == "," || $0 == " " }.joined(separator: ",")
        switch plain {
        case "", "every,day", "everyday", "daily", "all", "all,days", "every": return ""
        case "weekdays", "workdays", "working,days": return "Mon..Fri"
        case "weekend", "weekends": return "Sat,Sun"
        default: break
        }
        guard let event = try? CalendarEvent(parsing: "\(plain) 07:00") else { return nil }
        let every = "*-*-* 07:00:00"
        if event.description == every { return "" }
        guard event.description.hasSuffix(" \(every)") else { return nil }
        return String(event.description.dropLast(every.count + 1))
    }

    /// A time of day such as `7`, `7:30` or `07:30`; nil if it is none.
    static func time(_ words: String) -> String? {
        let parts = words.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let hour = parts[0], (0...23).contains(hour) else { return nil }
        let minute = parts.count == 2 ? parts[1] : 0
        guard let minute, (0...59).contains(minute) else { return nil }
        return "\(padded(hour, 2)):\(padded(minute, 2))"
    }
}

/// The questions in the terminal.
///
/// Nothing is written while they are asked, so Ctrl-C may end them at any time.
private struct Questions {
    private let context: Context
    /// The terminal that shows the questions; standard output may be a file.
    private let output: Int32

    init(in context: Context) throws {
        self.context = context
        output = isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO
        guard isatty(STDIN_FILENO) == 1, isatty(output) == 1 else {
            throw Complaint(.badInput, "setup asks questions and needs a terminal; nothing is written")
        }
    }

    /// The settings that fit the answers; nil when somebody must not stretch, or should ask first.
    func plan() throws -> SetupPlan? {
        tell("Some questions, and then settings that fit. Nothing is written before you say so.\n")
        tell("Do you have any of these?")
        for sign in Safety.warningSigns { tell(sign, lead: "- ") }
        if try isTrue("Any of them?") {
            tell("Do not stretch. Get urgent care. Nothing is written.")
            return nil
        }
        var plan = SetupPlan()
        let asksFirst = try isTrue("An operation on back or hips, a broken spine, osteoporosis, or pregnant?")
        if asksFirst {
            guard try isTrue("Did a doctor or physiotherapist say that you may do such exercises?") else {
                tell(
                    "Ask first, and show them the exercises: \(Prose.unbroken("stretchd stretches")). "
                        + "Nothing is written.")
                return nil
            }
            if try isTrue("Are you pregnant?") { plan.avoid.append(.pregnancy) }
            if try isTrue("Osteoporosis, or a broken spine?") { plan.avoid.append(.osteoporosis) }
            if try isTrue("An artificial hip?") { plan.avoid.append(.hipReplacement) }
        }
        guard let routine = try routine(mayBeCareful: asksFirst, avoiding: &plan.avoid) else { return nil }
        plan.routine = routine
        let isEvening = plan.routine == Routine.forward.id
        plan.time = try ask(
            isEvening ? "At what time in the evening?" : "When do you get up?", usual: isEvening ? "20:00" : "07:00",
            hint: "a time such as 7:30", SetupPlan.time)
        plan.days = try ask(
            "On which days?", usual: "every day", hint: "every day, weekdays, or days such as Mon,Wed,Fri",
            SetupPlan.days)
        plan.hasOtherMachine = try isTrue("Do you use another machine, too?")
        return plan
    }

    /// The routine to begin with; nil when somebody should see a doctor first.
    private func routine(mayBeCareful isCareful: Bool, avoiding avoid: inout [Avoidance]) throws -> Routine.ID? {
        guard try isTrue("Can you get down to the floor and up again?") else {
            avoid.insert(.floor, at: 0)
            return Routine.chair.id
        }
        if !(try isTrue("Can you kneel?")) { avoid.insert(.kneeling, at: 0) }
        if isCareful {
            tell("Begin with a chair, then: nothing of it is done on the floor.")
            return Routine.chair.id
        }
        if try isTrue("Does your back hurt much today, 7 of 10 or more?") {
            tell("Begin gently. When it is better, change to another routine: \(Prose.unbroken("stretchd edit"))")
            return Routine.gentle.id
        }
        tell("When is it worse? 1: when you sit or bend. 2: when you stand or walk. 3: neither, or you are not sure.")
        let id = try ask("1, 2 or 3?", usual: "3", hint: "1, 2 or 3") { answer in
            ["1": Routine.backward.id, "2": Routine.forward.id, "3": Routine.morning.id][answer]
        }
        if id == Routine.backward.id, try isTrue("Were you told of a narrowed spinal canal or a slipped vertebra?") {
            avoid.append(.stenosis)
            tell("Then bending backward is not for you. The morning stretch does not do it.")
            return Routine.morning.id
        }
        if id == Routine.forward.id, try isTrue("Do your legs hurt or weaken when you walk?") {
            tell("Show that to a doctor first. Nothing is written.")
            return nil
        }
        if let text = Safety.tries.first(where: { $0.routine == id })?.text {
            tell("\(text) This is a try, not a diagnosis.")
        }
        return id
    }

    // MARK: One question

    func tell(_ text: String, lead: String = "") {
        var prose = Prose(on: context.terminal)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { prose.line("") } else { prose.paragraph(String(line), lead: lead) }
        }
        context.say(prose.text, to: output)
    }

    func isTrue(_ question: String) throws -> Bool {
        try ask("\(question) [y/n]", usual: nil, hint: "y or n") { answer in
            ["y": true, "yes": true, "n": false, "no": false][answer.lowercased()]
        }
    }

    /// Asks until the answer can be read; an empty answer is the usual one.
    private func ask<Value>(_ question: String, usual: String?, hint: String, _ read: (String) -> Value?) throws
        -> Value
    {
        while true {
            var prose = Prose(on: context.terminal)
            prose.paragraph(question + (usual.map { " [\($0)]" } ?? ""))
            guard Output.write(Array((prose.text + " ").utf8), to: output), let line = readLine() else {
                throw Complaint(.badInput, "the questions were not answered to their end; nothing is written")
            }
            let answer = line.trimmed(where: \.isWhitespace)
            if let value = read(answer.isEmpty ? usual ?? "" : answer) { return value }
            tell("Please answer with \(hint).")
        }
    }
}
