internal import StretchBase

extension Configuration {
    /// The configuration of a person who has no configuration file.
    package static let standard = Configuration(routines: [.morning])
}

extension Routine {
    /// The default routine: a morning stretch for a sore lower back.
    ///
    /// Takes five to six minutes. A small movement of the pelvis comes first, to warm up. Then come the hips: their
    /// flexors are lengthened, and the buttocks strengthened. Nothing bends the lower back, because just after getting
    /// up it tolerates that least.
    package static let morning = Routine(
        id: "morning", title: "Morning stretch",
        schedule: Schedule([.builtIn("Mon..Fri 07:30"), .builtIn("Sat,Sun 09:00")], except: [.builtIn("*-12-24..26")]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("half-kneeling-hip-flexor"), .builtIn("glute-bridge")])

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

    /// A routine for those who cannot get down to the floor.
    ///
    /// Of all positions it needs the chair and standing beside it. The hips are lengthened in between, when the person
    /// stands anyway.
    package static let chair = Routine(
        id: "chair", title: "Chair stretch", schedule: Schedule([]),
        steps: [.builtIn("seated-posture-break"), .builtIn("standing-hip-flexor"), .builtIn("sit-to-stand")])

    /// A routine for the evening: it has what bends and turns the lower back, which is for later in the day.
    package static let evening = Routine(
        id: "evening", title: "Evening stretch", schedule: Schedule([]),
        steps: [.builtIn("cat-camel"), .builtIn("knee-rolls"), .builtIn("figure-four")])

    /// A routine to try when sitting and bending make it worse (`Safety.tries`).
    package static let backward = Routine(
        id: "backward", title: "Bending backward, a try", schedule: Schedule([]),
        steps: [.builtIn("standing-back-extension"), .builtIn("prone-prop"), .builtIn("glute-bridge")])

    /// A routine to try when standing and walking make it worse, in the evening (`Safety.tries`).
    package static let forward = Routine(
        id: "forward", title: "Bending forward, a try", schedule: Schedule([]),
        steps: [.builtIn("pelvic-tilt"), .builtIn("single-knee-to-chest"), .builtIn("child-pose")])

    /// The routines that a person can start, or schedule by id, without writing their steps.
    package static var builtIn: [Routine] { [morning, gentle, desk, chair, backward, forward, evening] }

    package static func builtIn(_ id: String) -> Routine? {
        switch id {
        case "morning": morning
        case "gentle": gentle
        case "desk": desk
        case "chair": chair
        case "evening": evening
        case "backward": backward
        case "forward": forward
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
