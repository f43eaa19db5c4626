internal import StretchBase

/// Reads `[[routine]]`.
struct RoutineReader {
    /// The configuration so far; it has the person's own stretches already, because steps may name them.
    let configuration: Configuration
    /// A file that may define stretches could not be read, so unknown stretches are not reported.
    let lacksStretches: Bool

    /// The routine of one table; if the table has problems, the routine is incomplete and is not used.
    func routine(_ table: KeyedTable) -> Routine {
        let id = table.id(of: "routine")
        let builtIn = configuration.builtInAsWritten(id)
        var routine = Routine(id: id, title: builtIn?.title ?? "", schedule: Schedule([]))
        if let builtIn, Routine.lendsSteps(to: id, withOwnTitle: table.has("title")) { routine.steps = builtIn.steps }
        table.line("title", into: &routine.title, required: builtIn == nil, of: 1...100)
        var events: [CalendarEvent] = []
        var except: [CalendarEvent] = []
        table.list("schedule", into: &events, required: true, allowed: Self.eventRule) { text throws(TextRefusal) in
            let event = try Self.event(text)
            if event.isDateOnly, !text.contains(":") { table.remark("schedule", Self.midnight(text, event)) }
            return event
        }
        table.list("except", into: &except, allowed: Self.dayRule, Self.days)
        routine.schedule = Schedule(events, except: except)
        table.limit("except", to: 1000, "entries", in: except.count)
        // The number is limited, because the next time of every event is computed again and again.
        let advice = ", and one may stand for many: 09..17:00"
        table.limit("schedule", to: 200, "events", in: events.count, advice: advice)
        table.duration("window", into: &routine.window, in: .minutes(1) ... .hours(24))
        table.integer("daily_goal", into: &routine.dailyGoal, in: 1...24)
        table.list("steps", into: &routine.steps, allowed: Self.stepRule, step, table: step)
        table.limit("steps", to: 50, "stretches", in: routine.steps.count)
        table.finish()
        return routine
    }

    private static let eventRule = "calendar events in quotes such as \"Mon..Fri 07:30\", one or a list"
    private static let dayRule = "days in quotes such as \"*-12-24..26\" or \"Sat,Sun\", one or a list"
    private static let stepRule = "ids of stretches in quotes, or tables, each beginning with a line [[routine.steps]]"

    private static func event(_ text: String) throws(TextRefusal) -> CalendarEvent {
        let event: CalendarEvent
        do throws(SyntaxError) { event = try CalendarEvent(parsing: text) } catch {
            throw several(in: text) ?? TextRefusal(error)
        }
        if let zone = event.zone {
            throw TextRefusal("has the zone \(zone); allowed: local time only, leave the zone out")
        }
        if event.hasFractions { throw TextRefusal("has fractions of a second; allowed: whole seconds") }
        return event
    }

    /// What to say of an event without a time, such as `daily`.
    private static func midnight(_ text: String, _ event: CalendarEvent) -> String {
        let days = event.description.split(separator: " ").dropLast().filter { $0 != "*-*-*" }
        let meant = quoted((days + ["07:30"]).joined(separator: " "))
        return "\(quoted(text)) means at midnight, 00:00; write a time, such as \(meant)"
    }

    /// What to write instead of a text such as `07:00, 19:00`; nil if it does not hold several events.
    private static func several(in text: String) -> TextRefusal? {
        let parts = text.split(separator: ", except ", maxSplits: 1).map(String.init)
        let events = parts.first.map { CalendarHint.list(in: $0) ?? [$0] } ?? []
        guard events.count + parts.count > 2 else { return nil }
        let list = events.map(quoted).joined(separator: ", ")
        let days = parts.count > 1 ? "; what follows except belongs into the key except" : ""
        return TextRefusal("holds several; write each in quotes of its own, in a list: [\(list)]\(days)")
    }

    private static func days(_ text: String) throws(TextRefusal) -> CalendarEvent {
        let days = try event(text)
        guard days.isDateOnly else { throw TextRefusal("has a time of day; allowed: \(dayRule)") }
        return days
    }

    /// A step with the stretch's own dose.
    private func step(_ id: String) throws(TextRefusal) -> Step {
        if let stretch = configuration.stretch(id) { return Step(stretch) }
        if lacksStretches { return Step(Stretch(id: id)) }
        throw TextRefusal(configuration.unknownStretch(id))
    }

    /// A step with a dose from the routine.
    private func step(_ table: KeyedTable) -> Step {
        var id = ""
        // Which stretches there are is asked below, so no other text is advised here.
        table.text("stretch", into: &id, required: true, allowed: "the id of a stretch", meant: { _ in [] }) {
            !$0.isEmpty
        }
        var step = Step(Stretch(id: id))
        if !id.isEmpty {
            do throws(TextRefusal) { step = try self.step(id) } catch {
                table.note("stretch", "\(quoted(id)): \(error.reason)")
            }
        }
        StretchReader.dose(table, into: &step.dose)
        step.isFixed = StretchReader.hasAmount(table)
        // The text of this stretch mentions no sides, so a step may not add them. It may take sides away, because
        // `none` can also mean both sides at once.
        if configuration.stretch(id)?.dose.sides == Dose.Sides.none, step.dose.sides != .none {
            table.note("sides", "is \(quoted(step.dose.sides.rawValue)), but \(id) has no sides; take it out")
        }
        table.finish()
        return step
    }
}

extension Configuration {
    /// What is wrong with the id of a stretch that is not there, and what was meant by it.
    func unknownStretch(_ id: String) -> String {
        "unknown stretch; \(Spelling.remedy(for: id, among: stretches.map(\.id) + StretchLibrary.ids, quotes: quoted))"
    }
}
