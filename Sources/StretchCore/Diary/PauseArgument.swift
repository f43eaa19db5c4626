package import StretchBase

/// The end of a pause, as written on the command line: `3d`, `1h 30min`, `until 2026-12-27`, `until tomorrow`.
package struct PauseArgument {
    /// Why the words do not mean a pause, and what is allowed.
    package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private let timetable: Timetable
    private let now: Instant

    /// From a minute to a year; in time spans of systemd a year has 365.25 days.
    private static let allowed: ClosedRange<Duration> = .minutes(1) ... .hours(8766)

    /// The end that these words mean; nil if there are no words, which means a pause without an end.
    package static func end(of words: [String], in timetable: Timetable, at now: Instant) throws(Refusal) -> Instant? {
        if words.isEmpty { return nil }
        let argument = PauseArgument(timetable: timetable, now: now)
        return try argument.end(of: words.flatMap { $0.split(separator: " ") }.map(String.init))
    }

    private func end(of words: [String]) throws(Refusal) -> Instant {
        if let first = words.first {
            if first.lowercased() == "until" { return try beginning(ofDate: words.dropFirst().joined(separator: " ")) }
            if date(first) != nil { throw refusal("a date needs until before it: stretchd pause until \(first)") }
        }
        return now + (try span(words))
    }

    private func span(_ words: [String]) throws(Refusal) -> Duration {
        let text = words.joined(separator: " ")
        let span: Duration
        do throws(SyntaxError) { span = try TimeSpan.parse(text) } catch {
            if let routine = words.first(where: { timetable.configuration.routine($0) != nil }) {
                throw refusal("\"\(routine)\" is a routine; a pause holds for all of them, leave it out")
            }
            // A text that begins with a digit and has a letter looks like a span. Any other text may be meant as a
            // date.
            let isSpan = text.first?.isNumber == true && text.contains(where: \.isLetter)
            throw refusal("\(error)" + (isSpan ? "" : "; or a date: until \(example)"))
        }
        guard !Self.allowed.contains(span) else { return span }
        let advice =
            if span > Self.allowed.upperBound {
                "; stretchd pause alone lasts until stretchd resume"
            } else if let number = Int(text), number > 0 {
                "; a number alone means seconds, did you mean \(number)d?"
            } else { "" }
        throw refusal("a pause of \(TimeSpan.format(span)); allowed: 1min to 1y\(advice)")
    }

    /// The instant when the day of this date begins, at `day_start`; prompts start again then.
    private func beginning(ofDate text: String) throws(Refusal) -> Instant {
        guard let day = date(text) else {
            if text.isEmpty { throw refusal("after until comes a date: tomorrow, or such as \(example)") }
            if (try? TimeSpan.parse(text)) != nil {
                throw refusal("\"\(text)\" is no date; a span goes without until: stretchd pause \(text)")
            }
            if date(text.prefix { $0 != " " && $0 != "T" }) != nil {
                throw refusal("\"\(text)\" is more than a date; such a pause ends when the day begins")
            }
            throw refusal("\"\(text)\" is no date; allowed: tomorrow, or a date such as \(example)")
        }
        let (first, last) = (today + 1, today + 365)
        let allowed = "allowed: \(first) to \(last)"
        let lateHours = timetable.lateHours(at: now).map { "; \($0)" } ?? ""
        if day < today { throw refusal("\(day) is over; \(allowed)\(lateHours)") }
        if day > last {
            throw refusal("\(day) is too far away; \(allowed); stretchd pause alone lasts until stretchd resume")
        }
        guard let beginning = timetable.beginning(of: day) else {
            throw refusal("the calendar of \(oneLine(timetable.zone.identifier)) skips \(day)")
        }
        // This is so for today. It is so for tomorrow, too, if clocks were set back just after tomorrow began.
        if beginning <= now {
            throw refusal("\(day) has begun already; \(allowed)\(lateHours); or a span, such as stretchd pause 4h")
        }
        return beginning
    }

    private func date(_ text: some StringProtocol) -> Day? {
        switch text.lowercased() {
        case "today": today
        case "tomorrow": today + 1
        default: Day(text)
        }
    }

    private var today: Day { timetable.day(at: now) }
    private var example: Day { today + 7 }

    private func refusal(_ description: String) -> Refusal { Refusal(description: oneLine(description)) }
}
