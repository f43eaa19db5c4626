import CSystemd
package import StretchBase
import StretchCore

/// When this program was built: a clock that shows a much earlier time is wrong.
package enum BuildDate {
    /// The day of the source in the builder's zone, as midnight in UTC.
    package static let midnight = instant(of: String(cString: stretchd_source_date()))

    /// Reads the day from what `__TIMESTAMP__` gives, `Sun Nov  2 07:30:00 2026`; an unknown one is the epoch.
    static func instant(of timestamp: String) -> Instant {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = timestamp.split(separator: " ")
        guard words.count == 5, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let year = Int(words[4]), let date = Day(year: year, month: month + 1, day: day)
        else { return Instant(seconds: 0) }
        return Instant(seconds: Int64(date.ordinal) * 86_400)
    }
}
