import StretchBase
import StretchCore
import TestSupport
import Testing

/// What may befall a guide by notifications, and must cost no verdict and give none.
struct GuidingMishapTests: GuidedMorning {
    // MARK: Time

    @Test(arguments: ["07:35", "15:00"])
    func aTimerThatRingsFarTooLateFinishesNothing(time: String) {
        var day = started()
        day.run(until: "07:31:35")
        day.jump(to: Zone.berlin.instant("2026-11-23 \(time)"), .timer)
        #expect(!kinds(day).contains("done"))
        #expect(day.screen[.guide]?.title == (time == "07:35" ? "Paused · left side · 1 of 2 · 15 s left" : nil))
    }

    /// Snoozes of a clock that was a day ahead use none up.
    @Test func laterSnoozesThoughAWrongClockHadUsedTheSnoozesUp() {
        let ahead = ["07:32", "07:34", "07:36"].map { time in
            let until = Record.Kind.snooze(until: Zone.berlin.instant("2026-11-23 \(time)") + .minutes(10))
            return Record.made(until, occurrence, at: "2026-11-23 \(time)", in: .berlin)
        }
        // Read at 07:00, half an hour before its time.
        var day = prompted(journal: ahead)
        day.press(.start)
        day.run(until: "07:31:35")
        day.press(.stop)
        day.press(.later)
        #expect(kinds(day).last == "snooze")
    }

