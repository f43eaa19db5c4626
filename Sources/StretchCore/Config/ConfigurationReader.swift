/// Reads `config.toml`: text in, a checked and complete configuration out, or everything that is wrong with it.
package enum ConfigurationReader {
    /// What the text does not say has the value of `Configuration.standard`.
    ///
    /// So without any `[[routine]]` the built-in one holds. `file` is the name the messages begin with.
    package static func read(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        let problems = ProblemList(file: file)
        var configuration = Configuration.standard
        if let root = KeyedTable(document: text, problems: problems) {
            root.timeOfDay("day_start", into: &configuration.dayStart, upTo: .hours(12))
            read(root.table("prompt"), into: &configuration.prompt)
            read(root.table("presence"), into: &configuration.presence)
            if let tables = root.tables("routine") { configuration.routines = routines(tables) }
            root.finish()
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems.list) }
        return configuration
    }

    private static func read(_ table: KeyedTable, into prompt: inout Configuration.PromptSettings) {
        table.duration("snooze", into: &prompt.snooze, in: .minutes(1) ... .hours(12))
        table.integer("snooze_limit", into: &prompt.snoozeLimit, in: 0...20)
        table.duration("remind_every", into: &prompt.remindEvery, in: .minutes(1) ... .hours(12))
        table.integer("reminders", into: &prompt.reminders, in: 0...20)
        table.choice("urgency", into: &prompt.urgency)
        table.text("sound", into: &prompt.sound, allowed: "a name of the sound theme such as \"message\", or \"\"") {
            $0.utf8.count <= 64 && $0.utf8.allSatisfy { isNameByte($0) || $0 == UInt8(ascii: ".") }
        }
        table.finish()
    }

    private static func read(_ table: KeyedTable, into presence: inout Configuration.PresenceSettings) {
        table.bool("wait", into: &presence.wait)
        table.duration("settle", into: &presence.settle, in: .zero ... .hours(1))
        table.finish()
    }

    private static func routines(_ tables: [KeyedTable]) -> [Routine] {
        var routines: [Routine] = []
        for table in tables {
            let routine = routine(table)
            if routines.contains(where: { $0.id == routine.id && !routine.id.isEmpty }) {
                table.note("id", "is used by an earlier routine too; allowed: an id of its own for each")
            }
            routines.append(routine)
        }
        return routines
    }

    /// The routine of one table; where something is wrong, with gaps, which nobody will see.
    private static func routine(_ table: KeyedTable) -> Routine {
        var id = ""
        table.text("id", into: &id, required: true, allowed: idRule, where: isID)
        if !id.isEmpty { table.prefix = "routine \"\(id)\": " }
        var routine = Routine(id: id, title: "", schedule: Schedule([]))
        table.text("title", into: &routine.title, required: true, allowed: titleRule, where: isTitle)
        var events: [CalendarEvent] = []
        var except: [CalendarEvent] = []
        table.list("schedule", into: &events, required: true, allowed: eventRule, event)
        table.list("except", into: &except, allowed: dayRule, days)
        routine.schedule = Schedule(events, except: except)
        table.duration("window", into: &routine.window, in: .minutes(1) ... .hours(24))
        table.integer("daily_goal", into: &routine.dailyGoal, in: 1...24)
        table.list("steps", into: &routine.steps, allowed: "a list of ids of stretches", step)
        table.finish()
        return routine
    }
}

// What a routine's values may be.
extension ConfigurationReader {
    static let idRule = "1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit"
    static let titleRule = "one line of 1 to 100 characters"
    private static let eventRule = "calendar events in quotes such as \"Mon..Fri 07:30\", one or a list"
    private static let dayRule = "days in quotes such as \"*-12-24..26\" or \"Sat,Sun\", one or a list"

    /// Lower case, because it is typed; no `@`, because that ends it in an occurrence's id; no dash in front, because
    /// that would be an option of the command line.
    static func isID(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte) && text == text.lowercased()
            && !text.hasPrefix("-") && !text.hasPrefix("_")
    }

    static func isTitle(_ text: String) -> Bool {
        (1...100).contains(text.count) && text == oneLine(text) && !text.allSatisfy(\.isWhitespace)
    }

    private static func event(_ text: String) throws(KeyedTable.Refusal) -> CalendarEvent {
        let event: CalendarEvent
        do throws(CalendarEvent.ParseError) {
            event = try CalendarEvent(parsing: text)
        } catch {
            throw KeyedTable.Refusal(error)
        }
        if let zone = event.zone {
            throw KeyedTable.Refusal("has the zone \(zone); allowed: local time only, leave the zone out")
        }
        if event.hasFractions {
            throw KeyedTable.Refusal("has fractions of a second; allowed: whole seconds")
        }
        return event
    }

    private static func days(_ text: String) throws(KeyedTable.Refusal) -> CalendarEvent {
        let days = try event(text)
        guard days.isDateOnly else {
            throw KeyedTable.Refusal("has a time of day; allowed: \(dayRule)")
        }
        return days
    }

    private static func step(_ id: String) throws(KeyedTable.Refusal) -> Step {
        if let stretch = StretchLibrary.stretch(id) { return Step(stretch) }
        let known = StretchLibrary.all.map(\.id)
        let remedy =
            Spelling.nearest(to: id, among: known).map { "did you mean \(quoted($0))?" }
            ?? "allowed: \(known.joined(separator: ", "))"
        throw KeyedTable.Refusal("unknown stretch; \(remedy)")
    }
}
