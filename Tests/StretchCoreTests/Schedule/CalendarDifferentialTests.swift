import StretchBase
import StretchCore
import StretchSystem
import Testing

/// Everything that `systemd-analyze calendar` decides away from clock changes, compared on thousands of expressions.
struct CalendarDifferentialTests {
    static let zones = [
        "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/Sao_Paulo",
        "America/St_Johns", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe",
        "Australia/Adelaide", "Pacific/Apia", "Pacific/Kiritimati", "Antarctica/Troll", "Africa/Casablanca",
    ]

    /// Another seed finds other cases; a failure names its expression.
    static let seed: UInt64 = 20_261_122

    @Test(arguments: zones)
    func randomExpressionsElapseAsSystemdSays(zone: String) throws {
        var expressions = CalendarExpressions(
            seed: Self.seed &+ UInt64(Self.zones.firstIndex(of: zone) ?? 0), zones: Self.zones)
        var statistics = Statistics()
        for _ in 0..<8 {
            let base = expressions.base(through: zone == "Europe/Dublin" ? 2030 : 2190)
            try compare((0..<100).map { _ in expressions.next() }, zone: zone, base: base, &statistics)
        }
        print("seed \(Self.seed), \(zone): \(statistics)")
        #expect(statistics.accepted > 400 && statistics.rejected > 50 && statistics.elapses > 1000)
    }

    @Test func handPickedExpressionsElapseAsSystemdSays() throws {
        var statistics = Statistics()
        for zone in Self.zones {
            for base: Int64 in [1_700_000_000, 1_774_300_000, 951_000_000] {
                try compare(HandPicked.valid + HandPicked.invalid, zone: zone, base: base, &statistics)
            }
        }
        #expect(statistics.rejected == HandPicked.invalid.count * Self.zones.count * 3)
    }

    struct Statistics {
        var accepted = 0, rejected = 0, elapses = 0
    }

    private func compare(_ expressions: [String], zone name: String, base: Int64, _ statistics: inout Statistics) throws
    {
        let zone = try ZoneReader().zone(named: name)
        let answers = try CalendarOracle.ask(expressions, zone: name, base: base, count: 5)
        for (expression, answer) in zip(expressions, answers) {
            let event = try? CalendarEvent(parsing: expression)
            let suffix = event.flatMap(\.zone).map { try? ZoneReader().zone(named: $0) } ?? zone
            guard let event, let suffix else {
                #expect(answer.normalForm == nil, "systemd accepts '\(expression)' (\(name))")
                statistics.rejected += 1
                continue
            }
            #expect(event.description == answer.normalForm, "'\(expression)' (\(name))")
            statistics.accepted += 1
            statistics.elapses += compare(event, to: answer, in: suffix, base: base, text: expression)
        }
    }

    /// Up to the first clock change near a search; gives how many elapses were compared.
    private func compare(
        _ event: CalendarEvent, to answer: CalendarOracle.Answer, in zone: Zone, base: Int64, text: String
    ) -> Int {
        let schedule = Schedule([event])
        var previous = Instant(seconds: base)
        for (index, expected) in answer.elapses.enumerated() {
            let next = schedule.next(after: previous, in: zone)
            guard !changes(zone, near: previous.seconds), !changes(zone, near: expected),
                !changes(zone, near: next?.instant.seconds ?? expected)
            else { return index }
            if losesElapses(answer), let next, next.instant.seconds < expected {
                #expect(schedule.elapses(after: next.instant, in: zone, through: expected).last == expected)
                return index
            }
            #expect(
                next?.instant.seconds == expected,
                "'\(text)' in \(zone.identifier) after @\(previous.seconds): \(next?.nominal.description ?? "never")")
            guard let next, next.instant.seconds == expected else { return index }
            previous = next.instant
        }
        if answer.isComplete, answer.elapses.count < 5, !changes(zone, near: previous.seconds) {
            #expect(schedule.next(after: previous, in: zone) == nil, "'\(text)' in \(zone.identifier) ends")
        }
        return answer.elapses.count
    }

    /// Whether systemd may lose the first elapses of a month, a day or an hour.
    ///
    /// It does when a repetition without an end, such as `04/14:01`, runs over the end of the one before. We do not.
    private func losesElapses(_ answer: CalendarOracle.Answer) -> Bool {
        guard let form = answer.normalForm else { return false }
        return form.split { " ,:-~".contains($0) }.contains { $0.contains("/") && !$0.contains("..") }
    }

    private func changes(_ zone: Zone, near second: Int64) -> Bool {
        let reach: Int64 = 2 * 86_400
        return zone.periods.contains { $0.start > second - reach && $0.start < second + reach }
    }
}

