internal import StretchBase

extension Configuration {
    /// The configuration of a person who has no configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The default routine: a morning stretch for a sore lower back.
    ///
    /// Takes about six minutes. A small movement comes first, to warm up. The stretch for tight hips follows, then the
    /// exercise for weak buttocks. Nothing in it bends the lower back far: just after getting up the lower back
    /// tolerates bending least, so cat-camel is in `evening`.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule([.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("half-kneeling-hip-flexor"), .builtIn("glute-bridge")])

    /// A routine of movements that bend and turn the lower back, for the end of the day.
    package static let evening = Routine(
        id: "evening", title: "Evening stretch", schedule: Schedule([]),
        steps: [.builtIn("knee-rolls"), .builtIn("cat-camel"), .builtIn("figure-four")])

    /// A routine for a bad day, done instead of another one.
    ///
    /// It has no end-of-range positions and does not bend the lower back. Both stretches are done lying on the back,
    /// where it carries no load: a small tilt, and a short bridge as low as the person likes. There is no bird-dog,
    /// because it needs balance and strength, and moves the arm to the end of its range.
    package static let gentle = Routine(
        id: "gentle", title: "Gentle stretch", schedule: Schedule([]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("glute-bridge", hold: .seconds(3))])

    /// A routine for somebody who cannot get down to the floor.
    package static let chair = Routine(
        id: "chair", title: "Stretch with a chair", schedule: Schedule([]),
        steps: [.builtIn("seated-posture-break"), .builtIn("sit-to-stand"), .builtIn("standing-hip-flexor")])

    /// A routine to try when sitting and bending make it worse (`Safety.tries`).
    package static let backward = Routine(
        id: "backward", title: "Bending backward, a try", schedule: Schedule([]),
        steps: [.builtIn("standing-back-extension"), .builtIn("prone-prop"), .builtIn("glute-bridge")])

    /// A routine to try when standing and walking make it worse, in the evening (`Safety.tries`).
    package static let forward = Routine(
        id: "forward", title: "Bending forward, a try", schedule: Schedule([]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("single-knee-to-chest"), .builtIn("child-pose")])

    /// A routine of two minutes, done standing.
    ///
    /// It does the opposite of sitting: the hips straighten, once on each side, and the back bends backwards.
    package static let desk = Routine(
        id: "desk", title: "Desk stretch", schedule: Schedule([]),
        steps: [.builtIn("standing-hip-flexor", repeats: 1), .builtIn("standing-back-extension")])

    /// The routines that a person can start, or schedule by id, without writing their steps.
    package static var builtIn: [Routine] { [morning, evening, gentle, chair, backward, forward, desk] }

    package static func builtIn(_ id: String) -> Routine? {
        switch id {
        case "morning": morning
        case "evening": evening
        case "gentle": gentle
        case "chair": chair
        case "backward": backward
        case "forward": forward
        case "desk": desk
        default: nil
        }
    }

    /// Whether a configured routine that leaves its steps out has those of the built-in routine with its id.
    ///
    /// Only the first three were always built in. With another id and a title of its own, a routine without steps is
    /// the person's own, and only asks.
    static func lendsSteps(to id: String, withOwnTitle: Bool) -> Bool {
        ["morning", "gentle", "desk"].contains(id) || !withOwnTitle
    }
}

extension Step {
    /// A step with a built-in stretch; the arguments override the dose of the stretch.
    fileprivate static func builtIn(_ id: String, hold: Duration? = nil, repeats: Int? = nil) -> Step {
        guard let stretch = StretchLibrary.stretch(id) else { preconditionFailure("built-in routine: no \(id)") }
        var step = Step(stretch)
        step.dose.hold = hold ?? step.dose.hold
        step.dose.repeats = repeats ?? step.dose.repeats
        step.isFixed = hold != nil || repeats != nil
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
