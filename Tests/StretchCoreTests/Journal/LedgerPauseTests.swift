import StretchBase
import StretchCore
import TestSupport
import Testing

/// What pauses and resumes of several machines add up to.
struct LedgerPauseTests {
    private static let noon = Zone.utc.instant("2026-11-23 12:00")

    private func record(
        _ kind: Record.Kind, at ts: Instant, id: Record.ID, routine: String? = nil
    ) -> Record {
        Record(id: id, ts: Timestamp(ts, offset: 0), kind: kind, subject: routine.map { .routine($0) } ?? .all)
    }

    private func pause(
        _ from: Duration = .zero, until: Duration?, id: Record.ID, recorded: Duration? = nil, routine: String? = nil
    ) -> Record {
        let start = Self.noon + from
        let kind = Record.Kind.pause(from: start, until: until.map { Self.noon + $0 })
        return record(kind, at: recorded.map { Self.noon + $0 } ?? start, id: id, routine: routine)
    }

    private func resume(_ after: Duration, id: Record.ID, routine: String? = nil) -> Record {
        record(.resume, at: Self.noon + after, id: id, routine: routine)
    }

    /// When the pause in force ends, in minutes after noon; .max: never.
    private func end(_ records: [Record], of routine: String = "morning", at minutes: Int = 30) -> Int? {
        guard let pause = Ledger(records).pause(of: routine, at: Self.noon + .minutes(minutes)) else { return nil }
        return pause.until.map { Int(($0 - Self.noon) / .minutes(1)) } ?? .max
    }

    @Test func ofOverlappingPausesTheOneThatEndsLastHolds() {
        let short = pause(until: .minutes(40), id: "short")
        let long = pause(.minutes(-60), until: .minutes(90), id: "long")
        #expect(end([short, long]) == 90)
        #expect(end([short, long], at: 60) == 90)
        #expect(end([short, long, pause(until: nil, id: "endless")]) == .max)
        #expect(end([short, long], at: 90) == nil)
    }

    @Test func aResumeEndsEveryPauseRecordedBeforeIt() {
        let pauses = [pause(until: nil, id: "a"), pause(.minutes(1), until: .hours(90), id: "b")]
        #expect(end(pauses + [resume(.minutes(20), id: "c")]) == nil)
        #expect(end(pauses + [resume(.minutes(20), id: "c"), pause(.minutes(25), until: .hours(1), id: "d")]) == 60)
    }

    @Test func aResumeLeavesWhatHasNotBegun() {
        let planned = pause(.hours(2), until: .hours(3), id: "a", recorded: .zero)
        let running = pause(.minutes(1), until: nil, id: "b")
        let resume = resume(.minutes(20), id: "c")
        #expect(end([planned, running, resume]) == nil)
        #expect(end([planned, running, resume], at: 150) == 180)
        let pauses = Ledger([planned, running, resume]).pauses(of: "morning")
        #expect(pauses.map(\.until) == [Self.noon + .minutes(20), Self.noon + .hours(3)])
    }

    @Test func theFirstResumeAfterItBeganEndsAPause() {
        let planned = pause(.hours(2), until: .hours(9), id: "a", recorded: .zero)
        let resumes = [resume(.hours(1), id: "b"), resume(.hours(4), id: "c"), resume(.hours(5), id: "d")]
        #expect(Ledger([planned] + resumes).pauses(of: "morning").map(\.until) == [Self.noon + .hours(4)])
        #expect(end([planned] + resumes, at: 360) == nil)
    }

    @Test func aPauseThatIsRecordedAfterTheResumeHoldsWheneverItBegan() {
        let ill = pause(.hours(-20), until: .hours(9), id: "b", recorded: .hours(1))
        #expect(end([resume(.minutes(20), id: "a"), ill], at: 90) == 540)
    }

