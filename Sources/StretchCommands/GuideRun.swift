import Dispatch
import Glibc
import StretchBase
import StretchCore
import StretchUnix
import StretchSystem
import StretchTerminal

/// A running guide in the terminal; the process ends when the guide ends.
///
/// Everything that happens comes to `receive`, on the main queue.
@MainActor
final class GuideRun {
    private enum Event {
        case begun
        /// A second of the countdown, or a phase, is over.
        case timer
        case screen(TerminalScreen.Event)
        case signal(Signals.Signal)
    }

    private var guide: Guide
    private var records: GuideRecords
    private let title: String
    private let face: GuideFace
    private let context: Context
    private var terminal: Terminal { context.terminal }
    private let settings: Configuration.GuideSettings
    private let player: CuePlayer
    private let bell = TerminalBell()
    /// The sound of the present moment; nil if there is none.
    private var heard: Cue?
    /// Whether the person is at another machine and hears only the terminal's bell.
    private let isRemote: Bool
    /// Keeps the screen from locking; a failure is not reported, because the person is at the screen anyway.
    private let inhibitor = IdleInhibitor(failed: { _ in })
    private var screen: TerminalScreen?
    private var signals: Signals?
    private let timer: any DispatchSourceTimer
    /// When the timer should fire; nil when it should not.
    private var awaited: Instant?
    /// The line that tells the person what was recorded as done; nil when nothing was recorded yet.
    private var result: String?
    /// Whether the records behind `result` are on the disk.
    private var isResultWritten = false
    /// Whether the pain after the routine has been passed to `records`.
    private var hasPainAfter = false
    private var lines = GuideLines()
    /// The sheet of the page that is shown, counted from 0, and how many there are.
    private var sheet = (shown: 0, of: 1)
    private var spoken: Phase?
    /// The stage of the guide when its records were last looked at.
    private var stage: Guide.Stage?

    /// Records that the guide began; throws if that fails.
    init(_ guided: GuidedRoutine, in workspace: Workspace, face: GuideFace) throws {
        context = workspace.context
        var records = GuideRecords(of: guided.routine, in: workspace)
        settings = workspace.timetable.configuration.guide
        // Do not ask for what will not be recorded.
        let asksPain = settings.pain != .never && face != .linesAlone && !records.isRepetition
        guide = Guide(
            guided.steps, swaps: guided.swaps, gentle: guided.gentle, showsWarnings: !workspace.ledger.hasGuided,
            known: workspace.ledger.knownStretches, waits: face != .linesAlone, asksPain: asksPain,
            painYesterday: asksPain ? records.painYesterday : nil, at: SystemClock.steady())
        title = guided.title + (records.isRepetition ? " (already done)" : "")
        self.face = face
        player = CuePlayer(environment: context.environment)
        isRemote = context.environment["SSH_CONNECTION"] != nil
        try records.begin(length: guide.phases.length)
        self.records = records
        timer = DispatchSource.makeTimerSource(queue: .main)
    }

    func run() -> Never {
        signals = Signals(received: { [weak self] in self?.receive(.signal($0)) }, ready: {})
        timer.setEventHandler { [weak self] in self?.receive(.timer) }
        timer.activate()
        if face != .linesAlone {
            screen = TerminalScreen(face == .page ? .screen : .keyboard) { [weak self] in self?.receive(.screen($0)) }
        }
        inhibitor.hold()
        receive(.begun)
        dispatchMain()
    }

    private func receive(_ event: Event) {
        let now = time()
        heard = nil
        hear(guide.advance(to: now))
        switch event {
        case .begun, .timer, .screen(.resized), .screen(.continued): break
        case .screen(.key(let key)): if !turn(key), let command = command(for: key) { obey(command, at: now) }
        case .screen(.suspended): obey(.pause, at: now)
        case .signal(.interrupt): obey(guide.state == .halted ? .later : .stop, at: now)
        case .signal(let signal): abandon(status: 128 + signal.rawValue)
        case .screen(.gone): abandon(status: 128 + SIGHUP)
        }
        record(at: now)
        show(at: now)
        wake(at: now)
    }

