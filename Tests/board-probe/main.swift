// A process with a notification board and nothing else, on whatever session bus it is started on. Reads commands from
// standard input (post ROUTINE TITLE..., ask ROUTINE: without steps, extra ROUTINE: with Done only, several ROUTINE: one of them, remind ROUTINE: once
// more, heed ROUTINE: what heeds "do not disturb", guide PERCENT TITLE..., warnings, remark TITLE, body TITLE BODY...,
// withdraw ROUTINE, stop, echo), prints what the board reports, one line each. The routine `guide` is the guide. Its
// picture is the file that PICTURE names, DESKTOP_ENTRY the id of a desktop entry that is installed. Arguments: what a
// former process posted, as ROUTINE=SERVER/ID.
internal import Glibc
internal import ShortPatience
internal import StretchBase
internal import StretchCore
internal import StretchDesktop

func line(_ event: BoardEvent) -> String {
    switch event {
    case .server(nil): "server none"
    case .server(.some(let server)): "server \(server.name) \(server.address)"
    case .shown(let subject, let posted): "shown \(name(subject)) \(posted.server)/\(posted.id)"
    case .failed(let subject, let failure): "failed \(name(subject)): \(failure)"
    case .pressed(let subject, let action): "pressed \(name(subject)) \(action)"
    case .closed(let subject): "closed \(name(subject))"
    case .doNotDisturbEnded: "do not disturb ended"
    case .busFound: "bus found"
    case .noBus(let failure): "no bus: \(failure)"
    case .busLost: "bus lost"
    case .stopped: "stopped"
    }
}

func name(_ subject: Prompt.Subject) -> String {
    if case .bonus(let routine) = subject { routine } else { "\(subject)" }
}

func subject(_ name: String) -> Prompt.Subject { name == "guide" ? .guide : .bonus(routine: name) }

func adopted(_ argument: String) -> (Prompt.Subject, Posted)? {
    let parts = argument.split(whereSeparator: { "=/".contains($0) })
    guard parts.count == 3, let id = UInt32(parts[2]) else { return nil }
    return (subject(String(parts[0])), Posted(server: String(parts[1]), id: id))
}

/// At once and whole: print keeps what goes to a pipe.
func say(_ text: String) { _ = (text + "\n").withCString { write(1, $0, strlen($0)) } }

let buttons: [Prompt.Button] = [
    .init(.start, "Start"), .init(.done, "Done"),
    .init(.snooze, "Snooze 10 min"), .init(.skip, "Not today"),
]

let guideButtons: [Prompt.Button] = [
    .init(.pause, "Pause"), .init(.next, "Next"), .init(.stop, "Stop"),
]

func guide(_ percent: String, _ title: String) -> Prompt {
    var prompt = Prompt(
        subject: .guide, title: title,
        body: "Tip the pelvis back under the spine, then lean forward until you feel it in the hip.",
        buttons: guideButtons)
    prompt.click = .next
    prompt.picture = .init(of: "hip")
    prompt.progress = Double(percent).map { $0 / 100 }
    return prompt
}

let warnings = {
    var prompt = Prompt(
        subject: .guide, title: "Before you begin", body: "Numbness",
        buttons: [.init(.next, "None of these"), .init(.stop, "Not now")])
    prompt.click = .again
    prompt.picture = .init(of: "hip")
    prompt.brief = Prompt.Brief(title: "Not with", body: "Numbness.", hint: "None? Go on")
    return prompt
}()

let remark = {
    var prompt = Prompt(subject: .guide, title: "Done · day 13", body: "Morning stretch")
    prompt.isPassing = true
    return prompt
}()

func prompt(for routine: String, _ title: String, hasSteps: Bool = true, dispensable: Prompt.Action = .skip) -> Prompt {
    var prompt = Prompt(
        subject: .bonus(routine: routine), title: title, body: "Hips & <back>",
        buttons: hasSteps ? buttons : Array(buttons.dropFirst()), sound: "bell")
    prompt.click = hasSteps ? .start : nil
    prompt.dispensable = dispensable
    return prompt
}

let picture = getenv("PICTURE").map { String(cString: $0) }
let desktopEntry = getenv("DESKTOP_ENTRY").map { String(cString: $0) }
let former = CommandLine.arguments.dropFirst().compactMap(adopted)
let board = NotificationBoard(
    adopted: Dictionary(uniqueKeysWithValues: former), picture: { $0.stretch == "hip" ? picture : nil },
    desktopEntry: { desktopEntry },
    report: { say(line($0)) })
while let command = readLine() {
    let words = command.split(separator: " ", maxSplits: 2).map(String.init)
    switch words.first {
    case "post": board.post(prompt(for: words[1], words.count > 2 ? words[2] : words[1]))
    case "ask": board.post(prompt(for: words[1], words[1], hasSteps: false))
    case "extra":
        board.post(Prompt(subject: .bonus(routine: words[1]), title: "Extra", body: "", buttons: [buttons[1]]))
    case "several":
        var prompt = prompt(for: words[1], words[1])
        prompt.routine = words[1]
        board.post(prompt)
    case "remind": board.post(prompt(for: words[1], words[1], dispensable: .snooze))
    case "warnings": board.post(warnings)
    case "heed":
        var prompt = Prompt(subject: .bonus(routine: words[1]), title: "Heeding", body: "", buttons: buttons)
        prompt.heedsDoNotDisturb = true
        board.post(prompt)
    case "guide": board.post(guide(words[1], words[2]))
    case "remark": board.post(remark)
    case "withdraw": board.withdraw(subject(words[1]))
    case "stop": board.stop()
    case "body":
        board.post(Prompt(subject: .guide, title: words[1], body: words[2], buttons: guideButtons))
    case "echo": say("echo")
    default: say("what? \(command)")
    }
}
