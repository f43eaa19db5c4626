internal import Dispatch
internal import Glibc
package import StretchBase
package import StretchCore
internal import StretchDesktop
package import StretchFiles
internal import StretchSystem

/// Connects the session with everything around it.
///
/// Everything that happens becomes an event, on the main queue and in order. Every effect is carried out before the
/// next event is taken.
@MainActor
package final class Daemon {
    private(set) var session: Session
    private var journal: JournalDirectory
    private var clockDoubt: ClockDoubt?
    private let runner: EffectRunner
    private let configurationPath: String
    private let kept: KeptConfiguration
    /// What is wrong with the configuration file since the start; nil if nothing is.
    private let mistake: ConfigurationError?
    private let environment: [String: String]
    private let log: DaemonLog
    private let service = ServiceManager()
    private let state: StateFile
    private let claim: Claim
    private let renewal = Later()
    private let retry = Later()
    private let rivalry = Later()
    /// Whether commands cannot find this daemon, because its lock or its state could not be restored.
    private var isUnfindable = false
    private let askNow: Bool
    /// The first event; it tells which prompts a killed daemon may have left on the screen, and its guide.
    private let start: Event

    private var clocks: ClockWatch?
    private var logins: Logins?
    /// Events about the state of the world; they are handled before those in `waiting`.
    private var news: [Event] = []
    private var waiting: [Event] = []
    private var hasBegun = false
    private var isHandling = false
    private let delayedReload = Later()
    private let delayedZone = Later()
    private var watches: [PathWatch] = []
    private var configurationWatch: PathWatch?
    private var signals: Signals?

    /// - Parameter askNow: whether to ask for today's next occurrence at once or, if none is left, for an extra one.
    package init(places: Places, environment: [String: String], askNow: Bool) throws {
        // Hold signals back until we can handle them: others may send some as soon as they can find us.
        Signals.hold()
        try Places.requireOwn(places.journal)
        let directory = try RuntimeDirectory(places.runtime)
        try Places.requireOwn(directory.path)
        log = DaemonLog(environment: environment)
        let host = try MachineID.host()
        claim = try Claim(journal: places.journal, in: directory) { [log] in log.write(.warning, $0) }
        let zone = ZoneReader(environment: environment).system()
        let former = try DaemonState.read(from: directory)
        kept = KeptConfiguration(in: places.state, of: places.configuration, with: places.journal)
        let inForce = ConfigurationInForce(of: places.configuration, orElse: kept)
        let configuration = inForce.configuration
        mistake = inForce.error

        journal = JournalDirectory(path: places.journal, host: host)
        if let trouble = zone.trouble { log.write(.warning, trouble, [.event: "zone"]) }
        let (posted, guide) = (former?.posted ?? [], former?.guide ?? [])
        start = .started(adopting: posted.map(\.subject), abandoned: guide)
        // Keep the prompts and the guide of a killed daemon in the file until they are dealt with, because this daemon
        // may be killed too.
        let state = DaemonState(
            pid: getpid(), version: version, journal: places.journal,
            configuration: .init(
                path: places.configuration, reads: 1, problems: inForce.error?.problems.map(\.description) ?? [],
                source: .init(of: configuration), state: places.state),
            zone: zone.zone.identifier, zoneTrouble: zone.trouble, posted: posted, passedOver: former?.passedOver ?? [],
            guide: guide)
        self.state = StateFile(state, in: directory, log: log)
        // Read the journal only now, because a long one takes time, and commands can find the daemon already.
        let read = journal.read()
        for report in read.news { log.write(.warning, "\(report)") }
        var random = SystemRandomNumberGenerator()
        session = Session(
            Diary(Timetable(configuration, zone: zone.zone), read.whole ?? Ledger()),
            ids: RecordIDs(seed: random.next()), at: SystemClock.now(),
            passingOver: state.passedOver.compactMap { OccurrenceID($0) })
        runner = EffectRunner(
            journal: JournalFile(directory: places.journal, host: host), state: self.state, service: service, log: log,
            environment: environment)
        configurationPath = places.configuration
        self.environment = environment
        self.askNow = askNow
        if let files = inForce.files { keep(files) }
        if let mistake { logMistake(mistake, lack: inForce.lack) }
    }

    /// Runs until a signal or the end of the session bus ends the process.
    package func run() throws -> Never {
        runner.report = { [weak self] in self?.receive($0) }
        runner.object = DaemonObject(of: self, log: log)
        try watch()
        signals = Signals(
            received: { [weak self] in self?.received($0) },
            // From now on, SIGHUP reloads and SIGTERM ends cleanly. So the daemon may now become ready.
            ready: { [weak self] in self?.followLogins() })
        dispatchMain()
    }

    /// Follows logind.
    ///
    /// The session starts only after logind's first answer or its timeout, because the start counts as an arrival only
    /// if a person is present.
    private func followLogins() {
        logins = Logins { [weak self] in self?.presenceChanged(to: $0) }
        logins?.follow()
    }

    private func presenceChanged(to presence: Presence) {
        log.write(.info, "the person is \(presence)", [.event: "presence"])
        news.append(.presence(presence))
        if hasBegun { handleAll() } else { begin() }
    }

    private func begin() {
        hasBegun = true
        news += [start] + (mistake.map { [.mistake($0)] } ?? []) + waiting
        waiting = askNow ? [.askNow] : []
        handleAll()
        service.ready(status: runner.status)
        log.write(.notice, "running, \(runner.status)", [.event: "started"])
    }

    /// Handles an event, then the events that its effects cause.
    func receive(_ event: Event) {
        waiting.append(event)
        // If it is stopped before its start, the session still starts, to withdraw the prompts of a killed daemon.
        if event == .stop, !hasBegun { (hasBegun, news, waiting) = (true, [start, .stop], []) }
        handleAll()
    }

    /// Handles all events in `news` and `waiting`.
    ///
    /// It first reads everything that has happened by now. So a timer cannot overtake a confirmed answer, a screen that
    /// was just locked, or a machine that just resumed.
    private func handleAll() {
        guard hasBegun, !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        handleWaiting()
        // This comes after the events, because they must not wait for it.
        keepFindable()
        refreshWatches()
        // The new records have been handled. Now read again, which compares each changed file as a whole.
        handleWaiting()
        // Announce a prompt on the bus only when it is on the screen.
        if !runner.isPosting { runner.object?.announce() }
        rest()
    }

    private func handleWaiting() {
        repeat {
            clocks?.check()
            logins?.serve()
            if let records = readJournal() { news.append(records) }
            // Judge the clock before the other events are handled, because a wrong clock must not measure anything.
            judgeClock()
            if !waiting.isEmpty { news.append(waiting.removeFirst()) }
            handle(news)
        } while !news.isEmpty || !waiting.isEmpty
    }

    /// Judges whether the clock can be believed.
    ///
    /// This is done before every event, because no event tells that the clock is now synchronised.
    private func judgeClock() {
        let now = SystemClock.now()
        let judged = ClockDoubt(of: journal, at: now)
        guard judged != clockDoubt else { return }
        clockDoubt = judged
        let doubt = judged?.words(at: now, in: session.timetable.zone)
        let words = doubt.map { "\($0); nothing is asked until it is set right" } ?? "the clock is plausible again"
        log.write(.warning, words, [.event: "clock"])
        news.insert(.clock(judged), at: 0)
    }

    /// Releases the memory of the code and the constants, since the next event may be hours away.
    ///
    /// It does nothing while a prompt is being posted, because that needs the code at once.
    func rest() {
        if !runner.isPosting { ThisProcess.releaseCode() }
    }

    private func handle(_ events: [Event]) {
        guard !events.isEmpty else { return }
        news = []
        for effect in session.handle(events, at: SystemClock.now()) { runner.perform(effect, in: session.timetable) }
        runner.object?.happened(events)
    }

    private func readJournal() -> Event? {
        let changes = journal.read()
        for report in changes.news { log.write(.warning, "\(report)") }
        if !changes.news.isEmpty { state.update { $0.incidents = journal.incidents.map(\.description) } }
        if let whole = changes.whole { return .journalReplaced(whole) }
        // What this daemon wrote comes back when its file is read. Leave that out.
        let records = changes.records.filter { !session.ledger.knows($0) }
        return records.isEmpty ? nil : .journal(records)
    }

    // MARK: What happens

    private func watch() throws {
        // Watch only for removals, so that our own writes there do not wake the daemon.
        follow(claim.directory.path, .removals) { $0.keepFindable() }
        follow(journal.path, .entries) { $0.handleAll() }
        configurationWatch = follow(configurationPath, .contents) { $0.configurationChanged() }
        followIncludes(mistake?.includes ?? session.timetable.configuration.includes)
        clocks = try ClockWatch { [weak self] in self?.clockChanged(by: $0, suspended: $1) }
        // An update of tzdata replaces this file.
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

    /// Checks whether a watched path leads elsewhere now, because nothing notifies us of a new mount.
    private func refreshWatches() {
        for watch in watches { watch.refresh() }
        noteUnwatched()
    }

    private func followIncludes(_ includes: [String]) {
        configurationWatch?.follow(configuration: configurationPath, including: includes)
    }

    /// Publishes what cannot be watched now, and logs it when that changes.
    ///
    /// Changes there are still seen, but later: at the next event, or those of the configuration at the next reload.
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
        // Time synchronisation may set the clock by milliseconds all the time. Ignore that: it moves no deadline.
        guard suspended.isChange || step.isChange else { return }
        log.write(
            .info,
            "the clock changed by \(step.components.seconds) s, after \(suspended.components.seconds) s of sleep",
            [.event: "clock"])
        if suspended.isChange { news.append(.resumed) }
        if step.isChange { news.append(.clockChanged(by: step)) }
        handleAll()
    }

    /// Reads the zone a second after a change, because its file may be replaced in two steps.
    private func zoneChanged() { delayedZone.run(after: .seconds(1)) { [weak self] in self?.readZone() } }

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

    /// Restores the journal's lock, and removed files in the runtime directory, so that commands find the daemon.
    private func keepFindable() {
        if !claim.renewJournal() { giveWay() }
        guard !renewal.isPending, !claim.isInPlace || !state.isInPlace else { return }
        renewClaim(attempts: isUnfindable ? 1 : 20)
    }

    private func renewClaim(attempts: Int) {
        // Wait a little, because a directory is removed file by file, and a command may hold the lock for a moment to
        // test it.
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
                // Nothing notifies us when there is room again, so try every minute.
                retry.run(after: .seconds(60)) { [weak self] in self?.keepFindable() }
            }
            // While we hold the lock file open, nothing notifies us that its directory was removed.
            refreshWatches()
        }
    }

    /// Ends this daemon if the path of its journal leads to another daemon's journal now.
    ///
    /// Otherwise both would ask for the same. The other daemon must hold the lock for five seconds, because one that
    /// refuses to start holds it for a moment too.
    private func giveWay(to rival: Int32? = nil, after seconds: Int = 0) {
        guard !runner.isEnding else { return }
        rivalry.run(after: .seconds(1)) { [weak self] in
            guard let self, !claim.renewJournal() else { return }
            let now = claim.rival
            guard seconds >= 5, now == rival else { return giveWay(to: now, after: now == rival ? seconds + 1 : 1) }
            // The lock is held, but not by a daemon. The next event tries again to take it.
            guard let now else { return }
            log.write(
                .error,
                "\(journal.path) is the journal of the daemon with process id \(now), too: this one ends; start it again "
                    + "when that one has ended: systemctl --user start stretchd")
            end()
        }
    }

    /// Reads the file a second after a change, and again after later changes, because editors write in several steps.
    private func configurationChanged() { delayedReload.run(after: .seconds(1)) { [weak self] in self?.reload() } }

    /// Reads the configuration again.
    ///
    /// - Returns: what is wrong with the file, a line for each problem; empty when nothing is wrong.
    @discardableResult
    func reload() -> [String] {
        // While the daemon starts or ends, the service manager must not be told of a reload.
        let isRunning = hasBegun && !runner.isEnding
        if isRunning { service.reloading() }
        // Attach the watch before reading, so that no change after the reading is missed.
        configurationWatch?.attach()
        do throws(ConfigurationError) {
            let files = try ConfigurationFile.files(configurationPath)
            let configuration = files.configuration
            followIncludes(configuration.includes)
            receive(.configuration(configuration))
            keep(files)
            verdict([], .init(of: configuration))
            log.write(.notice, state.state.configuration.inForce, [.event: "reload"])
        } catch {
            // Watch the included files too, because a correction there may correct the configuration.
            followIncludes(error.includes)
            logMistake(error)
            verdict(error.problems.map(\.description), state.state.configuration.source)
            receive(.mistake(error))
        }
        if isRunning { service.ready(status: runner.status) }
        return state.state.configuration.problems
    }

    /// Keeps what is in force now, for a start with a broken file and for the commands.
    private func keep(_ files: ConfigurationFiles) {
        var trouble: String?
        do throws(FileError) { try kept.keep(files) } catch {
            trouble = "\(error)"
            log.write(.warning, "the configuration in force is not kept: \(error)", [.event: "reload"])
        }
        state.update { $0.configuration.unkept = trouble }
    }

    /// - Parameter lack: why the built-in configuration is in force, and not the one before.
    private func logMistake(_ error: ConfigurationError, lack: String? = nil) {
        for problem in error.problems { log.write(.error, "\(problem)", [.event: "reload"]) }
        if let lack { log.write(.warning, lack, [.event: "reload"]) }
        log.write(.warning, "going on with \(state.state.configuration.before)", [.event: "reload"])
    }

    /// Publishes the result of reading the file, for the commands `reload` and `status`.
    private func verdict(_ problems: [String], _ source: DaemonState.ConfigurationState.Source) {
        state.update { state in
            state.configuration.reads += 1
            state.configuration.problems = problems
            state.configuration.source = source
        }
    }

    private func received(_ signal: Signals.Signal) {
        switch signal {
        // If the daemon's terminal was closed, SIGHUP means the end.
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

extension ClockDoubt {
    /// Why this machine's clock cannot be right; nil when the clock can be believed.
    package init?(of journal: JournalDirectory, at now: Instant) {
        self.init(
            at: now, built: BuildDate.midnight, newest: journal.newestOwnRecord,
            isSynchronised: SystemClock.isSynchronised)
    }
}
