import Glibc

/// A time zone in which it is the hour after noon now: no test is ever near the end of a day.
struct Noon {
    /// For `TZ`.
    let zone: String
    private let offset: Int

    init() {
        let hours = 12 - Glibc.time(nil) / 3600 % 24
        // POSIX counts westwards.
        zone = hours > 0 ? "Etc/GMT-\(hours)" : "Etc/GMT+\(-hours)"
        offset = hours * 3600
    }

    /// Every day at the time of day it is so many seconds from now, as a calendar event.
    func daily(in seconds: Int, from moment: Int = Glibc.time(nil)) -> String {
        let time = (moment + offset + seconds) % 86_400
        return "*-*-* "
            + [time / 3600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
