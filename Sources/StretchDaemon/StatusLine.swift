internal import StretchCore

extension Outlook {
    /// What `systemctl --user status` shows: `Next: morning Mon 07:30`, and before it what is due or that all is paused.
    func line(in zone: Zone) -> String {
        let due = due.map { item in
            "Due: \(item.occurrence.routine) \(HumanTime.clock(item.occurrence.nominal)) (\(item.reason ?? item.state.rawValue))"
        }
        let next = next.map { occurrence in
            let today = zone.civil(occurrence.opens).day
            return "Next: \(occurrence.id.routine) \(HumanTime.planned(occurrence.id.nominal, relativeTo: today))"
        }
        let trouble = journalTrouble.map { "Not saved yet: \($0)" }
        // The reason of what is due says it already.
        let pause = due.isEmpty ? paused.map { $0.prefix(1).uppercased() + $0.dropFirst() } : nil
        let parts = due + [pause, next, trouble].compactMap(\.self)
        return parts.isEmpty ? "Nothing is planned" : parts.joined(separator: "; ")
    }
}
