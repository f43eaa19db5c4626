/// The clock changes of every year, as `TZ` and the last line of a TZif file write them: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// POSIX.1-2024 (Base Definitions, 8.3) and RFC 9636 (3.3.1). A daylight name without rules has those of the United
/// States, as glibc reads it.
package struct ZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    private let standard: Int
    private let daylight: Daylight?

    private struct Daylight: Hashable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// A day of each year, and the seconds after its midnight, by the clock in force before.
    fileprivate struct Change: Hashable {
        let date: Date
        let second: Int
    }

    fileprivate enum Date: Hashable {
        /// `J60`: 1 to 365, and 60 is 1 March in every year.
        case dayWithoutLeapDay(Int)
        /// `59`: 0 to 365, and leap days count.
        case day(Int)
        /// `M3.5.0`: the fifth week is the last one, 0 is Sunday.
        case weekday(month: Int, week: Int, day: Int)
    }

    /// Nil for what is no rule.
    package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)) }

    init?(_ bytes: [UInt8]) {
        var parser = ZoneRuleParser(bytes[...])
        guard parser.skipName(), let west = parser.offset() else { return nil }
        standard = -west
        if parser.isAtEnd {
            daylight = nil
            return
        }
        guard parser.skipName() else { return nil }
        var offset = standard + 3600
        if parser.isAtOffset {
            guard let west = parser.offset() else { return nil }
            offset = -west
        }
        var changes = [
            Change(date: .weekday(month: 3, week: 2, day: 0), second: 7200),
            Change(date: .weekday(month: 11, week: 1, day: 0), second: 7200),
        ]
        if !parser.isAtEnd {
            guard let start = parser.change(), let end = parser.change(), parser.isAtEnd else { return nil }
            changes = [start, end]
        }
        daylight = Daylight(offset: offset, start: changes[0], end: changes[1])
    }

    /// The offset in force before the first change in these years.
    func offset(before years: ClosedRange<Int>) -> Int {
        guard let daylight, let first = changes(in: years).first else { return standard }
        return first.offset == standard ? daylight.offset : standard
    }

    /// The changes in these years, in ascending order; of several at the same second the last one counts.
    func changes(in years: ClosedRange<Int>) -> [Zone.Period] {
        guard let daylight else { return [] }
        let changes = years.flatMap { year in
            [
                Zone.Period(start: daylight.start.second(in: year) - Int64(standard), offset: daylight.offset),
                Zone.Period(start: daylight.end.second(in: year) - Int64(daylight.offset), offset: standard),
            ]
        }
        // Daylight time all the year ends when it begins again: the next year's beginning must stay the later one.
        return changes.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
    }
}

extension ZoneRule.Change {
    /// In seconds of the civil time line.
    fileprivate func second(in year: Int) -> Int64 { Int64(date.day(in: year).ordinal) * 86_400 + Int64(second) }
}

extension ZoneRule.Date {
    fileprivate func day(in year: Int) -> Day {
        switch self {
        case .dayWithoutLeapDay(let number):
            let isAfterLeapDay = number > 59 && Day.length(ofMonth: 2, year: year) == 29
            return Day.first(of: 1, year: year) + (number - (isAfterLeapDay ? 0 : 1))
        case .day(let number): return Day.first(of: 1, year: year) + number
        case .weekday(let month, let week, let weekday):
            let first = Day.first(of: month, year: year)
            // `Day` counts from Monday.
            let nearest = (weekday + 6 - first.weekday) % 7
            let offset = nearest + (week - 1) * 7
            return first + (offset < Day.length(ofMonth: month, year: year) ? offset : offset - 7)
        }
    }
}

/// Reads the parts of a rule, one after the other.
private struct ZoneRuleParser {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether an offset follows.
    var isAtOffset: Bool { rest.first.map { "+-0123456789".utf8.contains($0) } ?? false }

    /// Takes `CET` or `<+03>`; of the name nothing is used.
    mutating func skipName() -> Bool {
        let isQuoted = take("<")
        let name = rest.prefix { byte in
            isQuoted ? Self.isLetter(byte) || "+-0123456789".utf8.contains(byte) : Self.isLetter(byte)
        }
        rest = rest[name.endIndex...]
        return name.count >= 3 && (!isQuoted || take(">"))
    }

    /// `-9:30`, in seconds west of UTC.
    mutating func offset() -> Int? { time(hours: 24) }

    /// `,M3.2.0/2`.
    mutating func change() -> ZoneRule.Change? {
        guard take(","), let date = date() else { return nil }
        guard take("/") else { return ZoneRule.Change(date: date, second: 7200) }
        return time(hours: 167).map { ZoneRule.Change(date: date, second: $0) }
    }

    private mutating func date() -> ZoneRule.Date? {
        if take("J") { return number(in: 1...365).map { .dayWithoutLeapDay($0) } }
        guard take("M") else { return number(in: 0...365).map { .day($0) } }
        guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
            let day = number(in: 0...6)
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }

    /// `-9:30`, in seconds.
    private mutating func time(hours most: Int) -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard var seconds = number(in: 0...most).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] where take(":") {
            guard let count = number(in: 0...59) else { return nil }
            seconds += count * unit
        }
        return sign * seconds
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { (48...57).contains($0) }
        rest = rest[digits.endIndex...]
        // More digits than three are no number that is allowed, and could overflow.
        guard (1...3).contains(digits.count) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        return range.contains(number) ? number : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
