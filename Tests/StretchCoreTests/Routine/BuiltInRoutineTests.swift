import Foundation
import StretchBase
import StretchCore
import TestSupport
import Testing

struct BuiltInRoutineTests {
    @Test func morningWarmsUpStretchesTheHipsAndStrengthensTheButtocksWithoutBendingTheBack() {
        #expect(Routine.morning.steps.map(\.stretch.id) == ["pelvic-tilt", "half-kneeling-hip-flexor", "glute-bridge"])
        #expect(Routine.morning.steps[1].dose.sides == .both)
        #expect(Routine.morning.steps.allSatisfy { !$0.stretch.flexion })
        #expect((.minutes(5) ... .minutes(7)).contains(Routine.morning.length))
    }

    @Test func backwardAndForwardAreTriesAndNoDiagnosis() {
        #expect(
            Routine.backward.steps.map(\.stretch.id) == ["standing-back-extension", "prone-prop", "glute-bridge"])
        #expect(Routine.forward.steps.map(\.stretch.id) == ["pelvic-tilt", "single-knee-to-chest", "child-pose"])
        #expect(Safety.tries.map(\.routine) == ["backward", "forward"])
        for (_, text) in Safety.tries {
            #expect(
                text.contains("Try it for a week") && text.contains("If pain moves down the leg, this is not yours."))
            #expect(!promisesACure(text))
        }
    }

    /// Only those stay in the middle of what the joints can do.
    @Test func gentleGoesToTheEndOfNoRangeAndRoundsNoBack() {
        let gentle = Routine.gentle.steps
        #expect(!gentle.isEmpty)
        #expect(Set(gentle.map(\.stretch.id)).isSubset(of: ["pelvic-tilt", "glute-bridge"]))
        #expect(gentle.allSatisfy { !$0.stretch.flexion })
        #expect((.minutes(2) ... .minutes(4)).contains(Routine.gentle.length))
    }

    @Test func gentleAsksForNoMoreThanTheLibrary() {
        for step in Routine.gentle.steps {
            #expect(step.dose.hold <= step.stretch.dose.hold)
            #expect(step.dose.repeats <= step.stretch.dose.repeats)
        }
    }

    @Test func deskIsDoneStandingInAboutTwoMinutes() {
        #expect(!Routine.desk.steps.isEmpty)
        #expect(Routine.desk.steps.allSatisfy { $0.stretch.position == .standing })
        #expect((.seconds(110) ... .seconds(150)).contains(Routine.desk.length))
    }

    @Test func chairNeedsNoFloor() {
        #expect(Routine.chair.steps.allSatisfy { [.chair, .standing].contains($0.stretch.position) })
        #expect((.minutes(3) ... .minutes(5)).contains(Routine.chair.length))
    }

    @Test func whatBendsTheBackIsForTheEvening() {
        #expect(Routine.evening.steps.contains { $0.stretch.flexion })
        #expect((.minutes(4) ... .minutes(6)).contains(Routine.evening.length))
    }

    @Test func theTimeInHoldsIsTold() {
        #expect(Routine.morning.held == .seconds(140))
        #expect(Routine.builtIn.allSatisfy { $0.held < $0.length })
    }

    /// The table in docs/stretches.md.
    @Test func theTableOfRoutinesIsRight() throws {
        let rows = try String(contentsOf: repository.appending(path: "docs/stretches.md"), encoding: .utf8)
            .split(separator: "\n")
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            .filter { $0.count == 5 && $0[0].hasPrefix("`") }
        #expect(rows.map { $0[0] } == Routine.builtIn.map { "`\($0.id)`" })
        for (row, routine) in zip(rows, Routine.builtIn) {
            #expect(row[3] == spaced(routine.length) && row[4] == spaced(routine.held), "\(routine.id)")
            #expect(row[2].split(separator: ",").count == routine.steps.count, "\(routine.id)")
        }
    }

    /// Such as `5 min 20 s`.
    private func spaced(_ length: Duration) -> String {
        let (minutes, seconds) = (length.components.seconds / 60, length.components.seconds % 60)
        return [minutes > 0 ? "\(minutes) min" : nil, seconds > 0 ? "\(seconds) s" : nil].compactMap(\.self)
            .joined(separator: " ")
    }

    @Test func eachIsFoundByAnIDOfItsOwn() {
        let ids = ["morning", "gentle", "desk", "chair", "backward", "forward", "evening"]
        #expect(Routine.builtIn.map(\.id) == ids)
        #expect(Routine.builtIn.allSatisfy { Routine.builtIn($0.id) == $0 })
        #expect(Routine.builtIn("noon") == nil)
    }
}
