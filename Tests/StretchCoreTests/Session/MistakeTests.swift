import StretchBase
import TestSupport
import Testing

@testable import StretchCore

/// A mistake in the configuration file is on the screen until it is mended (rule 18).
struct MistakeTests {
    private func evening(_ configuration: Configuration = .morningRoutine) -> Simulation {
        Simulation(configuration, from: "2026-11-23 20:00", zone: .berlin, journal: [.longAgo])
    }

    private func mistake(
        _ place: String = "routine \"morning\": schedule", _ text: String = #""25:00": hours go from 0 to 23"#
    )
        -> Event
    {
        .mistake(
            ConfigurationError(
                problems: [.init(file: "/home/sam/.config/stretchd/config.toml", place: place, text: text)],
                includes: []))
    }

    private func title(_ day: Simulation) -> String? { day.screen[.notice(.configuration)]?.title }

    @Test func itIsShownWhenThePersonIsThereAndGoesWhenItIsMended() {
        var day = evening()
        day.happen(.presence(.away(.locked)))
        day.happen(mistake())
        day.run(until: "20:10")
        #expect(day.shown == [])
        day.happen(.presence(.present))
        day.run(until: "20:20")
        #expect(day.shown == ["20:11 configuration"])
        #expect(title(day) == "Your settings have a mistake: routine morning, schedule, 25:00, hours go from 0 to 23")
        day.happen(.configuration(.morningRoutine))
        #expect(day.withdrawn == ["20:20 configuration"])
    }

    @Test func itSaysWhatToDoAndWhatHoldsUntilThen() {
        var day = evening()
        day.run(until: "20:05")
        day.happen(mistake("line 5", #"snooze = 10min: is a text without quotes; write snooze = "10min""#))
        #expect(title(day) == "Your settings have a mistake: line 5, snooze = 10min, is a text without quotes")
        #expect(
            day.screen[.notice(.configuration)]?.body == """
                Write snooze = "10min"
                Until that is mended, the built-in settings hold.
                In a terminal: stretchd check
                """)
        var own = Configuration.morningRoutine
        own.file = "/home/sam/.config/stretchd/config.toml"
        day = evening(own)
        day.run(until: "20:05")
        day.happen(mistake("", "cannot be read, Permission denied"))
        #expect(title(day) == "Your settings have a mistake: cannot be read, Permission denied")
        #expect(
            day.screen[.notice(.configuration)]?.body
                == "Until that is mended, your settings from before hold.\nIn a terminal: stretchd check")
    }

    @Test func closedItDoesNotComeBackUnlessThereIsAnotherMistake() {
        var day = evening()
        day.run(until: "20:05")
        day.happen(mistake())
        day.close()
        day.happen(mistake())
        day.run(until: "23:00")
        #expect(day.shown == ["20:05 configuration"])
        day.happen(mistake("prompt.snooze", "is \"13h\""))
        #expect(day.shown == ["20:05 configuration", "23:00 configuration"])
        day.happen(.configuration(.morningRoutine))
        day.happen(mistake())
        #expect(day.shown.count == 3)
    }

    @Test func aNewServerGetsItAgain() {
        var day = evening()
        day.run(until: "20:05")
        day.happen(mistake())
        day.serverDies()
        day.run(until: "20:06")
        day.serverAppears()
        #expect(day.shown.count == 2)
    }

    // MARK: Times that came while the file was wrong

    private func moved(to clock: String) -> Configuration { Configuration(routines: [.daily("morning", clock)]) }

    @Test func whoMendsInTheMorningIsAskedForTheTimeThatHasCome() {
        var day = evening(Configuration(routines: []))
        day.happen(mistake())
        day.run(until: "2026-11-24 09:00")
        day.happen(.configuration(moved(to: "08:30")))
        #expect(day.shown.last == "09:00 morning@2026-11-24T08:30")
    }

    @Test func aSecondMistakeChangesNothing() {
        var day = evening(Configuration(routines: []))
        day.happen(mistake())
        day.run(until: "2026-11-24 09:00")
        day.happen(mistake("prompt.snooze", "is \"13h\""))
        day.happen(.configuration(moved(to: "08:30")))
        #expect(day.shown.last == "09:00 morning@2026-11-24T08:30")
    }

    @Test func aTimeBeforeTheMistakeIsPassedOver() {
        var day = evening(Configuration(routines: []))
        day.run(until: "2026-11-24 09:00")
        day.happen(mistake())
        day.happen(.configuration(moved(to: "08:30")))
        day.run(until: "2026-11-24 11:00")
        #expect(!day.shown.contains { $0.contains("morning") })
        day.happen(.configuration(moved(to: "08:45")))
        #expect(day.outlook.due.map(\.reason) == [.passedOver], "the mistake is over")
    }

    @Test func aDaemonThatStartsWithTheMistakeAsks() {
        let diary = Diary(Timetable(Configuration(routines: []), zone: .berlin), Ledger([.longAgo]))
        let start = Zone.berlin.instant("2026-11-24 08:45")
        var session = Session(diary, ids: RecordIDs(seed: 1), at: start)
        _ = session.handle([.started(adopting: [], abandoned: []), mistake()], at: start)
        _ = session.handle(.timer, at: start + .minutes(1))
        _ = session.handle(.shown(.notice(.configuration)), at: start + .minutes(1))
        let effects = session.handle(.configuration(moved(to: "08:30")), at: start + .minutes(15))
        let shown = effects.compactMap { if case .show(let prompt) = $0 { prompt.subject.diaryName } else { nil } }
        #expect(shown == ["morning@2026-11-24T08:30"])
    }

    @Test func nothingElseIsAskedLess() {
        var day = evening()
        day.happen(mistake())
        day.run(until: "2026-11-24 07:30")
        #expect(day.shown == ["20:01 configuration", "07:30 morning@2026-11-24T07:30"])
    }
}
