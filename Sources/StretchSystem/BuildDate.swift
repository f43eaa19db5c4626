import CSystemd
package import StretchCore

/// When this program was built: a clock that shows an earlier time is wrong.
package enum BuildDate {
    /// A day before the build's date began in UTC, as the builder's zone may have been ahead of it.
    package static let earliest = instant(of: String(cString: stretchd_build_day())) - .days(1)

    /// Reads what `__DATE__` gives, `Nov  2 2026`.
    static func instant(of date: String) -> Instant {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = date.split(separator: " ")
        guard words.count == 3, let month = months.firstIndex(of: String(words[0])), let day = Int(words[1]),
            let year = Int(words[2]), let date = Day(year: year, month: month + 1, day: day)
        else { preconditionFailure("not what __DATE__ gives: \(date)") }
        return Instant(seconds: Int64(date.ordinal) * 86_400)
    }
}
