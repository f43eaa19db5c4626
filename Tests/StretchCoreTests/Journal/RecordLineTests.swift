import StretchBase
import StretchCore
import TestSupport
import Testing

@Suite struct RecordLineTests {
    @Test func aDoneIsWrittenLikeTheExampleOfTheDesign() {
        var record = Record.sample(.done, id: "01a2071a-29da-7c10-8f11-0d4e2b9c7a02")
        record.day = Day("2026-11-23")
        record.via = .notification
        #expect(
            record.text == #"""
                {"v":1,"id":"01a2071a-29da-7c10-8f11-0d4e2b9c7a02","ts":"2026-11-23T07:31:24.890+01:00","type":"done",\#
                "occ":"morning@2026-11-23T07:30","day":"2026-11-23","via":"notification"}
                """#)
    }

    @Test(
        "each kind writes its own members",
        arguments: [
            (.prompted(closes: .sample, reminder: false), #""prompted","closes":"2026-11-23T07:31:24.890+01:00""#),
            (.prompted(closes: nil, reminder: true), #""prompted","reminder":true"#),
            (.skip, #""skip""#), (.held(.noServer), #""held","reason":"no-server""#), (.held(nil), #""held""#),
            (.snooze(until: .sample), #""snooze","until":"2026-11-23T07:31:24.890+01:00""#),
            (.started(until: .sample), #""started","until":"2026-11-23T07:31:24.890+01:00""#),
            (.pause(from: .sample, until: nil), #""pause","from":"2026-11-23T07:31:24.890+01:00""#),
            (
                .pause(from: .sample, until: .sample + .seconds(1)),
                #""pause","from":"2026-11-23T07:31:24.890+01:00","until":"2026-11-23T07:31:25.890+01:00""#
            ),
            (.resume, #""resume""#),
            (.level(2, stretch: "glute-bridge"), #""level","stretch":"glute-bridge","level":2"#),
            (.undo(["a", "b"]), #""undo","ref":["a","b"]"#),
            (.undo([]), #""undo","ref":[]"#),
            (.known(stretch: "pelvic-tilt"), #""known","stretch":"pelvic-tilt""#),
        ] as [(Record.Kind, String)])
    func ownMembers(kind: Record.Kind, members: String) {
        let text = Record.sample(kind, of: .all, id: "1").text
        #expect(text == #"{"v":1,"id":"1","ts":"2026-11-23T07:31:24.890+01:00","type":"# + members + "}")
    }

    @Test func theFirstPromptSaysWhatItWaitedFor() {
        var record = Record.sample(.prompted(closes: nil, reminder: false), of: .all, id: "1")
        (record.waited, record.waitedUntil) = (.locked, .sample - .minutes(1))
        let members = #","waited":"locked","waited_until":"2026-11-23T07:30:24.890+01:00"}"#
        #expect(record.text.hasSuffix(#""prompted""# + members))
        #expect(scan(record.text) == .record(record))
        #expect(record.waitedUntil == .sample - .minutes(1))
        record.waitedUntil = .sample - .days(30)
        #expect(record.waitedUntil == nil, "nothing waits for a month")
    }

    @Test func theEndOfARowOfHeldTimesSaysWhenItBegan() {
        var record = Record.sample(.held(.locked), of: .all, id: "1")
        record.heldSince = .sample - .hours(2)
        #expect(record.text.hasSuffix(#""held","reason":"locked","since":"2026-11-23T05:31:24.890+01:00"}"#))
        #expect(scan(record.text) == .record(record))
    }

    @Test(arguments: [true, false])
    func aVerdictSaysWhetherItIsLate(late: Bool) {
        var record = Record.sample(.skip, of: .all, id: "1")
        #expect(!record.text.contains("late"))
        record.late = late
        #expect(record.text.hasSuffix(#""skip","late":\#(late)}"#))
        #expect(scan(record.text) == .record(record))
    }

    @Test func goalIsWrittenOnlyWhenItIsNotOne() {
        var record = Record.sample(.done, of: .routine("morning"), id: "1")
        #expect(!record.text.contains("goal"))
        record.goal = 3
        #expect(record.text.hasSuffix(#""routine":"morning","goal":3}"#))
    }

    @Test(
        "strings are escaped",
        arguments: [
            (#"a "b" \ c"#, #"a \"b\" \\ c"#), ("a\nb\tc", #"a\nb\tc"#), ("\u{0}\u{1F}\u{7F}", "\\u0000\\u001f\u{7F}"),
            ("Rücken 🙂\u{2028}", "Rücken 🙂\u{2028}"),
        ])
    func escaping(note: String, written: String) {
        var record = Record.sample(.done)
        record.note = note
        #expect(record.text.hasSuffix(#""note":"\#(written)"}"#))
    }

    @Test("what is written reads back equal", arguments: Record.Kind.samples)
    func roundTrip(kind: Record.Kind) {
        for subject: Record.Subject in [.all, .routine("\"r\""), .occurrence(.sample)] {
            var record = Record.sample(kind, of: subject)
            #expect(scan(record.text) == .record(record))
            record.day = Day("2024-02-29")
            (record.goal, record.pain, record.painBefore, record.via) = (4, 0, 10, .guide)
            record.note = "\u{0}🙂 \"\\\r\n"
            #expect(scan(record.text) == .record(record))
        }
    }

    @Test func aPauseKeepsTheDaysItTouches() {
        var record = Record.sample(.pause(from: .sample, until: .sample + .days(3)), of: .all, id: "1")
        (record.day, record.lastDay) = (Day("2026-11-23"), Day("2026-11-26"))
        #expect(record.text.contains(#""day":"2026-11-23","last_day":"2026-11-26","from":"#))
        #expect(scan(record.text) == .record(record))
    }

    @Test func instantsAreCutToTheMillisecondSoThatTheyReadBackEqual() {
        let precise = Instant(microseconds: 1_795_415_484_890_123)
        let record = Record.sample(.pause(from: precise, until: precise))
        #expect(scan(record.text) == .record(record))
    }
}

extension Instant {
    static let sample = Instant(microseconds: 1_795_415_484_890_000)
}

extension OccurrenceID {
    static let sample = OccurrenceID.morning("2026-11-23T07:30")
}

extension Record {
    static func sample(
        _ kind: Kind, of subject: Subject = .occurrence(.sample), id: Record.ID = "01a2071a-29da-7c10-8f11-0d4e2b9c7a02"
    ) -> Record {
        Record(id: id, ts: Timestamp(.sample, offset: 3600), kind: kind, subject: subject)
    }

    var text: String { String(decoding: line, as: UTF8.self) }
}

extension Record.Kind {
    static let samples: [Record.Kind] = [
        .prompted(closes: nil, reminder: false), .prompted(closes: .sample, reminder: true), .done, .skip,
        .held(.doNotDisturb), .held(nil), .snooze(until: .sample), .started(until: .sample),
        .pause(from: .sample, until: nil),
        .pause(from: .sample, until: .sample), .resume, .undo([]), .undo(["a", "\"b\""]),
    ]
}

func scan(_ text: String) -> RecordScanner.Line { scan(Array(text.utf8)) }

func scan(_ bytes: [UInt8]) -> RecordScanner.Line {
    var scanner = RecordScanner()
    return scanner.scan(bytes.span)
}
