import StretchBase
package import StretchCore
package import StretchFiles
internal import StretchSystem

/// The content of `daemon.json`: what commands and the next daemon can learn only from the running daemon.
package struct DaemonState: Hashable, Sendable {
    package var pid: Int32
    package var version: String
    /// The directory of the journal the daemon writes.
    package var journal: String
    package var configuration: ConfigurationState
    package var zone: String
    /// Why `zone` is UTC, or may be wrong in another way; nil when nothing is wrong with it.
    package var zoneTrouble: String?
    package var due: [Due] = []
    package var posted: [Notification] = []
    /// Open occurrences whose time had passed already when their configuration took effect; no daemon asks for them.
    package var passedOver: [String] = []
    /// The `started` records of the running guide; if the daemon is killed, the next one takes them back.
    package var guide: [Record.ID] = []
    /// Why nothing is asked at present, even if something is due; nil when the person can be asked.
    package var reason: Reason?
    /// Why some answers are not on the disk yet; nil when all are.
    package var trouble: String?
    /// What the daemon noticed about this machine's journal file: a line each time it had lost lines or was gone.
    package var incidents: [String] = []
    /// Which paths cannot be watched, so that their changes are seen late: a line for each reason, with what to do.
    package var unwatched: [String] = []

    package struct ConfigurationState: Hashable, Sendable {
        package var path: String
        /// How often the file was read; a higher number means a new result.
        package var reads: Int
        /// What is wrong with the file, a line each; if anything is wrong, the configuration before it stays in force.
        package var problems: [String]
        package var source = Source.file
        /// The directory of its copy, `Places.state`; nil if another version of the daemon wrote none.
        package var state: String?
        /// Why the one in force could not be kept, so that it will be gone with the daemon; nil if it is kept.
        package var unkept: String?

        /// Where the configuration in force comes from.
        package enum Source: String, Hashable, Sendable {
            case file
            /// There was no file.
            case defaults

            package init(of configuration: Configuration) { self = configuration.file == nil ? .defaults : .file }

            /// The name of the configuration that stays in force when the file is wrong.
            package var before: String { self == .file ? "the configuration before it" : "the defaults" }
        }

        /// The message after a successful reload.
        package var inForce: String {
            source == .file ? "\(path) is in force" : "\(path) is not there: the defaults are in force"
        }

        /// The name of the configuration that stays in force when the file is wrong.
        package var before: String { source.before }
    }

    package struct Notification: Hashable, Sendable {
        /// An occurrence, or the guide.
        let subject: Prompt.Subject
        let on: Posted
    }

    fileprivate static let name = "daemon.json"

    /// The state that the last daemon wrote, running or not; nil when there is none, or none that we understand.
    package static func read(from directory: RuntimeDirectory) throws(FileError) -> DaemonState? {
        guard let bytes = try directory.read(name) else { return nil }
        // A file of another version, or half a file after a power cut, is no error.
        return JSONObject(bytes).flatMap(DaemonState.init)
    }

    /// The state of the running daemon; nil when no daemon runs, or when it has not written its state yet.
    package static func ofRunning(in directory: RuntimeDirectory) throws(FileError) -> DaemonState? {
        // The file may be from a daemon that has ended.
        guard let state = try read(from: directory), directory.isLocked(by: state.pid) else { return nil }
        return state
    }

    package func write(to directory: RuntimeDirectory) throws(FileError) {
        try directory.replace(DaemonState.name, with: bytes)
    }

    fileprivate var bytes: [UInt8] { Array("\(json)\n".utf8) }
}

// Our own JSON, because Foundation's coder would add a megabyte to the daemon's memory (docs/benchmarks.md).

extension DaemonState {
    private var json: JSON {
        .object([
            "pid": .integer(Int(pid)), "version": .text(version), "journal": .text(journal),
            "configuration": .object([
                "path": .text(configuration.path), "reads": .integer(configuration.reads),
                "problems": .array(configuration.problems.map { .text($0) }),
                "source": .text(configuration.source.rawValue), "state": .text(configuration.state),
                "unkept": .text(configuration.unkept),
            ]),
            "zone": .text(zone), "zone_trouble": .text(zoneTrouble), "due": .array(due.map(\.json)),
            "posted": .array(posted.map(\.json)),
            "passed_over": .array(passedOver.map { .text($0) }), "guide": .array(guide.map { .text($0.description) }),
            "reason": reason?.json ?? .null, "trouble": .text(trouble),
            "incidents": .array(incidents.map { .text($0) }), "unwatched": .array(unwatched.map { .text($0) }),
        ])
    }

