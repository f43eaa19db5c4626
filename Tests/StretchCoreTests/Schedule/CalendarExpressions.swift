import StretchBase
import StretchCore

/// Random calendar expressions: most of them valid, some slightly wrong, some spoilt.
struct CalendarExpressions {
    private var random: SplitMix64
    private let zones: [String]

    init(seed: UInt64, zones: [String]) {
        random = SplitMix64(seed: seed)
        self.zones = zones
    }

    mutating func next() -> String {
        if chance(3) { return pick(Self.shorthands) + suffix() }
        if chance(1) { return "@\(Int64.random(in: 0...7_500_000_000, using: &random))" }
        var parts: [String] = []
        if chance(35) { parts.append(weekdays()) }
        if chance(60) { parts.append(date()) }
        if parts.isEmpty || chance(85) { parts.append(time()) }
        let text = parts.joined(separator: chance(3) ? "  " : " ") + suffix()
        return chance(12) ? spoil(text) : text
    }

    mutating func base(through lastYear: Int64) -> Int64 {
        Int64.random(in: 40_000_000...(lastYear - 1970) * 31_556_952, using: &random)
    }

    private mutating func suffix() -> String {
        if chance(4) { return chance(50) ? " UTC" : " utc" }
        return chance(4) ? " \(pick(zones))" : ""
    }

    private mutating func weekdays() -> String {
        let names = ["Mon", "tue", "Wednesday", "Thu", "FRI", "Sat", "Sunday"]
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in
            let first = Int.random(in: 0..<7, using: &random)
            guard chance(40) else { return names[first] }
            let last = chance(95) ? Int.random(in: first..<7, using: &random) : Int.random(in: 0..<7, using: &random)
            return names[first] + (chance(80) ? ".." : "-") + names[last]
        }.joined(separator: ",") + (chance(5) ? "," : "")
    }

    private mutating func date() -> String {
        let fromEnd = chance(20)
        let month = chance(50) ? "*" : list(1, 12)
        let day = chance(30) ? "*" : list(1, fromEnd ? 28 : 31)
        let monthAndDay = month + (fromEnd ? "~" : "-") + day
        if chance(30) { return monthAndDay }
        let year = chance(75) ? "*" : chance(20) ? list(0, 99) : list(1970, 2199)
        return "\(year)-\(monthAndDay)"
    }

    private mutating func time() -> String {
        let hour = chance(15) ? "*" : list(0, 23)
        let minute = chance(15) ? "*" : list(0, 59)
        guard chance(30) else { return "\(hour):\(minute)" }
        return "\(hour):\(minute):" + (chance(20) ? "*" : chance(70) ? list(0, 59) : fractions())
    }

    private mutating func list(_ low: Int, _ high: Int) -> String {
        (0..<(chance(75) ? 1 : Int.random(in: 2...4, using: &random))).map { _ in step(low, high) }
            .joined(separator: ",")
    }

    private mutating func step(_ low: Int, _ high: Int) -> String {
        let start = Int.random(in: low...(chance(97) ? high : high + 2), using: &random)
        var text = chance(50) && start < 10 ? "0\(start)" : String(start)
        if chance(25) {
            let stop = chance(94) ? Int.random(in: min(start, high)...high, using: &random) : low
            text += "..\(stop)"
        }
        let repetitions = chance(96) ? 1...max(1, (high - low) / 3) : 0...high + 2
        if chance(25) { text += "/\(Int.random(in: repetitions, using: &random))" }
        return text
    }

    private mutating func fractions() -> String {
        (0..<Int.random(in: 1...2, using: &random)).map { _ in
            let start = Int.random(in: 0...59, using: &random)
            var text = "\(start)" + (chance(80) ? ".\(Int.random(in: 0...9_999_999, using: &random))" : "")
            if chance(30) { text += "..\(Int.random(in: start...60, using: &random)).5" }
            let fraction = Int.random(in: 0...999, using: &random)
            if chance(40) { text += "/\(Int.random(in: 0...20, using: &random)).\(fraction)" }
            return text
        }.joined(separator: ",")
    }

    /// One byte more, less or other.
    private mutating func spoil(_ text: String) -> String {
        var characters = Array(text)
        let place = Int.random(in: 0..<characters.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: characters.remove(at: place)
        case 1: characters[place] = pick(Self.signs)
        default: characters.insert(pick(Self.signs), at: place)
        }
        return String(characters)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &random)] }

    private static let signs = Array(" ,.-~:/*0123456789@T\t")
    private static let shorthands = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "annually", "yearly", "anually",
        "semiannually", "semi-annually", "biannually", "bi-annually", "Daily", "WEEKLY",
    ]
}
