import StretchBase
import StretchCore
import TestSupport
import Testing

/// What an answer does, wherever it comes from (docs/rules.md, rules 5 to 10, 13 and 14).
struct AnsweringTests {
    let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    func prompted(_ configuration: Configuration = .morningRoutine) -> Simulation {
        var day = Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        return day
    }

    @Test func pressedDoneIsWrittenForTheDayOfTheOccurrence() throws {
        var day = prompted()
        day.press(.done)
        let record = try #require(day.journal.last)
        #expect(record.kind == .done)
        #expect(record.subject == .occurrence(occurrence))
        #expect(record.day == Day("2026-11-23"))
        #expect(record.via == .notification)
        #expect(day.outlook.due.isEmpty)
        day.run(until: "2026-11-24 06:00")
        #expect(day.shown.count == 1)
    }

    @Test func notTodaySettlesIt() {
        var day = prompted()
        day.press(.skip)
        day.run(until: "12:00")
        #expect(day.journal.last?.kind == .skip)
        #expect(day.shown.count == 1)
    }

    @Test func aVerdictFromElsewhereWithdrawsThePromptAtOnce() {
        var day = prompted()
        day.read(.made(.done, occurrence, at: "2026-11-23 07:31", in: .berlin))
        #expect(day.withdrawn == ["07:31 \(occurrence)"])
    }

    @Test func aRepeatedVerdictAddsNothing() {
        var day = prompted()
        day.press(.done)
        let count = day.journal.count
        day.press(.done, on: .occurrence(occurrence))
        #expect(day.journal.count == count)
    }

    @Test func aLaterVerdictOutranksAFasterClockElsewhere() throws {
        var day = prompted()
        day.read(.made(.skip, occurrence, at: "2026-11-23 07:33", in: .berlin))
        day.press(.done, on: .occurrence(occurrence))
        let record = try #require(day.journal.last)
        #expect(record.ts.instant == Zone.berlin.instant("2026-11-23 07:33") + .milliseconds(1))
        #expect(day.session.ledger.verdict(of: occurrence)?.verdict == .done)
    }

    @Test func aSnoozeNeverOutranksAVerdict() {
        var day = prompted()
        day.press(.done)
        let snooze = Record.Kind.snooze(until: Zone.berlin.instant("2026-11-23 07:50"))
        day.read(.made(snooze, occurrence, at: "2026-11-23 07:40", in: .berlin))
        day.run(until: "12:00")
        #expect(day.shown.count == 1)
    }

    @Test func aVerdictForAnOccurrenceTheScheduleNoLongerContainsSettlesTodaysNearest() {
        var day = prompted()
        day.press(.done)
        day.happen(.configuration(Configuration(routines: [.daily("morning", "08:00")])))
        day.run(until: "12:00")
        #expect(day.shown.count == 1)
        day.run(until: "2026-11-24 08:00")
        #expect(day.shown.last == "08:00 morning@2026-11-24T08:00")
    }

    @Test func aVerdictTakenBackIsDueAgain() {
        var day = prompted()
        day.press(.done)
        let done = day.journal.last
        day.read(.made(.undo([done?.id ?? ""]), occurrence, at: "2026-11-23 07:32", in: .berlin))
        day.run(until: "07:46")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "07:31", "07:46"])
    }

    @Test func aPauseHidesThePromptAndItsEndAsksAgain() {
        var day = prompted()
        let from = Zone.berlin.instant("2026-11-23 07:35")
        let until = Zone.berlin.instant("2026-11-23 09:00")
        day.run(until: "07:35")
        day.read(.loose(.pause(from: from, until: until), at: "2026-11-23 07:35"))
        #expect(day.screen.isEmpty)
        #expect(day.reasons == ["paused until 09:00"])
        day.run(until: "09:10")
        #expect(day.shown.map { $0.prefix(5) } == ["07:30", "09:00"])
    }

    @Test func aPauseAloneLastsUntilResume() {
        var day = prompted()
        day.read(.loose(.pause(from: day.now, until: nil), at: "2026-11-23 07:31"))
        day.run(until: "2026-11-26 12:00")
        #expect(day.shown.count == 1)
        day.read(.loose(.resume, at: "2026-11-26 12:00"))
        day.run(until: "2026-11-27 07:31")
        #expect(day.shown.last == "07:30 morning@2026-11-27T07:30")
    }

    // MARK: The journal cannot be written

    @Test func anUnwrittenAnswerIsKeptRetriedAndToldOf() {
        var day = prompted()
        day.writeTrouble = .failed("No space left on device")
        day.press(.done)
        #expect(day.screen.keys.contains(.notice(.journal)))
        #expect(day.outlook.journalTrouble == "No space left on device")
        let count = day.journal.count
        day.run(until: "07:40")
        #expect(day.journal.count == count)
        day.writeTrouble = nil
        day.run(until: "07:41")
        #expect(day.journal.last?.kind == .done)
        #expect(day.journal.last?.ts.instant == Zone.berlin.instant("2026-11-23 07:31"))
        #expect(day.screen.isEmpty)
        #expect(day.outlook.journalTrouble == nil)
    }

    @Test func anUnwrittenAnswerIsTriedAtEveryEvent() {
        var day = prompted()
        day.writeTrouble = .failed("Read-only file system")
        day.press(.done)
        day.writeTrouble = nil
        day.happen(.clockChanged())
        #expect(day.journal.last?.kind == .done)
    }

    @Test func aLockHeldForAMomentIsNotWorthANotice() {
        var day = prompted()
        day.writeTrouble = .busy
        day.press(.done)
        #expect(day.screen.isEmpty)
        // Whoever looks sees all the same that what is settled is not recorded yet.
        #expect(day.outlook.journalTrouble == "another program holds its lock")
        #expect(day.wake == day.now + .milliseconds(100))
        day.run(until: "07:31:01")
        #expect(day.screen.isEmpty)
        day.run(until: "07:31:03")
        #expect(day.screen.keys.contains(.notice(.journal)))
        day.writeTrouble = nil
        day.run(until: "07:33")
        #expect(day.journal.last?.kind == .done)
    }

    @Test func anUnwrittenAnswerIsTriedOnceMoreAtTheEnd() {
        var day = prompted()
        day.writeTrouble = .failed("No space left on device")
        day.press(.done)
        day.writeTrouble = nil
        day.happen(.stop)
        #expect(day.journal.last?.kind == .done)
        #expect(day.isFinished)
    }
}

extension Record {
    static func loose(_ kind: Kind, at time: String) -> Record {
        let ts = Timestamp(Zone.berlin.instant(time), in: .berlin)
        return Record(id: Record.ID("loose-\(kind)-\(time)"), ts: ts, kind: kind, subject: .all)
    }
}
