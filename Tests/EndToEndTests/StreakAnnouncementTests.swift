import Foundation
import TestSupport
import Testing

/// Streaks that end with the day, on the session bus.
struct StreakAnnouncementTests {
    /// Nothing else happens then.
    @Test func endOfTheDayIsAnnouncedToThoseWhoKnowTheStreaks() async throws {
        try await withMachine { machine in
            // In a zone where it is eleven o'clock: a day may begin at noon at the latest.
            let end = Date.now.addingTimeInterval(8)
            let hours = 11 - Int(end.timeIntervalSince1970) / 3600 % 24
            try """
            day_start = "\(text(end, hours, .withFullTime).prefix(8))"
            [[routine]]
            id = "morning"
            title = "Morning stretch"
            schedule = "08:00"
            window = "1h"
            steps = ["half-kneeling-hip-flexor"]
            """.write(to: machine.configuration, atomically: true, encoding: .utf8)
            // The day that is ending began yesterday.
            let today = text(end, hours, .withFullDate)
            let yesterday = text(end.addingTimeInterval(-86_400), hours, .withFullDate)
            let offset = String(format: "%+03d:00", hours)
            try machine.receive(
                """
                {"v":1,"id":"1","ts":"\(yesterday)T08:00:01\(offset)","type":"done","occ":"morning@\(yesterday)T08:00"}
                {"v":1,"id":"2","ts":"\(today)T08:00:01\(offset)","type":"prompted","closes":"\(today)T09:00:00\(offset)",\
                "occ":"morning@\(today)T08:00"}
                """, as: "other")
            let monitor = try await PropertyMonitor(on: machine)
            _ = try await machine.start(adding: ["TZ": "Etc/GMT\(hours > 0 ? "-" : "+")\(abs(hours))"])
            #expect(try await machine.property("Streaks") == #"a{su} 1 "morning" 1"#)
            // Other tests on this kernel set its clock (to the time it has), which may have changed anything.
            while try await machine.property("Streaks") != #"a{su} 1 "morning" 0"# {
                try await monitor.hears("the end of the day") { $0.values.isEmpty && $0.invalidated == ["Streaks"] }
            }
        }
    }

    private func text(_ date: Date, _ hours: Int, _ options: ISO8601DateFormatter.Options) -> String {
        let format = ISO8601DateFormatter()
        format.formatOptions = options
        format.timeZone = TimeZone(secondsFromGMT: hours * 3600)
        return format.string(from: date)
    }
}
