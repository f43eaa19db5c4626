import StretchBase
import StretchCore
import Testing

/// The guide by itself: phases, time, and what the person wants.
struct GuideTests {
    private let start = Instant(seconds: 1_795_415_400)

    private func step(_ id: String, _ sides: Dose.Sides, hold: Int, repeats: Int = 1, rest: Int = 5) -> Step {
        var stretch = Stretch(id: id)
        stretch.title = id.prefix(1).uppercased() + id.dropFirst()
        stretch.movement = "Hold \(id)."
        stretch.dose.sides = sides
        stretch.dose.hold = .seconds(hold)
        stretch.dose.repeats = repeats
        stretch.dose.rest = .seconds(rest)
        return Step(stretch)
    }

    private var steps: [Step] { [step("hip", .both, hold: 15, repeats: 2), step("bridge", .none, hold: 5)] }

    private func diary(_ guide: Guide, until end: Int = 1000) -> [String] {
        var guide = guide
        var lines = ["0 \(guide.words(of: "Morning").title)"]
        while let next = guide.phaseEnds, next <= start + .seconds(end) {
            let cue = guide.advance(to: next)
            let words = guide.words(of: "Morning").title
            lines.append("\((next - start).components.seconds) \(words)\(cue.map { " (\($0))" } ?? "")")
        }
        return lines
    }

