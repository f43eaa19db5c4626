import StretchBase
import StretchCore

extension History.State {
    /// One character, in its colour.
    func mark(on terminal: Terminal) -> String { terminal.paint(sign(on: terminal), colour) }

    func sign(on terminal: Terminal) -> String {
        switch self {
        case .done: terminal.hasSymbols ? "●" : "D"
        case .skipped: terminal.hasSymbols ? "–" : "-"
        case .free: terminal.hasSymbols ? "·" : "."
        case .pending: terminal.hasSymbols ? "◌" : "~"
        case .missed: terminal.hasSymbols ? "○" : "o"
        }
    }

    private var colour: Terminal.Colour {
        switch self {
        case .done: .green
        case .missed: .red
        case .pending: .yellow
        case .skipped, .free: .faint
        }
    }
}

extension History {
    /// Such as `13 days since 9 Nov (longest 31)`.
    func streakWords(relativeTo today: Day) -> String {
        longest == 0 ? "no days yet" : "\(streakSince(relativeTo: today)) (longest \(longest))"
    }

    /// Such as `13 days since 9 Nov`.
    func streakSince(relativeTo today: Day) -> String {
        streakCount + (since.map { " since \(HumanTime.date($0, relativeTo: today))" } ?? "")
    }

    /// Such as `13 days`.
    var streakCount: String {
        longest == 0 ? "no days yet" : counted(streak, "day")
    }
}

/// Such as `1 file` and `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A part of 1, such as `64 %`.
func percent(_ ratio: Double) -> String { "\(Int((ratio * 100).rounded())) %" }
