import StretchBase
import StretchCore
import TestSupport
import Testing

/// What quietly takes something away is said.
struct ConfigurationRemarksTests {
    private let now = Zone.berlin.instant("2026-11-23 12:00")

    private func remarks(_ text: String, _ journal: [Record] = []) throws -> [String] {
        let diary = Diary(Timetable(try read(text), zone: .berlin), Ledger(journal))
        return ConfigurationRemarks(diary, at: now).lines
    }

    /// A routine beside the built-in morning, which has an empty schedule in words and so no remark of its own.
    private func routine(_ keys: String, top: String = "") -> String {
        "\(top)\n[[routine]]\nid = \"morning\"\n\(keys)\n"
    }

    private func done(_ routine: String, on days: [String], as kind: Record.Kind = .done) -> [Record] {
        days.enumerated().map { index, day in
            let id = OccurrenceID("\(routine)@\(day)T07:30")
            let time = Zone.berlin.instant("\(day) 08:00")
            var record = Record(
                id: Record.ID("\(routine)\(index)"), ts: Timestamp(time, in: .berlin), kind: kind,
                subject: id.map { .occurrence($0) } ?? .routine(routine))
            record.day = Day(day)
            return record
        }
    }

    @Test(arguments: ["", "[prompt]\nsnooze = \"5min\"", "[[routine]]\nid = \"morning\"\nschedule = \"07:30\""])
    func nothingIsSaidWhereNothingIsLost(_ text: String) throws {
        #expect(try remarks(text) == [])
    }

