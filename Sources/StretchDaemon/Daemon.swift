internal import Dispatch
internal import Glibc
internal import StretchBase
internal import StretchCore
internal import StretchDesktop
package import StretchFiles
internal import StretchSystem

/// Joins the session to the world: everything that happens becomes an event, on the main queue and in order, and every
/// effect is carried out before the next event is taken.
@MainActor
package final class Daemon {
    private var session: Session
    private var journal: JournalDirectory
    private var clock: ClockJudgement
    private let runner: EffectRunner
    private let configurationPath: String
    private let environment: [String: String]
    private let log: DaemonLog
    private let service = ServiceManager()
    private let state: StateFile
    private let claim: Claim
    private let renewal = Later()
    private let retry = Later()
    private let rivalry = Later()
    /// Commands cannot find it: its runtime directory is another daemon's, or cannot be made.
    private var isUnfindable = false
    private let askNow: Bool
    /// The `started` records of a killed predecessor's guide.
    private let abandoned: [Record.ID]

    private var clocks: ClockWatch?
    private var logins: Logins?
    /// What the world said of itself: taken in before anything that waits is decided.
    private var news: [Event] = []
    private var waiting: [Event] = []
    private var hasBegun = false
    private var isHandling = false
    private let delayedReload = Later()
    private let delayedZone = Later()
    private var watches: [PathWatch] = []
    private var configurationWatch: PathWatch?
    private var signals: Signals?

    /// - Parameter askNow: raise today's next occurrence at once.
    package init(places: Places, environment: [String: String], askNow: Bool) throws {
        // From the moment others can find us they may signal us.
        Signals.hold()
        try Places.requireOwn(places.journal)
        let directory = try RuntimeDirectory(places.runtime)
        try Places.requireOwn(directory.path)
        log = DaemonLog(environment: environment)
        let configuration = try ConfigurationFile.read(places.configuration)
        let host = try MachineID.host()
        claim = try Claim(journal: places.journal, in: directory) { [log] in log.write(.warning, $0) }
        let zone = ZoneReader(environment: environment).system()
        let former = try DaemonState.read(from: directory)

        clock = ClockJudgement(log: log)
        journal = JournalDirectory(path: places.journal, host: host)
        if let trouble = zone.trouble { log.write(.warning, trouble, [.event: "zone"]) }
        abandoned = former?.guide ?? []
        // Until it is taken back, the guide is the one of a killed daemon for whoever comes next, too.
        let state = DaemonState(
            pid: getpid(), version: version, journal: places.journal,
            configuration: .init(
                path: places.configuration, reads: 1, problems: [], source: .init(of: configuration)),
            zone: zone.zone.identifier, zoneTrouble: zone.trouble,
            guide: abandoned)
        self.state = StateFile(state, in: directory, log: log)
        // Commands know by now that a daemon is there: a long journal takes its time.
        let read = journal.read()
        for report in read.news { log.write(.warning, "\(report)") }
        var random = SystemRandomNumberGenerator()
        session = Session(
            Diary(Timetable(configuration, zone: zone.zone), read.whole ?? Ledger()),
            ids: RecordIDs(seed: random.next()), at: SystemClock.now(),
            passingOver: former?.passedOver.compactMap { OccurrenceID($0) } ?? [])
        runner = EffectRunner(
            journal: JournalFile(directory: places.journal, host: host), state: self.state, service: service, log: log,
            environment: environment, adopting: former?.adoptable ?? [:])
        configurationPath = places.configuration
        self.environment = environment
        self.askNow = askNow
    }

    /// Runs until a signal or the end of the session bus ends the process.
    package func run() throws -> Never {
        runner.report = { [weak self] in self?.receive($0) }
        runner.object = DaemonObject(
            log: log, session: { [unowned self] in session }, reload: { [unowned self] in reload() },
            steer: { [unowned self] in receive(.steered($0)) }, rest: { [unowned self] in rest() })
        try watch()
        signals = Signals(
            received: { [weak self] in self?.received($0) },
            // Only now is SIGHUP a reload and SIGTERM a clean end: now we may be called ready.
            ready: { [weak self] in self?.followLogins() })
        dispatchMain()
    }

    /// The start is an arrival only where somebody is: it waits for the first word of logind, or for its silence.
    private func followLogins() {
        let logins = Logins { [weak self] in self?.presenceChanged(to: $0) }
        self.logins = logins
        logins.follow()
    }

    private func presenceChanged(to presence: Presence) {
        log.write(.info, "the person is \(presence)", [.event: "presence"])
        news.append(.presence(presence))
        if hasBegun { handleAll() } else { begin() }
    }

    private func begin() {
        hasBegun = true
        news += [start] + waiting
        waiting = askNow ? [.askNow] : []
        handleAll()
        service.ready(status: runner.status)
        log.write(.notice, "running, \(runner.status)", [.event: "started"])
    }

    private var start: Event { .started(adopting: runner.adopted, abandoned: abandoned) }

    /// Takes an event; those that its effects cause are taken after it.
    func receive(_ event: Event) {
        waiting.append(event)
        // Ended before it began: what a predecessor left on the screen goes all the same.
        if event == .stop, !hasBegun {
            (hasBegun, news, waiting) = (true, [start, .stop], [])
        }
        handleAll()
    }

    /// Handles what is new in the world, and what waits.
    ///
    /// Before anything is decided the world is read to its end: what has happened by now can never be overtaken by a
    /// timer, be it a confirmed answer, a screen just locked or a machine just resumed.
    private func handleAll() {
        guard hasBegun, !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        handleWaiting()
        // After what was asked, which waits for nothing.
        keepFindable()
        refreshWatches()
        // What was new in the journal has been handled; now all of it is compared.
        handleWaiting()
        // Those who follow the object hear of a prompt when it is on the screen.
        if !runner.isPosting { runner.object?.announce() }
        rest()
    }

    private func handleWaiting() {
        repeat {
            clocks?.check()
            logins?.serve()
            if let records = readJournal() { news.append(records) }
            // By a clock that cannot be right nothing else is measured.
            if let judged = clock.news(by: journal, in: session.timetable.zone) { news.insert(judged, at: 0) }
            if !waiting.isEmpty { news.append(waiting.removeFirst()) }
            handle(news)
        } while !news.isEmpty || !waiting.isEmpty
    }

    /// The next event may be hours away; unless a prompt is on its way to the screen, which needs the code at once.
    private func rest() {
        if !runner.isPosting { ThisProcess.releaseCode() }
    }

    private func handle(_ events: [Event]) {
        guard !events.isEmpty else { return }
        news = []
        for effect in session.handle(events, at: SystemClock.now()) {
            runner.perform(effect, in: session.timetable)
        }
        runner.object?.happened(events)
    }

    private func readJournal() -> Event? {
        let changes = journal.read()
        for report in changes.news { log.write(.warning, "\(report)") }
        if !changes.news.isEmpty { state.update { $0.incidents = journal.incidents.map(\.description) } }
        if let whole = changes.whole { return .journalReplaced(whole) }
        // What this daemon wrote is read back from its file.
        let records = changes.records.filter { !session.ledger.knows($0) }
        return records.isEmpty ? nil : .journal(records)
    }

    // MARK: What happens

    private func watch() throws {
        // What we write there wakes nobody.
        follow(claim.directory.path, .removals) { $0.keepFindable() }
        follow(journal.path, .entries) { $0.handleAll() }
        configurationWatch = follow(configurationPath, .contents) { $0.configurationChanged() }
        followIncludes(session.timetable.configuration.includes)
        clocks = try ClockWatch { [weak self] in self?.clockChanged(by: $0, suspended: $1) }
        // An update of tzdata replaces it.
        if let path = ZoneReader(environment: environment).path { follow(path, .contents) { $0.zoneChanged() } }
        noteUnwatched()
    }

    @discardableResult
    private func follow(
        _ path: String, _ matter: PathWatch.Matter, _ changed: @escaping @MainActor (Daemon) -> Void
    ) -> PathWatch {
        let watch = PathWatch([path], matter) { [weak self] in
            guard let self else { return }
            noteUnwatched()
            changed(self)
        }
        watches.append(watch)
        return watch
    }

    /// Looks whether something leads elsewhere now: what was mounted there, nobody told.
    private func refreshWatches() {
        for watch in watches { watch.refresh() }
        noteUnwatched()
    }

    private func followIncludes(_ includes: [String]) {
        configurationWatch?.follow(configuration: configurationPath, including: includes)
    }

    /// Tells what cannot be watched, as long as that is so.
    ///
    /// Everything goes on, but later: at the next event, and for the configuration at the next reload.
    private func noteUnwatched() {
        var paths: [Int32: [String]] = [:]
        for case .failed(_, let path, let number)? in watches.map(\.trouble) { paths[number, default: []].append(path) }
        let lines = paths.sorted { $0.key < $1.key }.map { number, paths in
            let error = FileError.failed(.watch, on: paths.joined(separator: ", "), errno: number)
            return "\(error); until then changes there are seen late"
        }
        let before = state.state.unwatched
        guard lines != before else { return }
        for line in lines where !before.contains(line) { log.write(.warning, line) }
        if lines.isEmpty { log.write(.notice, "changes of all files are seen at once again") }
        state.update { $0.unwatched = lines }
    }

    private func clockChanged(by step: Duration, suspended: Duration) {
        // Who keeps a clock right may set it by milliseconds all the time: that moves no deadline, and settles nothing anew.
        guard suspended.isChange || step.isChange else { return }
        log.write(
            .info,
            "the clock changed by \(step.components.seconds) s, after \(suspended.components.seconds) s of sleep",
            [.event: "clock"])
        if suspended.isChange { news.append(.resumed) }
        if step.isChange { news.append(.clockChanged(by: step)) }
        handleAll()
    }

    /// A zone's file may be replaced in two steps, and is read when both are done, as the configuration is.
    private func zoneChanged() {
        delayedZone.run(after: .seconds(1)) { [weak self] in self?.readZone() }
    }

    private func readZone() {
        let system = ZoneReader(environment: environment).system()
        let zone = system.zone
        let isOther = zone != session.timetable.zone
        let hasOtherTrouble = system.trouble != state.state.zoneTrouble
        guard isOther || hasOtherTrouble else { return }
        if isOther { log.write(.notice, "the time zone is \(oneLine(zone.identifier)) now", [.event: "zone"]) }
        if hasOtherTrouble, let trouble = system.trouble { log.write(.warning, trouble, [.event: "zone"]) }
        state.update { ($0.zone, $0.zoneTrouble) = (zone.identifier, system.trouble) }
        if isOther { receive(.zone(zone)) }
    }

    /// Who cleans the runtime directory up must not hide the daemon from the commands.
    private func keepFindable() {
        if !claim.renewJournal() { giveWay() }
        guard !renewal.isPending, !claim.isInPlace || !state.isInPlace else { return }
        renewClaim(attempts: isUnfindable ? 1 : 20)
    }

    private func renewClaim(attempts: Int) {
        // Later: a directory is removed file by file, and a command may just be asking whether a daemon runs.
        renewal.run(after: .milliseconds(50)) { [weak self] in
            guard let self else { return }
            do throws(FileError) {
                try claim.renew()
                try state.renew()
                isUnfindable = false
                log.write(.notice, "\(claim.directory.path) is complete: commands find this daemon")
            } catch {
                if attempts > 1 { return renewClaim(attempts: attempts - 1) }
                if !isUnfindable { log.write(.warning, "\(error); until then commands do not find this daemon") }
                isUnfindable = true
                // Nobody tells that there is room again.
                retry.run(after: .seconds(60)) { [weak self] in self?.keepFindable() }
            }
            // Of a directory whose lock is held open nobody tells that it was removed.
            refreshWatches()
        }
    }

    /// Ends when another daemon keeps the directory that the journal's path leads to now: two would ask for the same.
    ///
    /// Only one that has it for seconds is another daemon: one that is refused has it for a moment.
    private func giveWay(to rival: Int32? = nil, after seconds: Int = 0) {
        guard !runner.isEnding else { return }
        rivalry.run(after: .seconds(1)) { [weak self] in
            guard let self, !claim.renewJournal() else { return }
            let now = claim.rival
            guard seconds >= 5, now == rival else { return giveWay(to: now, after: now == rival ? seconds + 1 : 1) }
            // Another program has the lock for long: at the next event it is tried again.
            guard let now else { return }
            log.write(
                .error,
                "\(journal.path) is the journal of the daemon with process id \(now), too: this one ends; start it again "
                    + "when that one has ended: systemctl --user start stretchd")
            end()
        }
    }

    /// Editors write a file in several steps: it is read a second after the first, and once more for later ones.
    private func configurationChanged() {
        delayedReload.run(after: .seconds(1)) { [weak self] in self?.reload() }
    }

    /// What is wrong with the file, a line each.
    @discardableResult
    private func reload() -> [String] {
        // While it starts or ends, the service manager hears of that only.
        let isRunning = hasBegun && !runner.isEnding
        if isRunning { service.reloading() }
        // What changes from here on is told, and read a second later.
        configurationWatch?.attach()
        do throws(ConfigurationError) {
            let configuration = try ConfigurationFile.read(configurationPath)
            followIncludes(configuration.includes)
            receive(.configuration(configuration))
            verdict([], .init(of: configuration))
            log.write(.notice, state.state.configuration.inForce, [.event: "reload"])
        } catch {
            // Mending one of them mends the configuration.
            followIncludes(error.includes)
            for problem in error.problems { log.write(.error, "\(problem)", [.event: "reload"]) }
            let before = state.state.configuration
            log.write(.warning, "going on with \(before.before)", [.event: "reload"])
            verdict(error.problems.map(\.description), before.source)
            handleAll()
        }
        if isRunning { service.ready(status: runner.status) }
        return state.state.configuration.problems
    }

    /// Tells `reload`, which waits for it, and `status`.
    private func verdict(_ problems: [String], _ source: DaemonState.ConfigurationState.Source) {
        state.update { state in
            state.configuration.reads += 1
            state.configuration.problems = problems
            state.configuration.source = source
        }
    }

    private func received(_ signal: Signals.Signal) {
        switch signal {
        // What started in a terminal ends with it.
        case .hangUp where !runner.isTerminalGone: reload()
        case .hangUp, .interrupt, .terminate: end()
        }
    }

    private func end() {
        service.stopping()
        runner.isEnding = true
        receive(.stop)
    }
}

extension DaemonState {
    /// What the daemon left on the screen, by what it was about.
    fileprivate var adoptable: [Prompt.Subject: Posted] {
        posted.reduce(into: [:]) { found, notification in
            if let subject = notification.subject { found[subject] = notification.on }
        }
    }
}
