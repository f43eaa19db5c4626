import StretchBase
import StretchCore
import Testing

/// `[[stretch]]`, and the steps of routines.
struct UserStretchTests {
    private let calf = """
        [[stretch]]
        id = "calf"
        title = "Calf stretch"
        movement = "Lean forward."
        sides = "both"
        hold = "20s"

        """
    private let plank = """
        [[stretch]]
        id = "plank"
        title = "Plank"
        movement = "Hold."

        """
    private let routine = """
        [[routine]]
        id = "a"
        title = "A"
        schedule = "07:00"

        """

    // MARK: Stretches

    @Test func everyValueOfAStretchArrivesWhereItBelongs() throws {
        let text = """
            [[stretch]]
            id = "calf"
            title = "Calf stretch"
            purpose = "Why."
            muscles = "calf"
            position = "standing"
            needs = ["a wall"]
            preparation = ["One.", "Two."]
            movement = "Lean forward."
            cue = "Lean."
            sides = "left"
            hold = "20s"
            repeats = 3
            rest = "5s"
            feel = "A pull."
            faults = ["Heel up."]
            cautions = ["Stop."]
            flexion = true
            sources = ["me"]
            drawing = '''
             o
            ___
            '''
            """
        let stretch = try #require(try read(text).stretch("calf"))
        #expect(stretch.title == "Calf stretch" && stretch.purpose == "Why." && stretch.movement == "Lean forward.")
        #expect(stretch.cue == "Lean.")
        #expect(stretch.muscles == ["calf"] && stretch.needs == ["a wall"] && stretch.preparation == ["One.", "Two."])
        #expect(stretch.position == .standing && stretch.flexion && stretch.feel == "A pull.")
        #expect(stretch.faults == ["Heel up."] && stretch.cautions == ["Stop."] && stretch.sources == ["me"])
        #expect(stretch.drawing == [" o", "___"])
        #expect(stretch.dose.sides == .left && stretch.dose.hold == .seconds(20))
        #expect(stretch.dose.repeats == 3 && stretch.dose.rest == .seconds(5))
    }

    private func dose(_ keys: String) throws -> Dose {
        let text = "[[stretch]]\nid = \"a\"\ntitle = \"A\"\nmovement = \"M\"\nsides = \"both\"\n" + keys
        return try #require(try read(text).stretch("a")).dose
    }

    @Test func whatIsNotSaidIsAsItAlwaysWas() throws {
        let dose = try dose("repeats = 10")
        #expect(dose.hold == .seconds(15) && !dose.isCounted && dose.order == .alternating && dose.sets == 1)
        #expect(dose.rest == .seconds(10) && dose.prepare == .seconds(20) && dose.change == .seconds(10))
    }

    @Test func orderPreparingAndChangingAreSaid() throws {
        let dose = try dose("order = \"side by side\"\nprepare = \"35s\"\nchange = \"20s\"")
        #expect(dose.order == .sideBySide && dose.prepare == .seconds(35) && dose.change == .seconds(20))
    }

    @Test func threeSetsOfTenAreCounted() throws {
        let counted = try dose("sets = 3\nrepeats = 10")
        #expect(counted.isCounted && counted.hold == .seconds(4) && counted.rest == .minutes(1))
        #expect(counted.order == .sideBySide)
        let held = try dose("sets = 3\nrepeats = 10\nhold = \"5s\"")
        #expect(!held.isCounted && held.hold == .seconds(5) && held.rest == .seconds(10))
        let tempo = try dose("repeats = 10\ntempo = \"6s\"\nrest = \"0\"\norder = \"alternating\"")
        #expect(tempo.isCounted && tempo.hold == .seconds(6) && tempo.rest == .zero && tempo.order == .alternating)
    }

    @Test func eachLevelGoesOnFromTheOneBefore() throws {
        let levels = "\n[[stretch.level]]\nrepeats = 4\n[[stretch.level]]\nhold = \"25s\"\nsets = 2\n"
        let text = calf + levels + routine + "steps = [\"calf\", { stretch = \"calf\", repeats = 9 }]"
        let read = try read(text)
        let stretch = try #require(read.stretch("calf"))
        #expect(stretch.levels.map(\.repeats) == [4, 4] && stretch.levels.map(\.sets) == [1, 2])
        #expect(stretch.levels.map(\.hold) == [.seconds(20), .seconds(25)])
        let steps = try #require(read.routine("a")).steps
        #expect(steps.map(\.isFixed) == [false, true])
        #expect(steps.map { $0.at(level: 1).dose.repeats } == [4, 9])
        #expect(steps[0].at(level: 7) == steps[0].at(level: 2) && steps[0].at(level: 0) == steps[0])
    }

