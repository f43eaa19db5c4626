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
    /// `paused until Sun 27 Dec` if it ends as that day begins, else such as `paused until Sun 09:00`.
    ///
    /// For a pause without an end, names the command that ends it.
    package func words(in timetable: Timetable, at now: Instant) -> String {
        Pause.words(until: until, in: timetable, at: now)
    }

    package static func words(until: Instant?, in timetable: Timetable, at now: Instant) -> String {
        guard let until else { return "paused until stretchd resume" }
        let (end, today) = (timetable.zone.civil(until).day, timetable.zone.civil(now).day)
        guard timetable.beginning(of: end) == until, end > today || until <= now else {
            return "paused until \(HumanTime.moment(until, in: timetable.zone, at: now))"
        }
        return "paused until \(HumanTime.weekday(end)) \(HumanTime.date(end, relativeTo: today))"
    }
}
