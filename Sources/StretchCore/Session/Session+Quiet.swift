internal import StretchBase

// "Do not disturb": a prompt that nobody would see waits, and uses no reminder up.

extension Session {
    /// So long before it closes a prompt is posted all the same: for those who never want to be disturbed the server
    /// files it.
    private static let quietMargin: Duration = .minutes(30)

    /// When "do not disturb" is not waited for any longer.
    func quietEnds(for occurrence: Occurrence) -> Instant { occurrence.closes - Session.quietMargin }

    /// Whether a prompt that is raised now waits while the server must not disturb.
    func heedsDoNotDisturb(_ item: AgendaItem, at now: Instant) -> Bool {
        // The buttons of a former daemon's prompt are dead until it is posted again.
        if case .adopted = screen[item.subject] { return false }
        // Servers show what is critical in spite of it, and who made it critical wants that.
        return !isWishedFor(item) && configuration.prompt.urgency != .critical
            && now < quietEnds(for: item.occurrence)
    }

    func isQuiet(_ subject: Prompt.Subject) -> Bool { screen[subject] == .quiet(isOver: false) }

    mutating func endQuiet() {
        for subject in screen.keys where isQuiet(subject) { screen[subject] = .quiet(isOver: true) }
    }
}
