internal import StretchBase
internal import TOMLKit

/// Guesses what was meant by a value that its key does not accept, as TOML, the likeliest first.
///
/// The caller shows only a guess that the key accepts.
enum Meant {
    /// The same as another kind of value: `true` for `"yes"`, `3` for `"3"`, `"07:30"` for a time without quotes.
    static func values(_ value: KeyedTable.Value?) -> [String] {
        if value?.int == 0 || value?.int == 1 { return [value?.int == 0 ? "false" : "true"] + texts(value) }
        guard let text = value?.string else { return texts(value) }
        let word = plain(text).lowercased()
        let number = word.prefix { $0.isASCII && $0.isNumber }
        return [flags[word], Int(number).map(String.init)].compactMap(\.self) + texts(value)
    }

    /// The name that is nearest to the value.
    static func names(_ value: KeyedTable.Value?, among names: [String]) -> [String] {
        [value?.string.flatMap { Spelling.nearest(to: plain($0), among: names) }.map(TOMLSlip.toml)].compactMap(\.self)
            + values(value)
    }

    /// The spans that may be meant by a number without a unit, or by `90 mins`, `1,5h` or `1:30`.
    ///
    /// A number gets the unit of the usual span first.
    static func spans(_ value: KeyedTable.Value?, like usual: Duration) -> [String] {
        guard let text = words(value).first else { return [] }
        if text.allSatisfy({ $0.isNumber || $0 == "." }) {
            let unit = String(TimeSpan.format(usual).drop { $0.isNumber }.prefix { $0.isLetter })
            return [unit, "min", "s", "h"].map { "\"\(text)\($0)\"" }
        }
        let clock = text.split(separator: ":").map { Int($0) }
        if clock.count == 2, let hours = clock[0], let minutes = clock[1], (0...23).contains(hours), minutes < 60 {
            return ["\"\(TimeSpan.format(.minutes(hours * 60 + minutes)))\""]
        }
        let units = [("mins", "min"), ("hrs", "h"), ("secs", "s")]
        let usualUnits = units.reduce(text.lowercased()) { $0.replacing($1.0, with: $1.1) }
        return [TOMLSlip.toml(usualUnits.replacing(",", with: "."))] + texts(value)
    }

    /// A time of day with two digits each: `"04:00"` for `4`, `"4:00"` and `"4am"`.
    static func clocks(_ value: KeyedTable.Value?) -> [String] {
        words(value).compactMap { word in
            let text = CalendarHint.suggestion(for: word) ?? word
            // The end of the normal form is `04:00:00`.
            let event = try? CalendarEvent(parsing: text)
            return event.map { "\"\($0.description.suffix(8).prefix(5))\"" }
        }
    }

    /// An id made of a text that may be a title.
    static func ids(_ value: KeyedTable.Value?, of kind: String) -> [String] {
        guard let value else { return ["\"my-\(kind)\""] }
        guard let text = words(value).first, text.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        let parts = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return ["\"\(parts.joined(separator: "-"))\""]
    }

    private static let flags = [
        "yes": "true", "on": "true", "true": "true", "y": "true", "1": "true", "no": "false", "off": "false",
        "false": "false", "n": "false", "0": "false",
    ]

    private static func texts(_ value: KeyedTable.Value?) -> [String] {
        words(value).flatMap { [$0, $0.lowercased()] }.map(TOMLSlip.toml)
    }

    /// The value as a text, without the quotes and blanks around it.
    private static func words(_ value: KeyedTable.Value?) -> [String] {
        guard let value else { return [] }
        switch value.type {
        case .string: return [plain(value.string ?? "")]
        case .int: return ["\(value.int ?? 0)"]
        case .time: return [clock(value.time)].compactMap(\.self)
        case .date: return [day(value.date)].compactMap(\.self)
        case .array where value.array?.count == 1: return words(value.array?.first)
        default: return []
        }
    }

    private static func clock(_ time: TOMLTime?) -> String? {
        time.map { time in
            let clock = "\(padded(time.hour, 2)):\(padded(time.minute, 2))"
            return time.second == 0 ? clock : "\(clock):\(padded(time.second, 2))"
        }
    }

    private static func day(_ date: TOMLDate?) -> String? {
        date.map { "\($0.year)-\(padded($0.month, 2))-\(padded($0.day, 2))" }
    }

    private static func plain(_ text: String) -> String {
        oneLine(Typing.plain(text)).trimmed { $0.isWhitespace || "\"'".contains($0) }
    }
}
