internal import StretchBase
internal import StretchCore

extension Outlook {
    /// The line in `systemctl --user status`: what is due or why nothing is asked, then `Next: morning Mon 07:30`.
    func line(in timetable: Timetable, at now: Instant) -> String {
        let due = due.map { item in
            let reason = item.reason.words(in: timetable, at: now) ?? item.state.rawValue
            return "Due: \(item.id.routine) \(HumanTime.clock(item.id.nominal)) (\(reason))"
        }
        let next = next.map { occurrence in
            let today = timetable.zone.civil(occurrence.opens).day
            return "Next: \(occurrence.id.routine) \(HumanTime.planned(occurrence.id.nominal, relativeTo: today))"
        }
        let trouble = journalTrouble.map { "Not saved yet: \($0)" }
        // Each due occurrence already has its own reason.
        let reason =
            due.isEmpty ? reason?.words(in: timetable, at: now).map { $0.prefix(1).uppercased() + $0.dropFirst() } : nil
        let parts = due + [reason, next, trouble].compactMap(\.self)
        return parts.isEmpty ? "Nothing is planned" : parts.joined(separator: "; ")
    }
}
