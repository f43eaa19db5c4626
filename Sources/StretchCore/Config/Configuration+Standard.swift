internal import StretchBase

extension Configuration {
    /// The configuration of a person who has no configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The default routine: a morning stretch for a sore lower back.
    ///
    /// Takes five to six minutes. The exercises for tight hips come first: they lengthen the hip flexors and strengthen
    /// the buttocks. The movement of the whole back comes last, because it bends the lower back. Just after getting up,
    /// the lower back tolerates bending least.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule([.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: [.builtIn("half-kneeling-hip-flexor"), .builtIn("glute-bridge"), .builtIn("cat-camel")])

    /// A routine for a bad day, done instead of another one.
    ///
    /// It has no end-of-range positions and does not bend the lower back. Both stretches are done lying on the back,
    /// where it carries no load: a small tilt, and a short bridge as low as the person likes. There is no bird-dog,
    /// because it needs balance and strength, and moves the arm to the end of its range.
    package static let gentle = Routine(
        id: "gentle", title: "Gentle stretch", schedule: Schedule([]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("glute-bridge", hold: .seconds(3))])

    /// A routine of two minutes, done standing.
    ///
    /// It does the opposite of sitting: the hips straighten, once on each side, and the back bends backwards.
    package static let desk = Routine(
        id: "desk", title: "Desk stretch", schedule: Schedule([]),
        steps: [.builtIn("standing-hip-flexor", repeats: 1), .builtIn("standing-back-extension")])

    /// The routines that a person can start, or schedule by id, without writing their steps.
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
    /// A step with a built-in stretch; the arguments override the dose of the stretch.
    fileprivate static func builtIn(_ id: String, hold: Duration? = nil, repeats: Int? = nil) -> Step {
        guard let stretch = StretchLibrary.stretch(id) else { preconditionFailure("built-in routine: no \(id)") }
        var step = Step(stretch)
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
