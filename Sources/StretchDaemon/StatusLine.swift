internal import StretchCore

extension Outlook {
    /// What `systemctl --user status` shows: `Next: morning Mon 07:30`, and what is due before it.
    func line(in zone: Zone) -> String {
        let due = due.map { item in
            "Due: \(item.occurrence.routine) \(HumanTime.clock(item.occurrence.nominal)) (\(item.reason ?? item.state.rawValue))"
        }
        let next = next.map { occurrence in
            let today = zone.civil(occurrence.opens).day
            return "Next: \(occurrence.id.routine) \(HumanTime.planned(occurrence.id.nominal, relativeTo: today))"
        }
        let trouble = journalTrouble.map { "Not saved yet: \($0)" }
        let parts = due + [next, trouble].compactMap(\.self)
        return parts.isEmpty ? "Nothing is planned" : parts.joined(separator: "; ")
    }
}
