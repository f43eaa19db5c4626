import StretchCore

/// A day as an option takes it: `today`, `yesterday` or `2026-11-22`.
enum DayArgument {
    static func parse(_ text: String, of option: String, in allowed: ClosedRange<Day>, today: Day) throws -> Day {
        let day: Day? =
            switch text.lowercased() {
            case "today": today
            case "yesterday": today - 1
            default: Day(text)
            }
        guard let day else {
            throw Complaint(
                .badInput, "\(option) is \"\(text)\"; allowed: today, yesterday or a date such as \(today)")
        }
        guard allowed.contains(day) else {
            throw Complaint(
                .badInput, "\(option) is \(text); allowed: \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        return day
    }
}
