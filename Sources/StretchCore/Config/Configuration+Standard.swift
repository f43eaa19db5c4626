extension Configuration {
    /// What holds without a configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The built-in routine: the morning stretch for a sore lower back.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule(
            [.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: [StretchLibrary.halfKneelingHipFlexor])
}

extension CalendarEvent {
    fileprivate static func builtIn(_ text: String) -> CalendarEvent {
        do throws(ParseError) {
            return try CalendarEvent(parsing: text)
        } catch {
            preconditionFailure("built-in schedule: \(error)")
        }
    }
}
