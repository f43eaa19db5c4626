import StretchBase
import StretchCore
import Testing

struct ConfigurationReaderTests {
    @Test func everyValueArrivesWhereItBelongs() throws {
        let text = """
            day_start = "03:30"
            prompt = { snooze = "5min", snooze_limit = 0, remind_every = "1h", reminders = 7, urgency = "low", sound = "bell" }
            presence.wait = false
            presence.settle = "0"
            guide = { sound = false, speech = true, pain = "always" }
            [[routine]]
            id = "walk"
            title = "Get up and walk"
            schedule = "Mon..Fri 10..16:00"
            except = "Fri"
            window = "30min"
            daily_goal = 3
            [[routine]]
            id = "morning"
            title = "Morning"
            schedule = ["07:00"]
            steps = ["half-kneeling-hip-flexor"]
            """
        let read = try ConfigurationReader.read(text, file: "f")
        #expect(read.dayStart == .minutes(210))
        #expect(read.prompt.snooze == .minutes(5))
        #expect(read.prompt.snoozeLimit == 0)
        #expect(read.prompt.remindEvery == .hours(1))
        #expect(read.prompt.reminders == 7)
        #expect(read.prompt.urgency == .low)
        #expect(read.prompt.sound == "bell")
        #expect(!read.presence.wait)
        #expect(read.presence.settle == .zero)
        #expect(!read.guide.sound)
        #expect(read.guide.speech)
        #expect(read.guide.pain == .always)
        #expect(read.routines.map(\.id) == ["walk", "morning"])
        let walk = try #require(read.routine("walk"))
        #expect(walk.title == "Get up and walk")
        #expect(walk.schedule.events.map(\.description) == ["Mon..Fri *-*-* 10..16:00:00"])
        #expect(walk.schedule.except.map(\.description) == ["Fri *-*-* 00:00:00"])
        #expect(walk.window == .minutes(30))
        #expect(walk.dailyGoal == 3)
        #expect(walk.steps.isEmpty)
        #expect(read.routine("morning")?.steps.map(\.stretch.id) == ["half-kneeling-hip-flexor"])
    }

    @Test func settingsWithoutARoutineKeepTheBuiltInOne() throws {
        let read = try ConfigurationReader.read("[prompt]\nsnooze = \"5min\"", file: "f")
        #expect(read.routines == [.morning])
        #expect(read.prompt.snooze == .minutes(5))
    }

    @Test(arguments: [
        ("dya_start = \"04:00\"", "dya_start: unknown key; did you mean day_start?"),
        ("zzz = 1", "zzz: unknown key; allowed: include, day_start, prompt, presence, guide, person, stretch, routine"),
        ("[prompt]\nsnoze = \"1h\"", "prompt.snoze: unknown key; did you mean snooze?"),
        ("DAY_START = \"04:00\"", "DAY_START: unknown key; did you mean day_start?"),
        ("[PROMPT]\nsnooze = \"1h\"", "PROMPT: unknown key; did you mean [prompt]?"),
        ("[prompt]\nSNOOZE = \"1h\"", "prompt.SNOOZE: unknown key; did you mean snooze?"),
        ("[prompt]\nSNOOZELIMIT = 2", "prompt.SNOOZELIMIT: unknown key; did you mean snooze_limit?"),
        ("[guide]\nPain = \"never\"", "guide.Pain: unknown key; did you mean pain?"),
        ("day_start = \"soon\"", "day_start: is \"soon\"; allowed: a time in quotes from \"00:00\" to \"12:00\""),
        ("day_start = \"12:01\"", "day_start: is \"12:01\"; allowed: a time in quotes from \"00:00\" to \"12:00\""),
        (
            "day_start = 04:00:00",
            "day_start: is a time without quotes; allowed: a time in quotes from \"00:00\" to \"12:00\"; write day_start = \"04:00\""
        ),
        ("prompt = 1", "prompt: is the whole number 1; allowed: a table: write [prompt]"),
        (
            "prompt.snooze = 10",
            "prompt.snooze: is the whole number 10; allowed: a time span in quotes from 1min to 12h, such as \"10min\"; write snooze = \"10min\""
        ),
        (
            "day_start = \"04:00\"\nday_start = \"04:00\"",
            "line 2, column 13: day_start = \"04:00\": is there already, in line 1; take one of them out"
        ),
        (
            "prompt.snooze = \"10\"",
            "prompt.snooze: is \"10\"; allowed: a time span in quotes from 1min to 12h, such as \"10min\"; write snooze = \"10min\""
        ),
        (
            "prompt.snooze = \"13h\"",
            "prompt.snooze: is \"13h\"; allowed: a time span in quotes from 1min to 12h, such as \"10min\""
        ),
        ("prompt.reminders = -1", "prompt.reminders: is the whole number -1; allowed: a whole number from 0 to 20"),
        ("prompt.snooze_limit = 1.5", "prompt.snooze_limit: is a decimal number; allowed: a whole number from 0 to 20"),
        ("prompt.urgency = \"hihg\"", "prompt.urgency: is \"hihg\"; allowed: \"low\", \"normal\", \"critical\""),
        (
            "prompt.sound = \"../x\"",
            "prompt.sound: is \"../x\"; allowed: a name of the sound theme such as \"message\", or \"\""
        ),
        ("presence.wait = \"yes\"", "presence.wait: is \"yes\"; allowed: true or false; write wait = true"),
        (
            "presence.settle = []",
            "presence.settle: is an empty list; allowed: a time span in quotes from 0 to 1h, such as \"1min\""
        ),
        ("guide.sound = \"yes\"", "guide.sound: is \"yes\"; allowed: true or false; write sound = true"),
        ("guide.pain = true", "guide.pain: is true; allowed: \"never\", \"terminal\", \"always\""),
        ("guide.spech = true", "guide.spech: unknown key; did you mean speech?"),
        ("stretch = \"a\"", "stretch: is \"a\"; allowed: tables, each beginning with a line [[stretch]]"),
        ("routine = []", "routine: is an empty list; allowed: tables, each beginning with a line [[routine]]"),
        ("[routine]\nid = \"a\"", "routine: is a table; allowed: tables, each beginning with a line [[routine]]"),
    ])
    func oneMistakeIsOneLine(_ text: String, _ line: String) {
        #expect(problems(text) == ["config.toml: \(line)"])
    }