    @Test(arguments: [
        ("repeats = 0", "level #1: repeats: is the whole number 0; allowed: a whole number from 1 to 50"),
        ("hold = \"20s\"", "level #1: hold: changes nothing; raise hold or repeats"),
        ("hold = \"10s\"", "level #1: hold: asks for less than what comes before it; raise hold or repeats"),
        (
            "repeats = 3\nhold = \"5s\"",
            "level #1: repeats: asks for less than what comes before it; raise hold or repeats"
        ),
        (
            "rest = \"5s\"\nhold = \"30s\"",
            "level #1: rest: unknown key; it belongs below [[routine.steps]] or [[stretch]]"
        ),
    ])
    func aMistakeInALevelNamesItsPlace(_ lines: String, _ message: String) {
        #expect(
            problems(calf + "[[stretch.level]]\n\(lines)\n") == ["config.toml: stretch \"calf\": \(message)"])
    }

    @Test func aStepMayHoldWhatIsCountedAndCountWhatIsHeld() throws {
        let steps = """
            steps = [
                { stretch = "cat-camel", hold = "5s" }, { stretch = "glute-bridge", tempo = "3s", sets = 2 },
                { stretch = "glute-bridge", sets = 2 },
            ]
            """
        let doses = try #require(try read(routine + steps).routine("a")).steps.map(\.dose)
        #expect(doses.map(\.isCounted) == [false, true, false])
        #expect(doses.map(\.hold) == [.seconds(5), .seconds(3), .seconds(5)])
    }

    @Test func aRoutineOfOnesOwnWithALaterBuiltInIdOnlyAsks() throws {
        let evening = "[[routine]]\nid = \"evening\"\nschedule = \"21:00\"\n"
        #expect(try read(evening).routine("evening")?.steps == Routine.evening.steps)
        #expect(try read(evening + "title = \"A walk\"").routine("evening")?.steps == [])
        #expect(
            try read(evening.replacing("evening", with: "desk") + "title = \"My desk\"").routine("desk")?.steps != [])
    }

    @Test func aStretchTakesThePlaceOfTheBuiltInOneAlsoInBuiltInRoutines() throws {
        let id = try #require(Routine.desk.steps.first?.stretch.id)
        let stretch = "[[stretch]]\nid = \"\(id)\"\ntitle = \"Mine\"\nmovement = \"Move.\"\nhold = \"33s\"\n"
        let read = try read(stretch + "[[routine]]\nid = \"desk\"\nschedule = \"11:00\"\n")
        let step = try #require(read.routine("desk")?.steps.first)
        #expect(step.stretch.title == "Mine")
        #expect(step.dose.hold == .seconds(33))
        #expect(read.builtIn("desk")?.steps.first == step)
    }

    @Test func aStretchAloneLeavesTheBuiltInRoutine() throws {
        #expect(try read(calf).routines == [.morning])
    }

    @Test(arguments: [
        ("", "title: is missing; allowed: one line of 1 to 100 characters"),
        ("title = \"A\"", "movement: is missing; allowed: one line of 1 to 1000 characters"),
        (
            "title = \"A\"\nmovement = \"a\\nb\"",
            "movement: is \"a\\nb\"; allowed: one line of 1 to 1000 characters"
        ),
        (
            "title = \"A\"\nmovement = \"M\"\ncue = \"\(String(repeating: "a", count: 41))\"",
            "cue: is \"\(String(repeating: "a", count: 41))\"; allowed: one line of up to 40 characters"
        ),
        ("title = \"A\"\nmovement = \"M\"\ncues = \"M\"", "cues: unknown key; did you mean cue?"),
        (
            "title = \"A\"\nmovement = \"M\"\nneeds = [\"\"]",
            "needs[1]: \"\": allowed: one line of 1 to 1000 characters"
        ),
        (
            "title = \"A\"\nmovement = \"M\"\nhold = \"11min\"",
            "hold: is \"11min\"; allowed: a time span in quotes from 1s to 10min, such as \"15s\""
        ),
        (
            "title = \"A\"\nmovement = \"M\"\nposition = \"fluor\"",
            "position: is \"fluor\"; allowed: \"floor\", \"standing\", \"chair\", \"bed\"; write position = \"floor\""
        ),
        ("title = \"A\"\nmovement = \"M\"\nmoevment = \"M\"", "moevment: unknown key; did you mean movement?"),
        ("title = \"A\"\nmovement = \"M\"\nREPEATS = 2", "REPEATS: unknown key; did you mean repeats?"),
    ])
    func aMistakeInAStretchNamesIt(_ lines: String, _ message: String) {
        #expect(problems("[[stretch]]\nid = \"s\"\n\(lines)").first == "config.toml: stretch \"s\": \(message)")
    }

    @Test func twoStretchesOfTheSameIDAreAMistake() {
        #expect(
            problems(calf + calf) == [
                "config.toml: stretch \"calf\": id: is used by an earlier stretch too; allowed: an id of its own for each"
            ])
    }

    // MARK: Steps

    @Test func stepsNameOwnStretchesAndTakeTheirDose() throws {
        let read = try read(routine + "steps = [\"calf\", \"plank\"]\n" + calf + plank)
        let steps = try #require(read.routine("a")?.steps)
        #expect(steps.map(\.stretch.title) == ["Calf stretch", "Plank"])
        #expect(steps.map(\.dose.hold) == [.seconds(20), .seconds(15)])
    }

    @Test func aStepSaysWhatIsOtherThanInItsStretch() throws {
        let steps = """
            [[routine.steps]]
            stretch = "calf"
            [[routine.steps]]
            stretch = "calf"
            sides = "right"
            hold = "30s"
            repeats = 4
            rest = "0"

            """
        let read = try #require(try read(calf + routine + steps).routine("a")?.steps)
        #expect(read.map(\.stretch.id) == ["calf", "calf"])
        #expect(read[0].dose == read[0].stretch.dose)
        #expect(read[1].dose.sides == .right && read[1].dose.hold == .seconds(30))
        #expect(read[1].dose.repeats == 4 && read[1].dose.rest == .zero)
    }

    @Test func textsAndTablesMayStandTogether() throws {
        let read = try read(calf + plank + routine + "steps = [\"plank\", {stretch = \"calf\", sides = \"none\"}]")
        #expect(read.routine("a")?.steps.map(\.dose.sides) == [Dose.Sides.none, Dose.Sides.none])
    }

    @Test(arguments: [
        ("hold = \"20s\"", "stretch: is missing; allowed: the id of a stretch"),
        ("stretch = 1", "stretch: is the whole number 1; allowed: the id of a stretch"),
        ("stretch = \"calf\"\nREST = \"1s\"", "REST: unknown key; did you mean rest?"),
        ("stretch = \"clf\"", "stretch: \"clf\": unknown stretch; did you mean \"calf\"?"),
        ("stretch = \"calf\"\nsides = \"top\"", "sides: is \"top\"; allowed: \"both\", \"left\", \"right\", \"none\""),
        ("stretch = \"calf\"\nrepeats = 0", "repeats: is the whole number 0; allowed: a whole number from 1 to 50"),
        (
            "stretch = \"calf\"\nhold = \"0\"",
            "hold: is \"0\"; allowed: a time span in quotes from 1s to 10min, such as \"20s\""
        ),
        (
            "stretch = \"calf\"\ntitle = \"A\"",
            "title: unknown key; allowed: stretch, sides, order, sets, repeats, hold, tempo, rest, prepare, change"
        ),
        (
            "stretch = \"calf\"\nhold = \"5s\"\ntempo = \"4s\"",
            "tempo: cannot stand beside hold; take one of them out"
        ),
        (
            "stretch = \"calf\"\norder = \"both\"",
            "order: is \"both\"; allowed: \"side by side\", \"alternating\""
        ),
        ("stretch = \"plank\"\nsides = \"left\"", "sides: is \"left\", but plank has no sides; take it out"),
    ])
    func aMistakeInAStepNamesItsPlace(_ lines: String, _ message: String) {
        let text = calf + plank + routine + "[[routine.steps]]\nstretch = \"calf\"\n[[routine.steps]]\n\(lines)"
        #expect(problems(text) == ["config.toml: routine \"a\": steps[2]: \(message)"])
    }

    @Test func aHundredStepsAreTooMany() {
        let steps = Array(repeating: "\"calf\"", count: 100).joined(separator: ", ")
        #expect(
            problems(calf + routine + "steps = [\(steps)]") == [
                "config.toml: routine \"a\": steps: has 100 stretches; allowed: up to 50"
            ])
    }

    @Test func stepsWrittenTwoWaysAreAMistakeOfTheFile() {
        #expect(
            problems(calf + routine + "steps = [\"calf\"]\n[[routine.steps]]\nstretch = \"calf\"") == [
                "config.toml: line 12, column 1: [[routine.steps]]: the steps are there already, in line 11; take that line out, or write these steps in it"
            ])
    }

    // MARK: Built-in routines

    @Test(arguments: Routine.builtIn)
    func aBuiltInRoutineNeedsAScheduleOnly(_ builtIn: Routine) throws {
        let text = "[[routine]]\nid = \"\(builtIn.id)\"\nschedule = \"Mon..Fri 11:00\"\n"
        let routine = try #require(try read(text).routine(builtIn.id))
        #expect(routine.title == builtIn.title)
        #expect(routine.steps == builtIn.steps)
        #expect(routine.schedule.events.map(\.description) == ["Mon..Fri *-*-* 11:00:00"])
        let other = try #require(try read(text + "title = \"Mine\"\nsteps = []").routine(builtIn.id))
        #expect(other.title == "Mine")
        #expect(other.steps.isEmpty)
    }

    @Test func anyOtherRoutineNeedsATitleAndOnlyAsksWithoutSteps() throws {
        #expect(
            problems("[[routine]]\nid = \"a\"\nschedule = \"11:00\"") == [
                "config.toml: routine \"a\": title: is missing; allowed: one line of 1 to 100 characters"
            ])
        #expect(try read(routine).routine("a")?.steps == [])
    }
}
