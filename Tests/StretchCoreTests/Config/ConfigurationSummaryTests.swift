import StretchCore
import Testing

struct ConfigurationSummaryTests {
    /// Sunday 2026-11-22 18:00 UTC.
    private let now = Instant(seconds: 1_795_370_400)

    @Test func itSaysWhatTheDefaultsMean() {
        #expect(
            ConfigurationSummary(.standard, file: nil, at: now, in: .utc).lines == [
                "no configuration file: the defaults, 1 routine",
                "morning  \"Morning stretch\"",
                "  asks    Mon..Fri 07:30, Sat,Sun 09:00, except *-12-24..26, for 4h, again every 15min up to 3 times",
                "  steps   Half-kneeling hip-flexor stretch, both sides 3 times 15s; Glute bridge, 5 times 5s; "
                    + "Cat-camel, 5 times 10s   (about 5 min)",
                "  next    Mon 23 Nov 07:30, Tue 24 Nov 07:30, Wed 25 Nov 07:30",
            ])
    }

    @Test func itSaysWhatAFileMeans() throws {
        let text = """
            prompt.reminders = 0
            [[routine]]
            id = "a"
            title = "Past"
            schedule = ["2020-02-02 07:00:30", "2020-02-03"]
            [[routine]]
            id = "desk"
            title = "Desk"
            schedule = ["hourly", "Mon *-*-01 12:00"]
            except = ["*-12-24..26", "Sat,Sun"]
            window = "24h"
            """
        let configuration = try ConfigurationReader.read(text, file: "f")
        #expect(
            ConfigurationSummary(configuration, file: "config.toml", at: now, in: .utc).lines == [
                "config.toml is fine: 2 routines",
                "a     \"Past\"",
                "  asks    2020-02-02 07:00:30, 2020-02-03, for 4h, once",
                "  steps   none, it only asks",
                "  next    never: the schedule has no time to come",
                "desk  \"Desk\"",
                "  asks    *:00, Mon *-*-01 12:00, except *-12-24..26 and Sat,Sun, for 1d, once",
                "  steps   none, it only asks",
                "  next    Mon 23 Nov 00:00, Mon 23 Nov 01:00, Mon 23 Nov 02:00",
            ])
    }
}
