/// The values one field of a calendar event allows, such as `*`, `1,15`, `9..17` or `0/15`.
struct CalendarField: Hashable, Sendable {
    /// One value, a range, or a repetition; seconds count in microseconds.
    struct Step: Hashable, Comparable, Sendable {
        var start: Int
        /// Nil when it is a single value, or goes on to the end of the field.
        var stop: Int?
        /// 0 for a single value.
        var every: Int

        static func < (a: Step, b: Step) -> Bool {
            (a.start, a.stop ?? -1, a.every) < (b.start, b.stop ?? -1, b.every)
        }

        func first(from value: Int) -> Int? {
            if start >= value { return start }
            guard every > 0 else { return nil }
            let candidate = start + (value - start + every - 1) / every * every
            return candidate <= stop ?? .max ? candidate : nil
        }
    }

    /// In ascending order, each once; empty means every value.
    let steps: [Step]

    static let any = CalendarField(steps: [])
    static let zero = only(0)

    static func only(_ value: Int) -> CalendarField { CalendarField(steps: [Step(start: value, stop: nil, every: 0)]) }

    /// The first allowed value in `value ... limit`.
    func first(from value: Int, through limit: Int) -> Int? {
        guard !steps.isEmpty else { return value <= limit ? value : nil }
        var best = Int.max
        for step in steps {
            if let candidate = step.first(from: value), candidate < best { best = candidate }
        }
        return best <= limit ? best : nil
    }

    func contains(_ value: Int) -> Bool { first(from: value, through: value) == value }

    /// Days counted from the end of a month turned into days of a month of that length.
    func countedFromEnd(ofMonthWith length: Int) -> CalendarField {
        CalendarField(
            steps: steps.map { step in
                let start = length + 1 - step.start
                guard let stop = step.stop else { return Step(start: start, stop: nil, every: step.every) }
                return Step(start: length + 1 - stop, stop: start, every: step.every)
            })
    }
}

/// The fields of a calendar event, with what each may hold.
enum CalendarUnit {
    case year, month, day, dayFromEnd, hour, minute, second

    /// Source: systemd.time(7); 28 is the length of the shortest month.
    var range: ClosedRange<Int> {
        switch self {
        case .year: 1970...2199
        case .month: 1...12
        case .day: 1...31
        case .dayFromEnd: 1...28
        case .hour: 0...23
        case .minute: 0...59
        case .second: 0...59_999_999
        }
    }

    var rule: String {
        switch self {
        case .year: "years go from 1970 to 2199"
        case .month: "months go from 1 to 12"
        case .day: "days go from 1 to 31"
        case .dayFromEnd: "days counted from the end of the month go from 1 to 28"
        case .hour: "hours go from 0 to 23"
        case .minute: "minutes go from 0 to 59"
        case .second: "seconds go from 0 to 59"
        }
    }
}
