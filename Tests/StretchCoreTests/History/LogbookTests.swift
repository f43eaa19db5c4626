import StretchBase
import StretchCore
import TestSupport
import Testing

/// The logbook of simulated days, in short: what happened with each planned time, and how the day counts.
struct LogbookTests {
    @Test func aMorningIsToldAsItWent() {
        var day = morning()
        day.run(until: "07:31")
        day.press(.snooze)
        day.run(until: "07:50")
        day.press(.done)
        #expect(
            told(day) == [
                "2026-11-23T07:30: asked 07:30, snoozed 07:31, again 07:41, done 07:50", "2026-11-23 done",
            ])
    }

    @Test func anUnansweredPromptIsMissedWhenItHasClosed() {
        var day = morning()
        day.run(until: "09:00")
        #expect(
            told(day) == [
                "2026-11-23T07:30: asked 07:30, again 07:45, again 08:00, again 08:15, open", "2026-11-23 pending",
            ])
        day.run(until: "2026-11-24 07:00")
        #expect(
            told(day) == [
                "2026-11-23T07:30: asked 07:30, again 07:45, again 08:00, again 08:15, unanswered",
                "2026-11-23 missed", "2026-11-24 pending",
            ])
    }

    @Test func whatWasTakenBackIsTold() {
        var day = morning()
        day.run(until: "07:31")
        day.press(.done)
        day.run(until: "07:40")
        let done = day.journal.last { $0.kind == .done }?.id ?? ""
        day.read(.made(.undo([done]), .morning("2026-11-23T07:30"), at: "2026-11-23 07:39", in: .berlin))
        day.run(until: "07:46")
        day.press(.skip)
        #expect(
            told(day).first?.hasPrefix("2026-11-23T07:30: asked 07:30, done 07:31, taken back 07:39, again 07:40")
                == true)
        #expect(told(day).first?.hasSuffix(", skip 07:46") == true)
        #expect(told(day).last == "2026-11-23 skipped")
    }

    @Test func aGuideThatWasStoppedIsTold() {
        var day = Simulation(
            Configuration(routines: [Configuration.standard.routines[0]]), from: "2026-11-23 06:00", zone: .berlin)
        day.run(until: "07:31")
        day.press(.start)
        day.run(until: "07:32")
        day.press(.stop)
        day.press(.later)
        #expect(
            told(day).first
                == "2026-11-23T07:30: asked 07:30, guide began 07:31, guide stopped 07:32, snoozed 07:32, open")
    }

    @Test func aPlannedTimeWithoutARecordIsNamed() {
        let records = [
            Record.made(.done, .morning("2026-11-23T07:30"), at: "2026-11-23 07:40", in: .berlin),
            .made(.held(.locked), .morning("2026-11-25T07:30"), at: "2026-11-25 11:30", in: .berlin),
        ]
        #expect(
            told(records, at: "2026-11-26 07:00") == [
                "2026-11-23T07:30: done 07:40", "2026-11-23 done", "2026-11-24T07:30: unrecorded", "2026-11-24 free",
                "2026-11-25T07:30: not asked 11:30, held", "2026-11-25 free", "2026-11-26 pending",
            ])
    }

    @Test func beforeTheFirstRecordNothingIsMissing() {
        var records = [Record.made(.done, .morning("2026-11-23T07:30"), at: "2026-11-23 07:40", in: .berlin)]
        #expect(told(records, at: "2026-11-24 12:00").first == "2026-11-23T07:30: done 07:40")
        // A time that the records know from Tuesday on was not planned on Monday.
        records.append(.made(.done, .morning("2026-11-24T18:00"), at: "2026-11-24 18:10", in: .berlin))
        let twice = Configuration(routines: [.daily("morning", "07:30", "18:00")])
        #expect(
            told(records, at: "2026-11-25 20:00", twice) == [
                "2026-11-23T07:30: done 07:40", "2026-11-23 done", "2026-11-24T07:30: unrecorded",
                "2026-11-24T18:00: done 18:10", "2026-11-24 done", "2026-11-25T07:30: unrecorded",
                "2026-11-25T18:00: open", "2026-11-25 pending",
            ])
    }

    @Test func aWeekendWithoutRecordsIsNamedThoughItsTimeIsKnownLater() {
        let records = [
            Record.made(.done, .morning("2026-11-20T07:30"), at: "2026-11-20 07:40", in: .berlin),
            .made(.done, .morning("2026-11-22T09:00"), at: "2026-11-22 09:10", in: .berlin),
        ]
        let week = Configuration(routines: [.daily("morning", "Mon..Fri 07:30", "Sat,Sun 09:00")])
        #expect(
            told(records, at: "2026-11-22 20:00", week) == [
                "2026-11-20T07:30: done 07:40", "2026-11-20 done", "2026-11-21T09:00: unrecorded", "2026-11-21 free",
                "2026-11-22T09:00: done 09:10", "2026-11-22 done",
            ])
    }

    @Test func onADayOfAnotherScheduleNothingIsMissing() {
        let records = [
            Record.made(.done, .morning("2026-11-23T07:30"), at: "2026-11-23 07:40", in: .berlin),
            .made(.done, .morning("2026-11-24T07:30"), at: "2026-11-24 07:40", in: .berlin),
        ]
        let later = Configuration(routines: [.daily("morning", "09:00")])
        #expect(
            told(records, at: "2026-11-24 12:00", later) == [
                "2026-11-23T07:30: done 07:40, not planned", "2026-11-23 done",
                "2026-11-24T07:30: done 07:40, not planned", "2026-11-24 done",
            ])
    }

    @Test func repeatedRecordsOfOneAnswerAreOne() {
        let id = OccurrenceID.morning("2026-11-23T07:30")
        var records = [
            Record.made(
                .started(until: Zone.berlin.instant("2026-11-23 07:45")), id, at: "2026-11-23 07:35", in: .berlin),
            .made(.started(until: Zone.berlin.instant("2026-11-23 07:55")), id, at: "2026-11-23 07:40", in: .berlin),
            .made(.done, id, at: "2026-11-23 07:50", in: .berlin),
            .made(.done, id, at: "2026-11-23 07:51", in: .berlin),
        ]
        records[3].pain = 3
        #expect(told(records, at: "2026-11-23 12:00").first == "2026-11-23T07:30: guide began 07:35, done 07:50 (3)")
    }

    @Test func pausesAreToldOnTheDayOnWhichTheyWereMade() {
        let day = Zone.berlin.instant("2026-11-24 04:00")
        let pause = Record.loose(
            .pause(from: Zone.berlin.instant("2026-11-23 18:00"), until: day), at: "2026-11-23 18:00")
        let undo = Record.loose(.undo([pause.id]), at: "2026-11-23 19:00")
        let book = logbook([pause, undo], at: "2026-11-24 12:00", .morningRoutine)
        #expect(book.pauses.map(\.day) == [Day("2026-11-23")])
        #expect(book.pauses[0].takenBack?.civil.description == "2026-11-23T19:00")
        #expect(book.pages.map(\.day) == [Day("2026-11-24")])
    }

    // MARK: What it tells

    private func morning() -> Simulation {
        Simulation(.morningRoutine, from: "2026-11-23 06:00", zone: .berlin)
    }

    private func told(_ life: Simulation) -> [String] {
        told(life.session.diary, at: life.now)
    }

    private func told(
        _ records: [Record], at time: String, _ configuration: Configuration = .morningRoutine
    ) -> [String] {
        told(Diary(Timetable(configuration, zone: .berlin), Ledger(records)), at: Zone.berlin.instant(time))
    }

    private func logbook(_ records: [Record], at time: String, _ configuration: Configuration) -> Logbook {
        logbook(Diary(Timetable(configuration, zone: .berlin), Ledger(records)), at: Zone.berlin.instant(time))
    }

    private func logbook(_ diary: Diary, at now: Instant) -> Logbook {
        let today = Zone.berlin.civil(now).day
        let routines = diary.timetable.configuration.routines.map { ($0, History(of: $0, in: diary, at: now)) }
        return Logbook(of: routines, in: diary, on: today - 6...today, at: now)
    }

    private func told(_ diary: Diary, at now: Instant) -> [String] {
        logbook(diary, at: now).pages.flatMap { page in
            page.entries.map { entry in
                let outcome = entry.outcome == .answered ? [] : ["\(entry.outcome)".prefix { $0 != "(" }.description]
                let parts = entry.happenings.map(\.short) + outcome + (entry.isPlanned ? [] : ["not planned"])
                return "\(entry.occurrence?.nominal.description ?? "extra"): \(parts.joined(separator: ", "))"
            } + ["\(page.day) \(page.counted.state.rawValue)"]
        }
    }
}

extension Happening {
    fileprivate var short: String {
        let word =
            switch what {
            case .asked: "asked"
            case .askedAgain: "again"
            case .held: "not asked"
            case .snoozed: "snoozed"
            case .guideBegan: "guide began"
            case .guideStopped: "guide stopped"
            case .answered(let answer): answer.verdict.rawValue
            case .answerTakenBack: "taken back"
            case .snoozeTakenBack: "snooze taken back"
            }
        let pain = if case .answered(let answer) = what { answer.pain.map { " (\($0))" } ?? "" } else { "" }
        return "\(word) \(HumanTime.clock(ts.civil.wholeMinute))\(pain)"
    }
}
