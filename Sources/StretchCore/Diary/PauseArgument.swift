package import StretchBase

/// A pause as it is written on the command line: `3d`, `until friday`, `today`, `from 20 Dec until 4 Jan`.
package struct PauseArgument {
    private let timetable: Timetable
    private let now: Instant

    /// From a minute to a year; in time spans of systemd a year has 365.25 days.
    private static let allowed: ClosedRange<Duration> = .minutes(1) ... .hours(8766)
    /// How far away a pause may begin, and one that begins now may end.
    private static let farthest = 365
    /// How many days back a date without a year may lie; any other such date is the coming one.
    package static let recent = 14

    /// When a pause ends, as the person wrote it.
    private enum Ending {
        case never
        case after(Duration)
        case until(String)
    }

    /// The pause that these words mean; without words, one from now on that has no end.
    package static func pause(of words: [String], in timetable: Timetable, at now: Instant) throws(ArgumentRefusal)
        -> Pause
    {
        if words.isEmpty { return Pause(from: now, until: nil) }
        if words.count == 1, words[0].lowercased() == "today" {
            return try pause(of: ["from", "today", "until", "tomorrow"], in: timetable, at: now)
        }
        let argument = PauseArgument(timetable: timetable, now: now)
        var clauses = try Clauses(words)
        if let to = clauses.words.first(where: { ["to", "till"].contains($0.lowercased()) }) {
            throw ArgumentRefusal(
                "write until, and the day on which to ask again; \(quoted(to)) may mean the day before")
        }
        clauses.takeSpanAfterFrom()
        let ending = try argument.ending(clauses)
        guard let from = clauses.from else {
            return Pause(from: now, until: try argument.end(ending, after: now, from: nil))
        }
        return try argument.pause(from: from, ending)
    }

    private func ending(_ clauses: Clauses) throws(ArgumentRefusal) -> Ending {
        let head = clauses.head.joined(separator: " ")
        if let until = clauses.until {
            guard head.isEmpty else { throw needless(head, until: until, hasFrom: clauses.from != nil) }
            return .until(until)
        }
        if let span = clauses.span {
            guard head.isEmpty else { throw noSpan(head, nil) }
            return .after(try length(span))
        }
        return head.isEmpty && clauses.from != nil ? .never : .after(try length(head))
    }

    // MARK: Where it begins

    /// A weekday is the first one after today, as elsewhere that people look ahead.
    ///
    /// On a Thursday, `from monday until friday` means this week. So the latest Monday is meant if the pause then holds
    /// now, and if its end moves with its beginning: `from saturday until 10 Jan` tells nothing about which Saturday.
    private func pause(from text: String, _ ending: Ending) throws(ArgumentRefusal) -> Pause {
        guard DayArgument.namesWeekday(text) else {
            return try pause(from: text, .after(today - Self.recent), ending)
        }
        let coming = Result { () throws(ArgumentRefusal) in try pause(from: text, .after(today), ending) }
        guard let latest = try? pause(from: text, .after(today - 7), ending), latest.from <= now else {
            return try coming.get()
        }
        guard case .success(let coming) = coming else { return latest }
        return latest.until != coming.until && now < latest.end ? latest : coming
    }

    private func pause(
        from text: String, _ side: DayArgument.Side, _ ending: Ending
    ) throws(ArgumentRefusal) -> Pause {
        if text.isEmpty { throw ArgumentRefusal("after from comes a day: today, \(examples)") }
        // A time alone is one of today.
        let side = text.contains(":") && !text.contains(" ") ? .past : side
        let from = try TimeArgument(text, side, today: today, at: now, in: timetable.zone)
        let start = try from.instant(in: timetable.zone, of: timetable.beginning)
        let (first, last) = (today - Self.farthest, today + Self.farthest)
        guard (first...last).contains(timetable.day(at: start)) else {
            throw ArgumentRefusal("from \(name(from, start)) is too far away; allowed: from \(first) to \(last)")
        }
        if case .never = ending, timetable.day(at: start) < today {
            throw ArgumentRefusal(
                "from \(text) is over and needs an end, such as: stretchd pause from \(text) until tomorrow")
        }
        return Pause(from: start, until: try end(ending, after: start, from: (text, from)))
    }

    // MARK: Where it ends

    private func end(
        _ ending: Ending, after start: Instant, from: (text: String, argument: TimeArgument)?
    ) throws(ArgumentRefusal) -> Instant? {
        switch ending {
        case .never: return nil
        case .until(let text): return try end(text, after: start, from: from)
        case .after(let length):
            // Days end at the same time of day, whatever clock changes lie between.
            let isOfDays = length.microseconds % Duration.hours(24).microseconds == 0
            let end = isOfDays ? timetable.zone.resolve(timetable.zone.civil(start) + length)?.instant : nil
            return end ?? start + length
        }
    }

    /// When the pause ends; a day means its beginning, at `day_start`, and prompts start again then.
    private func end(
        _ text: String, after start: Instant, from: (text: String, argument: TimeArgument)?
    ) throws(ArgumentRefusal) -> Instant {
        if text.isEmpty { throw ArgumentRefusal("after until comes a day: \(examples)") }
        if (try? TimeSpan.parse(text)) != nil, TimeSpan.doubt(about: text, unit: .hours(24)) == nil {
            let clock = TimeArgument.clock(meantBy: text).map { "; did you mean \($0)?" } ?? ""
            throw ArgumentRefusal("\(quoted(text)) is a span, so write: stretchd pause \(text)\(clock)")
        }
        let first = timetable.day(at: start)
        let isFromWeekday = from.map { DayArgument.namesWeekday($0.text) } ?? false
        // A weekday is never today. After another weekday it belongs to the same week.
        let base = DayArgument.namesWeekday(text) && !isFromWeekday ? max(first, today) : first
        // A time alone ends what began at a day and may last still. After another time it is the next such time.
        let moment = if case .instant = from?.argument { start } else { max(start, now) }
        let argument = try TimeArgument(text, .after(base), today: today, at: moment, in: timetable.zone)
        let end = try argument.instant(in: timetable.zone, of: timetable.beginning)
        let last = max(first, today) + Self.farthest
        guard end > start else {
            guard let from else { throw over(argument, end) }
            throw ArgumentRefusal(
                "a pause from \(name(from.argument, start)) until \(name(argument, end)) is over before it begins; "
                    + "allowed: \(first + 1) to \(last)")
        }
        guard timetable.day(at: end) <= last else {
            throw ArgumentRefusal(
                "\(name(argument, end)) is too far away; allowed: \(first + 1) to \(last); \(Self.withoutEnd)")
        }
        return end
    }

    private func over(_ argument: TimeArgument, _ end: Instant) -> ArgumentRefusal {
        let lateHours = timetable.lateHours(at: now).map { "; \($0)" } ?? ""
        let first = if case .day = argument { "\(today + 1)" } else { "a time after \(name(argument, now))" }
        let allowed = "allowed: \(first) to \(today + Self.farthest)\(lateHours)"
        // Where clocks were set back just after tomorrow began, this is so for tomorrow, too.
        if case .day(let day) = argument, day >= today {
            return ArgumentRefusal("\(day) has begun already; \(allowed); or a span, such as stretchd pause 4h")
        }
        return ArgumentRefusal(
            "\(name(argument, end)) is over; \(allowed); "
                + "for days that are over: stretchd pause from \(today - 1) until \(today)")
    }

    /// The day that was written, or the date and time.
    private func name(_ argument: TimeArgument, _ instant: Instant) -> String {
        if case .day(let day) = argument { return "\(day)" }
        let time = timetable.zone.civil(instant)
        return "\(time.day) \(HumanTime.clock(time.wholeMinute))"
    }

    // MARK: A span

    private func length(_ text: String) throws(ArgumentRefusal) -> Duration {
        let span: Duration
        do throws(SyntaxError) { span = try TimeSpan.parse(text) } catch { throw noSpan(text, error) }
        if let doubt = TimeSpan.doubt(about: text, unit: .hours(24)) { throw ArgumentRefusal("\(doubt)") }
        guard !Self.allowed.contains(span) else { return span }
        let advice = span > Self.allowed.upperBound ? "; \(Self.withoutEnd)" : ""
        throw ArgumentRefusal("a pause of \(TimeSpan.format(span)); allowed: 1min to 1y\(advice)")
    }

    private func noSpan(_ text: String, _ error: SyntaxError?) -> ArgumentRefusal {
        let words = text.split(separator: " ").map(String.init)
        if let routine = words.first(where: { timetable.configuration.routine($0) != nil }) {
            return ArgumentRefusal("\"\(routine)\" is a routine; a pause holds for all of them, leave it out")
        }
        let first = DayArgument.namesWeekday(text) ? today : today - Self.recent
        if let day = try? DayArgument.day(text, .after(first), of: today) {
            let alone = "only that day: stretchd pause from \(day) until \(day + 1)"
            return ArgumentRefusal(
                day <= today
                    ? "a day needs from or until before it; \(alone)"
                    : "a day needs until before it: stretchd pause until \(text); \(alone)")
        }
        if let time = words.last, time.contains(":"), let clock = TimeArgument.clock(meantBy: time) {
            let until = (words.dropLast() + [clock]).joined(separator: " ")
            return ArgumentRefusal("a time needs until before it: stretchd pause until \(until)")
        }
        if let near = nearly(text, words) { return near }
        guard let error else {
            return ArgumentRefusal("before until and for comes no other word; leave out \(quoted(text))")
        }
        // A text that begins with a digit and has a letter looks like a span.
        if text.first?.isNumber == true, text.contains(where: \.isLetter) { return ArgumentRefusal("\(error)") }
        return ArgumentRefusal("\(error); or until and a day: \(examples)")
    }

    /// What is said of a text that is nearly a day, or has a misspelt `from` or `until`; nil if it is neither.
    private func nearly(_ text: String, _ words: [String]) -> ArgumentRefusal? {
        if words.count > 1, let name = Spelling.nearest(to: words[0], among: ["from", "until"]) {
            let rest = words.dropFirst().joined(separator: " ")
            return ArgumentRefusal("did you mean stretchd pause \(name) \(rest)?")
        }
        if words == ["next", "week"] {
            let monday = today + 7 - today.weekday
            return ArgumentRefusal("next week is: stretchd pause from \(monday) until \(monday + 7)")
        }
        do throws(ArgumentRefusal) { _ = try DayArgument.day(text, .after(today), of: today) } catch { return error }
        return nil
    }

    /// What is said of words that stand before `until`.
    private func needless(_ head: String, until: String, hasFrom: Bool) -> ArgumentRefusal {
        if !hasFrom, (try? DayArgument.day(head, .after(today - Self.recent), of: today)) != nil {
            return ArgumentRefusal("a day needs from before it: stretchd pause from \(head) until \(until)")
        }
        if (try? TimeSpan.parse(head)) == nil { return noSpan(head, nil) }
        return ArgumentRefusal(
            "a pause has a span or an end, not both: stretchd pause 3d, or stretchd pause until \(today + 3)")
    }

    private static let withoutEnd = "stretchd pause alone lasts until stretchd resume"
    private var today: Day { timetable.day(at: now) }
    private var examples: String { DayArgument.examples(.after(today), of: today) }
}
