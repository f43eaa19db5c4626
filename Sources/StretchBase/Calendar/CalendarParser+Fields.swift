/// Numbers, lists and fields: the lower half of the parser.
extension CalendarParser {
    /// A step as it was written, and where.
    struct WrittenStep {
        var step: CalendarField.Step
        let place: Int
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }
    var following: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    package mutating func skipBlanks() {
        while next == UInt8(ascii: " ") { position += 1 }
    }

    mutating func digits() -> ArraySlice<UInt8> {
        let found = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        position = found.endIndex
        return found
    }

    func failure(_ problem: String, at place: Int? = nil, hint: String? = nil) -> SyntaxError {
        SyntaxError(text: text, byte: place ?? position, problem: problem, hint: hint)
    }

    /// `*`, or steps with commas between them; `*` is empty, for seconds every whole second.
    mutating func parseList(seconds: Bool) throws(SyntaxError) -> [WrittenStep] {
        if next == UInt8(ascii: "*") {
            position += 1
            let everySecond = CalendarField.Step(start: 0, stop: nil, every: 1_000_000)
            return seconds ? [WrittenStep(step: everySecond, place: position - 1)] : []
        }
        var steps: [WrittenStep] = []
        while true {
            // systemd's limit, which keeps its recursion short.
            guard steps.count <= 240 else { throw failure("a list may have 241 values") }
            steps.append(try parseStep(seconds: seconds))
            guard next == UInt8(ascii: ",") else { return steps }
            position += 1
        }
    }

    private mutating func parseStep(seconds: Bool) throws(SyntaxError) -> WrittenStep {
        let place = position
        var step = CalendarField.Step(start: try parseNumber(seconds: seconds), stop: nil, every: 0)
        if next == UInt8(ascii: "."), following == UInt8(ascii: ".") {
            position += 2
            step.stop = try parseNumber(seconds: seconds)
            step.every = seconds ? 1_000_000 : 1
        }
        if next == UInt8(ascii: "/") {
            position += 1
            let stepPlace = position
            step.every = try parseNumber(seconds: seconds)
            guard step.every > 0 else { throw failure("a repetition cannot be 0", at: stepPlace) }
        } else if seconds, let stop = step.stop, step.start + step.every > stop {
            throw failure("a range of seconds goes up, at least by one second", at: place)
        }
        guard next.map({ " ,-~:".utf8.contains($0) }) ?? true else {
            throw failure("after a number comes one of , .. / - ~ : or a blank")
        }
        return WrittenStep(step: step, place: place)
    }

    /// Seconds are read with up to six decimals, in microseconds.
    private mutating func parseNumber(seconds: Bool) throws(SyntaxError) -> Int {
        let place = position
        let whole = digits()
        guard !whole.isEmpty else { throw failure("a number is expected here, or * alone for every value") }
        guard let number = Int32(String(decoding: whole, as: UTF8.self)) else {
            throw failure("the number is too large", at: place)
        }
        guard seconds else { return Int(number) }
        var microseconds = Int(number) * 1_000_000
        if next == UInt8(ascii: "."), following != UInt8(ascii: ".") {
            position += 1
            let fraction = digits().map { Int($0 - UInt8(ascii: "0")) }
            guard !fraction.isEmpty else { throw failure("digits must follow the decimal point") }
            microseconds += (0..<6).reduce(0) { $0 * 10 + ($1 < fraction.count ? fraction[$1] : 0) }
            if fraction.count > 6, fraction[6] >= 5 { microseconds += 1 }
        }
        guard microseconds <= Int(Int32.max) else { throw failure("the number is too large", at: place) }
        return microseconds
    }

    /// Puts the steps in normal form, in order and each once, and checks them.
    func field(_ written: [WrittenStep], _ unit: CalendarUnit) throws(SyntaxError) -> CalendarField {
        let sorted = written.map { WrittenStep(step: $0.step.normalized(as: unit), place: $0.place) }
            .sorted { $0.step < $1.step }
        var steps: [CalendarField.Step] = []
        for item in sorted where item.step != steps.last {
            if let problem = item.step.problem(in: unit, at: steps.count) { throw failure(problem, at: item.place) }
            steps.append(item.step)
        }
        return CalendarField(steps: steps)
    }
}

extension CalendarField.Step {
    /// Years in full, ranges that end on a repetition, and no range or repetition that yields one value.
    fileprivate func normalized(as unit: CalendarUnit) -> Self {
        var step = self
        if unit == .year {
            step.start = Self.fullYear(start)
            step.stop = stop.map(Self.fullYear)
        }
        if let stop = step.stop, stop > step.start, step.every > 0 {
            step.stop = stop - (stop - step.start) % step.every
        }
        return step.stop == step.start ? Self(start: step.start, stop: nil, every: 0) : step
    }

    /// `26` is 2026, `89` is 1989.
    private static func fullYear(_ year: Int) -> Int {
        switch year {
        case ..<70: year + 2000
        case ..<100: year + 1900
        default: year
        }
    }

    /// Why a field of that unit cannot hold this step at that place of its list; nil when it can.
    fileprivate func problem(in unit: CalendarUnit, at index: Int) -> String? {
        var range = unit.range
        var rule = unit.rule
        if unit == .hour, start == 24 || stop == 24 {
            return "\(rule); the midnight that ends a day is 00:00 of the next"
        }
        if unit == .dayFromEnd, index > 0 {
            // A slip of systemd: 3 less for every further value. We reject what it rejects.
            range = 1...max(1, range.upperBound - 3 * index)
            rule += ", systemd takes 3 less for each further value of a list"
        }
        guard range.contains(start), range.contains(stop ?? start) else { return rule }
        if let stop, stop < start { return "a range goes up" }
        // Days from the end repeat towards it.
        let room = unit == .dayFromEnd && stop == nil ? start - range.lowerBound : (stop ?? range.upperBound) - start
        guard every <= room, every <= range.upperBound - range.lowerBound else {
            return "the repetition is too long to come round; \(rule)"
        }
        return nil
    }
}
