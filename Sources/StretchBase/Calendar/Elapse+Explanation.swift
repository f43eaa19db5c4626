extension Schedule.Elapse {
    /// What a clock change does to this time; nil for most times.
    ///
    /// `02:30 does not exist on 2026-03-29: clocks go from 02:00 to 03:00`
    package func explanation(in zone: Zone) -> String? {
        let index = zone.index(at: instant.seconds)
        let clock = Self.clock(nominal)
        if shifted {
            guard index > 0 else { return nil }
            let start = zone.periods[index].start * 1_000_000
            let before = CivilTime(timeline: start + zone.periods[index - 1].microseconds)
            let after = CivilTime(timeline: start + zone.periods[index].microseconds)
            let change = "clocks go from \(Self.clock(before)) to \(Self.clock(after))"
            return "\(clock) does not exist on \(nominal.day): \(change)"
        }
        guard index + 1 < zone.periods.count else { return nil }
        let next = zone.periods[index + 1]
        // Its second pass begins where the clock is put back to.
        guard nominal >= CivilTime(timeline: next.start * 1_000_000 + next.microseconds) else { return nil }
        return "\(clock) comes twice on \(nominal.day): the first one counts"
    }

    private static func clock(_ time: CivilTime) -> String {
        "\(padded(time.hour, 2)):\(padded(time.minute, 2))" + (time.second == 0 ? "" : ":\(padded(time.second, 2))")
    }
}
