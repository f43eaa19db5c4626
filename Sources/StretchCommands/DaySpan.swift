import StretchBase
import StretchCore

extension Workspace {
    /// A day as the value of an option that looks back: `today`, `monday`, `22 Nov` or `2026-11-22`.
    func day(_ text: String, of option: String, in allowed: ClosedRange<Day>) throws -> Day {
        let found = try Complaint.ifFailed(.badInput, option) { try DayArgument.day(text, .past, of: today) }
        guard let day = found else {
            let examples = DayArgument.examples(.past, of: today)
            throw Complaint(.badInput, "\(option): \(quoted(text)) is no day; allowed: \(examples)")
        }
        guard allowed.contains(day) else {
            // After midnight, the day before may not be over yet. The message then explains this.
            let parts = [
                "\(option) is \(text == "\(day)" ? text : "\(quoted(text)), \(day)")",
                "allowed: \(allowed.lowerBound) to \(allowed.upperBound)",
            ]
            throw Complaint(.badInput, (parts + [lateHours].compactMap(\.self)).joined(separator: "; "))
        }
        return day
    }
}

/// The days that `--from` and `--to` name, today at the latest; nil when an option was not given.
struct DaySpan {
    let from: Day?
    let to: Day?

    init(from: String?, to: String?, _ workspace: Workspace) throws {
        // Day 0 is 1 January 1970. Nothing is planned before it.
        let allowed = Day(ordinal: 0)...workspace.today
        self.from = try from.map { try workspace.day($0, of: "--from", in: allowed) }
        self.to = try to.map { try workspace.day($0, of: "--to", in: allowed) }
        if let from = self.from, let to = self.to, from > to {
            throw Complaint(.badInput, "--from is \(from), which is after --to, \(to); turn them around")
        }
    }
}