    @Test func aRoutineOfWhichNothingIsLeftOnlyAsks() throws {
        let steps = "schedule = \"07:30\"\nsteps = [\"hamstring-towel\"]"
        #expect(
            try remarks(routine(steps, top: "person.avoid = \"pregnancy\"")) == [
                "routine \"morning\": avoid in [person] leaves nothing of its steps, so it only asks; give it steps that "
                    + "are for you: stretchd stretches"
            ])
    }

    @Test func aFileWithRoutinesDropsTheBuiltInOne() throws {
        #expect(
            try remarks("[[routine]]\nid = \"desk\"\nschedule = \"18:00\"") == [
                "the built-in morning is not asked for, as the file has routines of its own; to have it, too, write "
                    + "[[routine]] with id = \"morning\" and a schedule"
            ])
    }

    @Test func anIdWithHistoryThatIsNotConfiguredAnyMoreIsNamed() throws {
        let desk = "[[routine]]\nid = \"desk\"\nschedule = \"18:00\""
        let lost = "of morning, which is not configured any more; was it renamed?"
        let again = "again for a routine with id = \"morning\""
        #expect(
            try remarks(desk, done("morning", on: ["2026-11-19", "2026-11-20"]))
                == ["2 done days \(lost) They count \(again)"])
        #expect(
            try remarks(desk, done("morning", on: ["2026-11-20"])) == ["1 done day \(lost) It counts \(again)"])
        // It was never done, so nothing is lost with it.
        #expect(try remarks(desk, done("walk", on: ["2026-11-20"], as: .skip)).count == 1)
        #expect(try remarks(routine("schedule = \"07:30\""), done("morning", on: ["2026-11-20"])) == [])
    }

    @Test(arguments: [
        ("schedule = \"2020-01-01 07:30\"", "its schedule has no time to come, so it is never asked for"),
        (
            "schedule = \"Sat 07:30\"\nexcept = \"Sat,Sun\"",
            "except takes every day of its schedule away, so it is never asked for"
        ),
        (
            "schedule = \"07:30\"\nwindow = \"10min\"",
            "its window of 10min has no room for a snooze of 10min, which must end 5min before it: its prompt has no Snooze button"
        ),
        ("schedule = \"07:30\"\nwindow = \"10min\"", "its window of 10min ends before the first reminder, after 15min"),
    ])
    func aRoutineThatLosesSomethingIsNamed(_ keys: String, _ remark: String) throws {
        #expect(try remarks(routine(keys)).contains("routine \"morning\": \(remark)"))
    }

    @Test func whoWantsNoSnoozesAndNoRemindersLosesNothing() throws {
        let top = "prompt.snooze_limit = 0\nprompt.reminders = 0"
        #expect(try remarks(routine("schedule = \"07:30\"\nwindow = \"10min\"", top: top)) == [])
        #expect(try remarks(routine("schedule = \"07:30\"\nwindow = \"16min\"")) == [])
    }

    @Test(
        arguments: [
            (["hourly"], 3, nil), (["07:30"], 3, 1),
            // Only Monday reaches it.
            (["09:00", "12:00", "Mon 15:00"], 3, nil), (["09:00", "12:00"], 4, 2),
            // 03:00 belongs to the day before.
            (["03:00", "*-*-01 15:00", "*-*-02 03:30"], 3, nil),
            // In the next leap year.
            (["*-02-29 10..12:00"], 3, nil),
        ] as [([String], Int, Int?)])
    func aGoalThatNoDayCanReachIsSaid(_ schedule: [String], _ goal: Int, _ most: Int?) throws {
        let found = try remarks(routine("schedule = \(schedule)\ndaily_goal = \(goal)"))
        let words = most.map { most in
            "routine \"morning\": its goal is \(goal) times a day, but no day to come has more than \(most): all of those make a "
                + "done day"
        }
        #expect(found == [words].compactMap(\.self))
    }

    @Test(arguments: [
        ("daily", "07:30"), ("weekly", "Mon 07:30"), ("Mon..Fri", "Mon..Fri 07:30"), ("2026-12-24", "2026-12-24 07:30"),
    ])
    func anEventWithoutATimeIsAtMidnight(_ event: String, _ meant: String) throws {
        #expect(
            try remarks(routine("schedule = \"\(event)\"")) == [
                "routine \"morning\": schedule: \"\(event)\" means at midnight, 00:00; write a time, such as \"\(meant)\""
            ])
        #expect(try remarks(routine("schedule = \"\(meant)\"")) == [])
    }

    @Test func midnightMayBeMeant() throws {
        #expect(try remarks(routine("schedule = \"00:00\"")) == [])
        #expect(try remarks(routine("schedule = \"hourly\"")) == [])
        #expect(try remarks(routine("schedule = \"07:30\"\nexcept = \"Sat,Sun\"")) == [])
    }

    @Test func manyRepeatsWithALongHoldAreSaid() throws {
        let steps = "schedule = \"07:30\"\n[[routine.steps]]\nstretch = \"glute-bridge\"\nrepeats = 50"
        let found = try remarks(routine(steps))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("routine \"morning\": glute-bridge alone takes ") == true)
        #expect(found.first?.hasSuffix("; to count it instead of holding it write tempo = \"4s\" for hold") == true)
        #expect(try remarks(routine(steps + "\ntempo = \"4s\"")) == [])
    }

    @Test func anOwnStretchThatNoRoutineHasIsNamed() throws {
        func own(_ id: String) -> String { "[[stretch]]\nid = \"\(id)\"\ntitle = \"A\"\nmovement = \"M\"\n" }
        let routine = routine("schedule = \"07:30\"\nsteps = [\"calf\"]")
        #expect(try remarks(own("calf") + own("glute-bridge") + routine) == [])
        #expect(
            try remarks(own("calf") + own("neck") + routine) == [
                "no routine has the stretch neck; to do it, name it in its steps"
            ])
        #expect(
            try remarks(own("calf") + own("neck") + own("wrist") + routine) == [
                "no routine has the stretches neck, wrist; to do them, name them in its steps"
            ])
    }

    @Test func aNumberWithoutAUnitIsSaid() throws {
        let found = try remarks("[prompt]\nsnooze = \"90\"\nremind_every = \"1h30\"\n[presence]\nsettle = \"0\"")
        #expect(
            found == [
                "prompt.snooze: \"90\" means 1min 30s, as 90 has no unit; did you mean 90s?",
                "prompt.remind_every: \"1h30\" means 1h 30s, as 30 has no unit; did you mean 1h 30min?",
            ])
    }
}