    @Test func aPausedGuideDoesNotWaitLongerBecauseTheClockWentBack() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        day.step(by: .minutes(-50))
        #expect(day.screen[.guide]?.title == "Paused · left side · 1 of 2 · 10 s left")
        day.run(until: day.now + .minutes(8))
        #expect(day.screen[.guide] == nil && !day.isIdleInhibited)
    }

    @Test func aPausedGuideOutlivesAClockThatIsSetForwards() {
        let short = configuration { $0.routines[0].window = .minutes(2) }
        var day = started(short)
        day.run(until: "07:31:35")
        day.press(.pause)
        day.step(by: .minutes(50))
        #expect(day.screen[.guide]?.title == "Paused · left side · 1 of 2 · 10 s left")
        #expect(day.reasons == ["a guide is running"])
    }

    @Test func whoStopsLateIsWaitedForAsLong() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        day.run(until: "07:37:30")
        day.press(.resume)
        day.run(until: "07:37:35")
        day.press(.stop)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.done, .later, .resume])
        day.run(until: "07:42")
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.done, .later, .resume])
        day.run(until: "07:50")
        #expect(day.screen[.guide] == nil)
    }

    @Test func theClockThatCannotBeRightTakesNoDayFromAnExtraOne() {
        var day = prompted()
        day.press(.done)
        day.happen(.askNow)
        day.press(.start, on: .bonus(routine: "morning"))
        let wrong = Zone.berlin.instant("2001-01-01 00:00")
        let step = wrong - day.now
        day.step(by: step)
        day.happen(.clock(.beforeBuild(Zone.berlin.instant("2026-11-20 00:00"))))
        day.run(until: wrong + .minutes(3))
        #expect(day.journal.last?.type == "done" && day.journal.last?.day == Day("2026-11-23"))
    }

    // MARK: Verdicts

    @Test(arguments: [Record.Kind.skip, .undo([])])
    func thePainAfterItDoesNotOverruleALaterAnswer(kind: Record.Kind) {
        var day = started(configuration { $0.guide.pain = .always })
        day.press(.next)
        day.run(until: "07:33")
        #expect(kinds(day).last == "done" && day.screen[.guide] != nil)
        let answer = kind == .skip ? kind : .undo(day.journal.suffix(1).map(\.id))
        day.read(.made(answer, occurrence, at: "2026-11-23 07:33", in: .berlin))
        #expect(day.screen[.guide] == nil)
        day.happen(.pressed(.guide, .answer))
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == (kind == .skip ? .skip : nil))
    }

    @Test func whatWasTakenBackAfterAGuideIsDueAtOnce() {
        var day = started()
        day.run(until: "07:33")
        day.read(.made(.undo(day.journal.suffix(1).map(\.id)), occurrence, at: "2026-11-23 07:33", in: .berlin))
        #expect(day.reasons.first != "a guide is running")
        #expect(day.session.diary.guideHolds(at: day.now).isEmpty)
    }

    @Test func theAnswerThatComesWithTheEndOfTheDaemonCounts() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.stop)
        let effects = day.session.handleCopy([.pressed(.guide, .done), .stop], at: day.now)
        let written = effects.flatMap { effect -> [Record] in
            if case .append(let records) = effect { records } else { [] }
        }
        #expect(written.map(\.type) == ["done"])
    }

    @Test func anotherStartLeavesWhatHasJustEndedDone() {
        let two = configuration {
            $0.routines.append(.daily("desk", "07:00"))
            $0.routines[1].steps = steps
        }
        var day = prompted(two)
        day.press(.start, on: .occurrence(occurrence))
        let desk = OccurrenceID(routine: "desk", nominal: CivilTime("2026-11-23T07:00") ?? occurrence.nominal)
        day.run(until: "07:32:39")
        day.jump(to: Zone.berlin.instant("2026-11-23 07:32:40"), .pressed(.occurrence(desk), .start))
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == .done)
        #expect(day.screen[.guide]?.title == "desk · 10 s to get ready")
    }

    @Test func aSecondPressOnStartBeginsNothingAnew() {
        var day = started()
        day.run(until: "07:31:35")
        day.happen(.pressed(.occurrence(occurrence), .start))
        #expect(kinds(day) == ["prompted", "started"])
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
    }

    @Test func theGuideBegunLastLeadsWhateverTheOtherClockSays() {
        var day = prompted()
        let until = Zone.berlin.instant("2026-11-23 07:50")
        day.read(.made(.started(until: until), occurrence, at: "2026-11-23 07:40", in: .berlin))
        day.happen(.pressed(.occurrence(occurrence), .start))
        #expect(day.screen[.guide]?.title == "morning · 10 s to get ready")
        day.run(until: "07:33")
        #expect(day.session.ledger.verdict(of: occurrence)?.via == .guide)
    }

    @Test func aRestDayKeepsHowMuchItHurt() {
        var day = started(configuration { $0.guide.pain = .always })
        for _ in 0..<8 { day.press(.more) }
        day.press(.answer)
        day.press(.rest)
        #expect(day.journal.last?.painBefore == 8)
    }

    // MARK: Records of others

    @Test(arguments: [("2026-11-23 07:31", "2099-01-01 00:00"), ("2098-01-01 00:00", "2099-01-01 00:00")])
    func aRecordThatMakesNoSenseHidesNothingForLong(times: (ts: String, until: String)) {
        var day = prompted()
        day.read(.made(.started(until: Zone.berlin.instant(times.until)), occurrence, at: times.ts, in: .berlin))
        day.run(until: "10:32")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
        day.run(until: "12:00")
        #expect(day.screen.isEmpty && day.outlook.due.isEmpty)
        day.run(until: "2026-11-24 07:31")
        #expect(day.screen.keys.map(\.diaryName) == ["morning@2026-11-24T07:30"])
    }

    // MARK: The screen

    @Test func nothingIsSaidOnAScreenLockedAsItEnds() {
        var day = started()
        day.run(until: "07:32:39")
        let count = day.shown.count
        day.jump(to: Zone.berlin.instant("2026-11-23 07:32:40"), .presence(.away(.locked)))
        #expect(day.shown.count == count && day.screen.isEmpty)
        #expect(kinds(day).last == "done")
    }

    @Test func aHangingServerIsNotAskedEverySecond() {
        var day = started(drawsProgress: true)
        day.run(until: "07:31:33")
        day.obstacle = .noAnswer
        var shows = 0
        while let wake = day.wake, wake <= Zone.berlin.instant("2026-11-23 07:31:45") {
            day.run(until: wake)
            shows += day.effects.count { if case .show = $0 { true } else { false } }
        }
        #expect(shows == 2)
        day.obstacle = nil
        day.happen(.shown(.guide))
        day.run(until: day.now + .seconds(2))
        #expect(day.screen[.guide]?.title.hasSuffix(" s") == true)
    }

    @Test func whoClosedItIsShownTheNextPhaseOnly() {
        var day = started(drawsProgress: true)
        day.run(until: "07:31:33")
        day.close()
        day.run(until: "07:31:44")
        #expect(day.screen.isEmpty)
        day.run(until: "07:31:45")
        #expect(day.screen[.guide]?.title == "change sides · 1 of 2 · 10 s")
    }

    @Test func whatIsNoAnswerIsNotToldAsOne() {
        var day = prompted()
        day.writeTrouble = .failed("full")
        day.press(.start)
        #expect(day.screen[.notice(.journal)] == nil)
        day.run(until: "07:33")
        #expect(day.screen[.notice(.journal)] != nil)
    }
}

extension Session {
    /// What several events at once would cause.
    fileprivate func handleCopy(_ events: [Event], at now: Instant) -> [Effect] {
        var session = self
        return session.handle(events, at: now)
    }
}
