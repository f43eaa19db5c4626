import StretchBase
import StretchCore
import TestSupport
import Testing

/// What a simulation in which nobody answers tells.
struct ForecastTests {
    private func forecast(
        _ configuration: Configuration = .morningRoutine, from start: String, to end: String, awake: [String] = [],
        journal: [Record] = [], passingOver passedOver: [OccurrenceID] = []
    ) throws -> Forecast {
        Forecast(
            Diary(Timetable(configuration, zone: .berlin), Ledger(journal)),
            in: Zone.berlin.instant(start)..<Zone.berlin.instant(end),
            awake: try awake.map { try AwakeHours(parsing: $0) }, passingOver: passedOver)
    }

    /// `2026-11-23T07:30: 07:30 07:45`, or `2026-11-23T07:30: never, ...`; one line an occurrence.
    private func diary(_ forecast: Forecast) -> [String] {
        forecast.entries.map { entry in
            let times = entry.shown.map { HumanTime.clock(forecast.zone.civil($0)) }.joined(separator: " ")
            let outcome =
                switch entry.outcome {
                case .asked: ""
                case .answered(let verdict): ", \(verdict)"
                case .paused(let reason), .unseen(let reason): ", \(reason)"
                }
            return "\(entry.occurrence.id.nominal): \(times.isEmpty ? "never" : times)\(outcome)"
        }
    }

