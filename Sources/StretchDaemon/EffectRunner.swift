internal import Dispatch
internal import Glibc
internal import StretchBase
internal import StretchCore
internal import StretchDesktop
internal import StretchFiles
internal import StretchSystem
internal import StretchTerminal

/// Carries out the session's effects: on the screen, on the disk, with the timer, and in the state that others see.
@MainActor
final class EffectRunner {
    /// Receives the events that the effects cause.
    var report: (Event) -> Void = { _ in }
    /// The daemon on the session bus, for panels.
    var object: DaemonObject?
    /// The status line for the service manager.
    private(set) var status = "nothing is planned"

    private let journal: JournalFile
    private let state: StateFile
    private let service: ServiceManager
    private let log: DaemonLog
    private let terminal: TerminalBoard?
    private lazy var board = NotificationBoard(
        adopted: Dictionary(state.state.posted.map { ($0.subject, $0.on) }) { $1 },
        picture: { Pictures.path(of: $0.stretch, side: $0.side) },
        desktopEntry: { [environment] in DesktopEntry.installed(environment) },
        settings: { [settings] schema, key, answer in
            DispatchQueue.main.async { MainActor.assumeIsolated { settings.read(schema, key) { answer($0) } } }
        },
        report: { event in DispatchQueue.main.async { MainActor.assumeIsolated { self.received(event) } } })
    private let environment: [String: String]
    private let cues: CuePlayer
    private let settings = DesktopSettings()
    private lazy var inhibitor = IdleInhibitor { [log] in
        log.write(.info, "\($0); the screen may lock while a guide runs", [.event: "inhibit"])
    }
    private lazy var timer = WakeTimer { [weak self] in self?.report(.timer) }
    private var server: Server?
    /// The prompts that were passed to the board and whose result is not known yet.
    private var underway: [Prompt.Subject: Prompt] = [:]
    /// The failure that was logged last; nil when there was none, or when a notification was shown since.
    private var trouble: PostFailure?
    /// Whether the process is about to end; this is set before the event `stop` is reported.
    var isEnding = false
    private var isBusGone = false
    /// True as long as no session bus has been found since the start; always false if prompts go to a terminal.
    private var lacksBus = false
    private var isFinishing = false

    /// Whether the terminal in which the daemon was started has been closed.
    var isTerminalGone: Bool { terminal != nil && TerminalScreen.isGone }

    /// Whether the result of a posted prompt is still unknown.
    var isPosting: Bool { !underway.isEmpty }

    init(
        journal: JournalFile, state: StateFile, service: ServiceManager, log: DaemonLog, environment: [String: String]
    ) {
        self.journal = journal
        self.state = state
        self.service = service
        self.log = log
        self.environment = environment
        cues = CuePlayer(environment: environment)
        terminal = TerminalBoard()
        terminal?.pressed = { [weak self] in self?.report(.pressed($0, $1)) }
        _ = board
    }

    func perform(_ effect: Effect, in timetable: Timetable) {
        // After the session has ended, effects are ignored until the process ends.
        guard !isFinishing else { return }
        switch effect {
        case .show(let prompt): show(prompt)
        case .withdraw(let subject):
            underway[subject] = nil
            board.withdraw(subject)
            terminal?.withdraw(subject)
            forget(subject)
        case .play(let cue): _ = cues.play(cue.soundName)
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
            if isEnding {
                // There will be no later try. So wait for the journal's lock as long as the end of the process allows.
                try journal.append(records, patience: .milliseconds(400))
            } else if try !journal.tryAppend(records) {
                return report(.notWritten(.busy))
            }
            for record in records { logWritten(record) }
            report(.written)
        } catch {
            log.write(.error, "\(error)", [.event: "journal"])
            report(.notWritten(.failed("\(error)")))
        }
    }

    private func logWritten(_ record: Record) {
        guard let occurrence = record.occurrence else { return }
        let reason = if case .held(let reason?) = record.kind { ": \(reason.rawValue)" } else { "" }
        log.write(
            .info, "\(record.type) \(occurrence)\(reason)",
            [.event: record.type, .routine: occurrence.routine, .occurrence: "\(occurrence)"])
    }

    // MARK: The screen

    private func show(_ prompt: Prompt) {
        var prompt = prompt
        // Play a guide's sound here, because the server may be late, and a person who stretches does not look.
        if prompt.subject == .guide, !prompt.sound.isEmpty, cues.play(prompt.sound) { prompt.sound = "" }
        if let speech = prompt.speech { cues.speak(speech.words, after: speech.delay) }
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
        // Forget what an earlier daemon posted: it was on another bus. The next bus may give the same unique names to
        // other programs.
        state.update { $0.posted = [] }
        // If the daemon was started in a terminal, prompts go there.
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
        // If the daemon was started in a terminal, use that when no notification can be shown.
        if failure != .noAnswer, failure != .doNotDisturb, let prompt, let terminal {
            terminal.show(prompt)
            return report(.shown(subject))
        }
        // A guide posts its notification again with each phase or each second. Log a failure only once in a row.
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

    /// Ends the daemon after the loss of the bus, because libnotify cannot connect again and could show nothing.
    private func end(_ reason: String) {
        guard !isEnding else { return }
        log.write(.error, "\(reason); ending, so that the service manager starts a new daemon")
        // The next bus may give the same unique names to other programs.
        state.update { $0.posted = [] }
        (isEnding, isBusGone) = (true, true)
        report(.stop)
    }

    private func remember(_ subject: Prompt.Subject, _ posted: Posted) {
        switch subject {
        case .occurrence, .guide:
            state.update { state in
                state.posted.removeAll { $0.subject == subject }
                state.posted.append(.init(subject: subject, on: posted))
            }
        // Do not remember these: the next daemon could do nothing with them.
        case .bonus, .notice: break
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

    /// Ends the process as soon as the board has withdrawn its notifications, and after 1.5 s at the latest.
    ///
    /// Withdrawing takes milliseconds, but a thread that is stuck must not delay the end. If the bus is gone, the
    /// process ends at once.
    private func finish() {
        isFinishing = true
        terminal?.restore()
        if isBusGone { exit(EXIT_FAILURE) }
        board.stop()
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(1500)) { exit(EXIT_SUCCESS) }
    }
}

extension Outlook {
    /// The line in `systemctl --user status`: what is due or why nothing is asked, what comes next, what is not saved.
    func line(in timetable: Timetable, at now: Instant) -> String {
        let due = due.map { item in
            let reason = item.reason.words(in: timetable, at: now) ?? item.state.rawValue
            return "Due: \(item.id.routine) \(HumanTime.clock(item.id.nominal)) (\(reason))"
        }
        let next = next.map { occurrence in
            let today = timetable.zone.civil(occurrence.opens).day
            return "Next: \(occurrence.id.routine) \(HumanTime.planned(occurrence.id.nominal, relativeTo: today))"
        }
        let trouble = journalTrouble.map { "Not saved yet: \($0)" }
        // Each due occurrence already has its own reason.
        let reason = due.isEmpty ? reason?.words(in: timetable, at: now)?.capitalised : nil
        let parts = due + [reason, next, trouble].compactMap(\.self)
        return parts.isEmpty ? "Nothing is planned" : parts.joined(separator: "; ")
    }
}
