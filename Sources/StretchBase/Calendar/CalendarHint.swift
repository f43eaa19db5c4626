/// Guesses the meaning of a calendar event that cannot be read.
package enum CalendarHint {
    /// A suggestion such as `did you mean 00/2:00?`; nil if there is none.
    static func hint(for text: String) -> String? { suggestion(for: text).map { "did you mean \($0)?" } }

    /// What was probably meant, such as `00/2:00`; nil if nothing comes near.
    ///
    /// The suggested text can always be read.
    package static func suggestion(for text: String) -> String? {
        let words = self.words(of: text)
        let candidate = cron(words) ?? corrected(words)
        return candidate != text && canBeRead(candidate) ? candidate : nil
    }

    /// The events in a text that holds several, such as `07:00, 19:00`, where one can hold only one.
    ///
    /// An event without days gets those of the event before it. Nil if the text does not hold several.
    package static func list(in text: String) -> [String]? {
        let words = self.words(of: text).flatMap { $0.split { ",;&".contains($0) }.map(String.init) }
        var events: [String] = []
        var days: [String] = []
        var areDaysUsed = true
        for word in joined(words.filter { $0.lowercased() != "and" }).map(correctedWord) {
            if word.contains(":") {
                events.append((days.isEmpty ? "" : days.joined(separator: ",") + " ") + word)
                areDaysUsed = true
            } else if !fillers.contains(word.lowercased()) {
                days = (areDaysUsed ? [] : days) + [word]
                areDaysUsed = false
            }
        }
        return areDaysUsed && events.count > 1 && events.allSatisfy(canBeRead) ? events : nil
    }

    /// The words of a text, with `..` where a range is written in another way, such as `Monday to Friday`.
    private static func words(of text: String) -> [String] {
        let text = [" to ", " through ", " - ", " – ", "–"].reduce(text) { $0.replacing($1, with: "..") }
        return text.split(whereSeparator: \.isWhitespace).map { withColon(String($0)) }
    }

    /// Turns `07;30` into `07:30`; the two signs are on one key.
    private static func withColon(_ word: String) -> String {
        let parts = word.split(separator: ";", omittingEmptySubsequences: false)
        let isTime = parts.count == 2 && parts[1].count == 2 && parts.allSatisfy { number($0) != nil }
        return isTime ? parts.joined(separator: ":") : word
    }

    private static func canBeRead(_ text: String) -> Bool {
        var parser = TextParser(text)
        return (try? parser.calendarEvent()) != nil
    }

    /// Corrects each mistake separately, so that one text may contain several.
    private static func corrected(_ words: [String]) -> String {
        var words = joined(dated(words).flatMap(splitTimestamp)).map(correctedWord)
        if words.count > 1 { words.removeAll { fillers.contains($0.lowercased()) } }
        // In a calendar event the weekdays come first.
        if let last = words.last, words.count > 1, isWeekdays(last), !isWeekdays(words[0]) {
            words = [last] + words.dropLast()
        }
        return words.joined(separator: " ")
    }

    private static let fillers: Set = ["at", "every", "on", "day", "daily", "everyday"]
    private static let spoken = [
        "weekdays": "Mon..Fri", "weekday": "Mon..Fri", "workdays": "Mon..Fri", "weekend": "Sat,Sun",
        "weekends": "Sat,Sun", "noon": "12:00", "midnight": "00:00",
    ]

    package static func isWeekdays(_ word: String) -> Bool { Weekdays.prefix(of: Array(word.utf8)[...]) != nil }

    /// Turns `24 Dec` and `December 24, 2026` into `*-12-24` and `2026-12-24`.
    private static func dated(_ words: [String]) -> [String] {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let month = words.indices.lazy.compactMap { place in
            names.firstIndex(of: words[place].prefix(3).lowercased()).map { (place: place, number: $0 + 1) }
        }.first
        guard let month else { return words }
        func value(_ place: Int) -> Int? {
            words.indices.contains(place) ? number(words[place].prefix(while: \.isNumber)[...]) : nil
        }
        let isDayFirst = value(month.place - 1) != nil
        guard let day = value(isDayFirst ? month.place - 1 : month.place + 1), day <= 31 else { return words }
        let end = isDayFirst ? month.place : month.place + 1
        let year = value(end + 1).flatMap { $0 > 999 ? $0 : nil }
        let date = "\(year.map(String.init) ?? "*")-\(padded(month.number, 2))-\(padded(day, 2))"
        let start = isDayFirst ? month.place - 1 : month.place
        return words[..<start] + [date] + words[(year == nil ? end + 1 : end + 2)...]
    }

    /// Splits `2026-11-23T07:30` at the `T`.
    private static func splitTimestamp(_ word: String) -> [String] {
        let halves = word.split(separator: "T", omittingEmptySubsequences: false)
        let isTimestamp = halves.count == 2 && halves[0].last?.isNumber == true && halves[1].first?.isNumber == true
        return isTimestamp ? halves.map(String.init) : [word]
    }

    /// Joins `Mon, Tue` into one word, and `7 am` too.
    private static func joined(_ words: [String]) -> [String] {
        words.reduce(into: []) { joined, word in
            if let last = joined.last,
                last.hasSuffix(",") && isWeekdays(word)
                    || last.last?.isNumber == true && ["am", "pm"].contains(word.lowercased())
            {
                joined[joined.count - 1] = last + word
            } else {
                joined.append(word)
            }
        }
    }

    private static func correctedWord(_ word: String) -> String {
        if let meant = spoken[word.lowercased()] { return meant }
        if word.hasPrefix("@"), word.dropFirst().allSatisfy(\.isLetter) { return String(word.dropFirst()) }
        if let days = longer(word) ?? misspelt(word) { return days }
        if isWeekdays(word) { return word.split(separator: ",").map(unrolled).joined(separator: ",") }
        return time(word) ?? fields(word)
    }

    /// Turns `Mo-Fr` into `Mon-Fri`; nil if there are no weekdays of two letters.
    private static func longer(_ word: String) -> String? {
        let names = word.split { "-.,".contains($0) }
        let days = names.map { name in Weekdays.short.first { $0.dropLast().lowercased() == name.lowercased() } }
        guard !days.isEmpty, days.allSatisfy({ $0 != nil }) else { return nil }
        return zip(names, days).reduce(word) { $0.replacing($1.0, with: $1.1 ?? "") }
    }

    /// Turns `Mon..Fir` into `Mon..Fri`; nil if no name in it is nearly a weekday.
    private static func misspelt(_ word: String) -> String? {
        let names = word.split { "-.,".contains($0) }
        guard names.allSatisfy({ $0.count >= 3 && $0.allSatisfy(\.isLetter) }) else { return nil }
        let wrong = names.filter { !isWholeWeekday($0) }
        let days = wrong.map { Spelling.nearest(to: String($0), among: Weekdays.short + Weekdays.long) }
        guard !wrong.isEmpty, days.allSatisfy({ $0 != nil }) else { return nil }
        return zip(wrong, days).reduce(word) { $0.replacing($1.0, with: $1.1 ?? "") }
    }

    private static func isWholeWeekday(_ name: Substring) -> Bool {
        (Weekdays.short + Weekdays.long).contains { $0.lowercased() == name.lowercased() }
    }

    /// Turns `Sat..Mon`, which runs over the end of the week, into `Sat,Sun,Mon`.
    private static func unrolled(_ range: Substring) -> String {
        let ends = range.split { ".-".contains($0) }.map { Array($0.utf8)[...] }
        guard ends.count == 2, let first = Weekdays.prefix(of: ends[0]), let last = Weekdays.prefix(of: ends[1]),
            first.day > last.day
        else { return String(range) }
        return (first.day...(last.day + 7)).map { Weekdays.short[$0 % 7] }.joined(separator: ",")
    }

    /// Turns `7`, `7.30`, `0730`, `7am` or `7:30pm` into a time such as `07:30`; nil for any other word.
    private static func time(_ word: String) -> String? {
        let half = ["am", "pm"].first { word.lowercased().hasSuffix($0) }
        var parts = word.dropLast(half?.count ?? 0).split(separator: word.contains(":") ? ":" : ".")
        if parts.count == 1, (3...4).contains(parts[0].count) { parts = [parts[0].dropLast(2), parts[0].suffix(2)] }
        guard (1...2).contains(parts.count), parts.count == 1 || parts[1].count == 2,
            !word.contains(":") || half != nil, var hour = number(parts[0]),
            let minute = parts.count == 2 ? number(parts[1]) : 0
        else { return nil }
        if half != nil {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        }
        return "\(padded(hour, 2)):\(padded(minute, 2))"
    }

    /// Corrects a date or a time, field by field.
    private static func fields(_ word: String) -> String {
        if word.contains(":") {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            return parts.enumerated().map { timeField($1, through: $0 == 0 ? 23 : 59) }.joined(separator: ":")
        }
        return word.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("*/") ? "01" + $0.dropFirst() : String($0) }.joined(separator: "-")
    }

    private static func timeField(_ field: Substring, through end: Int) -> String {
        if field == "24", end == 23 { return "00" }
        return field.split(separator: ",").map { unrolled($0, through: end) }.joined(separator: ",")
    }

    /// Turns `*/2` into `00/2`, and `22..02`, which runs over midnight, into `22..23,00..02`.
    private static func unrolled(_ value: Substring, through end: Int) -> String {
        if value.hasPrefix("*/") { return "00" + value.dropFirst() }
        let ends = value.split(separator: ".").map { number($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first > last, first <= end else {
            return String(value)
        }
        return "\(first)..\(end),00..\(padded(last, 2))"
    }

    // MARK: Crontab

    /// Turns a crontab line such as `30 7 * * 1-5`, which many people write from habit, into a calendar event.
    ///
    /// Nil if it cannot read the words as a crontab line.
    private static func cron(_ words: [String]) -> String? {
        guard words.count == 5, let minute = cronField(words[0], from: 0), let hour = cronField(words[1], from: 0),
            let day = cronField(words[2], from: 1), let month = cronField(words[3], from: 1),
            let weekdays = cronWeekdays(words[4])
        else { return nil }
        let names = weekdays == CalendarEvent.everyWeekday ? nil : Weekdays.text(weekdays)
        // Cron takes each day that matches one of the two, a calendar event only days that match both.
        if names != nil, day != "*" { return nil }
        let date = day == "*" && month == "*" ? nil : "*-\(month)-\(day)"
        return [names, date, "\(hour):\(minute)"].compactMap(\.self).joined(separator: " ")
    }

    /// Turns a crontab field into a calendar field: `*/15` begins with `first`, and `1-5` becomes `01..05`.
    private static func cronField(_ text: String, from first: Int) -> String? {
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

    /// The weekdays of a crontab field, one bit for each day; the lowest bit is Monday.
    ///
    /// In a crontab, both 0 and 7 are Sunday.
    private static func cronWeekdays(_ text: String) -> UInt8? {
        if text == "*" { return CalendarEvent.everyWeekday }
        var set: UInt8 = 0
        for range in text.split(separator: ",") {
            let ends = range.split(separator: "-").map(cronWeekday)
            guard (1...2).contains(ends.count), let first = ends[0], var last = ends[ends.count - 1] else { return nil }
            if last < first { last += 7 }
            for day in first...last { set |= 1 << UInt8(day % 7) }
        }
        return set
    }

    /// The weekday that a number or a name means in a crontab; in the result 0 is Monday.
    private static func cronWeekday(_ text: Substring) -> Int? {
        if let number = number(text) { return number <= 7 ? (number + 6) % 7 : nil }
        return Weekdays.prefix(of: Array(text.utf8)[...])?.day
    }
}
