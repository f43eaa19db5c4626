package import StretchBase

/// The meaning of a configuration, in lines for people: the output of `stretchd check`.
package struct ConfigurationSummary {
    package let lines: [String]

    /// - Parameter file: the name of the configuration file; nil if there is none and the defaults apply.
    package init(_ configuration: Configuration, file: String?, at now: Instant, in zone: Zone) {
        let count = configuration.routines.count
        let routines = count == 1 ? "1 routine" : "\(count) routines"
        let head = file.map { "\($0) is fine: \(routines)" } ?? "no configuration file: the defaults, \(routines)"
        let width = configuration.routines.map(\.id.columns).max() ?? 0
        var lines = [head]
        if !configuration.includes.isEmpty {
            lines.append("  with    \(configuration.includes.joined(separator: ", "))")
        }
        if !configuration.stretches.isEmpty {
            lines.append("  own     \(configuration.stretches.map(own).joined(separator: ", "))")
        }
        if !configuration.avoid.isEmpty {
            lines.append("  avoid   \(configuration.avoid.map(\.rawValue).joined(separator: ", "))")
        }
        for routine in configuration.routines {
            lines.append("\(column(routine.id, width))  \"\(routine.title)\"")
            lines.append("  asks    \(asks(routine, configuration.prompt))")
            lines += goal(routine)
            lines += steps(routine) + labelled("swaps", routine.swaps.map(\.words))
            lines.append("  next    \(next(routine, at: now, in: zone))")
        }
        self.lines = lines
    }
}

/// The id of one of the person's own stretches, with a note if it replaces a built-in one.
private func own(_ stretch: Stretch) -> String {
    StretchLibrary.ids.contains(stretch.id) ? "\(stretch.id) (instead of the built-in one)" : stretch.id
}

/// When and for how long a routine asks, such as `["Mon..Fri 07:30", "Sat,Sun 09:00"], for 4h, again every 15min up to
/// 3 times`.
private func asks(_ routine: Routine, _ prompt: Configuration.PromptSettings) -> String {
    var parts = [routine.schedule.toml, "for \(TimeSpan.format(routine.window))"]
    switch prompt.reminders {
    case 0: parts.append("once")
    case 1: parts.append("again after \(TimeSpan.format(prompt.remindEvery))")
    default: parts.append("again every \(TimeSpan.format(prompt.remindEvery)) up to \(prompt.reminders) times")
    }
    return parts.joined(separator: ", ")
}

/// The daily goal, if it is more than one.
private func goal(_ routine: Routine) -> [String] {
    routine.dailyGoal > 1 ? ["  goal    \(routine.dailyGoal) times a day"] : []
}

extension Schedule {
    /// Such as `Mon..Fri 07:30, Sat,Sun 09:00, except *-12-24..26`; empty when nothing is planned.
    package var words: String {
        let exceptions = except.isEmpty ? [] : ["except " + except.map(brief).joined(separator: " and ")]
        return (events.map(brief) + exceptions).joined(separator: ", ")
    }
}

extension Schedule {
    /// The events as the configuration takes them: `["Mon..Fri 07:30", "Sat,Sun 09:00"], except "*-12-24..26"`.
    fileprivate var toml: String {
        func list(_ events: [CalendarEvent]) -> String {
            let texts = events.map { "\"\(brief($0))\"" }
            return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        }
        return list(events) + (except.isEmpty ? "" : ", except \(list(except))")
    }
}

/// The normal form of a calendar event, without `*-*-*` for any date, `:00` seconds and the `00:00:00` of a mere date.
private func brief(_ event: CalendarEvent) -> String {
    var words = event.description.split(separator: " ").map(String.init)
    if words.last == "00:00:00" && event.isDateOnly && words.count > 1 && words != ["*-*-*", "00:00:00"] {
        words.removeLast()
    } else if let time = words.last, time.hasSuffix(":00"), time.count(where: { $0 == ":" }) == 2 {
        words[words.count - 1] = String(time.dropLast(3))
    }
    if words.count > 1 { words.removeAll { $0 == "*-*-*" } }
    return words.joined(separator: " ")
}

/// A line for each step, and a last one with the length of all steps.
private func steps(_ routine: Routine) -> [String] {
    if routine.steps.isEmpty { return labelled("steps", ["none, it only asks"]) }
    return labelled("steps", routine.steps.map(dose) + ["about \(HumanTime.minutes(routine.length))"])
}

/// Lines of which the first one has a label.
private func labelled(_ label: String, _ lines: [String]) -> [String] {
    lines.enumerated().map { "  " + column($0 == 0 ? label : "", 8) + $1 }
}

/// A step in words, such as `Half-kneeling hip-flexor stretch, both sides 3 times 15s, rest 10s`.
func dose(_ step: Step) -> String {
    let dose = step.dose
    let sides =
        switch dose.sides {
        case .both: dose.order == .sideBySide ? "each side " : "both sides "
        case .left, .right: "\(dose.sides.rawValue) side "
        case .none: ""
        }
    let sets = dose.sets == 1 ? "" : "\(dose.sets) sets of "
    let times = dose.sets == 1 && dose.repeats == 1 ? "" : "\(dose.repeats) times "
    let tempo = dose.isCounted ? "at a tempo of " : ""
    let rest = dose.hasRest ? ", rest \(TimeSpan.format(dose.rest))" : ""
    return "\(step.stretch.title), \(sides)\(sets)\(times)\(tempo)\(TimeSpan.format(dose.hold))\(rest)"
}

/// The next three times of a routine.
private func next(_ routine: Routine, at now: Instant, in zone: Zone) -> String {
    let today = zone.civil(now).day
    var times: [String] = []
    var instant = now
    while times.count < 3, let elapse = routine.schedule.next(after: instant, in: zone) {
        times.append(HumanTime.full(elapse.nominal, relativeTo: today))
        instant = elapse.instant
    }
    return times.isEmpty ? "never: the schedule has no time to come" : times.joined(separator: ", ")
}
