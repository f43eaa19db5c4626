internal import StretchBase

/// The notifications that ask nothing: about the first start, and about an answer that is not saved.
struct Notices: Sendable {
    /// The notice about the first start is still to be shown.
    var isWelcomePending = false
    /// The person was told that an answer is not saved, and is not told again before all answers are saved.
    private var isTroubleTold = false

    /// - Parameter welcome: makes the notice about the first start.
    mutating func effects(
        for agenda: Agenda, on screen: inout Screen, outbox: Outbox, welcome: () -> Prompt
    ) -> [Effect] {
        var effects: [Effect] = []
        let isSettled = agenda.attendance.isSettled(at: agenda.now)
        if let trouble = outbox.seriousTrouble, outbox.holdsAnswer {
            // This is shown even while the clock is in doubt, because it is known then, too, whether somebody is there.
            let canTell = agenda.clockDoubt == nil ? isSettled : agenda.attendance.isThere
            if canTell, !isTroubleTold || screen.canRepost(.notice(.journal), at: agenda.now) {
                isTroubleTold = true
                effects.append(screen.show(Prompt(journalTrouble: trouble.reason), as: .first))
            }
        } else {
            isTroubleTold = false
            if screen[.notice(.journal)] != nil { effects.append(.withdraw(.notice(.journal))) }
            screen[.notice(.journal)] = nil
        }
        // The first prompt makes the welcome unnecessary.
        if agenda.hasToBeAsked { isWelcomePending = false }
        if isWelcomePending, agenda.clockDoubt == nil, isSettled,
            screen[.notice(.welcome)] == nil || screen.canRepost(.notice(.welcome), at: agenda.now)
        {
            effects.append(screen.show(welcome(), as: .first))
        }
        return effects
    }
}
