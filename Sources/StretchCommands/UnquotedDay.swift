import StretchBase

/// A day or time of several words after an option, such as `--day 2 Dec`.
///
/// A shell takes it apart, because people forget the quotes. Nothing else begins like that, so it is put together again.
enum UnquotedDay {
    private static let options: Set = ["--day", "--at", "--from", "--to"]
    /// As many words as in `23 Nov 2026 at 15:30`.
    private static let mostWords = 5

    /// The command line with each such value as one argument.
    static func joined(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            joined.append(argument)
            if argument == "--" { break }
            guard options.contains(argument), !rest.isEmpty else { continue }
            let count = (2...mostWords).reversed().first { count in
                rest.count >= count && namesDay(rest.prefix(count).joined(separator: " "))
            }
            joined.append(rest.prefix(count ?? 1).joined(separator: " "))
            rest = rest.dropFirst(count ?? 1)
        }
        return joined + rest
    }

    /// Whether a text is about a day or time, whichever day is today; also if there is no such date.
    private static func namesDay(_ text: String) -> Bool {
        let today = Day(ordinal: 20_000)
        do {
            if try DayArgument.day(text, .past, of: today) != nil { return true }
        } catch { return true }
        return (try? TimeArgument(text, .past, today: today, at: Instant(seconds: 0), in: .utc)) != nil
    }
}
