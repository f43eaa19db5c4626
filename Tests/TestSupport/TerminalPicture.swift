/// What a terminal shows; a minimal emulation, enough for a program that draws whole lines on the second page.
package struct TerminalPicture: Sendable {
    /// The page the shell is on, and the one for programs.
    private var pages: [[String]] = [[], []]
    package private(set) var isOnSecondPage = false
    package private(set) var hasCursor = true
    package private(set) var wraps = true
    package private(set) var bells = 0
    /// Everything that was written, including escape sequences.
    package private(set) var bytes: [UInt8] = []
    private var row = 0
    private var waiting: [UInt8] = []

    package init() {}

    package var lines: [String] { pages[isOnSecondPage ? 1 : 0] }
    package var text: String { lines.joined(separator: "\n") }
    /// Whether the terminal is in the state from before the program.
    package var isAsBefore: Bool { !isOnSecondPage && hasCursor && wraps }

    package mutating func take(_ new: some Sequence<UInt8>) {
        bytes += new
        waiting += new
        // An incomplete sequence or character waits for the rest.
        while let length = nextLength() {
            draw(Array(waiting.prefix(length)))
            waiting.removeFirst(length)
        }
    }

    private func nextLength() -> Int? {
        guard let first = waiting.first else { return nil }
        if first == 0x1B {
            guard waiting.count > 1 else { return nil }
            guard waiting[1] == UInt8(ascii: "[") else { return 2 }
            return waiting.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
        }
        let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return waiting.count >= length ? length : nil
    }

    private mutating func draw(_ piece: [UInt8]) {
        let text = String(decoding: piece, as: UTF8.self)
        switch text {
        case "\u{1B}[?1049h": isOnSecondPage = true
        case "\u{1B}[?1049l": (isOnSecondPage, row) = (false, pages[0].count)
        case "\u{1B}[?25h": hasCursor = true
        case "\u{1B}[?25l": hasCursor = false
        case "\u{1B}[?7h": wraps = true
        case "\u{1B}[?7l": wraps = false
        case "\u{1B}[2J": pages[isOnSecondPage ? 1 : 0] = []
        case "\u{1B}[H": row = 0
        case "\u{7}": bells += 1
        case "\r": break
        case "\n": row += 1
        case _ where text.hasPrefix("\u{1B}[") && text.hasSuffix("H"):
            // A line is always drawn from its first column.
            row = (Int(text.dropFirst(2).prefix { $0 != ";" }) ?? 1) - 1
            put { $0 = "" }
        case _ where text.hasPrefix("\u{1B}"): break
        default: put { $0 += text }
        }
    }

    private mutating func put(_ change: (inout String) -> Void) {
        let page = isOnSecondPage ? 1 : 0
        while pages[page].count <= row { pages[page].append("") }
        change(&pages[page][row])
    }
}
