import StretchBase
import StretchCore

/// Times that stand one below the other, such as `Mon  9 Nov 07:30`.
enum TimeColumn {
    static func text(_ time: CivilTime, relativeTo today: Day) -> String {
        "\(date(time.day, relativeTo: today)) \(clock(time))"
    }

    /// Only the day, such as `Mon  9 Nov`.
    static func date(_ day: Day, relativeTo today: Day) -> String {
        let date = HumanTime.date(day, relativeTo: today)
        let dayIsShort = date.dropFirst().first == " "
        return "\(HumanTime.weekday(day)) \(dayIsShort ? " " : "")\(date)"
    }

    static func clock(_ time: CivilTime) -> String {
        guard time.microsecond > 0 else { return HumanTime.clock(time) }
        let clock = HumanTime.clock(time)
        return (time.second == 0 ? clock + ":00" : clock) + fraction(ofMicroseconds: time.microsecond)
    }
}
