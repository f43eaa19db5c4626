import StretchBase
import StretchCore
import Testing

/// What people write into `config.toml` who do not know TOML, or this program, well.
struct SlipTests {
    @Test(arguments: slips)
    func aSlipIsToldWithWhatToWrite(_ slip: Slip) {
        #expect(problems(slip.text, including: files) == ["config.toml: \(slip.message)"])
    }

    @Test(arguments: slips)
    func whatIsAdvisedIsAccepted(_ slip: Slip) {
        #expect(problems(slip.mended, including: files) == [])
    }

    /// The advice is in the message, word for word, wherever the message has one.
    @Test(arguments: slips)
    func theAdviceIsWhatMendsIt(_ slip: Slip) {
        let advice = slip.message.firstMatch(of: /; write (?:each [a-z ,]+: )?([\w.]+ = [^;]+|\[[^;]+\]|"[^;]+)/)?.1
        #expect(advice.map { slip.mended.contains($0) } ?? true)
    }

    @Test func allSlipsOfAFileAreToldAtOnce() {
        let text = """
            [prompt]
            snooze = 10min  # not long
            remindevery = “15min”
            [presence]
            wait = yes
            [[routine]
            id = morning
            schedule = Mon-Fri 7am
            steps = [
              glute-bridge
            ]
            """
        #expect(
            problems(text) == [
                #"config.toml: line 3: remindevery = “15min”: has the quote “, and TOML knows only " and '; write remindevery = "15min""#,
                #"config.toml: line 6: [[routine]: is no table's name; write [[routine]]"#,
                #"config.toml: line 10: glute-bridge: is a text without quotes; write "glute-bridge","#,
                #"config.toml: line 2: snooze = 10min  # not long: is a text without quotes; write snooze = "10min""#,
                #"config.toml: prompt.remindevery: unknown key; did you mean remind_every?"#,
                #"config.toml: line 5: wait = yes: is "yes"; allowed: true or false; write wait = true"#,
                #"config.toml: line 7: id = morning: is a text without quotes; write id = "morning""#,
                #"config.toml: line 8: schedule = Mon-Fri 7am: "Mon-Fri 7am": column 10: after a number comes one of , .. / - ~ : or a blank; did you mean Mon-Fri 07:00?"#,
            ])
    }

    /// A bracket that is missing looks like a flaw of the line below it.
    @Test func aHeaderAndTheLineBelowItMayBothHaveASlip() {
        #expect(
            problems("[[routine]\nid = morning\nschedule = 07:30") == [
                "config.toml: line 1: [[routine]: is no table's name; write [[routine]]",
                #"config.toml: line 2: id = morning: is a text without quotes; write id = "morning""#,
                #"config.toml: line 3: schedule = 07:30: is a text without quotes; write schedule = "07:30""#,
            ])
    }

    @Test func aFileWithMoreThanAFewSlipsIsNotReadToItsEnd() {
        let found = problems((1...30).map { "key\($0) = a b" }.joined(separator: "\n"))
        #expect(found.count == 21)
        #expect(found.last == "config.toml: more than 20 lines are no TOML; mend those above first")
    }

    @Test func whatCheckPrintsIsAccepted() throws {
        let text = """
            [[routine]]
            id = "a"
            title = "A"
            schedule = ["Mon..Fri 07:30", "Sat,Sun 09:00"]
            except = ["*-12-24..26", "Fri *-*-13"]
            """
        let configuration = try read(text)
        let summary = ConfigurationSummary(configuration, file: "f", at: Instant(seconds: 1_795_370_400), in: .utc)
        let line = try #require(summary.lines.first { $0.hasPrefix("  asks    ") }).dropFirst(10)
        let parts = line.split(separator: ", for 4h").first?.split(separator: ", except ").map(String.init) ?? []
        try #require(parts.count == 2)
        let copy = "[[routine]]\nid = \"a\"\ntitle = \"A\"\nschedule = \(parts[0])\nexcept = \(parts[1])"
        #expect(try read(copy) == configuration)
    }

