package import StretchBase

/// A session and a moment: jumps from deadline to deadline, does what the session wants on a pretended desktop and
/// journal, and keeps a diary of it.
package struct Simulation {
    package private(set) var session: Session
    package private(set) var now: Instant
    package let zone: Zone
    /// `08:11 morning@2026-11-23T07:30`, one line for each notification that came up.
    package var shown: [String] { cameUp.map(line) }
    /// The same for those that the session withdrew.
    package var withdrawn: [String] { wentAway.map(line) }
    package private(set) var screen: [Prompt.Subject: Prompt] = [:]
    /// What is on the disk.
    package private(set) var journal: [Record] = []
    package private(set) var outlook = Outlook()
    package private(set) var wake: Instant?
    package private(set) var isFinished = false
    package private(set) var isIdleInhibited = false

    /// What the notification server does with a prompt.
    package enum Server: Hashable { case fine, absent, refusing, hanging, quiet }
    package var server = Server.fine
    /// Why the journal cannot be written; nil: it can.
    package var writeTrouble: WriteTrouble?
    // Put into words only for those who read it: a year has thousands of lines.
    private var cameUp: [Sighting] = []
    private var wentAway: [Sighting] = []
    private struct Sighting {
        let subject: Prompt.Subject
        let at: Instant
    }
    /// The effects that the last event caused.
    package private(set) var effects: [Effect] = []

    /// - Parameters:
    ///   - diary: with what is known beside the records of the journal.
    ///   - presentSince: when the person who is there came; nil: at the start.
    package init(
        _ diary: Diary, from start: Instant, journal: [Record] = [], adopting adopted: [Prompt] = [],
        passingOver passedOver: [OccurrenceID] = [],
        abandoning abandoned: [Record.ID] = [], seed: UInt64 = 1, server: Server = .fine, presentSince: Instant? = nil
    ) {
        zone = diary.timetable.zone
        self.journal = journal
        self.server = server
        now = start
        var diary = diary
        diary.ledger.merge(journal)
        session = Session(
            diary, ids: RecordIDs(seed: seed), at: presentSince ?? start, passingOver: passedOver)
        for prompt in adopted { screen[prompt.subject] = prompt }
        happen(.started(adopting: adopted.map(\.subject), abandoned: abandoned))
    }

    // MARK: Time

    /// Goes on until an instant, through every deadline on the way.
    package mutating func run(until end: Instant) {
        while let wake, wake <= end {
            precondition(wake >= now, "the timer is set to the past")
            now = max(now, wake)
            happen(.timer)
        }
        now = max(now, end)
    }

    /// Something happens when the clock shows another time: it was set, or the machine slept and no timer rang.
    package mutating func jump(to time: Instant, _ event: Event) {
        now = time
        happen(event)
    }

    // MARK: What happens

    package mutating func press(_ action: Prompt.Action) {
        guard let subject = screen.keys.first(where: { if case .notice = $0 { false } else { true } }) else { return }
        press(action, on: subject)
    }

    package mutating func press(_ action: Prompt.Action, on subject: Prompt.Subject) {
        screen[subject] = nil
        happen(.pressed(subject, action))
    }

    /// Dismissed, expired or cleared.
    package mutating func close() {
        for subject in screen.keys {
            screen[subject] = nil
            happen(.closed(subject))
        }
    }

    package mutating func serverDies() {
        screen = [:]
        server = .absent
        happen(.server(present: false))
    }

    package mutating func serverAppears() {
        server = .fine
        happen(.server(present: true))
    }

    /// The server may disturb again.
    package mutating func quietEnds() {
        server = .fine
        happen(.doNotDisturbEnded)
    }

    /// A record from the command line or another machine.
    package mutating func read(_ record: Record) {
        journal.append(record)
        happen(.journal([record]))
    }

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
            switch server {
            case .absent: return [.failed(prompt.subject, .noServer)]
            case .refusing: return [.failed(prompt.subject, .refused("too many"))]
            case .hanging: return [.failed(prompt.subject, .noAnswer)]
            case .quiet where prompt.heedsDoNotDisturb: return [.failed(prompt.subject, .doNotDisturb)]
            case .fine, .quiet: break
            }
            screen[prompt.subject] = prompt
            cameUp.append(Sighting(subject: prompt.subject, at: now))
            return [.shown(prompt.subject)]
        case .withdraw(let subject):
            if screen.removeValue(forKey: subject) != nil { wentAway.append(Sighting(subject: subject, at: now)) }
            return []
        case .append(let records):
            if let writeTrouble { return [.notWritten(writeTrouble)] }
            journal += records
            return [.written]
        case .wake(let at):
            wake = at
            return []
        case .publish(let outlook):
            self.outlook = outlook
            return []
        case .inhibitIdle(let isInhibited):
            isIdleInhibited = isInhibited
            return []
        case .finish:
            isFinished = true
            wake = nil
            return []
        }
    }

    private func line(_ sighting: Sighting) -> String {
        "\(zone.civil(sighting.at).description.split(separator: "T")[1]) \(sighting.subject.diaryName)"
    }
}

extension Prompt.Subject {
    package var diaryName: String {
        switch self {
        case .occurrence(let id): "\(id)"
        case .bonus(let routine): "bonus \(routine)"
        case .notice(let notice): notice.rawValue
        case .guide: "guide"
        }
    }
}
