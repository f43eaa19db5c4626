internal import StretchBase

/// The notifications that ask nothing: about the first start, about an answer that is not saved, and about a mistake in
/// the configuration file.
struct Notices: Sendable {
    /// The notice about the first start is still to be shown.
    var isWelcomePending = false
    /// What is wrong with the configuration file; nil if nothing is.
    var mistake: ConfigurationError? {
        didSet { if mistake != oldValue { isMistakeTold = false } }
    }
    /// The person was told of the mistake, and is not told again before there is another one.
    private var isMistakeTold = false
    /// The person was told that an answer is not saved, and is not told again before all answers are saved.
    private var isTroubleTold = false

    /// A notice waits for somebody to be there.
    var isPending: Bool { isWelcomePending || mistake != nil && !isMistakeTold }

    /// - Parameter welcome: makes the notice about the first start.
    mutating func effects(
        for agenda: Agenda, on screen: inout Screen, outbox: Outbox, welcome: () -> Prompt
    ) -> [Effect] {
        var effects: [Effect] = []
        let isSettled = agenda.attendance.isSettled(at: agenda.now)
        let trouble = outbox.holdsAnswer ? outbox.seriousTrouble.map { Prompt(journalTrouble: $0.reason) } : nil
        effects += Notices.standing(.journal, trouble, isTold: &isTroubleTold, on: &screen, for: agenda)
        let wrong = mistake.map { Prompt(mistake: $0, insteadOf: agenda.configuration) }
        effects += Notices.standing(.configuration, wrong, isTold: &isMistakeTold, on: &screen, for: agenda)
        // The first prompt makes the welcome unnecessary.
        if agenda.hasToBeAsked { isWelcomePending = false }
        if isWelcomePending, agenda.clockDoubt == nil, isSettled,
            screen[.notice(.welcome)] == nil || screen.canRepost(.notice(.welcome), at: agenda.now)
        {
            effects.append(screen.show(welcome(), as: .first))
        }
        return effects
    }

    /// Shows a notice once, and withdraws it when its reason is gone.
    ///
    /// - Parameter prompt: the notice; nil if there is no reason for it.
    private static func standing(
        _ kind: Prompt.Notice, _ prompt: Prompt?, isTold: inout Bool, on screen: inout Screen, for agenda: Agenda
    ) -> [Effect] {
        let subject = Prompt.Subject.notice(kind)
        guard let prompt else {
            isTold = false
            let wasPosted = screen[subject] != nil
            screen[subject] = nil
            return wasPosted ? [.withdraw(subject)] : []
        }
        // This is shown even while the clock is in doubt, because it is known then, too, whether somebody is there.
        let canTell =
            agenda.clockDoubt == nil ? agenda.attendance.isSettled(at: agenda.now) : agenda.attendance.isThere
        guard canTell, !isTold || screen.canRepost(subject, at: agenda.now) else { return [] }
        isTold = true
        return [screen.show(prompt, as: .first)]
    }
}
