import Foundation
import StretchFiles
import TestHome
import TestSupport
import Testing

/// `log`, in the week from Monday, 23 November 2026, without a daemon.
struct LogTests {
    private let noon = "2026-11-27T12:00:00+01:00"

    // MARK: What a planned time becomes

    @Test func aMorningIsOneSentence() throws {
        let home = try Self.home(
            asked(23, "08:11", #""waited":"locked","waited_until":"2026-11-23T08:10:00+01:00""#),
            asked(23, "08:26", #""reminder":true"#),
            record("done", 23, "08:31", #""via":"notification","pain_before":4,"pain":3,"note":"stiff""#))
        let log = try home.run(["log", "--to", "2026-11-23"], adding: utf8, at: noon, columns: 80)
        #expect(log.code == 0)
        #expect(
            log.out == """
                Mon 23 Nov  asked 08:11 (locked until 08:10), again 08:26, done 08:31 by button,
                            pain 4 → 3, "stiff"
                            ● done, day 1

                """)
        // Outside a terminal it is one line, and ASCII.
        #expect(
            try home.run(["log", "--to", "2026-11-23"], at: noon).out == """
                Mon 23 Nov  asked 08:11 (locked until 08:10), again 08:26, done 08:31 by button, pain 4 -> 3, "stiff"
                            D done, day 1

                """)
    }

    @Test(arguments: [
        // Prompts, and why there were none.
        ([asked(23), asked(23, "07:45"), asked(23, "08:00")], "asked 07:30, again 07:45, 08:00, not answered"),
        ([asked(23, "07:52", #""waited":"dnd""#)], "asked 07:52 (do not disturb), not answered"),
        ([asked(23, "07:52", #""waited":"a word to come""#)], "asked 07:52, not answered"),
        ([held(23, "locked")], "not asked: the screen was locked"),
        ([held(23, "asleep")], "not asked: the machine was asleep"),
        ([held(23, "no-server")], "not asked: no notification server showed it"),
        ([held(23, "a word to come")], "not asked: a newer version says why"),
        ([held(23, "locked"), asked(23)], "asked 07:30, not answered"),
        // Answers.
        ([asked(23), record("done", 23, "07:31", #""via":"guide""#)], "asked 07:30, done 07:31 in the guide"),
        ([asked(23), record("skip", 23, "07:31", #""via":"cli""#)], "asked 07:30, skipped 07:31 by command"),
        ([record("done", 23, "06:10", #""via":"cli""#)], "done early 06:10 by command"),
        ([asked(23), record("done", 23, "12:10")], "asked 07:30, done late 12:10"),
        ([asked(23), record("done", 23, "09:10", #""late":true"#)], "asked 07:30, done late 09:10"),
        ([record("done", 23, "07:31", #""pain":3"#)], "done 07:31, pain 3"),
        ([record("done", 23, "07:31", #""pain_before":3"#)], "done 07:31, pain 3 before"),
        ([record("done", 23, "07:31", #""note":"two\nlines""#)], #"done 07:31, "two lines""#),
        ([record("done", 23, "07:31"), record("done", 23, "07:35", #""note":"a""#)], #"done 07:31, "a""#),
        ([record("skip", 23, "07:31"), record("done", 23, "08:31")], "skipped 07:31, done 08:31"),
        // After midnight the day of the week is told.
        ([asked(23), record("done", 24, "00:10", of: 23)], "asked 07:30, done late Tue 00:10"),
        // Snoozes and guides.
        (
            [asked(23), snooze(23, "07:31", "07:41"), asked(23, "07:41")],
            "asked 07:30, snoozed 07:31 until 07:41 by button, again 07:41, not answered"
        ),
        (
            [asked(23), started(23, "07:31"), record("done", 23, "07:36", #""via":"guide""#)],
            "asked 07:30, guide began 07:31, done 07:36 in the guide"
        ),
        (
            [asked(23), started(23, "07:31"), undo("started-23-07:31", 23, "07:33")],
            "asked 07:30, guide began 07:31, guide stopped 07:33, not answered"
        ),
        // What was taken back.
        (
            [asked(23), record("done", 23, "07:31"), undo("done-23-07:31", 23, "07:35")],
            "asked 07:30, done 07:31, taken back 07:35, not answered"
        ),
        (
            [record("done", 23, "07:31"), undo("done-23-07:31", 23, "07:35"), record("skip", 23, "07:36")],
            "done 07:31, taken back 07:35, skipped 07:36"
        ),
        (
            [asked(23), snooze(23, "07:31", "07:41"), undo("snooze-23-07:31", 23, "07:33")],
            "asked 07:30, snoozed 07:31 until 07:41 by button, snooze taken back 07:33, not answered"
        ),
    ])
    func whatHappenedIsASentence(lines: [String], sentence: String) throws {
        let home = try Self.home(lines)
        let log = try home.run(["log", "--to", "2026-11-23"], at: noon)
        #expect(log.lines.first.map { $0.dropFirst(12) } == sentence[...])
    }

    @Test func ofTwoMachinesTheOtherIsNamed() throws {
        let home = try Self.home(asked(23), record("done", 23, "07:40"))
        try home.sync(
            asked(23, "07:31").replacing("prompted-", with: "other-prompted-"),
            record("done", 23, "07:35", #""via":"notification""#).replacing("done-", with: "other-done-"))
        // A copy of this machine's own file is no other machine, and neither is one of its records there.
        let own = "\(home.journal)/\(try MachineID.host())"
        try FileManager.default.copyItem(atPath: "\(own).jsonl", toPath: "\(own).sync-conflict-1.jsonl")
        let log = try home.run(["log", "--to", "2026-11-23"], at: noon)
        #expect(log.lines[0].dropFirst(12) == "asked 07:30, asked 07:31 on other, done 07:35 by button on other")
    }

    // MARK: How a day counts

    @Test func eachDaySaysHowItCountsAndWhy() throws {
        let twice = routine("morning", "07:30", "18:00").replacing("[[routine]]", with: "[[routine]]\ndaily_goal = 2")
        let goal = #""goal":2"#
        let home = try Self.home(
            configuration: twice,
            record("done", 23, "07:31", goal), record("done", 23, "18:01", at: "18:00", goal),
            record("done", 24, "07:31", goal), asked(24, "18:00", at: "18:00", goal),
            record("done", 25, "07:31", goal), record("skip", 25, "18:01", at: "18:00", goal),
            asked(26, "07:30", goal), asked(26, "18:00", at: "18:00", goal), record("done", 27, "07:31", goal))
        let log = try home.run(["log"], at: "2026-11-27T18:30:00+01:00")
        #expect(
            log.out.hasPrefix(
                """
                Mon 23 Nov  07:30  done 07:31
                            18:00  done 18:01
                                   D done: 2 of 2, day 1
                Tue 24 Nov  07:30  done 07:31
                            18:00  asked 18:00, not answered
                                   o missed: 1 of 2
                Wed 25 Nov  07:30  done 07:31
                            18:00  skipped 18:01
                                   D done: all that was not skipped, day 1
                Thu 26 Nov  07:30  asked 07:30, not answered
                            18:00  asked 18:00, not answered
                                   o missed: asked and not answered
                Fri 27 Nov  07:30  done 07:31
                            18:00  not asked yet: no daemon is running, open until 22:00
                                   ~ pending: 1 of 2 so far

                no daemon is running, so nothing is asked: systemctl --user start stretchd

                """), "\(log.out)")
    }

    @Test func skippedFreeAndForgottenDaysSayWhy() throws {
        let home = try Self.home(
            configuration: routine("morning", "Mon..Fri 07:30"),
            record("skip", 16, "07:31"), record("skip", 17, "07:31"), record("skip", 18, "07:31"),
            record("done", 19, "07:31"),
            #"{"v":1,"id":"p","ts":"2026-11-22T18:20:00+01:00","type":"pause","day":"2026-11-22","#
                + #""last_day":"2026-11-24","until":"2026-11-25T04:00:00+01:00","via":"cli"}"#,
            asked(24))
        let log = try home.run(["log"], at: noon)
        #expect(
            log.out.hasPrefix(
                """
                Mon 16 Nov  skipped 07:31
                            - skipped
                Tue 17 Nov  skipped 07:31
                            - skipped: the second in a week, a third would be missed
                Wed 18 Nov  skipped 07:31
                            o missed: skipped for the third time in a week
                Thu 19 Nov  done 07:31
                            D done, day 1
                Fri 20 Nov  not asked: the daemon was not running, or the machine was asleep
                            . free: not asked
                Sat 21 Nov  . free: nothing was planned
                Sun 22 Nov  paused 18:20 until Wed 25 Nov by command
                            . free: paused
                Mon 23 Nov  not asked: paused
                            . free: paused
                Tue 24 Nov  asked 07:30, not answered
                            . free: paused
                Wed 25 Nov  not asked: the daemon was not running, or the machine was asleep
                            . free: not asked
                Thu 26 Nov  not asked: the daemon was not running, or the machine was asleep
                            . free: not asked
                Fri 27 Nov  not asked: the daemon was not running, or the machine was asleep
                            . free: not asked

                """), "\(log.out)")
    }

    @Test func pausesInAdvanceEndedOnesAndThoseTakenBackAreTold() throws {
        let home = try Self.home(
            record("done", 23, "07:31"),
            #"{"v":1,"id":"p","ts":"2026-11-23T18:20:00+01:00","type":"pause","from":"2026-12-20T04:00:00+01:00","#
                + #""until":"2027-01-04T09:00:00+01:00"}"#,
            #"{"v":1,"id":"u","ts":"2026-11-23T18:30:00+01:00","type":"undo","ref":["p"]}"#,
            #"{"v":1,"id":"q","ts":"2026-11-23T18:40:00+01:00","type":"pause","via":"cli"}"#,
            #"{"v":1,"id":"r","ts":"2026-11-23T18:50:00+01:00","type":"resume","via":"cli"}"#)
        let log = try home.run(["log", "--to", "2026-11-23"], at: noon)
        #expect(
            log.out == """
                Mon 23 Nov  pause planned 18:20 from Sun 20 Dec until Mon 4 Jan 09:00, taken back 18:30
                            paused 18:40 until stretchd resume by command
                            resumed 18:50 by command
                            done 07:31
                            D done, day 1

                """)
    }

    // MARK: Which routines, which times

    @Test func severalRoutinesAndExtraOnesHaveColumns() throws {
        let home = try Self.home(
            configuration: routine("morning", "07:30") + routine("desk", "11:00", "15:00"),
            record("done", 23, "07:31"), record("done", 23, "15:02", at: "15:00", routine: "desk"),
            record("done", 23, "11:05", at: "11:00", routine: "desk"),
            #"{"v":1,"id":"b","ts":"2026-11-23T20:00:00+01:00","type":"done","routine":"desk","via":"guide"}"#,
            record("done", 23, "12:00", at: "12:00", routine: "yoga"))
        let log = try home.run(["log", "--to", "2026-11-23"], at: noon)
        #expect(
            log.out == """
                Mon 23 Nov  morning  07:30  done 07:31
                                            D done, day 1
                            desk     11:00  done 11:05
                                     15:00  done 15:02
                                     extra  done 20:00 in the guide
                                            D done, day 1
                            yoga     12:00  done 12:00
                                            D done, day 1

                """)
        let desk = try home.run(["log", "desk", "--to", "2026-11-23"], at: noon)
        #expect(desk.lines.first == "Mon 23 Nov  11:00  done 11:05")
    }

    @Test func anExtraOneBesideSinglePlannedTimesNeedsNoColumn() throws {
        let home = try Self.home(
            record("done", 23, "07:31"),
            #"{"v":1,"id":"b","ts":"2026-11-23T20:00:00+01:00","type":"done","routine":"morning","via":"cli"}"#)
        #expect(
            try home.run(["log", "--to", "2026-11-23"], at: noon).lines.prefix(2) == [
                "Mon 23 Nov  done 07:31", "            an extra one: done 20:00 by command",
            ])
    }

    @Test(arguments: ["yesterday", "2026-11-23"])
    func aDayInThePlaceOfTheRoutineIsNamed(day: String) throws {
        let home = try Self.home(record("done", 23, "07:31"))
        for command in ["log", "history", "export", "report"] {
            let result = try home.run([command, day], at: noon)
            #expect(result.code == 65)
            #expect(result.err == "stretchd: no routine \"\(day)\"; did you mean --from \(day)?\n")
        }
    }

    @Test func aRoutineThatIsNotConfiguredAnyMoreEndsWithItsLastDay() throws {
        var chronicle = Chronicle()
        chronicle.add("yoga", from: "2024-01-01", "DDM")
        let home = try CommandLineHome()
        try home.sync(chronicle)
        let log = try home.run(["log", "yoga"], at: noon)
        #expect(
            log.out == """
                Mon  1 Jan 2024  done 07:40 on other
                                 D done, day 1
                Tue  2 Jan 2024  done 07:40 on other
                                 D done, day 2
                Wed  3 Jan 2024  asked 07:40 on other, not answered
                                 o missed: asked and not answered

                """)
        #expect(try home.run(["log", "joga"], at: noon).err == "stretchd: no routine \"joga\"; did you mean yoga?\n")
    }

    @Test func aTimeThatIsNotPlannedAnyMoreIsSaid() throws {
        let home = try Self.home(configuration: routine("morning", "09:00"), record("done", 23, "07:31"))
        #expect(
            try home.run(["log", "--to", "2026-11-23"], at: noon).lines.first
                == "Mon 23 Nov  done 07:31 (07:30 is not planned any more)")
    }

    // MARK: Nothing to tell

    @Test func withoutRecordsItSaysSo() throws {
        let home = try Self.home()
        #expect(
            try home.run(["log"], at: "2026-11-27T05:00:00Z").lines.first
                == "nothing is recorded yet; you are asked next 07:30")
        // On the first day somebody asks why nothing came.
        let first = try home.run(["log"], at: noon)
        #expect(
            first.lines.first?.hasSuffix("not asked: the daemon was not running, or the machine was asleep") == true)
        #expect(first.out.contains("no daemon is running, so nothing is asked: systemctl --user start stretchd"))
        let later = try Self.home(record("done", 23, "07:31"))
        #expect(
            try later.run(["log", "--from", "2026-11-01", "--to", "2026-11-20"], at: noon).out
                == "nothing is recorded from 1 Nov to 20 Nov; it begins on 23 Nov\n")
    }

    // MARK: Terminals

    @Test(arguments: [30, 40, 60, 80, 120])
    func noLineIsWiderThanTheTerminal(columns: Int) throws {
        let home = try Self.home(
            configuration: routine("morning", "07:30") + routine("evening-mobility-and-breathing", "18:00"),
            asked(23, "08:11", #""waited":"locked","waited_until":"2026-11-23T08:10:00+01:00""#),
            record("done", 23, "08:31", #""note":"stiff after the flight, and cold""#),
            asked(24, "18:00", at: "18:00", routine: "evening-mobility-and-breathing"))
        for environment in [utf8, ["LANG": "C", "NO_COLOR": "1"]] {
            let log = try home.run(["log"], adding: environment, at: noon, columns: columns)
            #expect(log.lines.allSatisfy { $0.count <= columns }, "\(log.out)")
            #expect(log.out.contains("asked 08:11"))
            if environment["LANG"] == "C" { #expect(log.out.utf8.allSatisfy { $0 < 0x80 }) }
        }
    }

    // MARK: JSON

    @Test func jsonHasEveryKeyOfTheManual() throws {
        let home = try Self.home(
            asked(23, "08:11", #""waited":"locked","waited_until":"2026-11-23T08:10:00+01:00""#),
            record("done", 23, "08:31", #""via":"cli","pain":3,"note":"stiff""#),
            #"{"v":1,"id":"p","ts":"2026-11-23T18:20:00+01:00","type":"pause","via":"cli"}"#)
        try home.sync(snooze(23, "08:15", "08:25"))
        let result = try home.run(["log", "--json", "--to", "2026-11-23"], at: noon)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
        #expect(Set(log.keys) == ["from", "to", "days", "pauses"])
        #expect(log["from"] as? String == "2026-11-10")
        let days = try #require(log["days"] as? [[String: Any]])
        #expect(Set(days[0].keys) == ["date", "routine", "state", "reason", "streak", "times"])
        #expect(days[0]["state"] as? String == "done")
        let times = try #require(days[0]["times"] as? [[String: Any]])
        #expect(Set(times[0].keys) == ["occ", "planned", "outcome", "events"])
        #expect(times[0]["occ"] as? String == "morning@2026-11-23T07:30")
        #expect(times[0]["outcome"] as? String == "answered")
        let events = try #require(times[0]["events"] as? [[String: Any]])
        #expect(events.map { $0["type"] as? String } == ["asked", "snoozed", "done"])
        #expect(events[0]["reason"] as? String == "locked")
        #expect(events[0]["until"] as? String == "2026-11-23T08:10:00.000+01:00")
        #expect(events[1]["machine"] as? String == "other")
        #expect(events[2]["machine"] is NSNull)
        #expect(events[2]["pain"] as? Int == 3)
        #expect(events[2]["notes"] as? [String] == ["stiff"])
        #expect(
            Set(events[2].keys) == [
                "at", "type", "via", "machine", "reason", "until", "timing", "pain_before", "pain", "notes",
            ])
        let pauses = try #require(log["pauses"] as? [[String: Any]])
        #expect(
            Set(pauses[0].keys) == ["at", "type", "routine", "from", "until", "via", "machine", "taken_back"])
    }

    // MARK: What cannot be

    @Test func aRangeThatCannotBeIsOneClearLine() throws {
        let result = try Self.home().run(["log", "--from", "2026-11-25", "--to", "2026-11-24"], at: noon)
        #expect(result.code == 65)
        #expect(result.err == "stretchd: --from is 2026-11-25, which is after --to, 2026-11-24; turn them around\n")
    }

    // MARK: Records

    private let utf8 = ["LANG": "C.UTF-8", "NO_COLOR": "1"]

    /// A home with records of this machine.
    private static func home(
        configuration: String = routine("morning", "07:30"), _ lines: String...
    ) throws -> CommandLineHome { try home(configuration: configuration, lines) }

    private static func home(
        configuration: String = routine("morning", "07:30"), _ lines: [String]
    ) throws -> CommandLineHome {
        let home = try CommandLineHome(configuration: configuration)
        try home.write(lines.map { $0 + "\n" }.joined(), to: "\(home.journal)/\(try MachineID.host()).jsonl")
        return home
    }
}

/// A line of the journal about a planned time in November 2026.
///
/// - Parameters:
///   - day: the day of the record, and of the planned time unless `planned` says another.
///   - members: further members, in JSON.
private func record(
    _ type: String, _ day: Int, _ time: String, of planned: Int? = nil, at nominal: String = "07:30",
    routine: String = "morning", _ members: String = ""
) -> String {
    #"{"v":1,"id":"\#(type)-\#(day)-\#(time)","ts":"2026-11-\#(day)T\#(time):00+01:00","type":"\#(type)","#
        + #""occ":"\#(routine)@2026-11-\#(planned ?? day)T\#(nominal)","day":"2026-11-\#(planned ?? day)""#
        + (members.isEmpty ? "" : ",\(members)") + "}"
}

private func asked(
    _ day: Int, _ time: String = "07:30", at nominal: String = "07:30", routine: String = "morning",
    _ members: String = ""
) -> String {
    let closes = nominal == "07:30" ? "11:30" : "22:00"
    return record(
        "prompted", day, time, at: nominal, routine: routine,
        #""closes":"2026-11-\#(day)T\#(closes):00+01:00""# + (members.isEmpty ? "" : ",\(members)"))
}

private func held(_ day: Int, _ reason: String) -> String { record("held", day, "11:30", #""reason":"\#(reason)""#) }

private func snooze(_ day: Int, _ time: String, _ end: String) -> String {
    record("snooze", day, time, #""until":"2026-11-\#(day)T\#(end):00+01:00","via":"notification""#)
}

private func started(_ day: Int, _ time: String) -> String {
    record("started", day, time, #""until":"2026-11-\#(day)T07:45:00+01:00","via":"guide""#)
}

private func undo(_ id: String, _ day: Int, _ time: String) -> String {
    record("undo", day, time, #""ref":["\#(id)"]"#)
}
