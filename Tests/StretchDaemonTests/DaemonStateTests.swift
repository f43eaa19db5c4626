import Glibc
@testable import StretchBase
@testable import StretchCore
import StretchFiles
import Testing

@testable import StretchDaemon

/// `daemon.json`: what a daemon leaves for the commands and for its successor.
struct DaemonStateTests {
    private func withRuntimeDirectory(_ work: (RuntimeDirectory) throws -> Void) throws {
        var template = Array("/tmp/stretchd-state.XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            unlink(path + "/stretchd/daemon.json")
            unlink(path + "/stretchd/lock")
            rmdir(path + "/stretchd")
            rmdir(path)
        }
        try work(try RuntimeDirectory(path + "/stretchd"))
    }

    /// All that a daemon says.
    private static let reasons: [Reason] = [
        .onScreen, .guided, .closed(again: opens), .snoozed(until: opens), .paused(until: nil), .paused(until: opens),
        .away(.noSession, since: opens), .settling(until: opens), .doNotDisturb, .noBus, .noServer, .noAnswer,
        .refused("no"), .handedOver, .clock(.beforeBuild(opens)), .clock(.behindJournal(opens)), .afterPrompt,
        .afterGuide, .usedUp, .passedOver,
    ]

    private let state = {
        var state = DaemonState(
            pid: 42, version: "1", journal: "/j", configuration: .init(path: "/c", reads: 3, problems: ["a: b"]),
            zone: "Europe/Berlin")
        state.due = Self.reasons.map { Due(morning, opens: opens, closes: opens + .hours(4), $0) }
        state.passedOver = ["morning@2026-11-23T07:00"]
        state.reason = .away(.locked, since: opens)
        state.zoneTrouble = "times are in UTC"
        state.incidents = ["the file is gone"]
        state.unwatched = ["cannot watch /c"]
        state.posted = [
            .init(subject: .occurrence(morning), on: Posted(server: ":1.7", id: 9)),
            .init(subject: .guide, on: Posted(server: ":1.7", id: 10)),
        ]
        state.guide = ["01a2071a-29da-7c10-8f11-0d4e2b9c7a02"]
        return state
    }()

    @Test func whatIsWrittenIsReadBack() throws {
        try withRuntimeDirectory { directory in
            try state.write(to: directory)
            let copy = try DaemonState.read(from: directory)
            #expect(copy == state)
        }
    }

    @Test func whatAKilledDaemonLeftIsNotWhatTheNextOneSays() throws {
        try withRuntimeDirectory { directory in
            try state.write(to: directory)
            #expect(try DaemonState.ofRunning(in: directory) == nil)
            let lock = try directory.lock()
            #expect(try DaemonState.ofRunning(in: directory) == nil)
            var own = state
            own.pid = getpid()
            try own.write(to: directory)
            #expect(try DaemonState.ofRunning(in: directory) == own)
            withExtendedLifetime(lock) {}
        }
    }

    /// As the version before guides left it.
    @Test func fileOfADaemonThatKnewNoGuideIsRead() throws {
        try withRuntimeDirectory { directory in
            let text = #"""
                {"pid":42,"version":"1","journal":"/j","configuration":{"path":"/c","reads":3,"problems":[]},"zone":"UTC",\
                "due":[],"posted":[{"occ":"bonus morning","server":":1.7","id":8},\
                {"occ":"morning@2026-11-23T07:30","server":":1.7","id":9}],"passed_over":[]}
                """#
            try directory.replace("daemon.json", with: Array(text.replacing("\\\n", with: "").utf8))
            let state = try #require(try DaemonState.read(from: directory))
            #expect(state.guide.isEmpty)
            #expect(state.posted.map(\.subject) == [OccurrenceID("morning@2026-11-23T07:30").map { .occurrence($0) }])
        }
    }

    @Test func withoutAFileNothingIsKnown() throws {
        try withRuntimeDirectory { directory in
            let state = try DaemonState.read(from: directory)
            #expect(state == nil)
        }
    }

    @Test(arguments: ["", "{", "{}", "[]", "{\"pid\":\"x\"}", "\u{0}"])
    func aFileOfNoUseSaysNothing(text: String) throws {
        try withRuntimeDirectory { directory in
            try directory.replace("daemon.json", with: Array(text.utf8))
            let state = try DaemonState.read(from: directory)
            #expect(state == nil)
        }
    }
}

private let opens = Instant(seconds: 1_795_419_000)
private let morning = OccurrenceID(
    routine: "morning", nominal: CivilTime(day: Day(ordinal: 20_780), hour: 7, minute: 30))

struct StatusLineTests {
    @Test func theNextOccurrenceIsNamedWithItsWeekday() {
        var outlook = Outlook()
        outlook.next = Occurrence(id: morning, opens: opens, closes: opens, day: morning.nominal.day, shifted: false)
        #expect(line(of: outlook) == "Next: morning Mon 07:30")
    }

    @Test func whatIsDueComesFirstWithTheReasonWhyItWaits() {
        var outlook = Outlook()
        outlook.due = [Due(morning, opens: opens, closes: opens, .noServer)]
        outlook.journalTrouble = "disk full"
        #expect(line(of: outlook) == "Due: morning 07:30 (no notification server); Not saved yet: disk full")
    }

    @Test func nothingPlannedIsSaid() {
        #expect(line(of: Outlook()) == "Nothing is planned")
    }

    private func line(of outlook: Outlook) -> String {
        outlook.line(in: Timetable(.standard, zone: .utc), at: opens)
    }
}
