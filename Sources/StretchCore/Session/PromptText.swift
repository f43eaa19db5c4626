package import StretchBase

// The words of the notifications.

extension Prompt {
    init(
        for item: Agenda.Item, raisedAs raise: Raise, snooze: SnoozeOutcome, in timetable: Timetable, at now: Instant
    ) {
        let settings = timetable.configuration.prompt
        let routine = item.routine
        var buttons = routine.startButton + [Button(.done, "Done")]
        if case .until = snooze { buttons.append(Button(.snooze, "Snooze \(spoken(settings.snooze))")) }
        buttons.append(Button(.skip, "Not today"))
        let late = now - item.occurrence.opens >= .minutes(5)
        let planned = HumanTime.short(item.occurrence.id.nominal, relativeTo: timetable.zone.civil(now).day)
        self.init(
            subject: item.subject, body: routine.summary + (late ? "\nPlanned for \(planned)" : ""), of: routine,
            buttons: buttons, with: timetable.configuration)
        // After a reminder, "Not today" is more useful than another snooze.
        dispensable = item.wasReminded || raise == .reminder ? .snooze : .skip
    }

    /// A prompt outside the schedule: nothing is recorded unless the stretch is done.
    init(bonusFor routine: Routine, with configuration: Configuration) {
        self.init(
            subject: .bonus(routine: routine.id),
            body: routine.summary + "\nAn extra one: nothing is left for today.", of: routine,
            buttons: routine.startButton + [Button(.done, "Done")], with: configuration)
    }

    private init(
        subject: Subject, body: String, of routine: Routine, buttons: [Button], with configuration: Configuration
    ) {
        self.init(
            subject: subject, title: routine.title, body: body, buttons: buttons,
            urgency: configuration.prompt.urgency, sound: configuration.prompt.sound)
        picture = routine.steps.first.map { Prompt.Picture(of: $0.stretch.id, side: $0.dose.sides.first) }
        // A click never gives a verdict. Without steps it can start nothing, so it only closes the prompt, which comes
        // back with its next reminder.
        click = routine.steps.isEmpty ? nil : .start
        if configuration.routines.count > 1 { self.routine = routine.id }
    }

    init(journalTrouble reason: String) {
        self.init(
            subject: .notice(.journal), title: "Your answer is not saved yet",
            body: "The journal cannot be written: \(reason). The answer is kept and tried again every minute.")
    }

    /// - Parameter configuration: the one that is in force while the file is wrong.
    init(mistake error: ConfigurationError, insteadOf configuration: Configuration) {
        let count = error.problems.count
        let title = "Your settings have \(count == 1 ? "a mistake" : "\(count) mistakes")"
        let first = error.problems.first
        let before = configuration.file == nil ? "the built-in settings" : "your settings from before"
        let body = [
            first?.remedy, "Until that is mended, \(before) hold.", "In a terminal: stretchd check",
        ]
        self.init(
            subject: .notice(.configuration), title: [title, first?.spoken].compactMap(\.self).joined(separator: ": "),
            body: body.compactMap(\.self).joined(separator: "\n"))
    }

    init(welcomeWithFirst first: Occurrence?, in timetable: Timetable, at now: Instant) {
        let today = timetable.zone.civil(now).day
        let title = first.map { "Your first stretch: \(HumanTime.spoken($0.id.nominal, relativeTo: today))" }
        // Some servers show only the first words, so the important ones come first.
        let body = "\(first == nil ? "Plan some" : "Change that") in config.toml (man 5 stretchd). stretchd is running."
        self.init(subject: .notice(.welcome), title: title ?? "No stretch is planned", body: body)
        isPassing = true
    }
}

extension History {
    /// What to tell after a `done`: the streak if the day is done now, such as `day 13`, else such as `1 of 2`.
    ///
    /// Nil if there is nothing to tell.
    package func afterDone(on day: Day) -> String? {
        guard let entry = entries.last(where: { $0.day == day }) else { return nil }
        if entry.state == .done { return streak > 0 ? "day \(streak)" : nil }
        return "\(entry.tally.done) of \(entry.tally.goal)"
    }
}

extension Routine {
    /// A routine without steps has no guide to start.
    fileprivate var startButton: [Prompt.Button] { steps.isEmpty ? [] : [Prompt.Button(.start, "Start")] }

    /// The steps and the length in one line, such as `Half-kneeling hip-flexor stretch · 2 min`.
    ///
    /// The line is kept short: some servers show the buttons below the text, and a long text would push them off the
    /// screen. So if there are many steps, the last ones are only counted, as in `… and 3 more`.
    var summary: String {
        guard !steps.isEmpty else { return "" }
        let titles = steps.map(\.stretch.title)
        var named = titles.count
        while named > 1, titles[..<named].reduce(0, { $0 + $1.count + 3 }) > Routine.summaryRoom { named -= 1 }
        var line = titles[..<named].joined(separator: " · ")
        if line.count > Routine.summaryRoom { line = line.prefix(Routine.summaryRoom - 1) + "…" }
        if named < titles.count { line += " … and \(titles.count - named) more" }
        return line + " · " + spoken(max(length, .minutes(1)))
    }

    /// The room for the names of the steps, in characters.
    private static let summaryRoom = 150
}

/// A duration as a person says it, in whole minutes, such as `10 min` or `1 h 30 min`.
func spoken(_ duration: Duration) -> String {
    let minutes = Int((duration.microseconds + 30_000_000) / 60_000_000)
    let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
    if hours == 0 { return "\(rest) min" }
    return rest == 0 ? "\(hours) h" : "\(hours) h \(rest) min"
}
