import Foundation
import TestSupport
import Testing

/// Two machines, one person, and real Syncthings between them.
@Suite(
    .enabled("a second machine needs the right to mount: these tests did not run") { try await SyncedMachine.canBe() })
struct SyncthingTests {
    @Test func doneOnOneWithdrawsThePromptOfTheOther() async throws {
        try await withSyncedMachines { desk, laptop in
            try await desk.desktop.press("done")
            try await desk.machine.record("done")
            let answered = ContinuousClock.now
            let arrived = try await found("the answer at the laptop") {
                try laptop.has(#""type":"done""#, in: desk.file) ? ContinuousClock.now : nil
            }
            #expect(try await laptop.desktop.settles(at: 0) == 0)
            print("withdrawn \(ContinuousClock.now - arrived) after the file arrived, which took \(arrived - answered)")
            try await agree(desk, laptop, today: "done")
            #expect(try laptop.machine.records().map(\.type) == ["prompted"])
        }
    }

    @Test func bothAnswerWithoutTheOtherAndAgreeWhenTheyMeet() async throws {
        try await withSyncedMachines { desk, laptop in
            try await desk.syncthing.pause(laptop.syncthing)
            try await desk.desktop.press("done")
            try await desk.machine.record("done")
            #expect(try await laptop.desktop.settles(at: 1) == 1)
            try await laptop.desktop.press("skip")
            try await laptop.machine.record("skip")
            #expect(try await desk.machine.status().today == "done")
            #expect(try await laptop.machine.status().today == "skipped")

            try await desk.syncthing.resume(laptop.syncthing)
            try await agree(desk, laptop, today: "skipped")

            // And the other way round.
            try await desk.syncthing.pause(laptop.syncthing)
            #expect(try await laptop.machine.stretchd("done", "--day", "yesterday").status == 0)
            #expect(try await laptop.machine.stretchd("done").status == 0)
            #expect(try await desk.machine.stretchd("done", "--day", "yesterday").status == 0)
            #expect(try await desk.machine.stretchd("done").status == 0)
            try await desk.syncthing.resume(laptop.syncthing)
            try await agree(desk, laptop, today: "done")
            #expect(try await laptop.machine.status().streak == 2)
        }
    }

    @Test func theLaterDecisionWinsAlthoughTheFirstClockIsTwoMinutesAhead() async throws {
        try await withSyncedMachines(deskAhead: "+120s") { desk, laptop in
            try await desk.desktop.press("done")
            #expect(try await laptop.desktop.settles(at: 0) == 0)
            try await agree(desk, laptop, today: "done")
            #expect(try #require(try desk.machine.records().last).time.timeIntervalSinceNow > 60)

            #expect(try await laptop.machine.stretchd("skip").status == 0)
            try await agree(desk, laptop, today: "skipped")
            #expect(try await desk.machine.stretchd("done").status == 0)
            try await agree(desk, laptop, today: "done")
            #expect(try await laptop.machine.stretchd("pause").status == 0)
            try await agree(desk, laptop) { $0.contains(#""paused":{"#) }
            #expect(try await desk.machine.stretchd("resume").status == 0)
            try await agree(desk, laptop) { $0.contains(#""paused":null"#) }
        }
    }

    /// The laptop's version of the desk's file is the newer one: the desk's daemon finds its file under another name,
    /// and another one in its place.
    @Test func aConflictCopyOfTheOwnFileCountsAndTheNextAnswerGoesToTheFile() async throws {
        try await withSyncedMachines { desk, laptop in
            _ = try await found("the desk's file") { try laptop.has("prompted", in: desk.file) ? true : nil }
            try await desk.syncthing.pause(laptop.syncthing)
            try await desk.desktop.press("done")
            try await desk.machine.record("done")
            let yesterday = laptop.machine.bonus(daysAgo: 1)
            try laptop.extend(desk.file, with: yesterday)
            // Of two changes within a tick of the kernel's clock either may be the newer one.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: 5)], ofItemAtPath: laptop.path(desk.file))
            for side in [desk, laptop] { try await side.syncthing.scan() }
            try await desk.syncthing.resume(laptop.syncthing)

            let copy = try await found("a conflict copy") { try desk.conflictCopies(of: desk.file).first }
            try await agree(desk, laptop) { $0.contains(#""today":"done""#) && $0.contains(#""streak":2"#) }
            #expect(try desk.has(yesterday, in: desk.file))
            #expect(try desk.has("done", in: copy))

            #expect(try await desk.machine.stretchd("skip").status == 0)
            #expect(try desk.has(#""type":"skip""#, in: desk.file))
            try await agree(desk, laptop, today: "skipped")
            #expect(try laptop.conflictCopies(of: desk.file) == [copy])
        }
    }

    /// Syncthing takes it away on the other machine, too: what it said is asked for again, or restored.
    @Test func aFileDeletedByMistakeIsReportedAndTheNextAnswerBeginsItAnew() async throws {
        try await withSyncedMachines { desk, laptop in
            try await desk.desktop.press("done")
            try await agree(desk, laptop, today: "done")
            try FileManager.default.removeItem(atPath: laptop.path(desk.file))
            try await laptop.syncthing.scan()
            _ = try await found("the end of the desk's file") {
                FileManager.default.fileExists(atPath: desk.path(desk.file)) ? nil : true
            }
            #expect(try await desk.desktop.settles(at: 1) == 1)
            let status = try await desk.machine.stretchd("status")
            #expect(status.status == 0)
            #expect(status.output.contains("\(desk.path(desk.file)): this machine's file is gone"))

            try await desk.desktop.press("done")
            try await desk.machine.record("done")
            try await agree(desk, laptop, today: "done")
            #expect(try laptop.has(#""type":"done""#, in: desk.file))

            #expect(try await desk.machine.stretchd("skip").status == 0)
            try await agree(desk, laptop, today: "skipped")
            let kept = desk.path(".stversions/\(desk.file)")
            try FileManager.default.moveItem(atPath: kept, toPath: desk.path("before.jsonl"))
            _ = try await found("what was restored") { try laptop.has("prompted", in: "before.jsonl") ? true : nil }
            try await agree(desk, laptop, today: "skipped")
            #expect(try desk.has(#""type":"done""#, in: "before.jsonl"))
        }
    }

    @Test func aMachineThatIgnoresDeletionsKeepsItsFileAndGivesItBack() async throws {
        try await withSyncedMachines(ignoringDeletions: true) { desk, laptop in
            try await desk.desktop.press("done")
            try await agree(desk, laptop, today: "done")
            try FileManager.default.removeItem(atPath: laptop.path(desk.file))
            try await laptop.syncthing.scan()
            #expect(try await laptop.machine.status().today == "pending")

            #expect(try await desk.machine.stretchd("done", "--day", "yesterday").status == 0)
            try await agree(desk, laptop, today: "done")
            #expect(try await laptop.machine.status().streak == 2)
            let reports = try await desk.machine.stretchd("status").output
            #expect(!reports.contains("file is gone"))
        }
    }

    @Test func answersCountWhereTheRoutineIsPlannedForAnotherTime() async throws {
        let evening = """
            [[routine]]
            id = "evening"
            title = "Evening"
            schedule = "23:00"
            """
        try await withSyncedMachines(laptopDue: -70, laptopMore: evening) { desk, laptop in
            let (one, other) = (try await desk.machine.dueOccurrence(), try await laptop.machine.dueOccurrence())
            #expect(one != other)
            try await desk.desktop.press("done")
            #expect(try await laptop.desktop.settles(at: 0) == 0)
            #expect(try await laptop.machine.status().today == "done")

            #expect(try await laptop.machine.stretchd("done", "evening").status == 0)
            _ = try await found("the answer at the desk") { try desk.has("evening", in: laptop.file) ? true : nil }
            let status = try await desk.machine.stretchd("status")
            #expect(status.status == 0)
            #expect(!status.output.contains("evening"))
            #expect(try await desk.machine.status().today == "done")
            #expect(try await desk.machine.status().streak == 1)
        }
    }
}

/// Returns when both say the same, and this of it.
private func agree(_ one: SyncedMachine, _ other: SyncedMachine, _ isSo: (String) -> Bool) async throws {
    var histories: [String] = []
    let agreed = try await eventually {
        histories = [try await one.history(), try await other.history()]
        return histories[0] == histories[1] && isSo(histories[0]) ? true : nil
    }
    #expect(agreed == true, "they say \(histories)")
}

private func agree(_ one: SyncedMachine, _ other: SyncedMachine, today: String) async throws {
    try await agree(one, other) { $0.contains(#""today":"\#(today)""#) }
}

extension SyncedMachine {
    /// Whether a file of its journal is there and says this.
    fileprivate func has(_ text: String, in file: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path(file)) else { return false }
        return try String(contentsOfFile: path(file), encoding: .utf8).contains(text)
    }

    fileprivate func conflictCopies(of file: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: machine.journal.path)
            .filter { $0.hasPrefix(file.prefix(8) + ".sync-conflict-") && $0.hasSuffix(".jsonl") }
    }

    /// Adds a line by hand.
    fileprivate func extend(_ file: String, with line: String) throws {
        let handle = try FileHandle(forWritingTo: machine.journal.appending(path: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((line + "\n").utf8))
        try handle.close()
    }
}

extension Machine {
    /// A line for a stretch outside the schedule.
    fileprivate func bonus(daysAgo days: Int) -> String {
        let time = Date(timeIntervalSinceNow: -86_400 * Double(days)).formatted(.iso8601)
        return #"{"v":1,"id":"bonus \#(days)","ts":"\#(time)","type":"done","routine":"morning"}"#
    }
}