    @Test(arguments: [
        ("schedule = []", "schedule: is an empty list; allowed: calendar events in quotes such as \"Mon..Fri 07:30\""),
        ("schedule = [\"07:00\", 8]", "schedule[2]: is the whole number 8; allowed: calendar events in quotes"),
        ("schedule = [\"07:00\", \"Mon..Fry 7:30\"]", "schedule[2]: \"Mon..Fry 7:30\": column "),
        (
            "schedule = \"07:00 Europe/Berlin\"",
            "schedule: \"07:00 Europe/Berlin\": has the zone Europe/Berlin; allowed: local time only, leave the zone out"
        ),
        (
            "schedule = \"07:00:00.5\"",
            "schedule: \"07:00:00.5\": has fractions of a second; allowed: whole seconds"
        ),
        ("except = \"Mon 07:00\"", "except: \"Mon 07:00\": has a time of day; allowed: days in quotes such as"),
        ("except = \"Mon UTC\"", "except: \"Mon UTC\": has the zone UTC; allowed: local time only"),
        ("title = \"  \"", "title: is \"  \"; allowed: one line of 1 to 100 characters"),
        ("title = \"a\\nb\"", "title: is \"a\\nb\"; allowed: one line of 1 to 100 characters"),
        ("widnow = \"4h\"", "widnow: unknown key; did you mean window?"),
        ("WINDOW = \"4h\"", "WINDOW: unknown key; did you mean window?"),
        ("steps = [\"GLUTE-BRIDGE\"]", "steps[1]: \"GLUTE-BRIDGE\": unknown stretch; did you mean \"glute-bridge\"?"),
        ("window = \"25h\"", "window: is \"25h\"; allowed: a time span in quotes from 1min to 1d, such as \"4h\""),
        ("window = \"4 horus\"", "window: is \"4 horus\": column "),
        ("daily_goal = 0", "daily_goal: is the whole number 0; allowed: a whole number from 1 to 24"),
        (
            "steps = [\"half-kneeling-hip-flexr\"]",
            "steps[1]: \"half-kneeling-hip-flexr\": unknown stretch; did you mean \"half-kneeling-hip-flexor\"?"
        ),
        ("steps = [\"zzzzzzzzzzzz\"]", "steps[1]: \"zzzzzzzzzzzz\": unknown stretch; allowed: "),
    ])
    func aMistakeInARoutineNamesIt(_ line: String, _ message: String) {
        let key = line.prefix { $0 != " " }
        let others = ["id = \"a\"", "title = \"A\"", "schedule = \"07:00\""].filter { !$0.hasPrefix("\(key) ") }
        let found = problems((["[[routine]]"] + others + [line]).joined(separator: "\n"))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("config.toml: routine \"a\": \(message)") == true, "\(found)")
    }

    @Test(arguments: ["", "A", "a b", "a@b", "-a", "_a", "ä", String(repeating: "a", count: 41)])
    func anIDThatCannotBeTypedOrReadBackIsRefused(_ id: String) {
        let found = problems("[[routine]]\nid = \"\(id)\"\ntitle = \"A\"\nschedule = \"07:00\"")
        #expect(found.count == 1)
        #expect(found.first?.contains("routine #1: id: is ") == true)
    }

    @Test func allMistakesOfAFileAreReportedAtOnce() {
        let text = """
            day_start = 4
            [prompt]
            snooze = "never"
            [[routine]]
            title = ""
            [[routine]]
            id = "a"
            title = "A"
            schedule = ["07:00", "nonsense"]
            [[routine]]
            id = "a"
            title = "A"
            schedule = "07:00"
            except = "12:00"
            colour = 1
            """
        #expect(
            problems(text).map { $0.split(separator: ": ").prefix(3).joined(separator: ": ") } == [
                "config.toml: day_start: is the whole number 4; allowed",
                "config.toml: prompt.snooze: is \"never\"",
                "config.toml: routine #1: id",
                "config.toml: routine #1: title",
                "config.toml: routine #1: schedule",
                "config.toml: routine \"a\": schedule[2]",
                "config.toml: routine \"a\": except",
                "config.toml: routine \"a\": colour",
                "config.toml: routine \"a\": id",
            ])
    }

    @Test(arguments: [("schedule", 200), ("schedule", 201), ("except", 1000), ("except", 1001)])
    func aListOfEventsHasAnEnd(key: String, count: Int) {
        let list = (0..<count).map { "\"*-*-\($0 % 28 + 1)\"" }.joined(separator: ", ")
        let schedule = key == "schedule" ? "" : "schedule = \"07:30\"\n"
        let text = "[[routine]]\nid = \"a\"\ntitle = \"A\"\n\(schedule)\(key) = [\(list)]"
        let problem =
            key == "schedule"
            ? "has \(count) events; allowed: up to 200, and one may stand for many: 09..17:00"
            : "has \(count) entries; allowed: up to 1000"
        #expect(problems(text) == (count % 10 == 1 ? ["config.toml: routine \"a\": \(key): \(problem)"] : []))
    }
}
