/// The clock changes of every year, as `TZ` and the last line of a TZif file write them: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Sources: POSIX.1-2024 (Base Definitions, 8.3) and RFC 9636 (3.3.1). A rule may name daylight time without saying
/// when it changes. Then the changes of the United States hold, as in glibc.
package struct ZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    private let standard: Int
    private let daylight: Daylight?
    /// The index of the first malformed byte; nil if the text follows the standards.
    package let fault: Int?

    private struct Daylight: Hashable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// The day of a clock change in each year, and its time: the seconds after midnight by the clock before the change.
    fileprivate struct Change: Hashable {
        let date: Date
        let secondOfDay: Int

        /// The changes in the United States.
        static let start = Change(date: .weekday(month: 3, week: 2, day: 0), secondOfDay: 7200)
        static let end = Change(date: .weekday(month: 11, week: 1, day: 0), secondOfDay: 7200)

        /// When the change happens in a year, in seconds of the civil time line.
        func second(in year: Int) -> Int64 { Int64(date.day(in: year).ordinal) * 86_400 + Int64(secondOfDay) }
    }

    fileprivate enum Date: Hashable {
        /// Such as `J60`: a day from 1 to 365, without leap days, so that 60 is always 1 March.
        case dayWithoutLeapDay(Int)
        /// Such as `59`: a day from 0 to 365, with leap days.
        case day(Int)
        /// Such as `M3.5.0`: a month, a week and a weekday; week 5 is the last one, and weekday 0 is Sunday.
        case weekday(month: Int, week: Int, day: Int)

        func day(in year: Int) -> Day {
            switch self {
            case .dayWithoutLeapDay(let number):
                let isAfterLeapDay = number > 59 && Day.length(ofMonth: 2, year: year) == 29
                return Day.first(of: 1, year: year) + (number - (isAfterLeapDay ? 0 : 1))
            case .day(let number): return Day.first(of: 1, year: year) + number
            case .weekday(let month, let week, let weekday):
                // glibc reads month 13 as January of the next year. For higher months it reads beyond its table.
                guard month <= 12 else { return Self.weekday(month: 1, week: 1, day: weekday).day(in: year + 1) }
                let first = Day.first(of: max(1, month), year: year)
                // `Day.weekday` counts from Monday, a rule from Sunday.
                let days = weekday - (first.weekday + 1) % 7
                let offset = days < 0 ? days + 7 : days
                let weeks = (Day.length(ofMonth: month, year: year) - 1 - offset) / 7
                return first + (offset + max(0, min(week - 1, weeks)) * 7)
            }
        }
    }

    /// Reads a rule, and reads even a malformed one as glibc does, so that our time is the time of date(1).
    ///
    /// Nil if the text is no rule, because it does not begin with a name and an offset.
    package init?(asGlibcReads text: [UInt8]) {
        var parser = ZoneRuleParser(text)
        guard parser.skipName(), parser.isAtOffset, let west = parser.offset() else { return nil }
        standard = -west
        if parser.isAtEnd {
            (daylight, fault) = (nil, parser.fault)
            return
        }
        let isNamed = parser.skipName()
        if !isNamed { parser.markFault() }
        let offset = isNamed ? parser.offset().map { -$0 } ?? standard + 3600 : 0
        if parser.isAtEnd {
            daylight = Daylight(offset: offset, start: .start, end: .end)
        } else {
            let start = parser.change(missing: .start)
            let end = parser.change(missing: .end)
            if !parser.isAtEnd { parser.markFault() }
            daylight = Daylight(offset: offset, start: start, end: end)
        }
        fault = parser.fault
    }

    /// The offset in force before the first change in these years.
    func offset(before years: ClosedRange<Int>) -> Int {
        guard let daylight, let first = changes(in: years).first else { return standard }
        return first.offset == standard ? daylight.offset : standard
    }

    /// The changes in these years, in ascending order; if several are at the same second, the last one counts.
    ///
    /// With a malformed rule, the first change of a year may lead to the offset that is already in force.
    func changes(in years: ClosedRange<Int>) -> [Zone.Period] {
        guard let daylight else { return [] }
        if fault != nil { return years.flatMap { changesOfGlibc(in: $0, daylight) } }
        // If daylight time lasts all year, it ends and starts again at the same second. Then the start must stay last.
        // It does, because the sort is stable.
        return years.flatMap { changes(in: $0, daylight) }.sorted { $0.start < $1.start }
    }

    /// The start and the end of daylight time in a year.
    private func changes(in year: Int, _ daylight: Daylight) -> [Zone.Period] {
        [
            Zone.Period(start: daylight.start.second(in: year) - Int64(standard), offset: daylight.offset),
            Zone.Period(start: daylight.end.second(in: year) - Int64(daylight.offset), offset: standard),
        ]
    }

    /// The changes in a year by a malformed rule, as glibc applies them.
    ///
    /// A malformed time may have thousands of hours. A change that would come before its year counts from the beginning
    /// of the year, and one that would come after its year does not count.
    private func changesOfGlibc(in year: Int, _ daylight: Daylight) -> [Zone.Period] {
        let midnights = [year, year + 1].map { Int64(Day.first(of: 1, year: $0).ordinal) * 86_400 }
        let changes = changes(in: year, daylight).sorted { $0.start < $1.start }
        return [Zone.Period(start: midnights[0], offset: changes[1].offset)]
            + changes.filter { $0.start < midnights[1] }
            .map { Zone.Period(start: max($0.start, midnights[0]), offset: $0.offset) }
    }
}

