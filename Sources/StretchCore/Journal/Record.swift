package import StretchBase

/// One line of the journal: something that was shown, answered or decided, with the time it happened.
package struct Record: Hashable, Sendable, Identifiable {
    /// The key of the union over files and machines.
    package let id: RecordID
    package let ts: Timestamp
    package let kind: Kind
    package let subject: Subject
    /// The day it counts for, frozen when it was written; nil in records that had none.
    package var day: Day?
    /// Of a pause that names its end: the last day it touches, frozen like `day`, which is the first one.
    package var lastDay: Day?
    /// Times a day that made a done day when this was written.
    package var goal = 1
    package var via: Via?
    /// From 0 to 10.
    package var pain: Int?
    /// From 0 to 10.
    package var painBefore: Int?
    package var note: String?

    package enum Kind: Hashable, Sendable {
        /// The server accepted the notification. `reminder`: it was raised again because nobody answered, and used
        /// one of the reminders up; false for the first prompt, and for one raised because the person came back.
        case prompted(closes: Instant?, reminder: Bool)
        case done
        case skip
        case snooze(until: Instant)
        case started(until: Instant)
        /// Nil: until somebody resumes.
        case pause(from: Instant, until: Instant?)
        case resume
        /// Takes records back, by their ids.
        case undo([RecordID])
        /// A type this version does not know; kept and ignored.
        case unknown(String)
    }

    package enum Subject: Hashable, Sendable {
        case occurrence(OccurrenceID)
        case routine(String)
        /// It concerns every routine.
        case all

        package var occurrence: OccurrenceID? { if case .occurrence(let id) = self { id } else { nil } }

        /// The routine concerned; nil when it is all of them.
        package var routine: String? {
            switch self {
            case .occurrence(let id): id.routine
            case .routine(let id): id
            case .all: nil
            }
        }
    }

    package enum Via: String, Sendable { case notification, cli, guide }

    package init(id: RecordID, ts: Timestamp, kind: Kind, subject: Subject) {
        self.id = id
        self.ts = ts
        self.kind = kind.writable
        self.subject = subject
    }

    /// Of instants that are as exact as they are written.
    init(read id: RecordID, ts: Timestamp, kind: Kind, subject: Subject) {
        self.id = id
        self.ts = ts
        self.kind = kind
        self.subject = subject
    }

    package var occurrence: OccurrenceID? { subject.occurrence }

    /// The routine concerned; nil when it is all of them.
    package var routine: String? { subject.routine }

    package var verdict: Verdict? {
        switch kind {
        case .done: .done
        case .skip: .skip
        default: nil
        }
    }

    var isPrompt: Bool {
        if case .prompted = kind { true } else { false }
    }

    var isSnooze: Bool {
        if case .snooze = kind { true } else { false }
    }

    /// A guide began.
    var isGuide: Bool {
        if case .started = kind { true } else { false }
    }

    /// A pause, or the end of pauses.
    var isBreak: Bool {
        switch kind {
        case .pause, .resume: true
        default: false
        }
    }

    /// Nobody stretches for longer, whatever a record says that was edited by hand.
    static let longestHold: Duration = .hours(3)

    /// Till when the guide that it tells of may hold its occurrence; nil: it tells of none.
    var holdEnds: Instant? {
        if case .started(let until) = kind { min(until, ts.instant + Record.longestHold) } else { nil }
    }
}

extension Record {
    /// A verdict, ready for the journal.
    package init(
        _ verdict: Verdict, of subject: Subject, on day: Day, goal: Int, via: Via, id: RecordID, at ts: Timestamp
    ) {
        self.init(id: id, ts: ts, kind: verdict == .done ? .done : .skip, subject: subject)
        self.day = day
        self.goal = goal
        self.via = via
    }
}

extension Record.Kind {
    /// With its instants as exact as they are written, so that what is written reads back equal.
    fileprivate var writable: Record.Kind {
        switch self {
        case .prompted(let closes, let reminder): .prompted(closes: closes?.writable, reminder: reminder)
        case .snooze(let until): .snooze(until: until.writable)
        case .started(let until): .started(until: until.writable)
        case .pause(let from, let until): .pause(from: from.writable, until: until?.writable)
        case .done, .skip, .resume, .undo, .unknown: self
        }
    }
}

/// An answer that settles an occurrence.
package enum Verdict: String, Hashable, Sendable { case done, skip }