    // MARK: Time

    /// The guide's time, from a clock that nobody sets and that stops during suspend.
    private func time() -> Instant {
        let now = SystemClock.steady()
        guard let awaited, now - awaited > .seconds(2) else { return now }
        // The process was stopped or could not draw. Time in which the person saw nothing does not count.
        guide.shift(by: now - awaited)
        self.awaited = nil
        return now
    }

    private func wake(at now: Instant) {
        // On a page the timer repeats every second, because setting it again each time would cost one more wake-up.
        let beats = face == .page
        var next =
            beats ? guide.nextSecond(after: now) : settings.sound ? guide.nextCue(after: now) : guide.phaseEnds
        let retry = now + .seconds(1)
        if records.hasUnwritten { next = next.map { min($0, retry) } ?? retry }
        let isSet = next == awaited || beats && next == awaited.map { $0 + .seconds(1) }
        awaited = next
        guard !isSet else { return }
        guard let next else { return timer.schedule(deadline: .distantFuture) }
        let rest = max(.zero, next - SystemClock.steady())
        timer.schedule(
            deadline: .now() + .microseconds(Int(rest.microseconds)), repeating: beats ? .seconds(1) : .never,
            leeway: .nanoseconds(0))
    }

    // MARK: What the person wants

    /// Turns to another sheet of the page, if the key means that; what the guide waits for comes after the last sheet.
    private func turn(_ key: TerminalKey) -> Bool {
        switch key {
        case .character(" "), .character("\n"), .right:
            guard sheet.shown + 1 < sheet.of else { return false }
            sheet.shown += 1
        case .left:
            guard sheet.shown > 0 else { return false }
            sheet.shown -= 1
        default: return false
        }
        return true
    }

    private func command(for key: TerminalKey) -> Guide.Command? {
        switch key {
        case .character(let character): guide.command(for: character)
        case .right: guide.command(for: "n")
        case .left: guide.command(for: "b")
        case .interrupt: guide.command(for: "q")
        }
    }

    private func obey(_ command: Guide.Command, at now: Instant) {
        if command == .back { lines.repeatNext() }
        sheet.shown = 0
        hear(guide.handle(command, at: now))
        if command == .info { speak(at: now) }
        // Without a keyboard, the guide cannot ask whether that was it.
        if face == .linesAlone, guide.state == .halted { hear(guide.handle(.later, at: now)) }
    }

    // MARK: What comes of it

    /// Writes the pending records, and ends the process when the guide is over.
    private func record(at now: Instant) {
        records.retry()
        let isNewStage = guide.stage != stage
        stage = guide.stage
        defer { isResultWritten = isResultWritten || result != nil && !records.hasUnwritten }
        do {
            if guide.isDone, result == nil {
                // Without a keyboard nobody confirmed that they read what to take care of.
                let known = face == .linesAlone ? [] : guide.reached
                result = try records.finish(painBefore: guide.painBefore, knowing: known)
                // Do not ask for what will not be recorded.
                if records.isSettledElsewhere { end([result].compactMap(\.self)) }
            }
            if let pain = guide.painAfter, !hasPainAfter {
                hasPainAfter = true
                try records.add(pain: pain, painBefore: guide.painBefore)
            }
            switch guide.outcome {
            case .done where asksLevel(at: now): break
            case .done:
                var results = [result, guide.advice, records.review]
                if let offer = guide.offer, let agrees = guide.agrees {
                    try records.answer(offer, agrees: agrees)
                    if agrees { results.append(offer.agreement) }
                }
                end(results.compactMap(\.self))
            case .later: end([try records.putOff()])
            case .restDay: end([try records.rest(painBefore: guide.painBefore), guide.words(of: title).text])
            case nil:
                // If this fails, a prompt may come while the guide runs. That is no reason to stop the guide. Errors in
                // recording are reported at the end.
                let length = guide.remainingInAll(at: now)
                if guide.phaseEnds != nil {
                    try? records.goOn(for: length)
                } else if isNewStage {
                    // The person gets the full time, no matter how much of it was used before.
                    try? records.goOn(for: length, keeping: Guide.grace)
                }
            }
        } catch {
            end([result, guide.advice].compactMap(\.self), complaint: complaint(of: error, lacksDone: result == nil))
        }
    }

