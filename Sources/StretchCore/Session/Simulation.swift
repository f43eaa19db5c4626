package import StretchBase

/// A session that runs in simulated time, with a pretended desktop and journal.
///
/// It jumps from deadline to deadline, does what the session wants, and notes which notifications came up and went
/// away.
package struct Simulation {
    package private(set) var session: Session
    package private(set) var now: Instant
    package let zone: Zone
    package var screen: [Prompt.Subject: Prompt] = [:]
    /// The records on the disk.
    package var journal: [Record]
    package private(set) var outlook = Outlook()
    package private(set) var wake: Instant?
    package private(set) var isFinished = false
    package private(set) var isIdleInhibited = false

    /// Why the notification server shows no prompt; nil if it shows each.
    package var obstacle: Obstacle?
    /// Why the journal cannot be written; nil if it can.
    package var writeTrouble: WriteTrouble?
    /// The notifications that came up, and those that the session withdrew, in order.
    package private(set) var cameUp, wentAway: [(subject: Prompt.Subject, at: Instant)]
    /// The effects that the last event caused.
    package private(set) var effects: [Effect] = []

    /// - Parameters:
    ///   - diary: has the records that are known and not in `journal`.
    ///   - presentSince: when the person who is there came; nil for the start.
    package init(
        _ diary: Diary, from start: Instant, journal: [Record] = [], adopting adopted: [Prompt] = [],
        passingOver passedOver: [OccurrenceID] = [], abandoning abandoned: [Record.ID] = [], seed: UInt64 = 1,
        obstacle: Obstacle? = nil, presentSince: Instant? = nil
    ) {
        zone = diary.timetable.zone
        self.journal = journal
        self.obstacle = obstacle
        (cameUp, wentAway) = ([], [])
        now = start
        var diary = diary
        diary.ledger.merge(journal)
        session = Session(diary, ids: RecordIDs(seed: seed), at: presentSince ?? start, passingOver: passedOver)
        for prompt in adopted { screen[prompt.subject] = prompt }
        happen(.started(adopting: adopted.map(\.subject), abandoned: abandoned))
    }

    // MARK: Time

    /// Lets time pass until an instant, and lets every timer on the way ring.
    package mutating func run(until end: Instant) {
        while let wake, wake <= end {
            precondition(wake >= now, "the timer is set to the past")
            now = max(now, wake)
            happen(.timer)
        }
        now = max(now, end)
    }

    /// Sets the clock to another time, without timers on the way, and lets an event happen then.
    ///
    /// This stands for a clock that was set, or for a machine that slept.
    package mutating func jump(to time: Instant, _ event: Event) {
        now = time
        happen(event)
    }

    // MARK: What happens

    package mutating func happen(_ event: Event) {
        var events = [event]
        effects = []
        while !events.isEmpty {
            let wanted = session.handle(events.removeFirst(), at: now)
            effects += wanted
            for effect in wanted { events += perform(effect) }
        }
    }

    private mutating func perform(_ effect: Effect) -> [Event] {
        switch effect {
        case .show(let prompt):
            if let obstacle, obstacle != .doNotDisturb || prompt.heedsDoNotDisturb {
                return [.failed(prompt.subject, obstacle)]
            }
            screen[prompt.subject] = prompt
            cameUp.append((prompt.subject, now))
            return [.shown(prompt.subject)]
        case .withdraw(let subject): if screen.removeValue(forKey: subject) != nil { wentAway.append((subject, now)) }
        case .play: break
        case .append(let records):
            if let writeTrouble { return [.notWritten(writeTrouble)] }
            journal += records
            return [.written]
        case .wake(let at): wake = at
        case .publish(let outlook): self.outlook = outlook
        case .inhibitIdle(let isInhibited): isIdleInhibited = isInhibited
        case .finish:
            isFinished = true
            wake = nil
        }
        return []
    }
}
