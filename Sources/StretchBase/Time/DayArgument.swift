/// A day as it is written on the command line: `today`, `monday`, `23 Nov` or `2026-11-23`.
package struct DayArgument {
    /// Which day a weekday or a date without a year means.
    package enum Side: Sendable {
        /// A weekday is the latest one before today, a date without a year the latest one up to today.
        case past
        /// A weekday is the first one after this day, a date without a year the first one from this day on.
        case after(Day)
    }

    private let side: Side
    private let today: Day

    /// The day that a text names; nil if it names none.
    ///
    /// Throws if the text is nearly a day: if it is misspelt, or there is no such date.
    package static func day(_ text: String, _ side: Side, of today: Day) throws(ArgumentRefusal) -> Day? {
        try DayArgument(side: side, today: today).day(text)
    }

    package static let weekdays = Weekdays.long.map { $0.lowercased() }

    /// What can be written, as examples.
    package static func examples(_ side: Side, of today: Day) -> String {
        let (words, date) =
            switch side {
            case .past: ("today, yesterday, monday", today - 7)
            case .after(let day): ("tomorrow, friday", max(day, today) + 7)
            }
        return "\(words), \"\(HumanTime.date(date, relativeTo: today))\" or \(date)"
    }

    /// Whether a text names a weekday without a date, as in `friday` and `friday 15:30`.
    package static func namesWeekday(_ text: String) -> Bool {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace)
        guard let first = words.first, index(of: first, in: Weekdays.long) != nil else { return false }
        return words.dropFirst().allSatisfy { $0 == "at" || $0.contains(":") }
    }

    private func day(_ text: String) throws(ArgumentRefusal) -> Day? {
        guard var parts = DayArgument.parts(of: text.lowercased())?[...], let first = parts.first else { return nil }
        if parts.count == 1, let offset = DayArgument.offsets[String(first)] { return today + offset }
        let weekday = DayArgument.index(of: first, in: Weekdays.long)
        if weekday != nil { parts.removeFirst() }
        if let weekday, parts.isEmpty { return day(ofWeekday: weekday) }
        guard let date = DateParts(parts) else {
            guard weekday == nil, let near = try near(text, parts) else { return nil }
            throw ArgumentRefusal("\(quoted(text)) is no day; did you mean \(near)?")
        }
        guard let day = day(of: date) else { throw noSuchDate(text) }
        guard weekday.map({ $0 == day.weekday }) ?? true else {
            throw ArgumentRefusal("\(quoted(text)): \(day) is a \(Weekdays.long[day.weekday])")
        }
        return day
    }

    /// What was probably meant by a misspelt word, or by a date with the month as a number, such as `24.12.`.
    private func near(_ text: String, _ parts: ArraySlice<Substring>) throws(ArgumentRefusal) -> String? {
        if parts.count == 2, parts.first == "next", let word = parts.last {
            // People mean different days by `next friday`. A date says which.
            guard word == "week" || DayArgument.index(of: word, in: Weekdays.long) != nil else { return nil }
            let weekday = DayArgument.index(of: word, in: Weekdays.long) ?? 0
            let day = DayArgument(side: .after(today), today: today).day(ofWeekday: weekday)
            return HumanTime.date(day, relativeTo: today)
        }
        if parts.count == 1, let word = parts.first {
            let words = DayArgument.offsets.keys.sorted() + DayArgument.weekdays
            return Spelling.nearest(to: String(word), among: words)
        }
        let numbers = parts.compactMap { number($0) }
        // With a slash, or without a dot at the end, the first number may be the month.
        guard numbers.count == parts.count, numbers.count == 3 || numbers.count == 2 && text.hasSuffix("."),
            text.contains(".")
        else { return nil }
        let year = numbers.count == 3 ? numbers[2] + (parts.last?.count == 2 ? 2000 : 0) : nil
        // Without a year it may be a leap year.
        guard Day(year: year ?? 2024, month: numbers[1], day: numbers[0]) != nil else { throw noSuchDate(text) }
        return (["\(numbers[0])", HumanTime.months[numbers[1] - 1]] + [year].compactMap { $0.map(String.init) })
            .joined(separator: " ")
    }

    private func day(ofWeekday weekday: Int) -> Day {
        switch side {
        case .past: today - ((today.weekday - weekday + 6) % 7 + 1)
        case .after(let day): day + ((weekday - day.weekday + 6) % 7 + 1)
        }
    }

    private func day(of date: DateParts) -> Day? {
        if let year = date.year { return Day(year: year, month: date.month, day: date.day) }
        let year = today.components.year
        // The next 29 February may be eight years away.
        let days = (year - 8...year + 8).compactMap { Day(year: $0, month: date.month, day: date.day) }
        return switch side {
        case .past: days.last { $0 <= today }
        case .after(let day): days.first { $0 >= day }
        }
    }

    private func noSuchDate(_ text: String) -> ArgumentRefusal {
        ArgumentRefusal("\(quoted(text)): there is no such date")
    }

    private static let offsets = ["yesterday": -1, "today": 0, "tomorrow": 1]

    /// The numbers and words of a text; nil if it has any other characters than those between them.
    static func parts(of text: String) -> [Substring]? {
        var parts: [Substring] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace || ",.-/".contains(first) {
                rest.removeFirst()
                continue
            }
            let part = first.isLetter ? rest.prefix(while: \.isLetter) : rest.prefix { $0.isASCII && $0.isNumber }
            if part.isEmpty { return nil }
            // The ending of a number, as in `23rd`.
            let isEnding =
                rest.startIndex > text.startIndex && text[text.index(before: rest.startIndex)].isNumber
                && ["st", "nd", "rd", "th"].contains(part)
            if !isEnding { parts.append(part) }
            rest = rest[part.endIndex...]
        }
        return parts
    }

    /// The index of the name that a word is, or that it shortens to three letters or more.
    fileprivate static func index(of word: Substring, in names: [String]) -> Int? {
        guard word.count >= 3 else { return nil }
        return names.firstIndex { $0.lowercased().hasPrefix(word) }
    }
}

/// The numbers of a date such as `23 Nov`, `November 23, 2026` or `2026-11-23`, which may not exist.
private struct DateParts {
    let year: Int?
    let month, day: Int

    init?(_ parts: ArraySlice<Substring>) {
        let parts = Array(parts)
        if parts.count == 3, parts[0].count == 4, let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2])
        {
            (self.year, self.month, self.day) = (year, month, day)
            return
        }
        guard parts.count == 2 || parts.count == 3 && parts[2].count == 4,
            let (month, place) = DateParts.month(in: parts[..<2]), parts[1 - place].count <= 2,
            let day = number(parts[1 - place])
        else { return nil }
        year = parts.count == 3 ? number(parts[2]) : nil
        if parts.count == 3, year == nil { return nil }
        (self.month, self.day) = (month + 1, day)
    }

    /// The month that one of the parts names, counted from 0, and the index of that part.
    private static func month(in parts: ArraySlice<Substring>) -> (month: Int, place: Int)? {
        for place in parts.indices {
            if let month = DayArgument.index(of: parts[place], in: HumanTime.longMonths) { return (month, place) }
        }
        return nil
    }
}
