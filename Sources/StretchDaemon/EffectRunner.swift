internal import Dispatch
internal import Glibc
internal import StretchBase
internal import StretchCore
internal import StretchDesktop
internal import StretchFiles
internal import StretchSystem
internal import StretchTerminal

/// Does what the session wants: on the screen, on the disk, with the timer, and in what others can see of the daemon.
@MainActor
final class EffectRunner {
    /// Takes what comes of the effects.
    var report: (Event) -> Void = { _ in }
    /// What panels see.
    var object: DaemonObject?
    /// What a killed predecessor may have left on the screen.
    let adopted: [Prompt.Subject]
    /// A line for the service manager.
    private(set) var status = "nothing is planned"

    private let journal: JournalFile
    private let state: StateFile
    private let service: ServiceManager
    private let log: DaemonLog
    private let terminal: TerminalBoard?
    private lazy var board = NotificationBoard(
        adopted: adoptedNotifications, picture: { Pictures.path(of: $0) },
        desktopEntry: { [environment] in DesktopEntry.installed(environment) },
        settings: { [settings] schema, key, answer in
            DispatchQueue.main.async { MainActor.assumeIsolated { settings.read(schema, key) { answer($0) } } }
        },
        report: { event in DispatchQueue.main.async { MainActor.assumeIsolated { self.received(event) } } })
    private let adoptedNotifications: [Prompt.Subject: Posted]
    private let environment: [String: String]
    private let cues: CuePlayer
    private let settings = DesktopSettings()
    private lazy var inhibitor = IdleInhibitor { [log] in
        log.write(.info, "\($0); the screen may lock while a guide runs", [.event: "inhibit"])
    }
    private lazy var timer = WakeTimer { [weak self] in self?.report(.timer) }
    private var server: Server?
    /// Handed to the board, until it is known whether they came up.
    private var underway: [Prompt.Subject: Prompt] = [:]
    /// Why the newest notification did not come up; nil: it did.
    private var trouble: PostFailure?
    /// The next `stop` is the last event: set before it.
    var isEnding = false
    private var isBusGone = false
    /// There was no session bus yet.
    private var lacksBus = false
    private var isFinishing = false

    /// The terminal the daemon was started in has been closed.
    var isTerminalGone: Bool { terminal != nil && TerminalScreen.isGone }

    /// A prompt is with the board, and what became of it not yet known.
    var isPosting: Bool { !underway.isEmpty }

    init(
        journal: JournalFile, state: StateFile, service: ServiceManager, log: DaemonLog,
        environment: [String: String], adopting adopted: [Prompt.Subject: Posted]
    ) {
        self.journal = journal
        self.state = state
        self.service = service
        self.log = log
        self.adopted = Array(adopted.keys)
        adoptedNotifications = adopted
        self.environment = environment
        cues = CuePlayer(environment: environment)
        terminal = TerminalBoard()
        terminal?.pressed = { [weak self] in self?.report(.pressed($0, $1)) }
        _ = board
        if adopted.isEmpty { return }
        state.update { state in
            state.posted = adopted.compactMap { DaemonState.Notification($0.key, on: $0.value) }
        }
    }

    func perform(_ effect: Effect, in timetable: Timetable) {
        // What happens between the end of the session and that of the process has no effect any more.
        guard !isFinishing else { return }
        switch effect {
        case .show(let prompt): show(prompt)
        case .withdraw(let subject):
            underway[subject] = nil
            board.withdraw(subject)
            terminal?.withdraw(subject)
            forget(subject)
        case .append(let records): append(records)
        case .wake(let at): timer.arm(at: at)
        case .publish(let outlook): publish(outlook, in: timetable)
        case .inhibitIdle(true): inhibitor.hold()
        case .inhibitIdle(false): inhibitor.release()
        case .finish: finish()
        }
    }

    // MARK: The journal

    private func append(_ records: [Record]) {
        do {
            switch try isEnding ? lastAppend(records) : journal.tryAppend(records) {
            case .busy: report(.notWritten(.busy))
            case .written:
                for record in records { logWritten(record) }
                report(.written)
            }
        } catch {
            log.write(.error, "\(error)", [.event: "journal"])
            report(.notWritten(.failed("\(error)")))
        }
    }

    /// There is no later: this once the lock is waited for, as long as the end can wait.
    private func lastAppend(_ records: [Record]) throws -> JournalFile.Outcome {
        try journal.append(records, patience: .milliseconds(400))
        return .written
    }

    private func logWritten(_ record: Record) {
        guard let occurrence = record.occurrence else { return }
        log.write(
            .info, "\(record.type) \(occurrence)",
            [.event: record.type, .routine: occurrence.routine, .occurrence: "\(occurrence)"])
    }

