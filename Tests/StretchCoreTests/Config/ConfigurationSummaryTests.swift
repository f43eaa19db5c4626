import StretchBase
import StretchCore
import Testing

struct ConfigurationSummaryTests {
    /// Sunday 2026-11-22 18:00 UTC.
    private let now = Instant(seconds: 1_795_370_400)

    @Test func itSaysWhatTheDefaultsMean() {
        let lines = ConfigurationSummary(.standard, file: nil, at: now, in: .utc).lines
        #expect(
            lines.prefix(3) == [
                "no configuration file: the defaults, 1 routine",
                "morning  \"Morning stretch\"",
                "  asks    [\"Mon..Fri 07:30\", \"Sat,Sun 09:00\"], except \"*-12-24..26\", for 4h, again every 15min up to 3 times",
            ])
        #expect(lines.count == 3 + Routine.morning.steps.count + 2)
        #expect(lines.last == "  next    Mon 23 Nov 07:30, Tue 24 Nov 07:30, Wed 25 Nov 07:30")
    }

    @Test func itNamesIncludedFilesOwnStretchesAndTheDoseOfEachStep() throws {
        let text = """
            include = ["physio.toml", "more/own.toml"]
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["calf", { stretch = "half-kneeling-hip-flexor", sides = "left", hold = "1min", repeats = 2, rest = "0" }]
            """
        let own = """
            [[stretch]]
            id = "calf"
            title = "Calf"
            movement = "Lean."
            repeats = 3
            [[stretch]]
            id = "half-kneeling-hip-flexor"
            title = "Hip"
            movement = "Lean."
            sides = "both"
            """
        let configuration = try read(text, including: ["physio.toml": own, "more/own.toml": ""])
        #expect(
            ConfigurationSummary(configuration, file: "config.toml", at: now, in: .utc).lines == [
                "config.toml is fine: 1 routine",
                "  with    physio.toml, more/own.toml",
                "  own     calf, half-kneeling-hip-flexor (instead of the built-in one)",
                "a  \"A\"",
                "  asks    \"07:00\", for 4h, again every 15min up to 3 times",
                "  steps   Calf, 3 times 15s, rest 10s",
                "          Hip, left side 2 times 1min",
                "          about 4 min",
                "  next    Mon 23 Nov 07:00, Tue 24 Nov 07:00, Wed 25 Nov 07:00",
            ])
    }

    @Test func itSaysWhatIsSwappedAndLeftOut() throws {
        let text = """
            person.avoid = ["pregnancy", "kneeling"]
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = ["half-kneeling-hip-flexor", "hamstring-towel"]
            """
        let lines = ConfigurationSummary(try read(text), file: "config.toml", at: now, in: .utc).lines
        #expect(lines[1] == "  avoid   kneeling, pregnancy")
        #expect(
            Array(lines[4...7]) == [
                "  steps   Standing hip-flexor stretch, each side 2 times 15s, rest 10s",
                "          about 2 min",
                "  swaps   standing-hip-flexor instead of half-kneeling-hip-flexor (kneeling)",
                "          without hamstring-towel (pregnancy)",
            ])
    }

    @Test func itSaysWhatAFileMeans() throws {
        let text = """
            prompt.reminders = 0
            [[routine]]
            id = "a"
            title = "Past"
            schedule = ["2020-02-02 07:00:30", "2020-02-03"]
            [[routine]]
            id = "walk"
            title = "Walk"
            schedule = ["hourly", "Mon *-*-01 12:00"]
            except = ["*-12-24..26", "Sat,Sun"]
            window = "24h"
            """
        let configuration = try ConfigurationReader.read(text, file: "f")
        #expect(
            ConfigurationSummary(configuration, file: "config.toml", at: now, in: .utc).lines == [
                "config.toml is fine: 2 routines",
                "a     \"Past\"",
                "  asks    [\"2020-02-02 07:00:30\", \"2020-02-03\"], for 4h, once",
                "  steps   none, it only asks",
                "  next    never: the schedule has no time to come",
                "walk  \"Walk\"",
                "  asks    [\"*:00\", \"Mon *-*-01 12:00\"], except [\"*-12-24..26\", \"Sat,Sun\"], for 1d, once",
                "  steps   none, it only asks",
                "  next    Mon 23 Nov 00:00, Mon 23 Nov 01:00, Mon 23 Nov 02:00",
            ])
    }

    @Test func itTellsHowMuchIsToBeDone() throws {
        let text = """
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            steps = [
                "half-kneeling-hip-flexor", { stretch = "glute-bridge", sets = 3, repeats = 10, tempo = "4s", rest = "1min" },
                { stretch = "glute-bridge", sets = 2, repeats = 5 }, "cat-camel",
            ]
            """
        let lines = ConfigurationSummary(try read(text), file: "config.toml", at: now, in: .utc).lines
        #expect(
            lines.dropFirst(3).prefix(4) == [
                "  steps   Half-kneeling hip-flexor stretch, each side 3 times 15s, rest 10s",
                "          Glute bridge, 3 sets of 10 times at a tempo of 4s, rest 1min",
                "          Glute bridge, 2 sets of 5 times 5s, rest 10s",
                "          Cat-camel, 5 times at a tempo of 10s",
            ])
    }

    @Test func itTellsTheGoal() throws {
        let text = "[[routine]]\nid = \"a\"\ntitle = \"A\"\nschedule = \"hourly\"\ndaily_goal = 3\n"
        let summary = ConfigurationSummary(try read(text), file: "config.toml", at: now, in: .utc)
        #expect(summary.lines.filter { $0.hasPrefix("  goal ") } == ["  goal    3 times a day"])
    }

    @Test func onceADayIsNoGoalWorthTelling() {
        let lines = ConfigurationSummary(.standard, file: nil, at: now, in: .utc).lines
        #expect(!lines.contains { $0.contains("goal") })
    }
}
