internal import StretchBase

extension Configuration {
    /// What holds without a configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The morning stretch for a sore lower back: what holds without a configuration.
    ///
    /// Five to six minutes. First what tight hips ask for, the hip flexors longer and the buttocks stronger; then the
    /// whole back moves. That bends the lower back, which likes it least just after getting up, so it comes last.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule(
            [.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: StretchLibrary.steps(["half-kneeling-hip-flexor", "glute-bridge", "cat-camel"]))

    /// For a bad day, in the place of another: nothing at the end of a range, nothing that bends the lower back.
    ///
    /// All of it lying on the back, which carries nothing there: a small tilt, and a short bridge, which may be as low as
    /// one likes. No bird-dog: it asks for balance and strength, and brings the arm to the end of its range.
    package static let gentle = Routine(
        id: "gentle", title: "Gentle stretch", schedule: Schedule([]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("glute-bridge", hold: .seconds(3))])

    /// Two minutes, standing.
    ///
    /// The opposite of sitting: the hips straight, once on each side, and the back bent the other way.
    package static let desk = Routine(
        id: "desk", title: "Desk stretch", schedule: Schedule([]),
        steps: [.builtIn("standing-hip-flexor", repeats: 1), .builtIn("standing-back-extension")])

    /// Those that can be done, and be scheduled by their id, without writing them.
    package static var builtIn: [Routine] { [morning, gentle, desk] }

    package static func builtIn(_ id: String) -> Routine? {
        switch id {
        case "morning": morning
        case "gentle": gentle
        case "desk": desk
        default: nil
        }
    }
}

extension Step {
    /// A built-in stretch; what is given replaces what the library has.
    fileprivate static func builtIn(_ id: String, hold: Duration? = nil, repeats: Int? = nil) -> Step {
        var step = StretchLibrary.steps([id])[0]
        step.dose.hold = hold ?? step.dose.hold
        step.dose.repeats = repeats ?? step.dose.repeats
        return step
    }
}

extension CalendarEvent {
    fileprivate static func builtIn(_ text: String) -> CalendarEvent {
        do throws(SyntaxError) {
            return try CalendarEvent(parsing: text)
        } catch {
            preconditionFailure("built-in schedule: \(error)")
        }
    }
}
