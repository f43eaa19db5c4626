internal import StretchBase

/// The notifications that ask nothing: the first start, and an answer that is not safe.
struct Notices: Sendable {
    /// The first start is still to be announced.
    var isWelcomePending = false
    /// The person was told that an answer is not safe: once is enough until all are.
    private var isTroubleTold = false

    /// - Parameter welcome: what announces the first start.
    mutating func effects(
        for agenda: Agenda, on screen: inout Screen, outbox: Outbox, welcome: () -> Prompt
    ) -> [Effect] {
        var effects: [Effect] = []
        let isSettled = agenda.attendance.isSettled(at: agenda.now)
        if let trouble = outbox.seriousTrouble, outbox.holdsAnswer {
            // Told while the clock is doubted, too: that says nothing of who is there.
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
        // The first prompt says it all.
        if agenda.hasToBeAsked { isWelcomePending = false }
        if isWelcomePending, agenda.clockDoubt == nil, isSettled,
            screen[.notice(.welcome)] == nil || screen.canRepost(.notice(.welcome), at: agenda.now)
        {
            effects.append(screen.show(welcome(), as: .first))
        }
        return effects
    }
}
