import Foundation
import StretchBase
import StretchCore
import StretchTerminal
import Testing

/// The steps of a guide in the terminal the daemon was started in; that one is the terminal of its process.
struct TerminalBoardTests {
    @Test func stepsOfAGuideFollowEachOtherAsBlocks() async {
        await #expect(processExitsWith: .success) { try await guideInTerminal() }
    }
}

/// The keys of prompts in the terminal, beside those of `stretchd guide`.
struct TerminalBoardKeyTests {
    private let actions: [Prompt.Action] = [
        .start, .done, .snooze, .skip, .pause, .info, .resume, .next, .stop, .later, .less, .more, .answer, .gentle,
        .rest,
    ]

    @Test func aKeyMeansTheSameInAGuide() {
        var shared: Set<String> = []
        for choice in Guide.moments.flatMap(\.choices) {
            guard let action = actions.first(where: { $0.rawValue == "\(choice.command)" }) else { continue }
            for other in actions where other.key == String(choice.key) {
                // The space bar pauses, and goes on where the guide is paused or waits.
                let isSame = other == action || [other, action].allSatisfy { [.pause, .resume, .next].contains($0) }
                #expect(isSame, "\(choice.keyName) is \(other), and \(action) in a guide")
                shared.insert(other.rawValue)
            }
        }
        #expect(shared == ["done", "pause", "info", "resume", "next", "stop", "later", "gentle", "rest"])
    }

    @Test func noTwoButtonsOfAPromptHaveOneKey() {
        let keys = actions.filter { $0 != .resume }.map(\.key)
        #expect(Set(keys).count == keys.count)
    }
}

@MainActor
private func guideInTerminal() async throws {
    let terminal = try OwnTerminal()
    let board = try #require(TerminalBoard())
    var pressed: [Prompt.Action] = []
    board.pressed = {
        #expect($0 == .guide); pressed.append($1)
    }

    func step(_ title: String, sound: String) -> Prompt {
        Prompt(
            subject: .guide, title: title, body: "Lean forward until you feel it in the hip, on the side of the knee.",
            buttons: [.init(.pause, "Pause"), .init(.next, "Next")], sound: sound)
    }
    board.show(step("1 of 4 · left side", sound: ""))
    #expect(
        terminal.said() == """

            1 of 4 · left side
            Lean forward until you feel it in the
            hip, on the side of the knee.
            [space] Pause   [n] Next

            """)

    // The key belongs to the guide until its next block comes; a sound nobody could play is a bell.
    for count in 1...2 {
        terminal.type(count == 1 ? "n" : "N")
        while pressed.count < count { try await Task.sleep(for: .milliseconds(1)) }
    }
    #expect(pressed == [.next, .next])
    board.show(step("1 of 4 · right side", sound: "message"))
    #expect(terminal.said().hasPrefix("\u{7}\n1 of 4 · right side\n"))

    // Of a sound of the guide the bell rings as often as stretchd(5) says.
    board.show(step("1 of 4 · change sides", sound: Cue.sidesChange.soundName))
    var rings = 0
    while rings < 3 {
        rings += terminal.said().count { $0 == "\u{7}" }
        try await Task.sleep(for: .milliseconds(1))
    }
    #expect(rings == 3)

    board.show(Prompt(subject: .guide, title: "Done · day 13", body: "Morning stretch", urgency: .low))
    #expect(terminal.said() == "\nDone · day 13\nMorning stretch\n")
    // Nothing is asked any more, and the terminal is as it was.
    #expect(terminal.isReadByLine)
    board.withdraw(.guide)
    #expect(terminal.said() == "")

    // No line is wider than the terminal, what is told when a prompt goes included.
    let title = String(repeating: "長い題名の", count: 5)
    let prompt = Prompt(
        subject: .bonus(routine: "a"), title: title, body: "", buttons: [.init(.done, "Done")])
    board.show(prompt)
    #expect(terminal.said() == "\u{7}\n長い題名の長い題名の長い題名の長い題名の\n長い題名の\n[d] Done\n")
    board.withdraw(prompt.subject)
    #expect(terminal.said() == "(長い題名の長い題名の長い題名の長い題名\nの長い題名の: no answer needed any more)\n")
}

/// A terminal of 40 columns that controls this process, and is its standard input and output.
private struct OwnTerminal {
    private let end: Int32

    init() throws {
        var size = winsize(ws_row: 24, ws_col: 40, ws_xpixel: 0, ws_ypixel: 0)
        var (end, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&end, &terminal, nil, nil, &size) == 0)
        self.end = end
        try #require(setsid() > 0 && ioctl(terminal, UInt(TIOCSCTTY), 0) == 0)
        for stream in [STDIN_FILENO, STDOUT_FILENO] { dup2(terminal, stream) }
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }

    /// What came up since it was asked last.
    ///
    /// The kernel passes it on in its own time: up to a mark that comes after it.
    func said() -> String {
        let mark: UInt8 = 1
        _ = withUnsafeBytes(of: mark) { write(STDOUT_FILENO, $0.baseAddress, 1) }
        var said: [UInt8] = []
        while said.last != mark {
            var waiting = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 15_000) == 1 else { return "nothing comes through the terminal" }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(end, &bytes, bytes.count)
            said += bytes.prefix(max(count, 0))
        }
        return String(decoding: said.dropLast(), as: UTF8.self).replacing("\r\n", with: "\n")
    }

    func type(_ key: String) { _ = key.withCString { write(end, $0, 1) } }

    var isReadByLine: Bool {
        var settings = termios()
        return tcgetattr(STDIN_FILENO, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON) != 0
    }
}
