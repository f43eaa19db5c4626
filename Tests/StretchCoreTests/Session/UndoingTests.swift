import StretchBase
import StretchCore
import TestSupport
import Testing

/// What becomes due again when an answer or a pause is taken back (docs/rules.md, rule 14).
struct UndoingTests {
    private let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    private func prompted(reminders: Int = 3) -> Simulation {
        var day = Simulation(
            .morningRoutine.with { $0.prompt.reminders = reminders }, from: "2026-11-23 06:00", zone: .berlin,
            journal: [.longAgo])
        day.run(until: "07:31")
        return day
    }

    private func takeBackLast(_ day: inout Simulation) {
        let time = "\(day.zone.civil(day.now))".replacing("T", with: " ")
        day.read(.made(.undo([day.journal.last?.id ?? ""]), occurrence, at: time, in: .berlin))
    }

    @Test func whatIsDueAgainComesUpOnceThoughItsRemindersAreUsedUp() {
        var day = prompted(reminders: 1)
        day.run(until: "08:00")
        #expect(day.outlook.due.map(\.state) == [.prompted])
        day.press(.done)
        day.run(until: "09:00")
        takeBackLast(&day)
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:45", "09:00"])
        #expect(day.journal.count(where: \.isReminder) == 1)
    }

    @Test func whoIsAwayIsAskedWhenTheyAreBack() {
        var day = prompted()
        day.press(.skip)
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        takeBackLast(&day)
        day.run(until: "09:00")
        #expect(day.shown.count == 1)
        day.happen(.presence(.present))
        day.run(until: "09:10")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:01"])
    }

    @Test func aRestartKnowsThatItWasAnswered() {
        var before = prompted(reminders: 0)
        before.press(.done)
        var day = Simulation(
            .morningRoutine.with { $0.prompt.reminders = 0 }, from: "2026-11-23 08:00", zone: .berlin,
            journal: before.journal, seed: 2)
        day.run(until: "09:00")
        takeBackLast(&day)
        #expect(day.shown == ["09:00 \(occurrence)"])
    }