    /// Asks about levels, once; returns whether it does.
    private func asksLevel(at now: Instant) -> Bool {
        guard face != .linesAlone, guide.offer == nil, let offer = records.levelOffer(after: guide) else {
            return false
        }
        guide.ask(offer, at: now)
        return true
    }

    private func complaint(of error: any Error, lacksDone: Bool) -> Complaint {
        let complaint = error as? Complaint ?? Complaint(.notWritten, "\(error)")
        let remedy = guide.isDone && lacksDone ? "; then: \(records.command)" : ""
        return Complaint(complaint.code, "\(complaint)\(remedy)")
    }

    private func end(_ results: [String], complaint: Complaint? = nil) -> Never {
        screen?.restore()
        var (results, complaint) = (results, complaint)
        do { try records.settle() } catch {
            // Do not report as recorded what is not on the disk.
            complaint = complaint ?? self.complaint(of: error, lacksDone: !isResultWritten)
            results = [isResultWritten ? result : nil, guide.advice].compactMap(\.self)
        }
        _ = TerminalScreen.write(results.map { terminal.fitted($0) + "\n" }.joined())
        if let complaint { context.complain(complaint.description) }
        bell.ringOut()
        exit(complaint?.code.rawValue ?? EXIT_SUCCESS)
    }

    /// Ends the process after a signal or the loss of the terminal.
    private func abandon(status: Int32) -> Never {
        screen?.restore()
        do { try records.abandon() } catch { context.complain("\(error)") }
        exit(status)
    }

    /// Ends the process when the lines cannot be written.
    private func abandon(unwritten number: Int32) -> Never {
        // The reader closed the pipe. That is a clean end.
        if number == EPIPE { abandon(status: EXIT_SUCCESS) }
        context.complain("the guide cannot be printed: \(KernelRefusal(number, to: .write))")
        abandon(status: Complaint.Code.notWritten.rawValue)
    }

    // MARK: What is seen and heard

    private func show(at now: Instant) {
        if face == .page {
            let page = GuidePage(
                of: guide, routine: title, size: TerminalScreen.size, sheet: sheet.shown, on: terminal, at: now)
            sheet = (min(sheet.shown, page.sheets - 1), page.sheets)
            screen?.draw(page.lines.map(terminal.paint))
        } else {
            let news = lines.news(
                of: guide, routine: title, hasKeyboard: face == .lines, terminal: terminal, at: now)
            if !TerminalScreen.write(news.map { $0 + "\n" }.joined()), errno != EAGAIN { abandon(unwritten: errno) }
            // Without a keyboard, nobody can confirm that the warnings or cautions were read. So go on at once.
            if face == .linesAlone, [.warnings, .care].contains(guide.phase.kind), guide.state == .running {
                hear(guide.handle(.next, at: now))
                show(at: now)
            }
        }
        guard guide.state == .running, spoken != guide.phase else { return }
        spoken = guide.phase
        speak(at: now)
    }

    private func speak(at now: Instant) {
        guard settings.speech, !isRemote, let speech = guide.speech(of: title, after: heard, at: now) else { return }
        player.speak(speech.words, after: speech.delay)
    }

    private func hear(_ cue: Cue?) {
        guard let cue, settings.sound else { return }
        heard = cue
        // A person at another machine can hear only the bell.
        let isPlayed = !isRemote && player.play(cue.soundName)
        // In a pipe, the bell would be an ordinary character.
        if !isPlayed, cue.rings > 0, isatty(STDOUT_FILENO) == 1 { bell.ring(cue.rings) }
    }
}
