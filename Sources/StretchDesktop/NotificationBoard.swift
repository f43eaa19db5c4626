package import StretchCore

/// Puts prompts on the screen, at most one notification per subject, and reports what becomes of them.
///
/// Its calls return at once and are carried out in order. Each `post` ends in one `shown` or `failed`, unless the
/// prompt was replaced or withdrawn before. After `failed` with `noAnswer`, `shown` may still follow.
package actor NotificationBoard {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    /// libnotify waits for the server, up to 25 s per call, and only this thread waits with it.
    private nonisolated let thread = GLibThread()
    private let report: @Sendable (BoardEvent) -> Void
    private let picture: @Sendable (Prompt.Picture) -> String?
    private let desktopEntry: @Sendable () -> String?
    private let settings: Settings

    private var bus = Bus.missing
    private var answers = Answers.none
    private var isStopped = false
    /// Prompts to post once the server has said what it can do.
    private var waiting: [Prompt] = []
    /// Prompts to post once the server has said whether "do not disturb" is on.
    private var heeding: [Prompt] = []
    /// Subjects whose prompts wait for the end of "do not disturb".
    private var quiet: Set<Prompt.Subject> = []
    /// The newest id of each subject on this server.
    ///
    /// It is kept when the notification is closed, because the next post should replace that notification and not make
    /// a second one.
    private var ids: [Prompt.Subject: UInt32] = [:]
    private var notifications: [Prompt.Subject: BoardNotification] = [:]
    private var doubts: [Doubt] = []
    /// Notifications that were closed to make room for the next one of their subject; a press on them may still arrive.
    private var leaving: [BoardNotification] = []
    /// Ids of notifications to close once the server has said who it is.
    private var unsure: [UInt32] = []
    /// What an earlier process posted; empty once it is known whether its server is still there.
    private var adopted: [Prompt.Subject: Posted]

    private typealias Work = @Sendable (isolated NotificationBoard) -> Void

    /// The session bus.
    private enum Bus {
        case missing
        /// We do not know yet whether there is a server, and the work waits until we do.
        case early(Connection, [Work])
        case ready(Connection)
    }

    private struct Connection {
        let bus: SessionBus
        let watch: ServerWatch
        let calls: NotifyCalls
        let doNotDisturb: DoNotDisturb
    }

    /// What the server has said about itself.
    private enum Answers: Equatable {
        /// It was not asked, or could not answer.
        case none
        /// It was asked what it can do; if the server is not known, it was first asked who it is.
        case asked(known: Server?)
        case known(Server)
        /// It did not answer a question in time, and was asked once more, without a time limit.
        case late
    }

    /// Reads a switch of the desktop's settings (GSettings), by schema and key, and answers within seconds; nil means
    /// that the switch is not known.
    package typealias Settings =
        @Sendable (_ schema: String, _ key: String, _ answer: @escaping @Sendable (Bool?) -> Void) -> Void

    /// A notification that the server was asked to show and may still show, although we gave up waiting.
    private struct Doubt {
        let call: UInt32
        let notification: BoardNotification
        /// What to show in place of this notification if the server shows it after all; nil to close it then.
        var wanted: Prompt?

        var subject: Prompt.Subject { notification.prompt.subject }
    }

    /// Connects at once; without a session bus, it connects with the first post that finds one.
    ///
    /// It lives until the process ends; a process has only one.
    /// - Parameters:
    ///   - adopted: what an earlier process posted and did not withdraw. If the server with that unique name still
    ///     shows it, the next prompt of the subject replaces it, and `withdraw` closes it.
    ///   - picture: the absolute path of a picture, if there is one; called on the board's thread.
    ///   - desktopEntry: the id of the program's desktop entry, if it is installed; called on the board's thread.
    ///   - settings: reads the switch in which some desktops keep "do not disturb"; called on the board's thread, must
    ///     not wait.
    ///   - report: called on the board's thread; must not wait.
    package init(
        adopted: [Prompt.Subject: Posted] = [:],
        picture: @escaping @Sendable (Prompt.Picture) -> String? = { _ in nil },
        desktopEntry: @escaping @Sendable () -> String? = { nil },
        settings: @escaping Settings = { _, _, answer in answer(nil) }, report: @escaping @Sendable (BoardEvent) -> Void
    ) {
        self.adopted = adopted
        self.picture = picture
        self.desktopEntry = desktopEntry
        self.settings = settings
        self.report = report
        thread.perform { self.assumeIsolated { $0.start() } }
    }

    /// Shows the prompt, in place of what is on the screen for its subject.
    ///
    /// When there is no server, the bus may start one.
    package nonisolated func post(_ prompt: Prompt) { send { $0.accept(prompt) } }

    /// Takes the notification from the screen; if the server hangs, it does this when it wakes up.
    package nonisolated func withdraw(_ subject: Prompt.Subject) { send { $0.remove(subject) } }

    /// Withdraws everything, and reports `stopped` when the bus has all of that and no late notification can appear.
    ///
    /// Set a deadline for that report, because the thread may be stuck in a call, and a server may never answer.
    /// Nothing that is asked for later is carried out or reported.
    package nonisolated func stop() { send { $0.removeAll() } }

    /// Runs work on the board's thread, in order.
    ///
    /// An AsyncStream with a Task would use Dispatch's global queue. Once used, that queue wakes the process every
    /// second for ever.
    private nonisolated func send(_ work: @escaping Work) {
        thread.perform { self.assumeIsolated { $0.receive(work) } }
    }

    // MARK: Commands

    private func start() {
        do throws(PostFailure) { try connect() } catch {
            // The adopted notifications were on another bus. The next bus gives the same unique names to others.
            adopted = [:]
            report(.noBus(error))
        }
    }

    private func connect() throws(PostFailure) {
        let bus = try SessionBus(lost: { self.report(.busLost) })
        let calls = NotifyCalls(on: bus) { call, id in self.send { $0.settleDoubt(about: call, id) } }
        let watch = ServerWatch(on: bus) { self.serverChanged() }
        let doNotDisturb = DoNotDisturb(
            on: bus,
            readSetting: { schema, key, question in
                self.settings(schema, key) { value in
                    self.send { $0.connection?.doNotDisturb.received(value, for: question) }
                }
            },
            ended: { self.quietEnded() })
        self.bus = .early(Connection(bus: bus, watch: watch, calls: calls, doNotDisturb: doNotDisturb), [])
        report(.busFound)
    }

    private var connection: Connection? {
        switch bus {
        case .missing: nil
        case .early(let connection, _), .ready(let connection): connection
        }
    }

    private func receive(_ work: @escaping Work) {
        guard case .early(let connection, let works) = bus else { return work(self) }
        bus = .early(connection, works + [work])
    }

    private func accept(_ prompt: Prompt) {
        if isStopped { return }
        if case .missing = bus {
            do throws(PostFailure) { try connect() } catch { return report(.failed(prompt.subject, error)) }
            return receive { $0.accept(prompt) }
        }
        let doubt = doubts.firstIndex { $0.subject == prompt.subject }
        if let doubt { doubts[doubt].wanted = prompt }
        guard doubt == nil, answers != .late else { return report(.failed(prompt.subject, .noAnswer)) }
        dequeue(prompt.subject)
        waiting.append(prompt)
        ask()
    }

    private func remove(_ subject: Prompt.Subject) {
        dequeue(subject)
        if let index = doubts.firstIndex(where: { $0.subject == subject }) { doubts[index].wanted = nil }
        close(subject)
    }

    /// Takes the notification from the screen, and ignores what is reported about it later.
    private func close(_ subject: Prompt.Subject) {
        let wasClosed = notifications.removeValue(forKey: subject)?.hasEnded ?? false
        if let id = ids.removeValue(forKey: subject) { take(id, wasClosed: wasClosed) }
    }

    private func take(_ id: UInt32, wasClosed: Bool = false) {
        guard let watch = connection?.watch else { return }
        if let server {
            server.closesNothing && !wasClosed ? watch.expire(id) : watch.close(id)
        } else if isStopped || watch.owner == nil {
            watch.close(id)
        } else {
            unsure.append(id)
        }
    }

    private func takeUnsure() {
        for id in unsure { take(id) }
        unsure = []
    }

    private func removeAll() {
        if isStopped { return }
        isStopped = true
        for subject in Array(ids.keys) + doubts.map(\.subject) { remove(subject) }
        takeUnsure()
        (waiting, heeding) = ([], [])
        reportEnd()
    }

    /// Reports `stopped`, unless a notification may still appear that only this process can close.
    private func reportEnd() {
        guard doubts.isEmpty else { return }
        guard let connection else { return report(.stopped) }
        // When this is answered, the bus has passed the withdrawals on.
        connection.bus.afterAllBefore { self.report(.stopped) }
    }

    // MARK: The server

    private var server: Server? {
        switch answers {
        case .known(let server), .asked(known: let server?): server
        case .none, .asked(known: nil), .late: nil
        }
    }

    private func serverChanged() {
        let owner = connection?.watch.owner
        let wasInDoubt = !doubts.isEmpty
        answers = .none
        // On another server, an id may belong to the notification of another program.
        (notifications, doubts, leaving, unsure) = ([:], [], [], [])
        if isStopped, wasInDoubt { reportEnd() }
        // What the last server said about "do not disturb" does not count for the new one, so these prompts wait again.
        waiting += heeding
        (heeding, quiet) = ([], [])
        connection?.doNotDisturb.leave()
        ids = adopted.filter { $0.value.server == owner }.mapValues(\.id)
        adopted = [:]
        if owner == nil {
            failWaiting(.noServer)
            report(.server(nil))
        } else {
            ask()
        }
        if case .early(let connection, let works) = bus {
            bus = .ready(connection)
            for work in works { work(self) }
        }
    }

    /// Asks the server what it can do, because that decides what is posted, and may change.
    ///
    /// A server that answers this does not keep libnotify waiting.
    private func ask() {
        switch answers {
        case .asked, .late: break
        case .none, .known:
            answers = .asked(known: server)
            connection?.watch.ask(known: server, patience: .short) { self.answered($0) }
        }
    }

    private func answered(_ answer: Result<Server, PostFailure>) {
        let wasLate = answers == .late
        switch answer {
        case .success(let answering):
            if server == nil {
                BoardNotification.prepare()
                report(.server(answering))
            }
            answers = .known(answering)
            takeUnsure()
            while let server, !waiting.isEmpty {
                let prompt = waiting.removeFirst()
                if prompt.heedsDoNotDisturb { heeding.append(prompt) } else { show(prompt, on: server) }
            }
            if let server, !heeding.isEmpty { askWhetherToDisturb(server) }
        case .failure(.noAnswer): expectSilence()
        case .failure(let failure):
            answers = server.map { .known($0) } ?? .none
            // Prompts that failed with `noAnswer` wait for a report of a server. The bus could not start one, so report
            // that.
            if wasLate, connection?.watch.owner == nil { report(.server(nil)) }
            for id in unsure { connection?.watch.close(id) }
            unsure = []
            failWaiting(failure)
        }
    }

    private func expectSilence() {
        answers = .late
        failWaiting(.noAnswer)
        connection?.watch.ask(known: nil, patience: .endless) { self.answered($0) }
    }

    private func failWaiting(_ failure: PostFailure) {
        for prompt in waiting + heeding { report(.failed(prompt.subject, failure)) }
        (waiting, heeding) = ([], [])
    }

    // MARK: Do not disturb

    private func askWhetherToDisturb(_ server: Server) {
        connection?.doNotDisturb.ask(server) { isOn in
            let prompts = self.heeding
            self.heeding = []
            for prompt in prompts where isOn {
                self.quiet.insert(prompt.subject)
                self.report(.failed(prompt.subject, .doNotDisturb))
            }
            // Nobody waits for the end of "do not disturb" if all prompts were withdrawn meanwhile.
            if self.quiet.isEmpty { self.connection?.doNotDisturb.leave() }
            for prompt in prompts where !isOn {
                // The server is nil if it did not answer the previous post of this loop.
                if let server = self.server {
                    self.show(prompt, on: server)
                } else {
                    self.report(.failed(prompt.subject, .noAnswer))
                }
            }
        }
    }

    private func quietEnded() {
        quiet = []
        if !isStopped { report(.doNotDisturbEnded) }
    }

    /// Forgets the subject's prompts that were not posted yet.
    private func dequeue(_ subject: Prompt.Subject) {
        waiting.removeAll { $0.subject == subject }
        heeding.removeAll { $0.subject == subject }
        if quiet.remove(subject) != nil, quiet.isEmpty, heeding.isEmpty { connection?.doNotDisturb.leave() }
    }

    // MARK: Notifications

    private func show(_ prompt: Prompt, on server: Server) {
        let subject = prompt.subject
        if server.losesReplacedButtons {
            // A press on the old notification still counts if it is already on its way.
            if let former = notifications[subject] {
                former.isLeaving = true
                leaving.append(former)
            }
            close(subject)
        }
        let notification = BoardNotification(
            prompt, replacing: ids[subject] ?? 0, on: server, picture: prompt.picture(on: server).flatMap(picture),
            desktopEntry: desktopEntry()
        ) { self.ended(prompt, pressed: $0) }
        do throws(PostFailure) {
            try notification.show()
            pin(notification)
        } catch .noAnswer {
            if let call = connection?.calls.newest {
                doubts.append(Doubt(call: call, notification: notification, wanted: prompt))
            }
            report(.failed(subject, .noAnswer))
            expectSilence()
        } catch {
            report(.failed(subject, error))
        }
    }

    private func ended(_ prompt: Prompt, pressed key: String?) {
        if let action = key.flatMap(prompt.action) { return report(.pressed(prompt.subject, action)) }
        // Not every server closes a notification that was clicked, but its buttons no longer work.
        if key != nil { close(prompt.subject) }
        report(.closed(prompt.subject))
    }

    private func pin(_ notification: BoardNotification) {
        let (subject, id) = (notification.prompt.subject, notification.id)
        keep(id, of: subject)
        notifications[subject] = notification
        if !leaving.isEmpty {
            let left = leaving
            // When this is answered, everything that the server had to say about them has come.
            connection?.bus.afterAllBefore { self.leaving.removeAll { one in left.contains { $0 === one } } }
        }
        report(.shown(subject, Posted(server: connection?.watch.owner ?? "", id: id)))
    }

    /// Keeps the new id, and closes the notification with the old id.
    ///
    /// Some servers do not replace the old one if another process posted it.
    private func keep(_ id: UInt32, of subject: Prompt.Subject) {
        if let former = ids.updateValue(id, forKey: subject), former != id { take(former) }
    }

    /// Handles the late answer to a post that is in doubt.
    ///
    /// - Parameter id: the id that the server gave to the notification; nil if it refused the notification.
    private func settleDoubt(about call: UInt32, _ id: UInt32?) {
        guard let index = doubts.firstIndex(where: { $0.call == call }) else { return }
        let doubt = doubts.remove(at: index)
        if let id {
            keep(id, of: doubt.subject)
            doubt.notification.id = id
            // The notification stays on the screen until the wanted prompt replaces it, which may take a while.
            notifications[doubt.subject] = doubt.notification
        }
        guard let wanted = doubt.wanted else {
            remove(doubt.subject)
            if isStopped { reportEnd() }
            return
        }
        if id != nil, wanted == doubt.notification.prompt {
            pin(doubt.notification)
        } else {
            accept(wanted)
        }
    }
}