    private init?(_ object: JSONObject) {
        guard let pid = object.integer("pid").flatMap(Int32.init(exactly:)), let version = object.text("version"),
            let journal = object.text("journal"), let zone = object.text("zone"),
            let configuration = object.object("configuration"), let path = configuration.text("path"),
            let reads = configuration.integer("reads"), let problems = configuration.texts("problems"),
            let due = object.objects("due"), let posted = object.objects("posted")
        else { return nil }
        self.init(
            pid: pid, version: version, journal: journal,
            configuration: ConfigurationState(
                path: path, reads: reads, problems: problems,
                // A daemon of another version may have written no such key.
                source: configuration.text("source").flatMap(ConfigurationState.Source.init) ?? .file,
                state: configuration.text("state"), unkept: configuration.text("unkept")),
            zone: zone, zoneTrouble: object.text("zone_trouble"),
            due: due.compactMap(Due.init), posted: posted.compactMap(Notification.init),
            passedOver: object.texts("passed_over") ?? [], guide: object.texts("guide")?.map { Record.ID($0) } ?? [],
            reason: object.object("reason").flatMap(Reason.read), trouble: object.text("trouble"),
            incidents: object.texts("incidents") ?? [], unwatched: object.texts("unwatched") ?? [])
    }
}

extension Due {
    fileprivate var json: JSON {
        .object(["occ": .text("\(id)"), "opens": .instant(opens), "closes": .instant(closes), "reason": reason.json])
    }

    fileprivate init?(_ object: JSONObject) {
        guard let id = object.text("occ").flatMap({ OccurrenceID($0) }), let opens = object.instant("opens"),
            let closes = object.instant("closes"), let reason = object.object("reason").flatMap(Reason.read)
        else { return nil }
        self.init(id, opens: opens, closes: closes, reason)
    }
}

extension Reason {
    /// The reasons that are written as one word.
    private static let words: [String: Reason] = [
        "on-screen": .onScreen, "guided": .guided, "dnd": .doNotDisturb, "no-bus": .noBus, "no-server": .noServer,
        "no-answer": .noAnswer, "handed-over": .handedOver, "after-prompt": .afterPrompt, "after-guide": .afterGuide,
        "used-up": .usedUp, "passed-over": .passedOver,
    ]

    fileprivate var json: JSON {
        let (word, time, text): (String?, Instant?, String?) =
            switch self {
            case .closed(let again): ("closed", again, nil)
            case .snoozed(let until): ("snoozed", until, nil)
            case .paused(let until): ("paused", until, nil)
            case .away(let absence, let since): ("away", since, absence.rawValue)
            case .settling(let until): ("settling", until, nil)
            case .refused(let words): ("refused", nil, words)
            case .clock(.beforeBuild(let built)): ("clock-before-build", built, nil)
            case .clock(.behindJournal(let newest)): ("clock-behind-journal", newest, nil)
            default: (Reason.words.first { $0.value == self }?.key, nil, nil)
            }
        return .object(["word": .text(word), "time": .instant(time), "text": .text(text)])
    }

    fileprivate static func read(_ object: JSONObject) -> Reason? {
        switch (object.text("word"), object.instant("time"), object.text("text")) {
        case ("closed", let again?, _): .closed(again: again)
        case ("snoozed", let until?, _): .snoozed(until: until)
        case ("paused", let until, _): .paused(until: until)
        case ("away", let since?, let text?): Presence.Absence(rawValue: text).map { .away($0, since: since) }
        case ("settling", let until?, _): .settling(until: until)
        case ("refused", _, let words?): .refused(words)
        case ("clock-before-build", let built?, _): .clock(.beforeBuild(built))
        case ("clock-behind-journal", let newest?, _): .clock(.behindJournal(newest))
        case (let word?, _, _): words[word]
        case (nil, _, _): nil
        }
    }
}

// In the file, an instant is its microseconds since 1970.

extension JSON {
    fileprivate static func instant(_ instant: Instant?) -> JSON {
        instant.map { .integer(Int($0.microseconds)) } ?? .null
    }
}

extension JSONObject {
    fileprivate func instant(_ name: String) -> Instant? { integer(name).map { Instant(microseconds: Int64($0)) } }
}

extension DaemonState.Notification {
    fileprivate var json: JSON {
        .object(["occ": .text(subject.diaryName), "server": .text(on.server), "id": .integer(Int(on.id))])
    }

    fileprivate init?(_ object: JSONObject) {
        guard let occ = object.text("occ"), let server = object.text("server"),
            let id = object.integer("id").flatMap(UInt32.init(exactly:)),
            // No occurrence has the id `guide`.
            let subject = occ == "guide" ? .guide : OccurrenceID(occ).map({ Prompt.Subject.occurrence($0) })
        else { return nil }
        self.init(subject: subject, on: Posted(server: server, id: id))
    }
}

/// Keeps `daemon.json` up to date; it is written only when its content changes.
@MainActor
final class StateFile {
    private let directory: RuntimeDirectory
    private let log: DaemonLog
    private(set) var state: DaemonState

    init(_ state: DaemonState, in directory: RuntimeDirectory, log: DaemonLog) {
        self.state = state
        self.directory = directory
        self.log = log
        write()
    }

    /// Whether the file is still as written; somebody may have removed or changed it.
    var isInPlace: Bool { (try? directory.read(DaemonState.name)) == state.bytes }

    func renew() throws(FileError) { try state.write(to: directory) }

    func update(_ change: (inout DaemonState) -> Void) {
        let before = state
        change(&state)
        if state != before { write() }
    }

    private func write() {
        // Without the file the daemon still works; only the commands know less.
        do { try state.write(to: directory) } catch { log.write(.warning, "\(error)") }
    }
}
