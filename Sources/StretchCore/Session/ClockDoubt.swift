package import StretchBase

/// Why the clock cannot be right (docs/rules.md, *Time*): then nothing is asked, and no command records an answer.
package enum ClockDoubt: Hashable, Sendable {
    /// It shows a time at which this program was not built yet; the day of its source, as midnight in UTC.
    case beforeBuild(Instant)
    /// Nothing keeps it right, and it shows more than a day before this machine's newest record.
    case behindJournal(Instant)

    /// As much as a clock in another zone, or one set by eye, may be wrong.
    package static let tolerance = Duration.days(1)

    /// Nil when the clock can be believed.
    ///
    /// Where something keeps it right, a record that is ahead of it is what is wrong.
    /// - Parameters:
    ///   - built: the day of the program's source, as midnight in UTC.
    ///   - newest: the time of the newest record in this machine's own file.
    ///   - isSynchronised: asked only when it matters.
    package init?(at now: Instant, built: Instant, newest: Instant?, isSynchronised: @autoclosure () -> Bool) {
        if now < built - ClockDoubt.tolerance {
            self = .beforeBuild(built)
        } else if let newest, now < newest - ClockDoubt.tolerance, !isSynchronised() {
            self = .behindJournal(newest)
        } else {
            return nil
        }
    }

    /// The clock may be believed again without having been set: it is enough that something begins to keep it right.
    var canEndUnnoticed: Bool {
        if case .behindJournal = self { true } else { false }
    }

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