    // MARK: The screen

    private func show(_ prompt: Prompt) {
        var prompt = prompt
        // At once, and not when the server gets to it: who stretches does not look.
        if prompt.subject == .guide, !prompt.sound.isEmpty, cues.play(prompt.sound) { prompt.sound = "" }
        if let words = prompt.speech { cues.speak(words) }
        underway[prompt.subject] = prompt
        board.post(prompt)
    }

    private func received(_ event: BoardEvent) {
        switch event {
        case .server(let server): serverChanged(to: server)
        case .shown(let subject, let posted):
            (underway[subject], trouble) = (nil, nil)
            remember(subject, posted)
            object?.appear()
            report(.shown(subject))
        case .failed(let subject, let failure): failed(subject, failure)
        case .pressed(let subject, let action):
            forget(subject)
            report(.pressed(subject, action))
        case .closed(let subject):
            forget(subject)
            report(.closed(subject))
        case .doNotDisturbEnded:
            log.write(.info, "do not disturb is over", [.event: "server"])
            report(.doNotDisturbEnded)
        case .busFound:
            object?.appear()
            if lacksBus { report(.bus(present: true)) }
            lacksBus = false
        case .noBus(let failure): startedWithoutBus(failure)
        case .busLost: end("the session bus is gone")
        case .stopped: if isFinishing { exit(EXIT_SUCCESS) }
        }
    }

    private func startedWithoutBus(_ failure: PostFailure) {
        // What a predecessor posted was on another bus, and the next one gives the same unique names to others.
        state.update { $0.posted = [] }
        // The terminal we were started in will do.
        if terminal != nil { return report(.server(present: false)) }
        log.write(.warning, "\(failure); each prompt looks for one again", [.event: "bus"])
        lacksBus = true
        report(.bus(present: false))
    }

    private func serverChanged(to server: Server?) {
        if self.server?.address != server?.address, self.server != nil {
            state.update { $0.posted = [] }
            report(.server(present: false))
        }
        self.server = server
        guard let server else { return report(.server(present: false)) }
        log.write(.info, "notifications go to \(server.name) \(server.version)", [.event: "server"])
        report(.server(present: true, drawsProgress: server.drawsProgress))
    }

    private func failed(_ subject: Prompt.Subject, _ failure: PostFailure) {
        let prompt = underway.removeValue(forKey: subject)
        // Without any server the terminal we were started in will do.
        if failure != .noAnswer, failure != .doNotDisturb, let prompt, let terminal {
            terminal.show(prompt)
            return report(.shown(subject))
        }
        // Once is enough: a guide tries again with each phase, or each second.
        let level: DaemonLog.Level = failure == .doNotDisturb ? .info : .warning
        if failure != trouble { log.write(level, "\(failure)", [.event: "server"]) }
        trouble = failure
        switch failure {
        case .noBus: report(.failed(subject, .noBus))
        case .noServer, .notStarted: report(.failed(subject, .noServer))
        case .noAnswer: report(.failed(subject, .noAnswer))
        case .doNotDisturb: report(.failed(subject, .doNotDisturb))
        case .refused(let reason): report(.failed(subject, .refused(reason)))
        }
    }

    /// Without the bus that was there nothing can ever be shown again: libnotify keeps to it.
    private func end(_ reason: String) {
        guard !isEnding else { return }
        log.write(.error, "\(reason); ending, so that the service manager starts a new daemon")
        // The next bus gives the same unique names to others.
        state.update { $0.posted = [] }
        (isEnding, isBusGone) = (true, true)
        report(.stop)
    }

    private func remember(_ subject: Prompt.Subject, _ posted: Posted) {
        guard let notification = DaemonState.Notification(subject, on: posted) else { return }
        state.update { state in
            state.posted.removeAll { $0.subject == subject }
            state.posted.append(notification)
        }
    }

    private func forget(_ subject: Prompt.Subject) {
        state.update { $0.posted.removeAll { $0.subject == subject } }
    }

    // MARK: What others see

    private func publish(_ outlook: Outlook, in timetable: Timetable) {
        status = outlook.line(in: timetable, at: SystemClock.now())
        service.status(status)
        object?.publish(outlook)
        state.update { state in
            state.due = outlook.due
            state.passedOver = outlook.passedOver.map(\.description)
            state.guide = outlook.guide
            state.reason = outlook.reason
            state.trouble = outlook.journalTrouble
        }
    }

    /// The bus takes the withdrawals within milliseconds; a stuck thread must not hold the end up.
    private func finish() {
        isFinishing = true
        terminal?.restore()
        if isBusGone { exit(EXIT_FAILURE) }
        board.stop()
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(1500)) { exit(EXIT_SUCCESS) }
    }
}
