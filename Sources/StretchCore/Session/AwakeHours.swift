package import StretchBase

/// When a simulation assumes that somebody is there: from one time to another, every day or on some days.
///
/// Such as `06:40..23:00` or `Mon..Fri 22:00..02:00`.
package struct AwakeHours: Hashable, Sendable {
    /// The days on which the time begins; nil for every day.
    private let days: CalendarEvent?
    /// The two times, counted from midnight; the end is on the next day unless it is later than the start.
    private let start: Duration
    private let end: Duration

    package init(parsing text: String) throws(SyntaxError) {
        // The two times contain no blank, so everything before the last blank is days.
        let blank = text.lastIndex(of: " ")
        let clock = text[(blank.map(text.index(after:)) ?? text.startIndex)...]
        let offset = text.distance(from: text.startIndex, to: clock.startIndex)
        guard let dots = clock.firstRange(of: "..") else {
            throw AwakeHours.failure(text, at: offset, "here go two times with two dots between them")
        }
        let (first, last) = (clock[..<dots.lowerBound], clock[dots.upperBound...])
        guard let start = AwakeHours.time(first), start < .hours(24) else {
            throw AwakeHours.failure(text, at: offset, "here goes a time from 00:00 to 23:59")
        }
        guard let end = AwakeHours.time(last) else {
            throw AwakeHours.failure(text, at: offset + first.count + 2, "here goes a time from 00:00 to 24:00")
        }
        guard start != end else {
            throw AwakeHours.failure(text, at: offset, "the two times are equal; the whole day is 00:00..24:00")
        }
        self.start = start
        self.end = end
        days = try blank.map { blank throws(SyntaxError) in try AwakeHours.days(text[..<blank], of: text) }
    }

    /// Reads the days of a calendar event, without time and zone.
    private static func days(_ part: Substring, of text: String) throws(SyntaxError) -> CalendarEvent {
        let event: CalendarEvent
        do throws(SyntaxError) {
            event = try CalendarEvent(parsing: String(part))
        } catch {
            throw SyntaxError(text: text, offset: error.offset, problem: error.problem, hint: error.hint ?? hint)
        }
        guard event.isDateOnly, event.zone == nil else {
            throw failure(text, at: 0, "before the two times go days only, such as Mon..Fri")
        }
        return event
    }

    /// Reads a time such as `06:40`, up to `24:00`.
    private static func time(_ text: Substring) -> Duration? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = number(parts[0]), let minute = number(parts[1]), minute < 60, hour * 60 + minute <= 24 * 60
        else { return nil }
        return .minutes(hour * 60 + minute)
    }

    private static let hint = "awake times are written 06:40..23:00, or with days Mon..Fri 06:40..23:00"

    private static func failure(_ text: String, at offset: Int, _ problem: String) -> SyntaxError {
        SyntaxError(text: text, offset: offset, problem: problem, hint: hint)
    }

    /// The span that begins on a day; nil if none does, or if the zone's calendar skips that day.
    fileprivate func span(on day: Day, in zone: Zone) -> Range<Instant>? {
        guard days?.matches(day: day) ?? true else { return nil }
        let midnight = CivilTime(day: day, microsecondOfDay: 0)
        let length = end > start ? end - start : end + .hours(24) - start
        guard let begin = zone.resolve(midnight + start)?.instant else { return nil }
        let finish = zone.resolve(midnight + start + length)?.instant ?? begin + length
        return begin < finish ? begin..<finish : nil
    }
}

extension [AwakeHours] {
    /// The spans that begin on a range of days, in order and without overlap.
    func spans(on days: ClosedRange<Day>, in zone: Zone) -> [Range<Instant>] {
        let found = (0...(days.upperBound - days.lowerBound)).flatMap { offset in
            compactMap { $0.span(on: days.lowerBound + offset, in: zone) }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, span in
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
    }
}