    @Test func aPauseOfOneRoutineLeavesTheOthersAlone() {
        let desk = pause(until: nil, id: "a", routine: "desk")
        #expect(end([desk]) == nil)
        #expect(end([desk], of: "desk") == .max)
        #expect(end([desk, resume(.minutes(20), id: "b", routine: "morning")], of: "desk") == .max)
        #expect(end([desk, resume(.minutes(20), id: "b")], of: "desk") == nil)
        let all = pause(until: nil, id: "c")
        #expect(end([all, resume(.minutes(20), id: "b", routine: "morning")]) == nil)
        #expect(end([all, resume(.minutes(20), id: "b", routine: "morning")], of: "desk") == .max)
    }

    @Test func whatWasTakenBackDoesNotCount() {
        let undo = record(.undo(["a"]), at: Self.noon, id: "z")
        #expect(end([pause(until: nil, id: "a"), undo]) == nil)
        #expect(end([pause(until: nil, id: "p"), resume(.minutes(1), id: "a"), undo]) == .max)
    }

    @Test func aFasterClockElsewhereDelaysNeitherAPauseNorItsEnd() {
        let pause = pause(.minutes(45), until: nil, id: "a")
        #expect(end([pause]) == .max)
        #expect(end([pause, resume(.minutes(50), id: "b")]) == nil)
    }

    /// Its `ts` is later than that of a pause from a clock that was a year ahead; its id knows when it was made.
    @Test func aPauseEndsWhenSomebodyResumedWhateverAClockElsewhereShowed() {
        var ids = RecordIDs(seed: 1)
        let short = pause(until: nil, id: ids.next(at: Self.noon))
        let strange = pause(.days(365), until: .days(366), id: "strange")
        var ledger = Ledger([short, strange])
        let now = Self.noon + .hours(1)
        ledger.merge([record(.resume, at: ledger.pauseTime(at: now), id: ids.next(at: now))])
        #expect(ledger.pause(of: "morning", at: now) == nil)
        #expect(ledger.pauses(of: "morning").last == Pause(from: Self.noon, until: now))
    }

    @Test func aPausePlannedForLaterBeginsThen() {
        let planned = pause(.minutes(45), until: .minutes(90), id: "a", recorded: .zero)
        #expect(end([planned]) == nil)
        #expect(end([planned], at: 45) == 90)
        #expect(
            Ledger([planned]).unfinishedPauses(of: "morning", at: Self.noon).map(\.from)
                == [Self.noon + .minutes(45)])
    }

    @Test func aNewRecordIsLaterThanAllThatAreKnown() {
        #expect(Ledger().pauseTime(at: Self.noon) == Self.noon)
        let ahead = Ledger([resume(.minutes(5), id: "b"), pause(until: nil, id: "a")])
        #expect(ahead.pauseTime(at: Self.noon) == Self.noon + .minutes(5) + .milliseconds(1))
        #expect(ahead.pauseTime(at: Self.noon + .hours(1)) == Self.noon + .hours(1))
    }

    /// Three machines whose clocks are up to two hours apart, used one after the other, each knowing all records.
    @Test(arguments: UInt64(1)...40)
    func whatThePersonSaidLastHoldsOnEveryMachine(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let clocks = (0..<3).map { _ in Duration.minutes(.random(in: -60...60, using: &random)) }
        var ids = RecordIDs(seed: seed)
        var records: [Record] = []
        var time = Self.noon
        /// The ends of the pauses since the last resume.
        var ends: [Instant] = []
        for _ in 0..<40 {
            time = time + .minutes(.random(in: 0...90, using: &random))
            let now = time + (clocks.randomElement(using: &random) ?? .zero)
            let ts = Ledger(records).pauseTime(at: now)
            if Int.random(in: 0..<3, using: &random) == 0 {
                records.append(record(.resume, at: ts, id: ids.next(at: now)))
                ends = []
            } else {
                let span = [nil, 30, 300, 3000].randomElement(using: &random) ?? nil
                let until = span.map { now + .minutes($0) }
                records.append(record(.pause(from: now, until: until), at: ts, id: ids.next(at: now)))
                ends.append(Pause(from: now, until: until).end)
            }
            let ledger = Ledger(records.shuffled(using: &random))
            for clock in clocks {
                let now = time + clock
                #expect(ledger.pause(of: "morning", at: now)?.end == ends.filter { $0 > now }.max())
            }
        }
    }
}