/// Reads the parts of a rule in order, as glibc does, and marks the first byte that the standards forbid.
private struct ZoneRuleParser {
    private var rest: ArraySlice<UInt8>
    /// The index of the first forbidden byte; nil if there is none so far.
    private(set) var fault: Int?
    /// Whether a change was so malformed that glibc reads no further.
    private var isBroken = false

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether an offset follows.
    var isAtOffset: Bool { rest.first.map { "+-".utf8.contains($0) || $0.isDigit } ?? false }

    /// Marks the text as malformed at this place.
    mutating func markFault(at place: ArraySlice<UInt8>? = nil) { fault = fault ?? (place ?? rest).startIndex }

    /// Skips a name such as `CET` or `<+03>`; false if there is none.
    mutating func skipName() -> Bool {
        let start = rest
        let isQuoted = take("<")
        let name = rest.prefix { $0.isLetter || isQuoted && ("+-".utf8.contains($0) || $0.isDigit) }
        rest = rest[name.endIndex...]
        if name.count >= 3, !isQuoted || take(">") { return true }
        rest = start
        return false
    }

    /// Reads an offset such as `-9:30`, in seconds west of UTC; nil if there is none.
    mutating func offset() -> Int? {
        let isSigned = isAtOffset
        let isEast = take("-")
        if !isEast { _ = take("+") }
        guard let (hours, minutes, seconds) = clock(hours: 24) else {
            if isSigned { markFault() }
            return nil
        }
        return (isEast ? -1 : 1) * (min(hours, 24) * 3600 + min(minutes, 59) * 60 + min(seconds, 59))
    }

    /// Reads a change such as `,M3.2.0/2`.
    ///
    /// - Parameter missing: the change to use when the text has ended.
    mutating func change(missing: ZoneRule.Change) -> ZoneRule.Change {
        if isBroken { return ZoneRule.Change(date: .day(0), secondOfDay: 0) }
        if !take(",") || isAtEnd { markFault() }
        if isAtEnd { return missing }
        let (date, isWhole) = date()
        let hasTime = isWhole && take("/")
        guard isWhole, hasTime ? !isAtEnd : isAtEnd || rest.first == UInt8(ascii: ",") else {
            markFault()
            isBroken = true
            return ZoneRule.Change(date: date, secondOfDay: 0)
        }
        return ZoneRule.Change(date: date, secondOfDay: hasTime ? time() : 7200)
    }

    /// Reads a date as far as possible; `isWhole` says whether all of it could be read.
    private mutating func date() -> (ZoneRule.Date, isWhole: Bool) {
        if take("M") {
            let ranges = [1...12, 1...5, 0...6]
            var numbers: [Int] = []
            while numbers.count < 3, numbers.isEmpty || take("."), let number = number(in: ranges[numbers.count]) {
                numbers.append(number)
            }
            let isWhole = numbers.count == 3 && zip(ranges, numbers).allSatisfy { $0.contains($1) }
            numbers += [0, 0, 0]
            return (.weekday(month: numbers[0], week: numbers[1], day: numbers[2]), isWhole)
        }
        let countsLeapDays = !take("J")
        let place = rest
        let number = digits().flatMap { (countsLeapDays ? 0...365 : 1...365).contains($0) ? Int($0) : nil }
        if number == nil { markFault(at: place) }
        return (countsLeapDays ? .day(number ?? 0) : .dayWithoutLeapDay(number ?? 0), number != nil)
    }

    /// Reads the time of a change, such as `-2:30`, in seconds after midnight.
    private mutating func time() -> Int {
        let isNegative = take("-")
        let clock = clock(hours: 167, mayHavePlus: !isNegative)
        if clock == nil { markFault() }
        let (hours, minutes, seconds) = clock ?? (2, 0, 0)
        return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
    }

    /// Reads `9`, `9:30` or `9:30:15`; nil if there is no number.
    private mutating func clock(
        hours most: Int, mayHavePlus: Bool = false
    ) -> (hours: Int, minutes: Int, seconds: Int)? {
        guard let hours = number(in: 0...most, mayHavePlus: mayHavePlus) else { return nil }
        var parts = [0, 0]
        for index in parts.indices {
            let start = rest
            guard take(":"), let number = number(in: 0...59) else {
                rest = start
                break
            }
            parts[index] = number
        }
        return (hours, parts[0], parts[1])
    }

    /// Reads a number as scanf(3) reads `%hu`; nil if there is none.
    ///
    /// Blanks and a sign may stand before the number, and it is cut to 16 bits.
    private mutating func number(in range: ClosedRange<Int>, mayHavePlus: Bool = false) -> Int? {
        let start = rest
        rest = rest.drop { $0 == 32 || (9...13).contains($0) }
        let isPlain = rest.startIndex == start.startIndex
        let isNegative = take("-")
        let hasPlus = !isNegative && take("+")
        guard let value = digits() else {
            rest = start
            return nil
        }
        let number = Int(UInt16(truncatingIfNeeded: isNegative && value != .max ? 0 &- value : value))
        if !isPlain || isNegative || hasPlus && !mayHavePlus || !range.contains(number) { markFault(at: start) }
        return number
    }

    /// Reads digits; nil if there are none.
    ///
    /// More than three digits are a fault.
    private mutating func digits() -> UInt64? {
        let digits = rest.prefix(while: \.isDigit)
        guard !digits.isEmpty else { return nil }
        if digits.count > 3 { markFault() }
        rest = rest[digits.endIndex...]
        return UInt64(String(decoding: digits, as: UTF8.self)) ?? .max
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
