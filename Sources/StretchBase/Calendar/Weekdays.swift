/// The names of the weekdays.
enum Weekdays {
    static let short = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let long = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// A set of weekdays as text, such as `Mon..Fri` or `Sat,Sun`.
    ///
    /// Three or more days in a row are written as a range.
    static func text(_ set: UInt8) -> String {
        runs(of: set).map { run in
            run.count > 2 ? "\(short[run.lowerBound])..\(short[run.upperBound])" : short[run].joined(separator: ",")
        }
        .joined(separator: ",")
    }

    /// The days in a row that a set consists of.
    static func runs(of set: UInt8) -> [ClosedRange<Int>] {
        var runs: [ClosedRange<Int>] = []
        for day in 0..<7 where set & (1 << UInt8(day)) != 0 {
            if let run = runs.last, run.upperBound == day - 1 {
                runs[runs.count - 1] = run.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
        return runs
    }

    /// The weekday whose name begins a text, and the length of the name; nil if the text begins otherwise.
    ///
    /// Monday is 0. The name may be long or short, and capital and small letters count as the same.
    static func prefix(of bytes: ArraySlice<UInt8>) -> (day: Int, length: Int)? {
        for (index, name) in (long + short).enumerated()
        where bytes.count >= name.utf8.count && zip(bytes, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
            return (index % 7, name.utf8.count)
        }
        return nil
    }
}