    @Test func itLeadsThroughEachSideAndRepeatOfEachStep() {
        #expect(
            diary(Guide(steps, at: start)) == [
                "0 Morning",
                "10 1 of 2 · Hip",
                "30 1 of 2 · left side, round 1 of 2 (holdBegins)",
                "45 1 of 2 · change sides (sidesChange)",
                "55 1 of 2 · right side, round 1 of 2 (holdBegins)",
                "70 1 of 2 · rest (holdEnds)",
                "75 1 of 2 · left side, round 2 of 2 (holdBegins)",
                "90 1 of 2 · change sides (sidesChange)",
                "100 1 of 2 · right side, round 2 of 2 (holdBegins)",
                "115 2 of 2 · Bridge (holdEnds)",
                "135 2 of 2 · hold (holdBegins)",
                "140 Done (finished)",
            ])
    }

    @Test func withoutARestThereIsStillTimeToChangeBack() {
        let guide = Guide([step("hip", .both, hold: 15, repeats: 2, rest: 0)], at: start)
        #expect(
            diary(guide).dropFirst(4) == [
                "55 1 of 1 · right side, round 1 of 2 (holdBegins)",
                "70 1 of 1 · change sides (sidesChange)",
                "80 1 of 1 · left side, round 2 of 2 (holdBegins)",
                "95 1 of 1 · change sides (sidesChange)",
                "105 1 of 1 · right side, round 2 of 2 (holdBegins)",
                "120 Done (finished)",
            ])
    }

    private func step(_ id: String, _ sides: Dose.Sides, hold: Int, _ change: (inout Dose) -> Void) -> Step {
        var step = step(id, sides, hold: hold)
        change(&step.dose)
        return step
    }

    @Test func sideBySideTheSidesChangeOnce() {
        let hip = step("hip", .both, hold: 15) {
            $0.repeats = 2
            $0.order = .sideBySide
            $0.prepare = .seconds(35)
            $0.change = .seconds(20)
        }
        #expect(
            diary(Guide([hip], at: start)) == [
                "0 Morning",
                "10 1 of 1 · Hip",
                "45 1 of 1 · left side, round 1 of 2 (holdBegins)",
                "60 1 of 1 · rest (holdEnds)",
                "65 1 of 1 · left side, round 2 of 2 (holdBegins)",
                "80 1 of 1 · change sides (sidesChange)",
                "100 1 of 1 · right side, round 1 of 2 (holdBegins)",
                "115 1 of 1 · rest (holdEnds)",
                "120 1 of 1 · right side, round 2 of 2 (holdBegins)",
                "135 Done (finished)",
            ])
        var guide = Guide([hip], at: start)
        _ = guide.advance(to: start + .seconds(62))
        #expect(guide.words(of: "Morning").text == "Let go and breathe. The same once more.")
    }

    @Test func countedRepeatsFollowAtTheirTempoAndSetsHaveARestBetween() {
        let bridge = step("bridge", .none, hold: 15) {
            $0.count(at: .seconds(4))
            $0.sets = 2
            $0.repeats = 3
            $0.rest = .seconds(30)
        }
        #expect(
            diary(Guide([bridge], at: start)).dropFirst(2) == [
                "30 1 of 1 · set 1 of 2, 1 of 3 (holdBegins)",
                "34 1 of 1 · set 1 of 2, 2 of 3 (holdBegins)",
                "38 1 of 1 · set 1 of 2, 3 of 3 (holdBegins)",
                "42 1 of 1 · rest (holdEnds)",
                "72 1 of 1 · set 2 of 2, 1 of 3 (holdBegins)",
                "76 1 of 1 · set 2 of 2, 2 of 3 (holdBegins)",
                "80 1 of 1 · set 2 of 2, 3 of 3 (holdBegins)",
                "84 Done (finished)",
            ])
        var guide = Guide([bridge], at: start)
        _ = guide.advance(to: start + .seconds(31))
        let first = guide.speech(of: "Morning", after: nil, at: start + .seconds(31))
        #expect(first?.words == "Hold bridge.")
        _ = guide.advance(to: start + .seconds(35))
        #expect(guide.speech(of: "Morning", after: nil, at: start + .seconds(35))?.words == "2")
    }

    @Test func countedSidesComeOneAfterTheOtherInEachSet() {
        let raise = step("raise", .both, hold: 15) {
            $0.count(at: .seconds(4))
            $0.order = .sideBySide
            $0.sets = 2
            $0.repeats = 2
            $0.rest = .seconds(5)
            $0.change = .seconds(20)
        }
        #expect(
            diary(Guide([raise], at: start)).dropFirst(2) == [
                "30 1 of 1 · left side, set 1 of 2, 1 of 2 (holdBegins)",
                "34 1 of 1 · left side, set 1 of 2, 2 of 2 (holdBegins)",
                "38 1 of 1 · change sides (sidesChange)",
                "58 1 of 1 · right side, set 1 of 2, 1 of 2 (holdBegins)",
                "62 1 of 1 · right side, set 1 of 2, 2 of 2 (holdBegins)",
                // Changing back takes 20 s, too.
                "66 1 of 1 · rest (holdEnds)",
                "86 1 of 1 · left side, set 2 of 2, 1 of 2 (holdBegins)",
                "90 1 of 1 · left side, set 2 of 2, 2 of 2 (holdBegins)",
                "94 1 of 1 · change sides (sidesChange)",
                "114 1 of 1 · right side, set 2 of 2, 1 of 2 (holdBegins)",
                "118 1 of 1 · right side, set 2 of 2, 2 of 2 (holdBegins)",
                "122 Done (finished)",
            ])
        var guide = Guide([raise], at: start)
        _ = guide.advance(to: start + .seconds(70))
        #expect(guide.words(of: "Morning").text == "Let go and breathe. Then the left side again.")
    }

    @Test func whereAChangeTakesNoTimeThereIsNone() {
        let dog = step("dog", .both, hold: 5) { $0.change = .zero }
        #expect(
            diary(Guide([dog], at: start)).dropFirst(2) == [
                "30 1 of 1 · left side (holdBegins)", "35 1 of 1 · right side (holdBegins)", "40 Done (finished)",
            ])
    }

    @Test func theRestSaysWhichSideIsNext() {
        var both = Guide(steps, at: start)
        _ = both.advance(to: start + .seconds(72))
        #expect(both.words(of: "Morning").text == "Let go and breathe. Then the left side again.")
        var one = Guide([step("bridge", .none, hold: 5, repeats: 2)], at: start)
        _ = one.advance(to: start + .seconds(36))
        #expect(one.words(of: "Morning").text == "Let go and breathe. The same once more.")
    }

    @Test func itTakesAsLongAsItsRoutineSays() {
        let routine = Routine(id: "a", title: "A", schedule: Schedule([]), steps: steps)
        #expect(routine.length == .seconds(140))
        #expect(Guide(steps, at: start).remainingInAll(at: start) == .seconds(140))
        #expect(Routine(id: "a", title: "A", schedule: Schedule([])).length == .zero)
    }

    @Test func lateLooksAddNothingUp() {
        var guide = Guide(steps, at: start)
        var looked = start
        while guide.outcome == nil {
            looked = (guide.phaseEnds ?? looked) + .milliseconds(900)
            _ = guide.advance(to: looked)
        }
        #expect(looked - start == .milliseconds(140_900))
    }

    @Test func aLongGapPassesSeveralPhasesAndSoundsTheLast() {
        var guide = Guide(steps, at: start)
        #expect(guide.advance(to: start + .seconds(72)) == .holdEnds)
        #expect(guide.phase.kind == .rest)
        #expect(guide.elapsed(at: start + .seconds(72)) == .seconds(2))
        #expect(guide.advance(to: start + .days(1)) == .finished)
        #expect(guide.outcome == .done)
    }

    @Test func timeStandsStillInAPause() {
        var guide = Guide(steps, at: start)
        _ = guide.advance(to: start + .seconds(40))
        _ = guide.handle(.pause, at: start + .seconds(40))
        #expect(guide.phaseEnds == nil)
        #expect(guide.advance(to: start + .seconds(400)) == nil)
        #expect(guide.remaining(at: start + .seconds(400)) == .seconds(5))
        #expect(guide.words(of: "Morning").title == "Paused · 1 of 2 · left side, round 1 of 2")
        _ = guide.handle(.resume, at: start + .seconds(400))
        #expect(guide.phaseEnds == start + .seconds(405))
    }

    @Test func aClockThatWasSetChangesNothing() {
        var guide = Guide(steps, at: start)
        _ = guide.advance(to: start + .seconds(40))
        guide.shift(by: .hours(-1))
        let now = start + .seconds(40) - .hours(1)
        #expect(guide.advance(to: now) == nil)
        #expect(guide.remaining(at: now) == .seconds(5))
        _ = guide.handle(.pause, at: now)
        guide.shift(by: .hours(1))
        _ = guide.handle(.resume, at: start + .seconds(60))
        #expect(guide.remaining(at: start + .seconds(60)) == .seconds(5))
    }

    @Test func nextGoesOnAndBackGoesToTheBeginAndThenToThePhaseBefore() {
        var guide = Guide(steps, at: start)
        #expect(guide.handle(.next, at: start) == nil)
        #expect(guide.phase.kind == .prepare)
        #expect(guide.handle(.next, at: start) == .holdBegins)
        let later = start + .seconds(8)
        _ = guide.handle(.back, at: later)
        #expect(guide.phase.isLeftHold && guide.elapsed(at: later) == .zero)
        _ = guide.handle(.back, at: later + .seconds(1))
        #expect(guide.phase.kind == .prepare)
        _ = guide.handle(.back, at: later + .seconds(2))
        _ = guide.handle(.back, at: later + .seconds(3))
        #expect(guide.phase.kind == .ready)
        _ = guide.handle(.back, at: later + .seconds(4))
        #expect(guide.phase.kind == .ready)
    }

    @Test func nextAfterAPauseRunsOn() {
        var guide = Guide(steps, at: start)
        _ = guide.handle(.pause, at: start)
        _ = guide.handle(.next, at: start + .minutes(1))
        #expect(guide.state == .running)
        #expect(guide.phaseEnds == start + .minutes(1) + .seconds(20))
    }

    @Test func whoStopsHalfwayIsAskedWhatItWas() {
        func stopped(_ answer: Guide.Command) -> Guide {
            var guide = Guide(steps, at: start)
            _ = guide.advance(to: start + .seconds(50))
            _ = guide.handle(.stop, at: start + .seconds(50))
            #expect(guide.state == .halted && guide.phaseEnds == nil && !guide.isDone)
            _ = guide.handle(answer, at: start + .seconds(90))
            return guide
        }
        #expect(stopped(.done).outcome == .done && stopped(.done).isDone)
        #expect(stopped(.later).outcome == .later)
        #expect(stopped(.resume).phaseEnds == start + .seconds(95))
        #expect(stopped(.next).state == .halted)
        #expect(stopped(.rest).state == .halted)
    }

    @Test func whoStopsBeforeTheFirstHoldIsNotAsked() {
        var guide = Guide(steps, at: start)
        _ = guide.handle(.stop, at: start + .seconds(5))
        #expect(guide.outcome == .later)
    }

    @Test func questionsAndWarningsWaitForThePerson() {
        var guide = Guide(steps, showsWarnings: true, asksPain: true, at: start)
        #expect(guide.phase.kind == .warnings && guide.phaseEnds == nil)
        #expect(guide.advance(to: start + .hours(1)) == nil)
        _ = guide.handle(.pause, at: start)
        #expect(guide.state == .running)
        _ = guide.handle(.next, at: start + .hours(1))
        #expect(guide.phase.kind == .painBefore)
        _ = guide.handle(.pain(3), at: start + .hours(2))
        #expect(guide.phase.kind == .ready && guide.painBefore == 3)
        #expect(guide.phaseEnds == start + .hours(2) + .seconds(10))
    }

    @Test func itIsDoneBeforeThePainAfterItIsAsked() {
        var guide = Guide(steps, asksPain: true, at: start)
        _ = guide.handle(.next, at: start)
        #expect(guide.painBefore == nil)
        #expect(guide.advance(to: start + .minutes(5)) == .finished)
        #expect(guide.isDone && guide.outcome == nil)
        _ = guide.handle(.pain(4), at: start + .minutes(6))
        #expect(guide.outcome == .done && guide.painAfter == 4 && guide.advice == nil)
    }

    @Test(arguments: [(2, 3, false), (2, 4, true), (0, 10, true), (5, 1, false)])
    func aRiseOfTwoIsTold(before: Int, after: Int, told: Bool) {
        var guide = Guide(steps, asksPain: true, at: start)
        _ = guide.handle(.pain(before), at: start)
        _ = guide.advance(to: start + .minutes(5))
        _ = guide.handle(.pain(after), at: start + .minutes(5))
        #expect((guide.advice != nil) == told)
    }

    /// The warning signs come again with high pain, and only then.
    @Test(arguments: [
        (6, 7, "That is a lot of pain: take a rest day next time.", true),
        (5, 7, "It hurts more than before: take a rest day next time.", true),
        (2, 4, "It hurts more than before: take a rest day next time.", false),
    ])
    func highPainAfterItAndARiseAreAdvisedOn(before: Int, after: Int, advice: String, signs: Bool) {
        var guide = Guide(steps, asksPain: true, at: start)
        _ = guide.handle(.pain(before), at: start)
        _ = guide.advance(to: start + .minutes(5))
        _ = guide.handle(.pain(after), at: start + .minutes(5))
        #expect(guide.advice?.hasPrefix(advice) == true)
        #expect(guide.advice?.hasSuffix(Safety.warning) == signs)
    }

    @Test(
        arguments: [(nil, 6, false), (3, 4, false), (3, 5, true), (0, 2, true), (6, 3, false)] as [(Int?, Int, Bool)])
    func aRiseSinceTheDayBeforeSuggestsAGentlerDay(yesterday: Int?, before: Int, suggested: Bool) {
        var guide = Guide(steps, asksPain: true, painYesterday: yesterday, at: start)
        _ = guide.handle(.pain(before), at: start)
        #expect(guide.phase.kind == (suggested ? .painRose : .ready))
        if suggested {
            let text = guide.words(of: "Morning").text
            #expect(text.contains("a rest day today") && text.contains("keep moving, such as short walks"))
            _ = guide.handle(.rest, at: start)
            #expect(guide.outcome == .restDay)
        }
    }

    @Test func aNewStretchIsIntroducedOnceAndWaits() {
        var stretch = step("tilt", .none, hold: 3).stretch
        stretch.position = .standing
        stretch.cautions = ["Keep it small."]
        let tilt = Step(stretch)
        var guide = Guide([tilt, tilt], known: [], at: start)
        let kinds = guide.phases.map(\.kind)
        #expect(kinds.count { $0 == .care } == 1)
        #expect(guide.phases.filter { $0.kind == .prepare }.map(\.length) == [nil, .seconds(20)])
        _ = guide.advance(to: start + .hours(1))
        #expect(guide.phase.kind == .care && guide.words(of: "Morning").text == "Take care:\n- Keep it small.")
        _ = guide.handle(.next, at: start + .hours(1))
        #expect(guide.phase.kind == .prepare && guide.phaseEnds == nil)
        #expect(guide.reached == ["tilt"])
        // Without somebody to say it, it takes the usual time.
        #expect(Guide([tilt], known: [], waits: false, at: start).phases.compactMap(\.length).count == 3)
        #expect(!Guide([tilt], known: ["tilt"], at: start).phases.contains { $0.kind == .care })
    }

    @Test func theWayDownIsToldBeforeTheFirstRoutineOnTheFloor() {
        var guide = Guide(steps, known: [], at: start)
        #expect(guide.phase.kind == .ready && guide.phaseEnds == nil)
        #expect(guide.words(of: "Morning").text.hasSuffix(Safety.gettingDown))
        _ = guide.handle(.next, at: start)
        #expect(guide.phase.kind == .prepare)
        let known = Guide(steps, known: Set(steps.map(\.stretch.id)), at: start)
        #expect(known.phase.length == .seconds(10) && !known.words(of: "Morning").text.contains("Down:"))
    }

    @Test func infoIsThereAtAnyTimeOfAStretchAndStopsTheTime() {
        var guide = Guide(steps, at: start)
        for second in [5.0, 15, 35] {
            let now = start + .milliseconds(Int(second * 1000))
            _ = guide.advance(to: now)
            let remaining = guide.remaining(at: now)
            _ = guide.handle(.info, at: now)
            #expect(guide.state == .reading && guide.phaseEnds == nil)
            #expect(guide.words(of: "Morning").text == Safety.stopRule, "nothing is written of this stretch")
            guide.shift(by: .zero)
            var later = guide
            _ = later.handle(.resume, at: now + .minutes(3))
            #expect(later.state == .running && later.remaining(at: now + .minutes(3)) == remaining)
            _ = guide.handle(.resume, at: now)
        }
        var asked = Guide(steps, showsWarnings: true, at: start)
        _ = asked.handle(.info, at: start)
        #expect(asked.state == .running)
    }

    private func gentleRoutine(_ steps: [Step]) -> Routine {
        Routine(id: "gentle", title: "Gentle", schedule: Schedule([]), steps: steps)
    }

    @Test func muchPainSuggestsAGentlerDay() {
        func asked(_ pain: Int) -> Guide {
            var guide = Guide(steps, gentle: gentleRoutine([step("tilt", .none, hold: 3)]), asksPain: true, at: start)
            _ = guide.handle(.pain(pain), at: start)
            return guide
        }
        #expect(asked(6).phase.kind == .ready)
        #expect(asked(7).phase.kind == .highPain)
        var gentle = asked(8)
        _ = gentle.handle(.gentle, at: start)
        #expect(gentle.phase.kind == .ready && gentle.steps.map(\.stretch.id) == ["tilt"])
        #expect(gentle.remainingInAll(at: start) == .seconds(33))
        _ = gentle.advance(to: start + .minutes(5))
        #expect(gentle.phase.kind == .painAfter && gentle.isDone)
        _ = gentle.handle(.pain(10), at: start + .minutes(5))
        #expect(gentle.advice?.contains("gentle") == false)
        var rest = asked(10)
        _ = rest.handle(.rest, at: start)
        #expect(rest.outcome == .restDay && !rest.isDone)
        var asPlanned = asked(10)
        _ = asPlanned.handle(.next, at: start)
        #expect(asPlanned.phase.kind == .ready && asPlanned.steps.count == 2)
    }

    @Test func levelsAreAskedAfterAllIsDone() {
        let offer = LevelOffer(.goneWell(weeks: 1), [.init(steps[0], from: 0, to: 1)])
        var guide = Guide(steps, at: start)
        guide.ask(offer, at: start)
        #expect(guide.offer == nil, "it is not done yet")
        _ = guide.advance(to: start + .minutes(5))
        guide.ask(offer, at: start + .minutes(5))
        #expect(guide.offer == offer && guide.isDone && guide.outcome == nil)
        #expect(guide.words(of: "Morning").title == "It has gone well for a week")
        #expect(guide.choices.map(\.label) == ["yes", "not yet", "stop"])
        var yes = guide
        #expect(yes.handle(yes.command(for: "Y") ?? .next, at: start + .minutes(6)) == nil)
        #expect(yes.agrees == true && yes.outcome == .done)
        var notYet = guide
        _ = notYet.handle(notYet.command(for: "n") ?? .next, at: start + .minutes(6))
        #expect(notYet.agrees == false && notYet.outcome == .done)
        var stopped = guide
        _ = stopped.handle(.stop, at: start + .minutes(6))
        #expect(stopped.agrees == nil && stopped.outcome == .done)
    }

    @Test func anyCommandsAtAnyTimeLeaveItWhole() {
        let commands: [Guide.Command] = [
            .next, .back, .pause, .info, .resume, .stop, .pain(9), .pain(2), .pain(-1), .pain(11), .gentle, .rest,
            .done, .later, .agree,
        ]
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            var guide = Guide(
                steps, gentle: Bool.random(using: &random) ? gentleRoutine(steps) : nil,
                showsWarnings: Bool.random(using: &random), known: Bool.random(using: &random) ? [] : nil,
                asksPain: Bool.random(using: &random), at: start)
            var now = start
            for _ in 0..<60 {
                now = now + .milliseconds(Int.random(in: 0...9000, using: &random))
                _ = guide.advance(to: now)
                let wasOver = guide.outcome
                _ = guide.handle(commands.randomElement(using: &random) ?? .next, at: now)
                if let wasOver { #expect(guide.outcome == wasOver) }
                #expect(guide.elapsed(at: now) >= .zero)
                #expect(guide.phaseEnds.map { $0 >= now } ?? true)
                #expect(!guide.words(of: "Morning").title.isEmpty)
                #expect(guide.phase.step.map(guide.steps.indices.contains) ?? true)
            }
        }
    }
}

extension Phase {
    fileprivate var isLeftHold: Bool { if case .hold(let hold) = kind { hold.side == .left } else { false } }
}
