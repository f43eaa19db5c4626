import StretchCore

/// A day somebody wrote: `today`, `yesterday` or a date.
///
/// - Parameter option: how it is called in the complaint.
func parsedDay(_ text: String, _ option: String, today: Day) throws -> Day {
    let day: Day? =
        switch text.lowercased() {
        case "today": today
        case "yesterday": today - 1
        default: Day(text)
        }
    guard let day else {
        throw Complaint(
            .badInput, "\(option) is \"\(oneLine(text))\"; allowed: today, yesterday or a date such as \(today)")
    }
    return day
}

/// The first and the last day of what is to be told; nil: no bound.
struct DaySpan {
    let from: Day?
    let to: Day?

    init(from: String?, to: String?, today: Day) throws {
        self.from = try from.map { try parsedDay($0, "--from", today: today) }
        self.to = try to.map { try parsedDay($0, "--to", today: today) }
        if let last = self.to ?? self.from, last > today {
            throw Complaint(
                .badInput, "\(self.to == nil ? "--from" : "--to") is \(last), which is to come; allowed: up to \(today)"
            )
        }
        if let from = self.from, let to = self.to, from > to {
            throw Complaint(.badInput, "--from is \(from), which is after --to, \(to); turn them around")
        }
    }
}
