package import StretchBase

/// A pause as it is written on the command line: `3d`, `until friday`, `today`, `from 20 Dec until 4 Jan`.
package struct PauseArgument {
    private let timetable: Timetable
    private let now: Instant

    /// From a minute to a year; in time spans of systemd a year has 365.25 days.
    private static let allowed: ClosedRange<Duration> = .minutes(1) ... .hours(8766)
    /// How far away a pause may begin, and one that begins now may end.
    private static let farthest = 365

    /// The pause that these words mean; without words, one from now on that has no end.
    package static func pause(of words: [String], in timetable: Timetable, at now: Instant) throws(ArgumentRefusal)
        -> Pause
    {
        let argument = PauseArgument(timetable: timetable, now: now)
        if words.isEmpty { return Pause(from: now, until: nil) }
        return try argument.pause(try argument.clauses(words))
    }

    /// The words after `from`, `until` and `for`; words before all of them are as those after `for`.
    private func clauses(_ words: [String]) throws(ArgumentRefusal) -> [String: String] {
        var clauses: [String: [String]] = [:]
        var name = "for"
        for word in words.flatMap({ $0.split(whereSeparator: \.isWhitespace) }).map(String.init) {
            switch word.lowercased() {
            case "from", "until", "for":
                name = word.lowercased()
                guard clauses[name] == nil else { throw ArgumentRefusal("\(name) is there twice; once is allowed") }
                clauses[name] = []
            case "to", "till":
                throw ArgumentRefusal(
                    "\"\(word)\" could include the last day; write until, and the day on which to ask again")
            default: clauses[name, default: []].append(word)
            }
        }
        // A single argument may be empty.
        if clauses.isEmpty { clauses["for"] = [] }
        return clauses.mapValues { $0.joined(separator: " ") }
    }

    private func pause(_ clauses: [String: String]) throws(ArgumentRefusal) -> Pause {
        if clauses.count == 1, clauses["for"]?.lowercased() == "today" {
            return try pause(["from": "today", "until": "tomorrow"])
        }
        let from = try clauses["from"].map { text throws(ArgumentRefusal) in try beginning(text) }
        let start = from ?? now
        guard let span = clauses["for"] else {
            guard let text = clauses["until"] else { return Pause(from: start, until: nil) }
            return Pause(from: start, until: try end(text, after: start, isGiven: from != nil))
        }
        guard clauses["until"] == nil else {
            throw ArgumentRefusal(
                "a pause has a span or an end, not both: stretchd pause 3d, or stretchd pause until \(today + 3)")
        }
        let length = try length(span)
        guard from != nil else { return Pause(from: now, until: now + length) }
        // From a day on, `2w` ends at the beginning of a day, whatever clock changes lie between.
        let end = timetable.zone.resolve(timetable.zone.civil(start) + length)
        return Pause(from: start, until: end?.instant ?? start + length)
    }

    // MARK: A span

    private func length(_ text: String) throws(ArgumentRefusal) -> Duration {
        let span: Duration
        do throws(SyntaxError) { span = try TimeSpan.parse(text) } catch { throw noSpan(text, error) }
        if let doubt = TimeSpan.doubt(about: text, unit: "d") { throw ArgumentRefusal("\(doubt)") }
        guard !Self.allowed.contains(span) else { return span }
        let advice = span > Self.allowed.upperBound ? "; \(Self.withoutEnd)" : ""
        throw ArgumentRefusal("a pause of \(TimeSpan.format(span)); allowed: 1min to 1y\(advice)")
    }

    private func noSpan(_ text: String, _ error: SyntaxError) -> ArgumentRefusal {
        let words = text.split(separator: " ").map(String.init)
        if let routine = words.first(where: { timetable.configuration.routine($0) != nil }) {
            return ArgumentRefusal("\"\(routine)\" is a routine; a pause holds for all of them, leave it out")
        }
        if case .some(.some(let day)) = try? DayArgument.day(text, .either, of: today) {
            let alone = "only that day: stretchd pause from \(day) until \(day + 1)"
            return ArgumentRefusal(
                day <= today
                    ? "a day needs from or until before it; \(alone)"
                    : "a day needs until before it: stretchd pause until \(text); \(alone)")
        }
        // A text that begins with a digit and has a letter looks like a span.
        if text.first?.isNumber == true, text.contains(where: \.isLetter) { return ArgumentRefusal("\(error)") }
        return ArgumentRefusal("\(error); or until and a day: \(examples)")
    }

    // MARK: The ends

    /// When the pause begins; a day means its beginning, at `day_start`.
    private func beginning(_ text: String) throws(ArgumentRefusal) -> Instant {
        if text.isEmpty { throw ArgumentRefusal("after from comes a day: \(DayArgument.examples(.either, of: today))") }
        let start = try timetable.moment(text, .either, at: now, ofDay: timetable.beginning)
        let (first, last) = (today - Self.farthest, today + Self.farthest)
        guard (first...last).contains(timetable.day(at: start)) else {
            throw ArgumentRefusal("from \(text) is too far away; allowed: from \(first) to \(last)")
        }
        return start
    }

    /// When the pause ends; a day means its beginning, at `day_start`, and prompts start again then.
    ///
    /// - Parameter isGiven: whether the beginning was given, so that the pause may be over already.
    private func end(_ text: String, after start: Instant, isGiven: Bool) throws(ArgumentRefusal) -> Instant {
        if text.isEmpty { throw ArgumentRefusal("after until comes a day: \(examples)") }
        if (try? TimeSpan.parse(text)) != nil {
            throw ArgumentRefusal("\(quoted(text)) is no day; a span goes without until: stretchd pause \(text)")
        }
        let first = timetable.day(at: start)
        let argument = try TimeArgument(text, .after(first), today: today, at: start, in: timetable.zone)
        let end = try argument.instant(in: timetable.zone, of: timetable.beginning)
        let name = if case .day(let day) = argument { "\(day)" } else { moment(end) }
        guard end > start else { throw isGiven ? overBefore(start, name) : over(argument, name) }
        guard timetable.day(at: end) <= max(first, today) + Self.farthest else {
            throw ArgumentRefusal("\(name) is too far away; \(allowedDays(after: first)); \(Self.withoutEnd)")
        }
        return end
    }

    private func overBefore(_ start: Instant, _ name: String) -> ArgumentRefusal {
        let first = timetable.day(at: start)
        return ArgumentRefusal(
            "a pause from \(moment(start)) until \(name) is over before it begins; \(allowedDays(after: first))")
    }

    private func over(_ argument: TimeArgument, _ name: String) -> ArgumentRefusal {
        let lateHours = timetable.lateHours(at: now).map { "; \($0)" } ?? ""
        let allowed = "\(allowedDays(after: today))\(lateHours)"
        // This is so for today. It is so for tomorrow, too, if clocks were set back just after tomorrow began.
        if case .day(let day) = argument, day >= today {
            return ArgumentRefusal("\(name) has begun already; \(allowed); or a span, such as stretchd pause 4h")
        }
        return ArgumentRefusal(
            "\(name) is over; \(allowed); for days that are over: stretchd pause from \(today - 1) until \(today)")
    }

    private func allowedDays(after day: Day) -> String { "allowed: \(day + 1) to \(max(day, today) + Self.farthest)" }

    private func moment(_ instant: Instant) -> String { HumanTime.moment(instant, in: timetable.zone, at: now) }

    private static let withoutEnd = "stretchd pause alone lasts until stretchd resume"
    private var today: Day { timetable.day(at: now) }
    private var examples: String { DayArgument.examples(.after(today), of: today) }
}
