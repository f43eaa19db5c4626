/// The five fields of a crontab line, which many write from habit: `30 7 * * 1-5`.
struct CronLine {
    private let minute: String
    private let hour: String
    private let date: String?
    private let weekdays: String?

    /// Nil when the words are no crontab line, or one that no calendar event says.
    init?(_ words: [String]) {
        guard words.count == 5, let minute = Self.field(words[0], from: 0), let hour = Self.field(words[1], from: 0),
            let day = Self.field(words[2], from: 1), let month = Self.field(words[3], from: 1),
            let weekdays = Self.weekdays(words[4])
        else { return nil }
        self.minute = minute
        self.hour = hour
        self.date = day == "*" && month == "*" ? nil : "*-\(month)-\(day)"
        self.weekdays = weekdays == CalendarEvent.everyWeekday ? nil : Weekdays.text(weekdays)
    }

    var calendarEvent: String { [weekdays, date, "\(hour):\(minute)"].compactMap(\.self).joined(separator: " ") }

    /// `*/15` begins at the first value, a range is written with dots, and numbers get two digits.
    private static func field(_ text: String, from first: Int) -> String? {
        if text == "*" { return text }
        var values: [String] = []
        for value in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = value.split(separator: "/", omittingEmptySubsequences: false)
            let range = halves[0] == "*" ? [first] : halves[0].split(separator: "-").map { number($0) ?? -1 }
            guard (1...2).contains(range.count), !range.contains(-1), halves.count <= 2 else { return nil }
            let ends = range.map { padded($0, 2) }.joined(separator: "..")
            values.append(halves.count == 2 ? "\(ends)/\(halves[1])" : ends)
        }
        return values.joined(separator: ",")
    }

    /// 0 and 7 are Sunday.
    private static func weekdays(_ text: String) -> UInt8? {
        if text == "*" { return CalendarEvent.everyWeekday }
        var set: UInt8 = 0
        for range in text.split(separator: ",") {
            let ends = range.split(separator: "-").map(weekday)
            guard (1...2).contains(ends.count), let first = ends[0], var last = ends[ends.count - 1] else { return nil }
            if last < first { last += 7 }
            for day in first...last { set |= 1 << UInt8(day % 7) }
        }
        return set
    }

    /// 0 is Monday.
    private static func weekday(_ text: Substring) -> Int? {
        if let number = number(text) { return number <= 7 ? (number + 6) % 7 : nil }
        return Weekdays.prefix(of: Array(text.utf8)[...])?.day
    }
}
