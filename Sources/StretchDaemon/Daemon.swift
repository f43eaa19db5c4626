internal import Dispatch
internal import Glibc
internal import StretchCore
internal import StretchDesktop
internal import StretchJournal
package import StretchSystem

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
    /// For life: the kernel releases it with the process.
    private let lock: DaemonLock
    private let askNow: Bool

    private var waiting: [Event] = []
    private var isHandling = false
    private var reloadIsScheduled = false
    private var sources: [AnyObject] = []

    /// - Parameter askNow: raise today's next occurrence at once.
    package init(places: Places, environment: [String: String], askNow: Bool) throws {
        // From the moment others can find us they may signal us.
        Signals.hold()
        let directory = try RuntimeDirectory(places.runtime)
        lock = try directory.lock()
        let configuration = try ConfigurationFile.read(places.configuration)
        let host = try MachineID.host()
        let zone = ZoneReader.system(environment: environment)
        let former = try DaemonState.read(from: directory)

        log = DaemonLog(environment: environment)
        clock = ClockJudgement(log: log)
        journal = JournalDirectory(path: places.journal, host: host)
        let read = journal.read()
        for report in read.news { log.write(.warning, "\(report)") }
        let state = DaemonState(
            pid: getpid(), version: version, journal: places.journal,
            configuration: .init(path: places.configuration, reads: 1, problems: []), zone: zone.identifier)
        self.state = StateFile(state, in: directory, log: log)
        var random = SystemRandomNumberGenerator()
        session = Session(
            configuration, zone: zone, ledger: Ledger(read.records), ids: RecordIDs(seed: random.next()),
            at: SystemClock.now(), passingOver: former?.passedOver.compactMap { OccurrenceID($0) } ?? [])
        runner = EffectRunner(
            journal: JournalFile(directory: places.journal, host: host), state: self.state, service: service, log: log,
            adopting: former?.adoptable ?? [:])
        configurationPath = places.configuration
        self.environment = environment
        self.askNow = askNow
    }

    /// Runs until a signal or the end of the session bus ends the process.
    package func run() throws -> Never {
        runner.report = { [weak self] in self?.receive($0) }
        try watch()
        sources.append(
            Signals(
                received: { [weak self] in self?.received($0) },
                // Only now is SIGHUP a reload and SIGTERM a clean end: now we may be called ready.
                ready: { [weak self] in self?.begin() }))
        dispatchMain()
    }

    private func begin() {
        receive(.started(adopting: runner.adopted))
        if askNow { receive(.askNow) }
        service.ready(status: runner.status)
        log.write(.notice, "running, \(runner.status)", [.event: "started"])
    }

    /// Takes an event; those that its effects cause are taken after it.
    func receive(_ event: Event) {
        waiting.append(event)
        handleAll()
    }

    /// Handles what is new in the journal, and what waits.
    private func handleAll() {
        guard !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        repeat {
            // A confirmed answer can never be overtaken: before anything is decided, the journal is read to its end.
            let news = readJournal()
            if let judged = clock.news(by: journal, in: session.timetable.zone) { handle(judged) }
            if let news { handle(news) }
            if !waiting.isEmpty { handle(waiting.removeFirst()) }
        } while !waiting.isEmpty
        // The next event may be hours away; unless a prompt is on its way to the screen, which needs the code at once.
        if !runner.isPosting { ProgramCode.release() }
    }

    private func handle(_ event: Event) {
        for effect in session.handle(event, at: SystemClock.now()) {
            runner.perform(effect, zone: session.timetable.zone)
        }
    }

    private func readJournal() -> Event? {
        let changes = journal.read()
        for report in changes.news { log.write(.warning, "\(report)") }
        if !changes.news.isEmpty { state.update { $0.incidents = journal.incidents.map(\.description) } }
        return changes.records.isEmpty && !changes.isWhole ? nil : .journal(changes.records, whole: changes.isWhole)
    }

    // MARK: What happens

    private func watch() throws {
        follow { () throws(SystemError) in
            try DirectoryWatch(journal.path) { [weak self] _ in self?.handleAll() }
        }
        follow { () throws(SystemError) in
            try FileWatch(configurationPath) { [weak self] in self?.configurationChanged() }
        }
        sources.append(
            try ClockWatch { [weak self] stepped, suspended in
                self?.log.write(
                    .info, "the clock changed by \(stepped), after \(suspended) of sleep", [.event: "clock"])
                self?.receive(.clockChanged)
            })
        // With TZ set, /etc/localtime does not matter.
        if environment["TZ"] == nil {
            follow { () throws(SystemError) in
                try FileWatch("/etc/localtime") { [weak self] in self?.zoneChanged() }
            }
        }
    }

    /// Adds a watch, if the user has an inotify instance left.
    ///
    /// Without it everything goes on, but later: the journal is read before every event, and `reload` reads the
    /// configuration.
    private func follow(_ watch: () throws(SystemError) -> AnyObject) {
        do throws(SystemError) { sources.append(try watch()) } catch {
            log.write(.warning, "\(error); changes there are seen late (see fs.inotify.max_user_instances)")
        }
    }

    private func zoneChanged() {
        let zone = ZoneReader.system(environment: environment)
        guard zone != session.timetable.zone else { return }
        log.write(.notice, "the time zone is \(zone.identifier) now", [.event: "zone"])
        state.update { $0.zone = zone.identifier }
        receive(.zone(zone))
    }

    /// Editors write a file in several steps: it is read a second after the first, and once more for later ones.
    private func configurationChanged() {
        guard !reloadIsScheduled else { return }
        reloadIsScheduled = true
        DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
            self?.reloadIsScheduled = false
            self?.reload()
        }
    }

    private func reload() {
        service.reloading()
        do throws(ConfigurationError) {
            receive(.configuration(try ConfigurationFile.read(configurationPath)))
            verdict([])
            log.write(.notice, "\(configurationPath) is in force", [.event: "reload"])
        } catch {
            for problem in error.problems { log.write(.error, "\(problem)", [.event: "reload"]) }
            log.write(.warning, "the configuration before it stays in force", [.event: "reload"])
            verdict(error.problems.map(\.description))
        }
        service.ready(status: runner.status)
    }

    /// Tells `reload`, which waits for it, and `status`.
    private func verdict(_ problems: [String]) {
        state.update { state in
            state.configuration.reads += 1
            state.configuration.problems = problems
        }
    }

    private func received(_ signal: Signals.Signal) {
        switch signal {
        // What started in a terminal ends with it.
        case .hangUp where !runner.isTerminalGone: reload()
        case .hangUp, .interrupt, .terminate:
            service.stopping()
            runner.isEnding = true
            receive(.stop)
        }
    }
}

extension DaemonState {
    /// What the daemon left on the screen, by what it was about.
    fileprivate var adoptable: [Prompt.Subject: Posted] {
        posted.reduce(into: [:]) { found, notification in
            guard let id = OccurrenceID(notification.occ) else { return }
            found[.occurrence(id)] = notification.on
        }
    }
}