    /// No advice is better than a wrong one.
    @Test(arguments: [
        ("hello world", "line 1, column 7: hello world: expected '=', saw 'w'; allowed: TOML 1.0"),
        ("prompt.snooze =", "line 1, column 16: prompt.snooze =: has no value; write one, or take the line out"),
        ("presence.wait = \"perhaps\"", "presence.wait: is \"perhaps\"; allowed: true or false"),
        (
            "{\"prompt\": {\"snooze\": 1}}",
            "line 1, column 1: {\"prompt\": {\"snooze\": 1}}: expected keys, tables, whitespace or comments, saw '{'; allowed: TOML 1.0"
        ),
    ])
    func whatNobodyUnderstandsIsShown(_ text: String, _ message: String) {
        #expect(problems(text) == ["config.toml: \(message)"])
    }

    private let files = ["physio.toml": "", "sub/physio.toml": ""]
}

/// A file with one slip.
struct Slip: Sendable, CustomTestStringConvertible {
    let text: String
    /// Without the file's name.
    let message: String
    let mended: String

    /// - Parameter place: what stands above the slip.
    init(_ place: String = "", _ line: String, _ message: String, _ mended: String) {
        (text, self.message, self.mended) = (place + line, message, place + mended)
    }

    var testDescription: String { text.split(separator: "\n").last.map(String.init) ?? "" }
}

private let prompt = "[prompt]\n"
private let presence = "[presence]\n"
private let guide = "[guide]\n"
/// Lacks its schedule, which comes in line 4.
private let bare = "[[routine]]\nid = \"a\"\ntitle = \"A\"\n"
private let routine = bare + "schedule = \"07:30\"\n"
private let step = routine + "[[routine.steps]]\n"
private let stretch = "[[stretch]]\nid = \"s\"\ntitle = \"S\"\nmovement = \"M\"\n"
private let own = "[[routine]]\nid = \"morning\"\nschedule = \"07:30\"\n"

private let idRule = "allowed: 1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit"
private let eventRule = #"allowed: calendar events in quotes such as "Mon..Fri 07:30", one or a list"#
private let snoozeRule = #"allowed: a time span in quotes from 1min to 12h, such as "10min""#
private let dayRule = #"allowed: a time in quotes from "00:00" to "12:00""#
private let quoteRule = #"and TOML knows only " and '"#

private let slips: [Slip] = withoutQuotes + wrongQuotes + lists + brackets + names + ids + values + times + others

