package import StretchBase

/// Why the clock cannot be right (docs/rules.md, *Time*): nothing is asked, and commands record no answers.
package enum ClockDoubt: Hashable, Sendable {
    /// The clock shows a time before this program was built; the value is the day of the source, at midnight UTC.
    case beforeBuild(Instant)
    /// The clock is not synchronised, and shows more than a day before this machine's newest record.
    case behindJournal(Instant)

    /// How wrong a clock in another zone, or one set by eye, may be.
    package static let tolerance = Duration.days(1)

    /// Nil when the clock can be believed.
    ///
    /// If the clock is synchronised, a record ahead of it must be wrong, not the clock.
    ///
    /// - Parameters:
    ///   - built: the day of the program's source, at midnight UTC.
    ///   - newest: the time of the newest record in this machine's own file.
    ///   - isSynchronised: evaluated only when needed.
    package init?(at now: Instant, built: Instant, newest: Instant?, isSynchronised: @autoclosure () -> Bool) {
        if now < built - ClockDoubt.tolerance {
            self = .beforeBuild(built)
        } else if let newest, now < newest - ClockDoubt.tolerance, !isSynchronised() {
            self = .behindJournal(newest)
        } else {
            return nil
        }
    }

    /// The doubt may end without a change of the clock, when synchronisation begins.
    var canEndUnnoticed: Bool { if case .behindJournal = self { true } else { false } }

    /// Such as `clock implausible: it shows 1 Jan 2001, this program was built 22 Nov 2026`.
    package func words(at now: Instant, in zone: Zone) -> String {
        let shown = "clock implausible: it shows \(date(now, in: zone))"
        return switch self {
        case .beforeBuild(let built): "\(shown), this program was built \(date(built, in: .utc))"
        case .behindJournal(let newest): "\(shown), this machine's newest record is of \(date(newest, in: zone))"
        }
    }

    private func date(_ instant: Instant, in zone: Zone) -> String {
        let day = zone.civil(instant).day
        return "\(HumanTime.date(day, relativeTo: day)) \(day.components.year)"
    }
}
