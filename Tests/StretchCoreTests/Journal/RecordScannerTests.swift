import StretchBase
import StretchCore
import Testing

@Suite struct RecordScannerTests {
    /// The required members, with room for more.
    static func line(_ more: String = "", type: String = "done") -> String {
        #"{"v":1,"id":"1","ts":"2026-11-23T07:31:24.890+01:00","type":"\#(type)"\#(more)}"#
    }

    static let done = Record.sample(.done, id: "1")

    @Test(
        "a line may be written by hand",
        arguments: [
            #"{ "type" : "done" , "ts":"2026-11-23T07:31:24.890+01:00","occ":"morning@2026-11-23T07:30","id":"1","v":1 }"#,
            "\t" + line(#","occ":"morning@2026-11-23T07:30""#) + " \r",
            "\u{FEFF}" + line(#","occ":"morning@2026-11-23T07:30""#),
            line(#","occ":"evening@2026-11-23T07:30","occ":"morning@2026-11-23T07:30""#),
            line(#","occ":"\u006dorning@2026-11-23T07:30""#),
            line(#","\u006fcc":"morning@2026-11-23T07:30""#),
            line(#","occ":"morning@2026-11-23T07:30","goal":null,"note":null,"via":null"#),
            line(#","occ":"morning@2026-11-23T07:30","x":{"occ":[1,{"id":null}],"y":-1.5e+3},"z":[],"w":[true,false]"#),
            line(#","occ":"morning@2026-11-23T07:30","via":"watch","":"","typ":1,"id2":"\ud83d\ude00\ud800""#),
            #"{"v":1,"id":"\u0031","ts":"2026-11-23T07:31:24.890\u002B01:00","type":"d\u006Fne","occ":"morning@2026-11-23T07:30"}"#,
        ])
    func byHand(text: String) {
        #expect(scan(text) == .record(Self.done))
    }

    @Test(
        "a line that is no complete record is quarantined, with a reason",
        arguments: [
            ("[]", "not a JSON object"), ("\"done\"", "not a JSON object"), ("null", "not a JSON object"),
            ("1", "not a JSON object"), ("done", "not a JSON object"), ("\0\0\0\0", "not a JSON object"),
            ("{}", "`v` is missing"), (line() + line(), "not JSON at byte 68: something follows the object"),
            (line() + "\0", "not JSON at byte 68: something follows the object"),
            (#"{"v":1}"#, "`id` is missing"), (#"{"v":1,"id":"1"}"#, "`ts` is missing"),
            (#"{"v":null,"id":"1"}"#, "`v` is missing"), (#"{"v":"1"}"#, "`v` is no whole number"),
            (#"{"v":1.5}"#, "`v` is no whole number"), (#"{"v":-1}"#, "`v` is no whole number"),
            (#"{"v":0}"#, "`v` is 0, out of its range"), (#"{"v":1,"id":1}"#, "`id` is no string"),
            (#"{"v":1,"id":""}"#, "`id` is empty"), (#"{"v":1,"id":"\ud800"}"#, "`id` holds half a surrogate pair"),
            (#"{"v":1,"id":"1","ts":"2026-11-23T07:31:24.890+01:00"}"#, "`type` is missing"),
            (
                #"{"v":1,"id":"1","ts":"yesterday","type":"done"}"#,
                "`ts` is no time like 2026-11-23T07:31:24.890+01:00"
            ),
            (line(#","occ":"morning""#), "`occ` is no occurrence like morning@2026-11-23T07:30"),
            (line(#","occ":"@2026-11-23T07:30""#), "`occ` is no occurrence like morning@2026-11-23T07:30"),
            (line(#","occ":7"#), "`occ` is no string"), (line(#","routine":"""#), "`routine` is empty"),
            (line(#","day":"23 Nov""#), "`day` is no date like 2026-11-23"),
            (line(#","pain":11"#), "`pain` is 11, out of its range"),
            (line(#","pain":"5""#), "`pain` is no whole number"), (line(#","pain":"""#), "`pain` is no whole number"),
            (line(#","pain_before":3.5"#), "`pain_before` is no whole number"),
            (line(#","pain":3.0000001"#), "`pain` is no whole number"),
            (line(#","pain":3.00000000000000000001"#), "`pain` is no whole number"),
            (line(#","pain":1e-400"#), "`pain` is no whole number"),
            (line(#","pain":-3"#), "`pain` is no whole number"),
            (line(#","pain":11.0"#), "`pain` is 11, out of its range"),
            (line(#","pain":1e400"#), "`pain` is 9223372036854775807, out of its range"),
            (line(#","goal":0"#), "`goal` is 0, out of its range"), (line(#","note":[]"#), "`note` is no string"),
            (line(type: "snooze"), "`until` is missing"), (line(type: "started"), "`until` is missing"),
            (line(type: "known"), "`stretch` is missing"),
            (line(#","until":5"#, type: "snooze"), "`until` is no string"),
            (line(#","reminder":1"#, type: "prompted"), "`reminder` is neither true nor false"),
            (line(#","closes":"soon""#, type: "prompted"), "`closes` is no time like 2026-11-23T07:31:24.890+01:00"),
            (line(#","late":"no""#), "`late` is neither true nor false"),
            (line(#","waited":true"#, type: "prompted"), "`waited` is no string"),
            (line(#","reason":1"#, type: "held"), "`reason` is no string"),
            (line(type: "undo"), "`ref` is missing"),
            (line(#","ref":"1""#, type: "undo"), "`ref` is no list of strings"),
            (line(#","ref":[1]"#, type: "undo"), "`ref` is no list of strings"),
        ])
    func quarantined(text: String, reason: String) {
        #expect(scan(text) == .quarantined(reason))
    }

    @Test(
        "what is not JSON is quarantined",
        arguments: [
            "{", #"{"v"}"#, #"{"v":}"#, #"{"v":1,}"#, #"{,"v":1}"#, #"{"v":1 "id":"1"}"#, #"{v:1}"#, "{'v':1}",
            #"{"v":01}"#, #"{"v":+1}"#, #"{"v":1.}"#, #"{"v":.5}"#, #"{"v":1e}"#, #"{"v":-}"#, #"{"v":0x1}"#,
            #"{"v":NaN}"#, #"{"v":tru}"#, #"{"v":truee}"#, #"{"v":"\x"}"#, #"{"v":"\u12"}"#, #"{"v":"\u12G4"}"#,
            #"{"v":"\"#, #"{"v":"a}"#, "{\"v\":\"a\tb\"}", "{\"v\":\"a\0b\"}", "{\"v\":1\0}", #"{"v":[1}"#,
            #"{"v":[1,]}"#,
            #"{"v":[1 2]}"#, #"{"v":{"a"}}"#, "{\u{A0}}", #"{"v":1}}"#, #"{"v":1]"#, "{\"v\":1}\u{FEFF}",
        ])
    func notJSON(text: String) {
        guard case .quarantined(let reason) = scan(text) else {
            Issue.record("accepted")
            return
        }
        #expect(reason.hasPrefix("not JSON at byte "))
    }

    @Test("what is not UTF-8 is quarantined, in unknown members too", arguments: ["id", "unknown", "x\u{301}"])
    func notUTF8(member: String) {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80]] {
            let line = Array(#"{"v":1,"\#(member)":"a"#.utf8) + bytes + Array(#""}"#.utf8)
            guard case .quarantined(let reason) = scan(line) else {
                Issue.record("accepted \(bytes)")
                continue
            }
            #expect(reason.hasSuffix("a string is not UTF-8"))
        }
    }

    @Test(arguments: ["[", #"{"a":"#])
    func deepNestingIsQuarantinedAndDoesNotCrash(opening: String) {
        let text = #"{"v":1,"x":"# + String(repeating: opening, count: 100_000)
        guard case .quarantined(let reason) = scan(text) else {
            Issue.record("accepted")
            return
        }
        #expect(reason.hasSuffix("values are nested too deep"))
    }

    @Test func aLineCutAtAnyByteIsQuarantined() {
        var record = Record.sample(.pause(from: .sample, until: .sample), of: .routine("Rücken"))
        record.note = "🙂 \"\\"
        let line = record.line
        for length in 1..<line.count {
            guard case .quarantined = scan(Array(line.prefix(length))) else {
                Issue.record("\(length) bytes were accepted")
                continue
            }
        }
    }

    /// Tools that know no other numbers than fractions write them so.
    @Test(arguments: [("3.0", 3), ("3e0", 3), ("0.3e1", 3), ("30E-1", 3), ("10.000", 10), ("0.0", 0), ("-0.0", 0)])
    func aWholeNumberCountsHoweverItIsWritten(number: String, pain: Int) {
        let line = Self.line(#","pain":\#(number),"pain_before":\#(number),"goal":2.0"#)
        guard case .record(let record) = scan(line) else {
            Issue.record("\(number) is refused")
            return
        }
        #expect(record.pain == pain)
        #expect(record.painBefore == pain)
        #expect(record.goal == 2)
    }

    @Test("a newer version is told, whatever else it says", arguments: [2, 10, .max])
    func newer(version: Int) {
        #expect(scan(#"{"id":{},"v":\#(version)}"#) == .newer(version))
    }

    @Test func aVersionBeyondAllNumbersIsNewer() {
        #expect(scan(#"{"v":99999999999999999999999}"#) == .newer(.max))
    }

    @Test("blank lines are no records and no complaints", arguments: ["", " ", "\r", "\t\r", "\u{FEFF}"])
    func blank(text: String) {
        #expect(scan(text) == .blank)
    }

    @Test func anUnknownTypeIsKeptWhateverItsMembersMean() {
        let line = Self.line(#","routine":"morning","pain":"much","until":7"#, type: "measured")
        #expect(scan(line) == .record(.sample(.unknown("measured"), of: .routine("morning"), id: "1")))
        let odd = Self.line(#","occ":"someday""#, type: "measured")
        #expect(scan(odd) == .record(.sample(.unknown("measured"), of: .all, id: "1")))
    }

    /// A later version may know more reasons.
    @Test func anUnknownReasonCountsAsNone() {
        #expect(
            scan(Self.line(#","reason":"on-the-moon""#, type: "held"))
                == .record(.sample(.held(nil), of: .all, id: "1")))
        let waited = Self.line(#","waited":"on-the-moon""#, type: "prompted")
        #expect(scan(waited) == .record(.sample(.prompted(closes: nil, reminder: false), of: .all, id: "1")))
    }

    @Test func aPauseWithoutABeginningBeginsWhenItWasRecorded() {
        #expect(
            scan(Self.line(type: "pause")) == .record(.sample(.pause(from: .sample, until: nil), of: .all, id: "1")))
    }

    @Test func theOccurrenceOutranksTheRoutine() {
        #expect(scan(Self.line(#","routine":"x","occ":"morning@2026-11-23T07:30""#)) == .record(Self.done))
    }

    @Test func escapesAreRead() {
        var record = Record.sample(.done, of: .all, id: "1")
        record.note = "\"\\/\u{8}\u{C}\n\r\tä🙂\u{0}"
        #expect(scan(Self.line(#","note":"\"\\\/\b\f\n\r\t\u00e4\uD83D\uDE42\u0000""#)) == .record(record))
    }

    @Test func aScannerForgetsTheLineBefore() {
        var scanner = RecordScanner()
        let first = Array(Self.line(#","occ":"morning@2026-11-23T07:30","note":"x""#).utf8)
        let second = Array(Self.line().utf8)
        _ = scanner.scan(first.span)
        #expect(scanner.scan(second.span) == .record(.sample(.done, of: .all, id: "1")))
    }

    @Test func randomDamageNeverCrashes() {
        var random = SystemRandomNumberGenerator()
        var scanner = RecordScanner()
        let line = Array(Self.line(#","occ":"morning@2026-11-23T07:30","x":[{"y":"\ud83d\ude42ä"}]"#).utf8)
        for _ in 0..<20_000 {
            var damaged = line
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[.random(in: damaged.indices, using: &random)] = .random(in: .min ... .max, using: &random)
            }
            _ = scanner.scan(damaged.span)
        }
    }
}
