package import StretchBase

/// Why the clock cannot be right (docs/rules.md, *Time*).
///
/// Until it is right again, nothing is asked, and commands record no answers.
package enum ClockDoubt: Hashable, Sendable {
    /// The clock is more than a day behind the day of this program's source.
    ///
    /// The value is that day, at midnight UTC.
    case beforeBuild(Instant)
    /// The clock is not synchronised, and it is more than a day behind this machine's newest record.
    ///
    /// The value is the time of that record.
    case behindJournal(Instant)

    /// How far a clock may be behind before it is doubted.
    ///
    /// Somebody may have set it by hand, or to the local time of another zone.
    package static let tolerance = Duration.days(1)

    /// Nil if the clock can be believed.
    ///
    /// If the clock is synchronised, a record with a later time must be wrong, not the clock.
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

    /// The doubt may end although nobody sets the clock, because synchronisation begins.
    var canEndUnnoticed: Bool { if case .behindJournal = self { true } else { false } }

    /// Such as `the clock must be wrong: it shows 1 Jan 2001, but this program was built 22 Nov 2026`.
    package func words(at now: Instant, in zone: Zone) -> String {
        let shown = "the clock must be wrong: it shows \(date(now, in: zone))"
        return switch self {
        case .beforeBuild(let built): "\(shown), but this program was built \(date(built, in: .utc))"
        case .behindJournal(let newest): "\(shown), but this machine's newest record is of \(date(newest, in: zone))"
        }
    }

    private func date(_ instant: Instant, in zone: Zone) -> String {
        let day = zone.civil(instant).day
        return "\(HumanTime.date(day, relativeTo: day)) \(day.components.year)"
    }
}
