// The words of the notifications.

extension Session {
    func prompt(for item: AgendaItem, at now: Instant) -> Prompt {
        let settings = configuration.prompt
        let routine = configuration.routines[item.place]
        var buttons = [Prompt.Button(action: .done, label: "Done")]
        if case .until = snoozeOutcome(of: item.occurrence, for: settings.snooze, at: now) {
            buttons.append(Prompt.Button(action: .snooze, label: "Snooze \(spoken(settings.snooze))"))
        }
        buttons.append(Prompt.Button(action: .skip, label: "Not today"))
        let late = now - item.occurrence.opens >= .minutes(5)
        let planned = HumanTime.short(item.occurrence.id.nominal, relativeTo: timetable.zone.civil(now).day)
        return Prompt(
            subject: item.subject, title: routine.title,
            body: routine.summary + (late ? "\nPlanned for \(planned)" : ""),
            buttons: buttons, urgency: settings.urgency, sound: settings.sound)
    }
}

extension Prompt {
    /// Outside the schedule: nothing is recorded unless it is done.
    init(bonusFor routine: Routine, settings: Configuration.PromptSettings) {
        self.init(
            subject: .bonus(routine: routine.id), title: routine.title,
            body: routine.summary + "\nAn extra one: nothing is left for today.",
            buttons: [Button(action: .done, label: "Done")], urgency: settings.urgency, sound: settings.sound)
    }

    init(journalTrouble reason: String) {
        self.init(
            subject: .notice(.journal), title: "Your answer is not saved yet",
            body: "The journal cannot be written: \(reason). The answer is kept and tried again every minute.")
    }

    init(welcomeWithFirst first: Occurrence?, in timetable: Timetable, at now: Instant) {
        let today = timetable.zone.civil(now).day
        let plan = first.map { "first stretch \(HumanTime.planned($0.id.nominal, relativeTo: today))" }
        self.init(
            subject: .notice(.welcome), title: "stretchd is running", body: plan ?? "nothing is planned", urgency: .low)
    }
}

extension Routine {
    /// What it consists of, in a line: `Half-kneeling hip-flexor stretch · 2 min`.
    var summary: String {
        (steps.map(\.stretch.title) + (steps.isEmpty ? [] : [spoken(max(length, .minutes(1)))])).joined(
            separator: " · ")
    }
}

/// A duration as a person says it, in whole minutes: `10 min`, `1 h 30 min`.
func spoken(_ duration: Duration) -> String {
    let minutes = Int((duration.microseconds + 30_000_000) / 60_000_000)
    let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
    if hours == 0 { return "\(rest) min" }
    return rest == 0 ? "\(hours) h" : "\(hours) h \(rest) min"
}
