extension Configuration {
    /// What holds without a configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The morning stretch for a sore lower back: what holds without a configuration.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule(
            [.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: StretchLibrary.steps(["half-kneeling-hip-flexor"]))

    /// For a bad day, in the place of another: nothing at the end of a range, nothing that bends the lower back.
    package static let gentle = Routine(
        id: "gentle", title: "Gentle stretch", schedule: Schedule([]),
        steps: StretchLibrary.steps(["half-kneeling-hip-flexor"]))

    /// Two minutes, standing.
    package static let desk = Routine(
        id: "desk", title: "Desk stretch", schedule: Schedule([]),
        steps: StretchLibrary.steps(["half-kneeling-hip-flexor"]))

    /// Those that can be done, and be scheduled by their id, without writing them.
    package static let builtIn = [morning, gentle, desk]
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
