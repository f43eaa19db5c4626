package import StretchBase

/// What a configuration quietly takes away from the person, a line each.
///
/// Nothing of it is a mistake. `check` says it, and `reload`.
package struct ConfigurationRemarks {
    package let lines: [String]

    /// - Parameter diary: has the configuration, and the records that it is compared with.
    package init(_ diary: Diary, at now: Instant) {
        let configuration = diary.configuration
        lines =
            configuration.remarks + lostRoutines(diary, at: now)
            + configuration.routines.flatMap { routine in
                remarks(on: routine, in: diary.timetable, at: now).map { "routine \(quoted(routine.id)): \($0)" }
            }
            + unusedStretches(configuration)
    }
}

/// Routines that were done, or are built in, and are not asked for any more.
private func lostRoutines(_ diary: Diary, at now: Instant) -> [String] {
    let configuration = diary.configuration
    var doneDays: [(id: String, count: Int)] = []
    for id in diary.ledger.routines where configuration.routine(id) == nil {
        var wasPlanned = false
        diary.ledger.forEachOccurrence(of: id) { if !$0.isEmpty { wasPlanned = true } }
        // A built-in routine may be done now and then without ever being planned.
        guard wasPlanned else { continue }
        let history = History(of: Routine(id: id, title: id, schedule: Schedule([])), in: diary, at: now)
        let count = history.entries.count { $0.state == .done }
        if count > 0 { doneDays.append((id, count)) }
    }
    var remarks = doneDays.map { id, count in
        "\(count) done \(count == 1 ? "day" : "days") of \(oneLine(id)), which is not configured any more; was it renamed? "
            + "\(count == 1 ? "It counts" : "They count") again for a routine with id = \(quoted(id))"
    }
    let morning = Routine.morning.id
    if configuration.routine(morning) == nil, !doneDays.contains(where: { $0.id == morning }) {
        remarks.append(
            "the built-in \(morning) is not asked for, as the file has routines of its own; to have it, too, write "
                + "[[routine]] with id = \(quoted(morning)) and a schedule")
    }
    return remarks
}

private func remarks(on routine: Routine, in timetable: Timetable, at now: Instant) -> [String] {
    let prompt = timetable.configuration.prompt
    let window = TimeSpan.format(routine.window)
    var remarks: [String] = []
    if routine.schedule.next(after: now, in: timetable.zone) == nil {
        let isExcepted = Schedule(routine.schedule.events).next(after: now, in: timetable.zone) != nil
        let cause = isExcepted ? "except takes every day of its schedule away" : "its schedule has no time to come"
        remarks.append("\(cause), so it is never asked for")
    } else {
        let most = mostTimes(of: routine, in: timetable, after: now)
        if most < routine.dailyGoal {
            remarks.append(
                "its goal is \(routine.dailyGoal) times a day, but no day to come has more than \(most): all of those "
                    + "make a done day")
        }
    }
    if prompt.snoozeLimit > 0, prompt.snooze + SnoozeOutcome.margin > routine.window {
        remarks.append(
            "its window of \(window) has no room for a snooze of \(TimeSpan.format(prompt.snooze)), which must end "
                + "5min before it: its prompt has no Snooze button")
    }
    if prompt.reminders > 0, prompt.remindEvery >= routine.window {
        remarks.append(
            "its window of \(window) ends before the first reminder, after \(TimeSpan.format(prompt.remindEvery))")
    }
    if routine.steps.isEmpty, !routine.swaps.isEmpty {
        remarks.append(
            "avoid in [person] leaves nothing of its steps, so it only asks; give it steps that are for you: "
                + "stretchd stretches")
    }
    for step in routine.steps where step.dose.sets * step.dose.repeats > 7 {
        let length = Routine(id: "", title: "", schedule: Schedule([]), steps: [step]).length
        guard length > .minutes(5) else { continue }
        remarks.append(
            "\(step.stretch.id) alone takes \(HumanTime.minutes(length)): \(dose(step)); to count it instead of holding "
                + "it write tempo = \"4s\" for hold")
    }
    return remarks
}

/// The maximum number of occurrences on one day to come; the search stops when a day reaches the goal.
private func mostTimes(of routine: Routine, in timetable: Timetable, after now: Instant) -> Int {
    var most = 0
    var start = now
    // 366 planned days show every pattern that repeats within a year.
    for _ in 0..<366 where most < routine.dailyGoal {
        guard let next = timetable.next(routine, after: start) else { break }
        let times = timetable.occurrences(of: routine, on: next.day)
        most = max(most, times.count)
        start = max(next.opens, times.last?.opens ?? next.opens)
    }
    return most
}

/// Own stretches that no routine has; one that replaces a built-in stretch is used wherever that is.
private func unusedStretches(_ configuration: Configuration) -> [String] {
    let swaps = configuration.routines.flatMap(\.swaps)
    let substitutes = configuration.stretches.compactMap(\.instead)
    let used = Set(
        configuration.routines.flatMap(\.steps).map(\.stretch.id) + swaps.map(\.stretch.id) + substitutes
            + StretchLibrary.ids)
    let unused = configuration.stretches.map(\.id).filter { !used.contains($0) }
    guard !unused.isEmpty else { return [] }
    let (stretches, them) = unused.count == 1 ? ("stretch", "it") : ("stretches", "them")
    let ids = unused.joined(separator: ", ")
    return ["no routine has the \(stretches) \(ids); to do \(them), name \(them) in its steps"]
}