    @Test func anAnswerBeforeItsTimeTakenBackIsAskedForAtItsTime() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.read(.made(.done, occurrence, at: "2026-11-23 06:00", in: .berlin))
        day.run(until: "07:00")
        takeBackLast(&day)
        #expect(day.shown == [])
        day.run(until: "07:30")
        #expect(day.shown == ["07:30 \(occurrence)"])
    }

    @Test func aPauseTakenBackAsksAgainAtOnce() {
        var day = prompted(reminders: 0)
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 07:31"))
        day.run(until: "08:00")
        takeBackLast(&day)
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
    }

    @Test func aPauseThatHidAClosedPromptBringsItBack() {
        var day = prompted(reminders: 0)
        day.close()
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 07:31"))
        day.run(until: "08:00")
        takeBackLast(&day)
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
    }

    @Test(arguments: [true, false])
    func whatIsAnsweredAndTakenBackAtOnceComesUpOnce(isClosed: Bool) {
        for kind in [Record.Kind.done, .skip, .snooze(until: Zone.berlin.instant("2026-11-23 09:00"))] {
            var day = prompted(reminders: 0)
            if isClosed { day.close() }
            day.run(until: "08:00")
            let answer = Record.made(kind, occurrence, at: "2026-11-23 08:00", in: .berlin)
            let undo = Record.made(.undo([answer.id]), occurrence, at: "2026-11-23 08:00", in: .berlin)
            day.happen(.journal([answer, undo]))
            day.happen(.journal([answer, undo]))
            day.run(until: "2026-11-23 12:00")
            #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
        }
    }

    @Test func aPauseThatIsTakenBackAtOnceBringsThePromptUpOnce() {
        for isResumed in [true, false] {
            var day = prompted(reminders: 0)
            day.run(until: "08:00")
            let pause = Record.loose(.pause(from: day.now, until: nil), at: "2026-11-23 08:00")
            day.happen(.journal([pause, .loose(isResumed ? .resume : .undo([pause.id]), at: "2026-11-23 08:00:01")]))
            day.run(until: "2026-11-23 12:00")
            #expect(day.shown.map { $0.prefix(5) } == ["07:30", "08:00"])
        }
    }

    @Test func anAnswerThatStandsStaysOneThoughAnotherIsTakenBack() {
        var day = prompted(reminders: 0)
        let done = Record.made(.done, occurrence, at: "2026-11-23 07:31", in: .berlin)
        let others = [Record.Kind.undo([done.id]), .skip].map {
            Record.made($0, occurrence, at: "2026-11-23 07:31", in: .berlin)
        }
        day.happen(.journal([done] + others))
        day.run(until: "2026-11-23 12:00")
        #expect(day.shown.count == 1)
    }

    @Test func anAnswerThatIsTakenBackAfterItsWindowIsNotAskedForAgain() {
        var day = prompted()
        day.press(.done)
        day.run(until: "12:00")
        takeBackLast(&day)
        day.run(until: "2026-11-23 20:00")
        #expect(day.shown.count == 1)
        #expect(!day.journal.contains { $0.type == "held" }, "it was asked for")
    }

    // MARK: What is taken back

    private func record(_ kind: Record.Kind, _ id: String, at time: String) -> Record {
        let instant = Zone.berlin.instant("2026-11-23 \(time)")
        var record = Record(
            id: Record.ID(id), ts: Timestamp(instant, in: .berlin), kind: kind, subject: .occurrence(occurrence))
        if case .pause = kind {
            record = Record(id: Record.ID(id), ts: record.ts, kind: kind, subject: .all)
        }
        return record
    }

    private func takenBack(_ own: [Record], _ others: [Record] = [], at now: String = "12:00") -> [Record.ID] {
        Ledger(own + others).lastDecision(among: own, at: Zone.berlin.instant("2026-11-23 \(now)")).map(\.id)
    }

    @Test func aRepeatedVerdictIsTakenBackAsOne() {
        let own = [record(.done, "1", at: "08:00"), record(.done, "2", at: "08:05"), record(.done, "3", at: "08:10")]
        #expect(takenBack(own) == ["1", "2", "3"])
        #expect(takenBack([record(.skip, "0", at: "07:50")] + own) == ["1", "2", "3"])
    }

    @Test func whatOtherMachinesSaidStays() {
        let own = [record(.done, "1", at: "08:00")]
        #expect(takenBack(own, [record(.skip, "2", at: "09:00")]) == ["1"])
        #expect(takenBack(own, [record(.done, "2", at: "07:40")]) == ["1"])
        #expect(takenBack([], [record(.done, "2", at: "07:40")]) == [])
        let repeated = own + [record(.done, "4", at: "10:00")]
        #expect(takenBack(repeated, [record(.done, "2", at: "09:00")]) == ["1", "4"])
        #expect(takenBack(repeated, [record(.skip, "2", at: "09:00")]) == ["4"])
    }

    @Test func ofSeveralDecisionsTheNewestIsTakenBackFirst() {
        let instant = Zone.berlin.instant("2026-11-23 12:30")
        var own = [
            record(.done, "1", at: "08:00"), record(.pause(from: instant, until: nil), "2", at: "08:10"),
            record(.snooze(until: instant), "3", at: "08:20"),
        ]
        for id in ["3", "2", "1"] {
            #expect(takenBack(own) == [Record.ID(id)])
            own.append(record(.undo([Record.ID(id)]), "undo \(id)", at: "08:30"))
        }
        #expect(takenBack(own) == [])
    }

    @Test func aSnoozeThatIsOverStandsNoMore() {
        let end = Zone.berlin.instant("2026-11-23 08:30")
        let own = [record(.done, "1", at: "08:00"), record(.snooze(until: end), "2", at: "08:20")]
        #expect(takenBack(own, at: "08:29") == ["2"])
        #expect(takenBack(own, at: "08:30") == ["1"])
    }

    @Test func aResumeIsNoDecisionToTakeBack() {
        let own = [
            record(.done, "1", at: "08:00"), Record.loose(.resume, at: "2026-11-23 09:00"),
            record(.held(.locked), "2", at: "09:00"),
        ]
        #expect(takenBack(own) == ["1"])
    }
}