    @Test func whoIsAlwaysThereIsAskedOnTimeAndAgain() throws {
        let days = try forecast(from: "2026-11-23 00:00", to: "2026-11-25 00:00")
        #expect(
            diary(days) == [
                "2026-11-23T07:30: 07:30 07:45 08:00 08:15", "2026-11-24T07:30: 07:30 07:45 08:00 08:15",
            ])
    }

    @Test func whoGetsUpLateIsAskedAfterSettling() throws {
        let day = try forecast(
            from: "2026-11-23 00:00", to: "2026-11-24 00:00", awake: ["08:10..08:20", "11:00..23:00"])
        #expect(diary(day) == ["2026-11-23T07:30: 08:11 11:01 11:16"])
    }

    @Test func whoSleepsThroughTheWindowIsNotAsked() throws {
        let days = try forecast(
            from: "2026-11-23 00:00", to: "2026-11-25 00:00", awake: ["Mon 11:40..23:00", "Wed 09:00..23:00"])
        #expect(
            diary(days) == [
                "2026-11-23T07:30: never, asleep until 11:40, closed 11:30",
                "2026-11-24T07:30: never, asleep until Wed 09:00, closed 11:30",
            ])
    }

    @Test func whoArrivesAsTheWindowEndsIsStillSettling() throws {
        let day = try forecast(
            .morningRoutine.with { $0.presence.settle = .minutes(5) }, from: "2026-11-23 00:00",
            to: "2026-11-24 00:00", awake: ["11:27..23:00"])
        #expect(diary(day) == ["2026-11-23T07:30: never, just back, waits until 11:32, closed 11:30"])
    }

    @Test func aNightThroughMidnightIsOneSpan() throws {
        let configuration = Configuration(routines: [.daily("night", "23:55", window: .hours(1))])
        let days = try forecast(
            configuration, from: "2026-11-23 12:00", to: "2026-11-24 12:00",
            awake: ["Mon 22:00..24:00", "00:00..02:00"])
        #expect(diary(days) == ["2026-11-23T23:55: 23:55 00:10 00:25 00:40"])
    }

    @Test func aMachineThatSleepsAsksNobodyEvenIfNobodyIsWaitedFor() throws {
        let day = try forecast(
            .morningRoutine.with { $0.presence.wait = false }, from: "2026-11-23 00:00", to: "2026-11-24 00:00",
            awake: ["08:10..23:00"])
        #expect(diary(day) == ["2026-11-23T07:30: 08:10 08:25 08:40 08:55"])
    }

    @Test func whatTheJournalKnowsCounts() throws {
        let zone = Zone.berlin
        let pause = Record.Kind.pause(from: zone.instant("2026-11-25 00:00"), until: zone.instant("2026-11-26 00:00"))
        let snooze = Record.Kind.snooze(until: zone.instant("2026-11-23 08:10"))
        let prompted = Record.Kind.prompted(closes: nil, reminder: false)
        let days = try forecast(
            from: "2026-11-23 08:00", to: "2026-11-26 00:00",
            journal: [
                .made(prompted, .morning("2026-11-23T07:30"), at: "2026-11-23 07:30", in: zone),
                .made(snooze, .morning("2026-11-23T07:30"), at: "2026-11-23 07:40", in: zone),
                .made(.done, .morning("2026-11-24T07:30"), at: "2026-11-23 07:50", in: zone),
                Record(
                    id: "pause", ts: Timestamp(zone.instant("2026-11-22 12:00"), in: zone), kind: pause, subject: .all),
            ])
        #expect(
            diary(days) == [
                "2026-11-23T07:30: 07:30 08:10 08:25 08:40 08:55", "2026-11-24T07:30: never, done",
                "2026-11-25T07:30: never, paused until Thu 00:00",
            ])
    }

    @Test func theBeginningOfTheSpanIsNoArrival() throws {
        let journal = ["07:30", "07:45"].enumerated().map { index, time in
            Record.made(
                .prompted(closes: nil, reminder: index > 0), .morning("2026-11-23T07:30"), at: "2026-11-23 \(time)",
                in: .berlin)
        }
        let day = try forecast(from: "2026-11-23 07:50", to: "2026-11-24 00:00", journal: journal)
        #expect(diary(day) == ["2026-11-23T07:30: 07:30 07:45 08:00 08:15"])
    }

    @Test func whatTheDaemonPassedOverIsNotAsked() throws {
        let day = try forecast(
            from: "2026-11-23 08:00", to: "2026-11-24 00:00", passingOver: [.morning("2026-11-23T07:30")])
        #expect(
            diary(day) == [
                "2026-11-23T07:30: never, not asked, as you changed the settings after its time, closed 11:30"
            ])
    }

    @Test func theSpanEndsBeforeItsEnd() throws {
        let morning = try forecast(from: "2026-11-23 07:30", to: "2026-11-23 07:45")
        #expect(diary(morning) == ["2026-11-23T07:30: 07:30"])
        let before = try forecast(from: "2026-11-23 00:00", to: "2026-11-23 07:30")
        #expect(before.entries.isEmpty)
    }

    @Test func exceptedDaysAreCountedOnlyWhenSomethingWasPlanned() throws {
        let christmas = try forecast(.standard, from: "2026-12-20 00:00", to: "2027-01-01 00:00")
        #expect(christmas.excepted.map(\.description).sorted() == ["2026-12-24", "2026-12-25", "2026-12-26"])
        let event = try CalendarEvent(parsing: "Mon 07:30")
        let sundays = try CalendarEvent(parsing: "Sun")
        let routine = Routine(id: "a", title: "a", schedule: Schedule([event], except: [sundays]))
        let week = try forecast(Configuration(routines: [routine]), from: "2026-11-23 00:00", to: "2026-11-30 00:00")
        #expect(week.excepted.isEmpty)
        #expect(week.entries.count == 1)
    }

    @Test(arguments: [
        ("6:40..23:00", 0), ("Mon..Fri 06:40..23:00", 0), ("Sat,Sun 09:00..24:00", 0), ("22:00..02:00", 0),
        ("*-12-24..26 10:00..12:00", 0), ("06:40-23:00", 1), ("", 1), ("Mon..Fri", 1), ("06:40..24:01", 8),
        ("24:00..02:00", 1), ("09:00..09:00", 1), ("Mon 9..17", 5), ("06:40..23:00 Mon", 14), ("Mo 06:40..23:00", 1),
        ("Mon 07:00 06:40..23:00", 1), ("Mon UTC 06:40..23:00", 1), ("06:40..23:00 ", 14), ("Sat..Mon 09:00..12:00", 6),
    ])
    func awakeHoursAreReadOrRefusedWithAColumn(text: String, column: Int) {
        if column == 0 {
            #expect(throws: Never.self) { try AwakeHours(parsing: text) }
        } else {
            let error = #expect(throws: SyntaxError.self) { try AwakeHours(parsing: text) }
            #expect(error.map { $0.offset + 1 } == column, "\(error?.description ?? "")")
        }
    }
}