extension Schedule {
    /// The next hundred at most, in seconds.
    fileprivate func elapses(after start: Instant, in zone: Zone, through end: Int64) -> [Int64] {
        sequence(first: start) { next(after: $0, in: zone)?.instant }.dropFirst().prefix(1000).map(\.seconds)
            .filter { $0 <= end }
    }
}

enum HandPicked {
    static let valid = [
        "Mon..Fri 07:30", "Sat,Sun 09:00", "*-*~1,3..5", "*-*~07/2", "Mon,", "Mon, 07:30", "Mon-Fri 7:30",
        "*-*-* 07:30:1.5..3", "*:*:0..1/0.5", "*:*:1.1234567", "*:*:1.1234565", "@1700000000", "@ 5", "@+5", "@\t5",
        "@1700000000 UTC", "@1700000000 Europe/Berlin", "Mon @5", "1..3-1", "00..03:00", "0-1-1", "70-1-1",
        "99..12-1-1",
        "*-*-1..31/7", "*-*-5,5,3", "daily UTC", "DAILY utc", "weekly Europe/Berlin", "Monday", "mon..WEDNESDAY", "*:*",
        "Mon..Sun", "Sun,Mon..Tue", "*-02-30", "*:0/59", "*:0..59/60", "*:0..60/40", "*:*:59.999999", "*-*-1  7:30",
        "Mon   7:30", "Mon ", "2024-1-1 ", "*~1", "5~1", "5..5:00", "5..5/1:00", "*:*:0/0.5", "07:30 Etc/UTC",
        "*:*:1..3/2.5", "*:*:0/1", "*:*:0/2", "*:*:0..59", "*:*:0,1/1", "*-*~1..28", "*-*~28/27", "2199-1..1-1",
        "1970/229-1-1", "Fri *-*-13", "*-02-29", "Mon *-02-29 12:00", "*-*-31", "2000/4-2-29", "*-1/3-1",
    ]

    static let invalid = [
        "", " ", "*-*~29", "*-*~5..3", "*:*:0..0.5", "*:*:5..5", "07:30:5.", "@1700000000.5", "@-1", "@", "22..02:00",
        "2019-13-01", "Mon 2023-1-1/40", "*-*-* 0/2", "7", "07:30 Europe/berlin", "Mon 5", "Mon *", "*", "*:0/60",
        "1/12-1", "12/1-1", "2199/1-1-1", "+7:30", "07:+30", "*:*:59.9999999", "*:*:60", "2024--1", "7:30 ", " 7:30",
        "5~1-3", "5-~1", "@9999999999", "@99999999999999999999", "10..5:00", "*:*:0/0", "0x7:00", "UTC", " UTC",
        "daily  UTC", "2:00  Europe/Berlin", "*:*:*/1", "*-*~27/27", "*/2:00", "*:*/15", "Sat..Mon", "Mon, Tue 09:00",
        "24:00", "07:60", "30 7 * * 1-5", "7.30", "7am", "Mon..", "Mon..Tue..Wed", "Mo 7:30", "2026-11-23T07:30",
        "daily 07:30", "Mon,,Tue", "1969-1-1", "2200-1-1", "07:30 Nowhere/Town", "7:30\t", "00..:00", "..5:00", "5:",
    ]
}
