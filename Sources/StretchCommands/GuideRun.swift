import Dispatch
import Glibc
import StretchBase
import StretchCore
import StretchUnix
import StretchSystem
import StretchTerminal

/// A guide on its way in the terminal; the process ends with it.
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
    private lazy var cues = GuideCues(settings: settings, environment: context.environment) { [weak self] in
        self?.ring()
    }
    /// Without it the screen may lock meanwhile: nothing to tell a person who sits before it.
    private let inhibitor = IdleInhibitor(failed: { _ in })
    private var screen: TerminalScreen?
    private var signals: Signals?
    private let timer: any DispatchSourceTimer
    /// When the timer is to ring.
    private var awaited: Instant?
    /// The line for the person about what is done and recorded; nil: nothing is yet.
    private var result: String?
    /// What the line says is on the disk.
    private var isResultWritten = false
    /// How much it hurts after it is recorded, where it was said.
    private var hasPainAfter = false
    private var lines = GuideLines()
    private var spoken: Phase?

    /// Records that it begins; without that it does not.
    init(_ guided: GuidedRoutine, in situation: Situation, face: GuideFace) throws {
        context = situation.context
        var records = GuideRecords(of: guided.routine, in: situation)
        settings = situation.timetable.configuration.guide
        // What is not recorded is not asked.
        let asksPain = settings.pain != .never && face.hasKeyboard && !records.isRepetition
        guide = Guide(
            guided.steps, gentleSteps: guided.gentleSteps, showsWarnings: !situation.ledger.hasGuided,
            asksPain: asksPain, at: SystemClock.steady())
        title = guided.title + (records.isRepetition ? " (already done)" : "")
        self.face = face
        try records.begin(length: guide.phases.length)
        self.records = records
        timer = DispatchSource.makeTimerSource(queue: .main)
    }

    func run() -> Never {
        signals = Signals(received: { [weak self] in self?.receive(.signal($0)) }, ready: {})
        timer.setEventHandler { [weak self] in self?.receive(.timer) }
        timer.activate()
        switch face {
        case .page: screen = TerminalScreen(.screen) { [weak self] in self?.receive(.screen($0)) }
        case .lines(true): screen = TerminalScreen(.keyboard) { [weak self] in self?.receive(.screen($0)) }
        case .lines(false): break
        }
        inhibitor.hold()
        receive(.begun)
        dispatchMain()
    }

    private func receive(_ event: Event) {
        let now = time()
        hear(guide.advance(to: now))
        switch event {
        case .begun, .timer, .screen(.resized), .screen(.continued): break
        case .screen(.key(let key)): if let command = command(for: key) { obey(command, at: now) }
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

    /// The guide's time, of a clock that nobody sets and that stands still in suspend.
    private func time() -> Instant {
        let now = SystemClock.steady()
        guard let awaited, now - awaited > .seconds(2) else { return now }
        // Stopped, or unable to draw: what nobody could see has not passed.
        guide.shift(by: now - awaited)
        self.awaited = nil
        return now
    }

    private func wake(at now: Instant) {
        var next =
            switch face {
            case .page: guide.nextSecond(after: now)
            case .lines: guide.phaseEnds
            }
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

    /// On a page the timer rings every second by itself: to set it anew each time would be one more wake-up.
    private var beats: Bool { if case .page = face { true } else { false } }

    // MARK: What the person wants

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
        hear(guide.handle(command, at: now))
        // Nobody can be asked whether that was it.
        if !face.hasKeyboard, guide.state == .halted { hear(guide.handle(.later, at: now)) }
    }

    // MARK: What comes of it

    /// Writes into the journal what is to be written, and ends where it is over.
    private func record(at now: Instant) {
        records.retry()
        defer { isResultWritten = isResultWritten || result != nil && !records.hasUnwritten }
        do {
            if guide.isDone, result == nil {
                result = try records.finish(painBefore: guide.painBefore)
                // What is not recorded is not asked.
                if records.isSettledElsewhere { end([result].compactMap(\.self)) }
            }
            if let pain = guide.painAfter, !hasPainAfter {
                hasPainAfter = true
                try records.add(pain: pain, painBefore: guide.painBefore)
            }
            switch guide.outcome {
            case .done: end([result, guide.advice].compactMap(\.self))
            case .later: end([try records.putOff()])
            case .restDay: end([try records.rest(painBefore: guide.painBefore)])
            case nil:
                // Without it a prompt may come meanwhile: no reason to stop a person halfway. Whether anything can be
                // recorded is said at the end, where it counts.
                if guide.phaseEnds != nil { try? records.goOn(for: guide.remainingInAll(at: now)) }
            }
        } catch {
            end([result].compactMap(\.self), complaint: complaint(of: error, lacksDone: result == nil))
        }
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
            // Nothing is told as recorded before it is.
            complaint = complaint ?? self.complaint(of: error, lacksDone: !isResultWritten)
            results = isResultWritten ? [result].compactMap(\.self) : []
        }
        _ = TerminalScreen.write(results.map { $0 + "\n" }.joined())
        if let complaint { context.complain(complaint.description) }
        exit(complaint?.code.rawValue ?? EXIT_SUCCESS)
    }

    /// Ended from outside.
    private func abandon(status: Int32) -> Never {
        screen?.restore()
        do { try records.abandon() } catch { context.complain("\(error)") }
        exit(status)
    }

    /// The lines go nowhere.
    private func abandon(unwritten number: Int32) -> Never {
        // Whoever read them has heard enough: a clean end.
        if number == EPIPE { abandon(status: EXIT_SUCCESS) }
        context.complain("the guide cannot be printed: \(KernelRefusal(number, to: .write))")
        abandon(status: Complaint.Code.notWritten.rawValue)
    }

    // MARK: What is seen and heard

    private func show(at now: Instant) {
        switch face {
        case .page:
            let size = TerminalScreen.size ?? (80, 24)
            let page = GuidePage(
                of: guide, routine: title, size: GuidePage.Size(columns: size.columns, rows: size.rows), on: terminal,
                at: now)
            screen?.draw(page.lines.map(terminal.paint))
        case .lines(let hasKeyboard):
            let news = lines.news(of: guide, routine: title, hasKeyboard: hasKeyboard, terminal: terminal, at: now)
            if !TerminalScreen.write(news.map { $0 + "\n" }.joined()), errno != EAGAIN { abandon(unwritten: errno) }
            // Nobody can say that it was read.
            if !hasKeyboard, guide.phase.kind == .warnings, guide.state == .running {
                hear(guide.handle(.next, at: now))
                show(at: now)
            }
        }
        speak()
    }

    private func speak() {
        guard guide.state == .running, spoken != guide.phase else { return }
        spoken = guide.phase
        cues.speak(guide.words(of: title))
    }

    private func hear(_ cue: Cue?) {
        if let cue { cues.play(cue) }
    }

    private func ring() {
        // Into a pipe it would be a character like others.
        if isatty(STDOUT_FILENO) == 1 { _ = TerminalScreen.write("\u{7}") }
    }
}

/// What is to be heard of a guide in the terminal, so that one need not look.
@MainActor
struct GuideCues {
    let settings: Configuration.GuideSettings
    /// The bell of the terminal.
    let ring: () -> Void
    private let player: CuePlayer
    /// The loudspeaker of this machine is somewhere else; the bell comes along with the terminal.
    private let isRemote: Bool

    init(settings: Configuration.GuideSettings, environment: [String: String], ring: @escaping () -> Void) {
        player = CuePlayer(environment: environment)
        isRemote = environment["SSH_CONNECTION"] != nil
        self.settings = settings
        self.ring = ring
    }

    func play(_ cue: Cue) {
        if settings.sound, isRemote || !player.play(cue.soundName) { ring() }
    }

    func speak(_ words: GuideWords) {
        if settings.speech, !isRemote { player.speak(words.spoken) }
    }
}
