package import StretchBase

extension Diary {
    /// The pause in force that ends first, if every routine is paused; nil if any routine is not paused.
    package func pauseOfAll(at now: Instant) -> Pause? {
        var pauses: [Pause] = []
        for routine in configuration.routines {
            guard let pause = ledger.pause(of: routine.id, at: now) else { return nil }
            pauses.append(pause)
        }
        return pauses.min { $0.end < $1.end }
    }

    /// When the next pause of any routine begins; nil if none is planned.
    func nextPause(after now: Instant) -> Instant? {
        configuration.routines.flatMap { ledger.unfinishedPauses(of: $0.id, at: now) }.map(\.from).filter { $0 > now }
            .min()
    }

    /// The pause because of which an occurrence is not asked for now; nil if there is none.
    ///
    /// The pause is in force, or it ended when the day after the occurrence began. Such a pause promises to ask again
    /// on that next day, but this occurrence still belongs to the day before.
    func pause(of occurrence: Occurrence, at now: Instant) -> Pause? {
        let routine = occurrence.id.routine
        if let pause = ledger.pause(of: routine, at: now) { return pause }
        guard let dayAfter = timetable.beginning(of: occurrence.day + 1), dayAfter <= now else { return nil }
        let eve = dayAfter - .microseconds(1)
        return ledger.unfinishedPauses(of: routine, at: eve).first { $0.from <= eve && $0.until == dayAfter }
    }

    /// When an occurrence is asked for, as far as pauses allow it.
    package enum Asking: Hashable, Sendable {
        case begins(Instant)
        /// The pause lasts until the occurrence closes, or longer.
        case never(Pause)
    }

    /// - Parameter start: a moment at which the occurrence is open; without a pause it is asked for then.
    package func asking(for occurrence: Occurrence, from start: Instant) -> Asking {
        var moment = start
        while let pause = pause(of: occurrence, at: moment) {
            guard let until = pause.until, moment < until, until < occurrence.closes else { return .never(pause) }
            moment = until
        }
        return .begins(moment)
    }

    /// Whether pauses hold from the opening of a planned time until it closes, so that it is not asked for.
    package func isPaused(_ elapse: Schedule.Elapse, of routine: Routine) -> Bool {
        let occurrence = timetable.occurrence(elapse, of: routine)
        if case .never = asking(for: occurrence, from: occurrence.opens) { return true }
        return false
    }

    /// Whether a `held` record says already that the pause of an occurrence holds back the times of its routine.
    func hasHeldPaused(_ occurrence: Occurrence, of routine: Routine) -> Bool {
        ledger.pauses(of: routine.id).contains { pause in
            pause.holds(occurrence, in: timetable)
                && ledger.occurrences(of: routine.id, since: pause.from).joined()
                    .contains { $0.kind == .held(.paused) && $0.ts.instant >= pause.from }
        }
    }

    /// When anything is asked for, from a moment on, if nobody answers before; nil if nothing is to come.
    package func nextAsking(from start: Instant) -> Instant? {
        configuration.routines.compactMap { nextAsking(of: $0, from: start) }.min()
    }

    private func nextAsking(of routine: Routine, from start: Instant) -> Instant? {
        if let open = open(routine, at: start), verdict(settling: open, of: routine) == nil,
            case .begins(let moment) = asking(for: open, from: start)
        {
            switch standing(of: open, of: routine, at: moment) {
            case .snoozed(let until), .guided(let until): return until
            default: return moment
            }
        }
        guard let next = nextAsked(routine, after: start),
            case .begins(let moment) = asking(for: next, from: next.opens)
        else { return nil }
        return moment
    }

    /// The pause that covers a whole other one, for every routine; nil if any routine has none.
    package func pause(covering pause: Pause, at now: Instant) -> Pause? {
        var found: Pause?
        for routine in configuration.routines {
            // The clock of another machine may be ahead. Then only `unfinishedPauses` takes its pause for begun.
            let pauses = ledger.unfinishedPauses(of: routine.id, at: now) + ledger.pauses(of: routine.id)
            let covering = pauses.filter { $0.from <= pause.from && pause.end <= $0.end }.min { $0.end < $1.end }
            guard let covering else { return nil }
            found = found ?? covering
        }
        return found
    }

    /// A pause or a resume for every routine, ready for the journal.
    ///
    /// The days of the pause are fixed here, so that a journey or another `day_start` does not change the past.
    package func record(ofPause kind: Record.Kind, id: RecordID, at now: Instant) -> Record {
        let ts = Timestamp(ledger.pauseTime(at: now), in: timetable.zone)
        var record = Record(id: id, ts: ts, kind: kind, subject: .all)
        if case .pause(let from, let until) = kind {
            record.day = timetable.day(at: from)
            record.lastDay = until.map(timetable.lastDay(before:))
        } else {
            record.day = timetable.day(at: now)
        }
        return record
    }
}

extension Pause {
    /// Whether an occurrence closes during the pause, so that nobody is asked for it any more.
    ///
    /// A pause that ends when the day after begins holds what still belongs to the day before.
    func holds(_ occurrence: Occurrence, in timetable: Timetable) -> Bool {
        from < occurrence.closes && (occurrence.closes <= end || end == timetable.beginning(of: occurrence.day + 1))
    }

    /// Such as `paused until Sun 27 Dec`; before it begins `pause from Sun 20 Dec until Mon 4 Jan 2027`, when
    /// it is over `paused from Sun 20 Dec until Mon 4 Jan 2027`.
    package func words(in timetable: Timetable, at now: Instant) -> String {
        if from <= now, now < end { return Pause.words(until: until, in: timetable, at: now) }
        let start = "\(from > now ? "pause" : "paused") from \(Pause.words(for: from, in: timetable, at: now))"
        guard let until else { return "\(start), without an end" }
        return "\(start) until \(Pause.words(for: until, in: timetable, at: now))"
    }

    /// The words for a pause that has begun: `paused until Sun 27 Dec` or such as `paused until Sun 09:00`.
    ///
    /// For a pause without an end, names the command that ends it.
    package static func words(until: Instant?, in timetable: Timetable, at now: Instant) -> String {
        "paused until \(until.map { words(for: $0, in: timetable, at: now) } ?? endless)"
    }

    /// A date if a day begins then and it is no later time of today, else such as `Sun 09:00`.
    ///
    /// A date of another year has its year.
    private static func words(for instant: Instant, in timetable: Timetable, at now: Instant) -> String {
        let (day, today) = (timetable.zone.civil(instant).day, timetable.zone.civil(now).day)
        guard timetable.beginning(of: day) == instant, day > today || instant <= now else {
            return HumanTime.moment(instant, in: timetable.zone, at: now)
        }
        let (year, date) = (day.components.year, HumanTime.date(day, relativeTo: today))
        let isYearMissing = year != today.components.year && !date.hasSuffix(" \(year)")
        return "\(HumanTime.weekday(day)) \(date)\(isYearMissing ? " \(year)" : "")"
    }

    private static let endless = "stretchd resume"
}