private let withoutQuotes: [Slip] = [
    Slip(
        bare, "schedule = Mon..Fri 07:30",
        #"line 4: schedule = Mon..Fri 07:30: is a text without quotes; write schedule = "Mon..Fri 07:30""#,
        #"schedule = "Mon..Fri 07:30""#),
    Slip(
        bare, "schedule = 07:30", #"line 4: schedule = 07:30: is a text without quotes; write schedule = "07:30""#,
        #"schedule = "07:30""#),
    Slip(
        bare, "schedule = 07:30:00",
        #"routine "a": schedule: is a time without quotes; \#(eventRule); write schedule = "07:30""#,
        #"schedule = "07:30""#),
    Slip(
        prompt, "snooze = 10min", #"line 2: snooze = 10min: is a text without quotes; write snooze = "10min""#,
        #"snooze = "10min""#),
    Slip(
        prompt, "snooze = 10 minutes # long",
        #"line 2: snooze = 10 minutes # long: is a text without quotes; write snooze = "10 minutes""#,
        #"snooze = "10 minutes""#),
    Slip(
        prompt, "snooze = 10 mins",
        #"line 2: snooze = 10 mins: is "10 mins": column 4: "mins" is no unit; did you mean min?; \#(snoozeRule); write snooze = "10 min""#,
        #"snooze = "10 min""#),
    Slip(
        presence, "wait = yes", #"line 2: wait = yes: is "yes"; allowed: true or false; write wait = true"#,
        "wait = true"),
    Slip(
        guide, "sound = Off", #"line 2: sound = Off: is "Off"; allowed: true or false; write sound = false"#,
        "sound = false"),
    Slip(
        prompt, "sound = bell", #"line 2: sound = bell: is a text without quotes; write sound = "bell""#,
        #"sound = "bell""#),
    Slip(
        routine, "steps = [glute-bridge, cat-camel]",
        #"line 5: steps = [glute-bridge, cat-camel]: is a text without quotes; write steps = ["glute-bridge", "cat-camel"]"#,
        #"steps = ["glute-bridge", "cat-camel"]"#),
    Slip(
        routine, "steps = Glute bridge",
        #"line 5: steps = Glute bridge: "Glute bridge": unknown stretch; did you mean "glute-bridge"?"#,
        #"steps = "glute-bridge""#),
    Slip(
        routine, "except = 2026-12-24",
        #"routine "a": except: is a date without quotes; allowed: days in quotes such as "*-12-24..26" or "Sat,Sun", one or a list; write except = "2026-12-24""#,
        #"except = "2026-12-24""#),
]

private let wrongQuotes: [Slip] = [
    Slip(
        bare, "schedule = “Mon..Fri 07:30”",
        #"line 4: schedule = “Mon..Fri 07:30”: has the quote “, \#(quoteRule); write schedule = "Mon..Fri 07:30""#,
        #"schedule = "Mon..Fri 07:30""#),
    Slip(
        bare, "schedule = „07:30“",
        #"line 4: schedule = „07:30“: has the quote „, \#(quoteRule); write schedule = "07:30""#, #"schedule = "07:30""#
    ),
    Slip(
        own, "title = Don’t wait", #"line 4: title = Don’t wait: is a text without quotes; write title = "Don’t wait""#,
        #"title = "Don’t wait""#),
    Slip(
        guide, "pain = ‘never’", #"line 2: pain = ‘never’: has the quote ‘, \#(quoteRule); write pain = "never""#,
        #"pain = "never""#),
    Slip(
        routine, "steps = [“glute-bridge”, “cat-camel”]",
        #"line 5: steps = [“glute-bridge”, “cat-camel”]: has the quote “, \#(quoteRule); write steps = ["glute-bridge", "cat-camel"]"#,
        #"steps = ["glute-bridge", "cat-camel"]"#),
    Slip(
        prompt, #"snooze = "10min"#,
        #"line 2: snooze = "10min: lacks " at the end of the text; write snooze = "10min""#,
        #"snooze = "10min""#),
    Slip(
        prompt, "snooze = \"10min  # how long\nreminders = 1",
        #"line 2: snooze = "10min  # how long: lacks " at the end of the text; write snooze = "10min""#,
        "snooze = \"10min\"  # how long\nreminders = 1"),
    Slip(
        prompt, #"snooze = 10min""#, #"line 2: snooze = 10min": lacks " before the text; write snooze = "10min""#,
        #"snooze = "10min""#),
    Slip(
        prompt, #"snooze = '10min""#,
        #"line 2: snooze = '10min": lacks ' at the end of the text; write snooze = "10min""#, #"snooze = "10min""#),
    Slip(
        own, #"title = "The "best" one""#,
        #"line 4: title = "The "best" one": has quotes inside quotes; write title = 'The "best" one'"#,
        #"title = 'The "best" one'"#),
    Slip(
        stretch, #"drawing = "\o/""#,
        #"line 5: drawing = "\o/": has a \ in double quotes; write drawing = '\o/'"#, #"drawing = '\o/'"#),
    Slip(
        prompt, "snooze\u{A0}= \"10min\"",
        #"line 2: snooze\#u{A0}= "10min": has a blank that is none, such as a non-breaking one; write snooze = "10min""#,
        #"snooze = "10min""#),
    Slip(
        bare, "schedule = \"Mon..Fri\u{A0}07:30\"",
        #"routine "a": schedule: "Mon..Fri\#u{A0}07:30": column 9: after a weekday comes a blank, a comma, or .. and the last day of a range; did you mean Mon..Fri 07:30?"#,
        #"schedule = "Mon..Fri 07:30""#),
    Slip(
        bare, "schedule = \"Mon..Fri\t07:30\"",
        #"routine "a": schedule: "Mon..Fri\t07:30": column 9: after a weekday comes a blank, a comma, or .. and the last day of a range; did you mean Mon..Fri 07:30?"#,
        #"schedule = "Mon..Fri 07:30""#),
]

private let lists: [Slip] = [
    Slip(
        bare, #"schedule = "07:00, 19:00""#,
        #"routine "a": schedule: "07:00, 19:00": holds several; write each in quotes of its own, in a list: ["07:00", "19:00"]"#,
        #"schedule = ["07:00", "19:00"]"#),
    Slip(
        bare, #"schedule = "Mon..Fri 07:30, Sat,Sun 9am""#,
        #"routine "a": schedule: "Mon..Fri 07:30, Sat,Sun 9am": holds several; write each in quotes of its own, in a list: ["Mon..Fri 07:30", "Sat,Sun 09:00"]"#,
        #"schedule = ["Mon..Fri 07:30", "Sat,Sun 09:00"]"#),
    Slip(
        bare, #"schedule = "Mon..Fri 07:30 and 19:00""#,
        #"routine "a": schedule: "Mon..Fri 07:30 and 19:00": holds several; write each in quotes of its own, in a list: ["Mon..Fri 07:30", "Mon..Fri 19:00"]"#,
        #"schedule = ["Mon..Fri 07:30", "Mon..Fri 19:00"]"#),
    Slip(
        bare, #"schedule = "Mon..Fri 07:30, Sat,Sun 09:00, except *-12-24..26""#,
        #"routine "a": schedule: "Mon..Fri 07:30, Sat,Sun 09:00, except *-12-24..26": holds several; write each in quotes of its own, in a list: ["Mon..Fri 07:30", "Sat,Sun 09:00"]; what follows except belongs into the key except"#,
        "schedule = [\"Mon..Fri 07:30\", \"Sat,Sun 09:00\"]\nexcept = \"*-12-24..26\""),
    Slip(
        bare, #"schedule = "07:00", "19:00""#,
        #"line 4: schedule = "07:00", "19:00": has several texts and no brackets; write schedule = ["07:00", "19:00"]"#,
        #"schedule = ["07:00", "19:00"]"#),
    Slip(
        bare, "schedule = [07:00, 19:00]",
        #"line 4: schedule = [07:00, 19:00]: is a text without quotes; write schedule = ["07:00", "19:00"]"#,
        #"schedule = ["07:00", "19:00"]"#),
    Slip(
        bare, "schedule = [Mon,Thu 07:00]",
        #"line 4: schedule = [Mon,Thu 07:00]: is a text without quotes; write schedule = ["Mon,Thu 07:00"]"#,
        #"schedule = ["Mon,Thu 07:00"]"#),
    Slip(
        routine, #"steps = ["glute-bridge" "cat-camel"]"#,
        #"line 5: steps = ["glute-bridge" "cat-camel"]: lacks a comma between two texts; write steps = ["glute-bridge", "cat-camel"]"#,
        #"steps = ["glute-bridge", "cat-camel"]"#),
    Slip(
        routine, #"steps = ["glute-bridge, "cat-camel"]"#,
        #"line 5: steps = ["glute-bridge, "cat-camel"]: has a text that lacks a quote; write steps = ["glute-bridge", "cat-camel"]"#,
        #"steps = ["glute-bridge", "cat-camel"]"#),
]

private let brackets: [Slip] = [
    Slip(
        routine, "steps = [\"glute-bridge\", \"cat-camel\"\nwindow = \"4h\"",
        #"line 5: steps = ["glute-bridge", "cat-camel": lacks ] at its end; write steps = ["glute-bridge", "cat-camel"]"#,
        "steps = [\"glute-bridge\", \"cat-camel\"]\nwindow = \"4h\""),
    Slip(
        routine, "steps = [\n  \"glute-bridge\",\n  \"cat-camel\"\n[prompt]",
        #"line 7: "cat-camel": lacks ] at its end; write "cat-camel"]"#,
        "steps = [\n  \"glute-bridge\",\n  \"cat-camel\"]\n[prompt]"),
    Slip(
        routine, "steps = [\n  \"glute-bridge\"\n  \"cat-camel\"\n]",
        #"line 6: "glute-bridge": lacks , at its end; write "glute-bridge","#,
        "steps = [\n  \"glute-bridge\",\n  \"cat-camel\"\n]"),
    Slip(
        "", "[prompt\nsnooze = \"5min\"", "line 1: [prompt: is no table's name; write [prompt]",
        "[prompt]\nsnooze = \"5min\""),
    Slip(
        "", "[[routine]\nid = \"morning\"\nschedule = \"07:00\"",
        "line 1: [[routine]: is no table's name; write [[routine]]",
        "[[routine]]\nid = \"morning\"\nschedule = \"07:00\""),
    Slip(
        step, "stretch = \"glute-bridge\"\n[[routine.steps]\nstretch = \"cat-camel\"",
        "line 7: [[routine.steps]: is no table's name; write [[routine.steps]]",
        "stretch = \"glute-bridge\"\n[[routine.steps]]\nstretch = \"cat-camel\""),
]

private let names: [Slip] = [
    Slip(
        "", "[[routines]]\nid = \"morning\"\nschedule = \"07:00\"", "routines: unknown key; did you mean [[routine]]?",
        "[[routine]]\nid = \"morning\"\nschedule = \"07:00\""),
    Slip(
        "", "[routine]\nid = \"morning\"\nschedule = \"07:00\"",
        "routine: is a table; allowed: tables, each beginning with a line [[routine]]",
        "[[routine]]\nid = \"morning\"\nschedule = \"07:00\""),
    Slip(
        "", "[prompts]\nsnooze = \"5min\"", "prompts: unknown key; did you mean [prompt]?",
        "[prompt]\nsnooze = \"5min\""),
    Slip(
        "", "[[prompt]]\nsnooze = \"5min\"", "prompt: is a list; allowed: a table: write [prompt]",
        "[prompt]\nsnooze = \"5min\""),
    Slip(
        routine, "[[routine.step]]\nstretch = \"cat-camel\"",
        #"routine "a": step: unknown key; did you mean [[routine.steps]]?"#,
        "[[routine.steps]]\nstretch = \"cat-camel\""),
    Slip(
        routine, "[routine.steps]\nstretch = \"cat-camel\"",
        #"routine "a": steps: is a table; allowed: ids of stretches in quotes, or tables, each beginning with a line [[routine.steps]]"#,
        "[[routine.steps]]\nstretch = \"cat-camel\""),
    Slip(
        "", "[[steps]]\nstretch = \"cat-camel\"",
        "steps: unknown key; write them below a [[routine]], as steps = [...] or [[routine.steps]]",
        routine + "[[routine.steps]]\nstretch = \"cat-camel\""),
    Slip(
        prompt, #"remindevery = "5min""#, "prompt.remindevery: unknown key; did you mean remind_every?",
        #"remind_every = "5min""#),
    Slip(
        prompt, #"remind every = "5min""#,
        #"line 2: remind every = "5min": has a blank in its key; write remind_every = "5min""#,
        #"remind_every = "5min""#),
    Slip(
        bare, #"shedule = "07:30""#, #"routine "a": shedule: unknown key; did you mean schedule?"#,
        #"schedule = "07:30""#),
    Slip(
        bare, #"time = "07:30""#, #"routine "a": time: unknown key; write schedule instead"#, #"schedule = "07:30""#),
    Slip(
        bare, #"times = ["07:30"]"#, #"routine "a": times: unknown key; write schedule instead"#,
        #"schedule = ["07:30"]"#),
    Slip(bare, #"at = "07:30""#, #"routine "a": at: unknown key; write schedule instead"#, #"schedule = "07:30""#),
    Slip(
        bare, #"days = "Mon""#, #"routine "a": days: unknown key; write schedule instead"#, #"schedule = "Mon 07:30""#),
    Slip(stretch, "reps = 2", #"stretch "s": reps: unknown key; write repeats instead"#, "repeats = 2"),
    Slip(
        stretch, #"duration = "20s""#, #"stretch "s": duration: unknown key; write hold instead"#, #"hold = "20s""#),
    Slip(stretch, "seconds = 20", #"stretch "s": seconds: unknown key; write hold instead"#, #"hold = "20s""#),
    Slip(
        step, #"name = "cat-camel""#, #"routine "a": steps[1]: name: unknown key; write stretch instead"#,
        #"stretch = "cat-camel""#),
    Slip(
        "", "[[routine]]\nid = \"a\"\nname = \"A\"\nschedule = \"07:30\"",
        #"routine "a": name: unknown key; write title instead"#, routine),
    Slip(
        routine, #"duration = "20s""#,
        #"routine "a": duration: unknown key; write hold below [[routine.steps]] or [[stretch]] instead"#,
        "[[routine.steps]]\nstretch = \"cat-camel\"\nhold = \"20s\""),
    Slip(
        routine, #"snooze = "5min""#, #"routine "a": snooze: unknown key; it belongs below [prompt]"#,
        "[prompt]\nsnooze = \"5min\""),
    Slip(
        "", "[prompt]\nday_start = \"03:00\"",
        "prompt.day_start: unknown key; it belongs to the top of the file, above the first table",
        "day_start = \"03:00\"\n[prompt]"),
]

private let ids: [Slip] = [
    Slip(
        "", "[[routine]]\ntitle = \"Evening stretch\"\nschedule = \"21:00\"",
        #"routine #1: id: is missing; \#(idRule); write id = "evening-stretch""#,
        "[[routine]]\nid = \"evening-stretch\"\ntitle = \"Evening stretch\"\nschedule = \"21:00\""),
    Slip(
        "[[routine]]\ntitle = \"A\"\nschedule = \"21:00\"\n", #"id = "Evening Stretch!""#,
        #"routine #1: id: is "Evening Stretch!"; \#(idRule); write id = "evening-stretch""#,
        #"id = "evening-stretch""#),
    Slip(
        "[[stretch]]\ntitle = \"A\"\nmovement = \"M\"\n", "id = 7",
        #"stretch #1: id: is the whole number 7; \#(idRule); write id = "7""#, #"id = "7""#),
]

private let values: [Slip] = [
    Slip(
        presence, #"wait = "yes""#, #"presence.wait: is "yes"; allowed: true or false; write wait = true"#,
        "wait = true"),
    Slip(
        presence, "wait = 0", "presence.wait: is the whole number 0; allowed: true or false; write wait = false",
        "wait = false"),
    Slip(
        prompt, #"reminders = "3""#,
        #"prompt.reminders: is "3"; allowed: a whole number from 0 to 20; write reminders = 3"#, "reminders = 3"),
    Slip(
        prompt, "reminders = 03",
        #"line 2: reminders = 03: is "03"; allowed: a whole number from 0 to 20; write reminders = 3"#,
        "reminders = 3"),
    Slip(
        prompt, "reminders = 3 times",
        #"line 2: reminders = 3 times: is "3 times"; allowed: a whole number from 0 to 20; write reminders = 3"#,
        "reminders = 3"),
    Slip(
        prompt, "reminders = 3;", "line 2: reminders = 3;: has a ; at its end; write reminders = 3", "reminders = 3"),
    Slip(
        prompt, #"urgency = "Low""#,
        #"prompt.urgency: is "Low"; allowed: "low", "normal", "critical"; write urgency = "low""#, #"urgency = "low""#),
    Slip(
        stretch, #"position = "flor""#,
        #"stretch "s": position: is "flor"; allowed: "floor", "standing", "chair", "bed"; write position = "floor""#,
        #"position = "floor""#),
    Slip(
        prompt, "snooze = 10",
        #"prompt.snooze: is the whole number 10; \#(snoozeRule); write snooze = "10min""#, #"snooze = "10min""#),
    Slip(
        prompt, #"snooze = "10""#, #"prompt.snooze: is "10"; \#(snoozeRule); write snooze = "10min""#,
        #"snooze = "10min""#),
    Slip(
        prompt, #"snooze = "0:20""#,
        #"prompt.snooze: is "0:20": column 2: this is no unit; units are us, ms, s, min, h, d, w, month and y; \#(snoozeRule); write snooze = "20min""#,
        #"snooze = "20min""#),
    Slip(
        stretch, "hold = 20",
        #"stretch "s": hold: is the whole number 20; allowed: a time span in quotes from 1s to 10min, such as "15s"; write hold = "20s""#,
        #"hold = "20s""#),
    Slip(
        routine, #"window = "1,5h""#,
        #"routine "a": window: is "1,5h": column 2: this is no unit; units are us, ms, s, min, h, d, w, month and y; allowed: a time span in quotes from 1min to 1d, such as "4h"; write window = "1.5h""#,
        #"window = "1.5h""#),
]

private let times: [Slip] = [
    Slip(
        bare, #"schedule = "07:00 19:00""#,
        #"routine "a": schedule: "07:00 19:00": holds several; write each in quotes of its own, in a list: ["07:00", "19:00"]"#,
        #"schedule = ["07:00", "19:00"]"#),
    Slip(
        bare, #"schedule = "Mon, Tue 7.30; Sat 9""#,
        #"routine "a": schedule: "Mon, Tue 7.30; Sat 9": holds several; write each in quotes of its own, in a list: ["Mon,Tue 07:30", "Sat 09:00"]"#,
        #"schedule = ["Mon,Tue 07:30", "Sat 09:00"]"#),
    Slip(
        bare, #"schedule = "7 am and 7 pm""#,
        #"routine "a": schedule: "7 am and 7 pm": holds several; write each in quotes of its own, in a list: ["07:00", "19:00"]"#,
        #"schedule = ["07:00", "19:00"]"#),
    Slip(
        bare, #"schedule = "7:30am""#,
        #"routine "a": schedule: "7:30am": column 5: after a number comes one of , .. / - ~ : or a blank; did you mean 07:30?"#,
        #"schedule = "07:30""#),
    Slip(
        bare, "schedule = 7:30pm",
        #"line 4: schedule = 7:30pm: "7:30pm": column 5: after a number comes one of , .. / - ~ : or a blank; did you mean 19:30?"#,
        #"schedule = "19:30""#),
    Slip(
        bare, #"schedule = "24:00""#,
        #"routine "a": schedule: "24:00": column 1: hours go from 0 to 23; the midnight that ends a day is 00:00 of the next; did you mean 00:00?"#,
        #"schedule = "00:00""#),
    Slip(
        "", #"day_start = "4:00""#, #"day_start: is "4:00"; \#(dayRule); write day_start = "04:00""#,
        #"day_start = "04:00""#),
    Slip(
        "", "day_start = 4am", #"line 1: day_start = 4am: is "4am"; \#(dayRule); write day_start = "04:00""#,
        #"day_start = "04:00""#),
    Slip(
        "", #"day_start = "24:00""#, #"day_start: is "24:00"; \#(dayRule); write day_start = "00:00""#,
        #"day_start = "00:00""#),
]

private let others: [Slip] = [
    Slip(
        "", "[morning]\nschedule = \"07:30\"",
        #"morning: unknown key; a routine begins with [[routine]]; write that, and id = "morning" below it"#, own),
    Slip(
        "", "[prompt]\nsnooze = \"5min\" // short",
        #"line 2: snooze = "5min" // short: has a comment that does not begin with #; write snooze = "5min""#,
        "[prompt]\nsnooze = \"5min\""),
    Slip("", "; short", "line 1: ; short: has a comment that does not begin with #; write # short", "# short"),
    Slip("", "id = \"morning\"", "id: unknown key; it belongs below [[routine]] or [[stretch]]", own),
    Slip(
        routine, "steps = [\"cat-camel\"]\n[[routine.steps]]\nstretch = \"glute-bridge\"",
        "line 6, column 1: [[routine.steps]]: the steps are there already, in line 5; take that line out, or write these steps in it",
        "[[routine.steps]]\nstretch = \"glute-bridge\""),
    Slip(
        prompt, "snooze = \"5min\"\nsnooze = \"6min\"",
        #"line 3, column 10: snooze = "6min": is there already, in line 2; take one of them out"#, "snooze = \"6min\""),
    Slip(
        prompt, "snooze = \"5min\"\n[prompt]\nreminders = 1",
        "line 3, column 1: [prompt]: is there already, in line 1; take this line out, and write what is below it there",
        "snooze = \"5min\"\nreminders = 1"),
    Slip(
        prompt, #"snooze: "10min""#,
        #"line 2: snooze: "10min": lacks the = between key and value; write snooze = "10min""#, #"snooze = "10min""#),
    Slip(
        "", #"include = 'sub\physio.toml'"#,
        #"include: "sub\\physio.toml": is missing; between directories write / and not \"#,
        #"include = "sub/physio.toml""#),
]
