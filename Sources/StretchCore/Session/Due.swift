package import StretchBase

/// An occurrence that is open and unanswered, and why it is or is not on the screen.
package struct Due: Hashable, Sendable {
    package let id: OccurrenceID
    package let opens, closes: Instant
    package let reason: Reason

    package init(_ id: OccurrenceID, opens: Instant, closes: Instant, _ reason: Reason) {
        self.id = id
        self.opens = opens
        self.closes = closes
        self.reason = reason
    }

    package init(_ occurrence: Occurrence, _ reason: Reason) {
        self.init(occurrence.id, opens: occurrence.opens, closes: occurrence.closes, reason)
    }

    package var state: State {
        switch reason {
        case .onScreen, .guided, .closed: .prompted
        case .snoozed: .snoozed
        case .usedUp, .passedOver: .resting
        default: .waiting
        }
    }

    /// The raw values are the names in `status` and on the session bus.
    package enum State: String, Sendable { case prompted, snoozed, waiting, resting }
}

/// Why an occurrence is on the screen, or why not.
package enum Reason: Hashable, Sendable {
    case onScreen
    /// A guide leads through it.
    case guided
    /// The person closed it without an answer.
    case closed(again: Instant)
    case snoozed(until: Instant)
    /// Nil if the pause lasts until somebody resumes.
    case paused(until: Instant?)
    case away(Presence.Absence, since: Instant)
    /// The person has just come back.
    case settling(until: Instant)
    case doNotDisturb
    case noBus
    case noServer
    case noAnswer
    /// The server refused the notification, in these words.
    case refused(String)
    /// The notification was handed to the server, which has not answered yet.
    case handedOver
    case clock(ClockDoubt)
    /// Another prompt was shown less than a minute ago.
    case afterPrompt
    /// A guide through something else is running.
    case afterGuide
    /// All reminders are used up.
    case usedUp
    /// Its time had passed when its configuration took effect.
    case passedOver

    // Only for commands, which know less than the daemon.

    /// The records of the occurrence have no prompt.
    case notPrompted
    case unseenByDaemon
    case noDaemon
    case silentDaemon
    /// The daemon uses another runtime directory.
    case distantDaemon
    /// Nil if nobody knows when the machine runs again.
    case asleep(until: Instant?)

    /// Why an occurrence with this standing is not asked for; nil if the records do not say.
    package init?(_ standing: Standing) {
        switch standing {
        case .settled, .due: return nil
        case .paused(let pause): self = .paused(until: pause.until)
        case .snoozed(let until): self = .snoozed(until: until)
        case .guided: self = .guided
        }
    }

    /// The word of the journal for what keeps the prompt back; nil if nothing does, or if the records say it already.
    var hindrance: Hindrance? {
        switch self {
        case .away(.asleep, _), .asleep: .asleep
        case .away(.locked, _): .locked
        case .away(.idle, _): .idle
        case .away(.inactive, _), .away(.noSession, _): .away
        case .doNotDisturb: .doNotDisturb
        case .noBus: .noBus
        case .noServer, .noAnswer, .refused: .noServer
        case .paused: .paused
        case .clock: .clock
        case .afterPrompt, .afterGuide: .busy
        case .passedOver: .settings
        case .onScreen, .guided, .closed, .snoozed, .settling, .handedOver, .usedUp, .notPrompted, .unseenByDaemon,
            .noDaemon, .silentDaemon, .distantDaemon:
            nil
        }
    }

    /// The reason in words; nil if the state alone is enough.
    package func words(in timetable: Timetable, at now: Instant) -> String? {
        func moment(_ instant: Instant) -> String { HumanTime.moment(instant, in: timetable.zone, at: now) }
        return switch self {
        case .onScreen, .notPrompted: nil
        case .guided: "a guide is running"
        case .closed(let again): "you closed it, it comes again at \(moment(again))"
        case .snoozed(let until): "until \(moment(until))"
        case .paused(let until): Pause.words(until: until, in: timetable, at: now)
        case .away(let absence, let since): "\(absence.rawValue) since \(moment(since))"
        case .settling(let until): "just back, waits until \(moment(until))"
        case .doNotDisturb: "do not disturb"
        case .noBus: "no session bus"
        case .noServer: "no notification server"
        case .noAnswer: "the notification server does not answer"
        case .refused(let words): "the notification server refused: \(words)"
        case .handedOver: "coming up now"
        case .clock(let doubt): doubt.words(at: now, in: timetable.zone)
        case .afterPrompt: "waits a minute after another prompt"
        case .afterGuide: "waits until the guide ends"
        case .usedUp: "asked as often as configured"
        case .passedOver: "not asked, as you changed the settings after its time"
        case .unseenByDaemon: "the daemon has not seen it yet"
        case .noDaemon: "no daemon is running"
        case .silentDaemon: "the daemon is starting"
        case .distantDaemon: "the daemon uses another runtime directory"
        case .asleep(let until): until.map { "asleep until \(moment($0))" } ?? "asleep"
        }
    }
}
