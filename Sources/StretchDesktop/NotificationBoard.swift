package import StretchCore

/// Puts prompts on the screen, at most one notification per subject, and reports what becomes of them.
///
/// Its calls return at once and are carried out in order. Each `post` ends in one `shown` or `failed`, unless the
/// prompt was replaced or withdrawn before. After `failed` with `noAnswer`, `shown` may still follow.
package actor NotificationBoard {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    /// libnotify waits for the server, up to 25 s per call: only this thread waits with it.
    private nonisolated let thread = GLibThread()
    private let report: @Sendable (BoardEvent) -> Void
    private let picture: @Sendable (Stretch.ID) -> String?
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
    /// It is kept when the notification is closed: the next post then replaces that one and makes no second one.
    private var ids: [Prompt.Subject: UInt32] = [:]
    private var notifications: [Prompt.Subject: BoardNotification] = [:]
    private var doubts: [Doubt] = []
    /// Notifications that were closed to make room for the next of their subjects; a press on one may still arrive.
    private var leaving: [BoardNotification] = []
    /// Ids of notifications to close once the server has said who it is.
    private var unsure: [UInt32] = []
    /// What an earlier process had posted, until it is known whether its server is still there.
    private var adopted: [Prompt.Subject: Posted]

    private enum Bus {
        case missing
        /// It is not known yet whether there is a server; these commands wait until it is.
        case early(Connection, [Command])
        case ready(Connection)
    }

    /// How far the server has answered.
    private enum Answers {
        case none
        /// It was asked who it is.
        case asked
        /// It answered; it may be asked again what it can do.
        case known(Server, isAsked: Bool)
        /// It let a question time out, and was asked once more, without a limit.
        case late
    }

    private enum Command: Sendable {
        case post(Prompt)
        case withdraw(Prompt.Subject)
        case stop
        case lateAnswer(NotifyCalls.Answer)
        case settingRead(Bool?, question: Int)
    }

    /// Reads a switch of the desktop's settings (GSettings), by schema and key, and answers within seconds; nil: it is
    /// not known.
    package typealias Settings =
        @Sendable (_ schema: String, _ key: String, _ answer: @escaping @Sendable (Bool?) -> Void) -> Void

    private struct Connection {
        let bus: SessionBus
        let watch: ServerWatch
        let calls: NotifyCalls
        let doNotDisturb: DoNotDisturb
    }

    /// A notification that the server was asked to show and may still show, although we gave up waiting.
    private struct Doubt {
        let call: UInt32
        let notification: BoardNotification
        /// What to show in its place if it comes up; nil: nothing any more.
        var wanted: Prompt?

        var subject: Prompt.Subject { notification.prompt.subject }
    }

    /// Connects at once, or, when there is no session bus, with the first post that finds one.
    ///
    /// It lives until the process ends; a process has only one.
    /// - Parameters:
    ///   - adopted: what an earlier process posted and did not withdraw. If the server with that unique name still
    ///     shows it, the next prompt of the subject replaces it, and `withdraw` closes it.
    ///   - picture: where the picture of a stretch is, as an absolute path, if there is one; called on the board's thread.
    ///   - desktopEntry: the id of the program's desktop entry, if it is installed; called on the board's thread.
    ///   - settings: reads where some desktops say that they must not be disturbed; called on the board's thread, must
    ///     not wait.
    ///   - report: called on the board's thread; must not wait.
    package init(
        adopted: [Prompt.Subject: Posted] = [:], picture: @escaping @Sendable (Stretch.ID) -> String? = { _ in nil },
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
    package nonisolated func post(_ prompt: Prompt) { send(.post(prompt)) }

    /// Takes the notification from the screen; a server that hangs does so when it wakes up.
    package nonisolated func withdraw(_ subject: Prompt.Subject) { send(.withdraw(subject)) }

    /// Withdraws everything; reports `stopped` when the bus has that, and nothing in doubt can come up any more.
    ///
    /// Wait with a deadline: the thread may be stuck in a call, and a server may never answer. Nothing that is asked
    /// for later is carried out or reported.
    package nonisolated func stop() { send(.stop) }

    /// Not with an AsyncStream and a Task: those use Dispatch's global queue, which, once used, wakes the process every
    /// second for ever.
    private nonisolated func send(_ command: Command) {
        thread.perform { self.assumeIsolated { $0.receive(command) } }
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
        let calls = NotifyCalls(on: bus) { self.send(.lateAnswer($0)) }
        let watch = ServerWatch(on: bus, changed: { self.serverChanged() })
        let doNotDisturb = DoNotDisturb(
            on: bus,
            readSetting: { schema, key, question in
                self.settings(schema, key) { self.send(.settingRead($0, question: question)) }
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

    private func receive(_ command: Command) {
        guard case .early(let connection, let commands) = bus else { return carryOut(command) }
        bus = .early(connection, commands + [command])
    }

    private func carryOutEarly() {
        guard case .early(let connection, let commands) = bus else { return }
        bus = .ready(connection)
        commands.forEach(carryOut)
    }

    private func carryOut(_ command: Command) {
        switch (command, connection) {
        case (.lateAnswer(let answer), let connection?): settleDoubt(answer, connection)
        case _ where isStopped: break
        case (.post(let prompt), let connection?): accept(prompt, connection)
        case (.post(let prompt), nil): lookForBus(for: prompt)
        case (.withdraw(let subject), let connection?): remove(subject, connection)
        case (.settingRead(let value, let question), let connection?):
            connection.doNotDisturb.received(value, for: question)
        case (.stop, let connection?): removeAll(connection)
        case (.stop, nil): report(.stopped)
        case (.withdraw, nil), (.lateAnswer, nil), (.settingRead, nil): break
        }
    }

    private func lookForBus(for prompt: Prompt) {
        do throws(PostFailure) {
            try connect()
            receive(.post(prompt))
        } catch {
            report(.failed(prompt.subject, error))
        }
    }

    private func accept(_ prompt: Prompt, _ connection: Connection) {
        if let index = doubts.firstIndex(where: { $0.subject == prompt.subject }) { doubts[index].wanted = prompt }
        guard !isLate, !doubts.contains(where: { $0.subject == prompt.subject }) else {
            report(.failed(prompt.subject, .noAnswer))
            return
        }
        dequeue(prompt.subject, connection)
        waiting.append(prompt)
        ask(connection)
    }

    private func remove(_ subject: Prompt.Subject, _ connection: Connection) {
        dequeue(subject, connection)
        if let index = doubts.firstIndex(where: { $0.subject == subject }) { doubts[index].wanted = nil }
        close(subject, connection)
    }

    /// Takes the notification from the screen, and ignores what is reported about it later.
    private func close(_ subject: Prompt.Subject, _ connection: Connection) {
        let wasClosed = notifications.removeValue(forKey: subject)?.hasEnded ?? false
        if let id = ids.removeValue(forKey: subject) { take(id, wasClosed: wasClosed, connection) }
    }

    private func take(_ id: UInt32, wasClosed: Bool = false, _ connection: Connection) {
        if let server {
            server.closesNothing && !wasClosed ? connection.watch.expire(id) : connection.watch.close(id)
        } else if isStopped || connection.watch.owner == nil {
            connection.watch.close(id)
        } else {
            unsure.append(id)
        }
    }

    private func takeUnsure(_ connection: Connection) {
        for id in unsure { take(id, connection) }
        unsure = []
    }

    private func removeAll(_ connection: Connection) {
        isStopped = true
        for subject in Array(ids.keys) + doubts.map(\.subject) { remove(subject, connection) }
        takeUnsure(connection)
        (waiting, heeding) = ([], [])
        reportEnd(connection)
    }

    /// Reports `stopped`, unless a notification may still appear that only this process can close.
    private func reportEnd(_ connection: Connection) {
        guard doubts.isEmpty else { return }
        // The bus works in order: when it answers this call, it has passed the withdrawals on.
        connection.bus.call(.busID, at: "org.freedesktop.DBus", patience: .short) { _ in self.report(.stopped) }
    }

    // MARK: The server

    private var server: Server? { if case .known(let server, _) = answers { server } else { nil } }

    private var isLate: Bool { if case .late = answers { true } else { false } }

    private func serverChanged() {
        guard let connection else { return }
        let owner = connection.watch.owner
        let wasInDoubt = !doubts.isEmpty
        answers = .none
        // On another server an id may be anybody's.
        (notifications, doubts, leaving, unsure) = ([:], [], [], [])
        if isStopped, wasInDoubt { reportEnd(connection) }
        forgetQuiet(connection)
        ids = adopted.filter { $0.value.server == owner }.mapValues(\.id)
        adopted = [:]
        if owner == nil {
            failWaiting(.noServer)
            report(.server(nil))
        } else {
            ask(connection)
        }
        carryOutEarly()
    }

    /// Asks the server what it can do, which decides what is posted and may change.
    ///
    /// A server that answers this does not keep libnotify waiting.
    private func ask(_ connection: Connection) {
        switch answers {
        case .asked, .known(_, isAsked: true), .late: break
        case .none:
            answers = .asked
            connection.watch.introduce(patience: .short) { self.answered($0, connection) }
        case .known(var server, isAsked: false):
            answers = .known(server, isAsked: true)
            connection.watch.askCapabilities(patience: .short) { answer in
                self.answered(
                    answer.map {
                        server.capabilities = $0
                        return server
                    }, connection)
            }
        }
    }

    private func answered(_ answer: Result<Server, PostFailure>, _ connection: Connection) {
        let wasLate = isLate
        switch answer {
        case .success(let answering):
            if server == nil {
                BoardNotification.prepare()
                report(.server(answering))
            }
            answers = .known(answering, isAsked: false)
            takeUnsure(connection)
            while let server, !waiting.isEmpty { admit(waiting.removeFirst(), on: server, connection) }
            if let server, !heeding.isEmpty { askWhetherToDisturb(server, connection) }
        case .failure(.noAnswer): expectSilence(connection)
        case .failure(let failure):
            answers = server.map { .known($0, isAsked: false) } ?? .none
            // Prompts that failed with `noAnswer` wait for a server, and the one that was being started is not coming.
            if wasLate, connection.watch.owner == nil { report(.server(nil)) }
            for id in unsure { connection.watch.close(id) }
            unsure = []
            failWaiting(failure)
        }
    }

    private func expectSilence(_ connection: Connection) {
        answers = .late
        failWaiting(.noAnswer)
        connection.watch.introduce(patience: .endless) { self.answered($0, connection) }
    }

    private func failWaiting(_ failure: PostFailure) {
        for prompt in waiting + heeding { report(.failed(prompt.subject, failure)) }
        (waiting, heeding) = ([], [])
    }

    // MARK: Do not disturb

    private func admit(_ prompt: Prompt, on server: Server, _ connection: Connection) {
        if prompt.heedsDoNotDisturb { heeding.append(prompt) } else { show(prompt, on: server, connection) }
    }

    private func askWhetherToDisturb(_ server: Server, _ connection: Connection) {
        connection.doNotDisturb.ask(server) { isOn in
            let prompts = self.heeding
            self.heeding = []
            for prompt in prompts where isOn {
                self.quiet.insert(prompt.subject)
                self.report(.failed(prompt.subject, .doNotDisturb))
            }
            // All prompts were withdrawn meanwhile.
            if self.quiet.isEmpty { connection.doNotDisturb.leave() }
            for prompt in prompts where !isOn {
                // Nil when it did not answer the previous post of this loop.
                if let server = self.server {
                    self.show(prompt, on: server, connection)
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
    private func dequeue(_ subject: Prompt.Subject, _ connection: Connection) {
        waiting.removeAll { $0.subject == subject }
        heeding.removeAll { $0.subject == subject }
        if quiet.remove(subject) != nil, quiet.isEmpty, heeding.isEmpty { connection.doNotDisturb.leave() }
    }

    /// Forgets what the server before said about "do not disturb": the prompts are posted again.
    private func forgetQuiet(_ connection: Connection) {
        waiting += heeding
        (heeding, quiet) = ([], [])
        connection.doNotDisturb.leave()
    }

    // MARK: Notifications

    private func show(_ prompt: Prompt, on server: Server, _ connection: Connection) {
        let subject = prompt.subject
        if server.losesReplacedButtons { part(with: subject, connection) }
        let notification = BoardNotification(
            prompt, replacing: ids[subject] ?? 0, on: server, picture: prompt.picture(on: server).flatMap(picture),
            desktopEntry: desktopEntry()
        ) { ending in self.ended(ending, of: prompt, connection) }
        do throws(PostFailure) {
            try notification.show()
            pin(notification, id: notification.id, connection)
        } catch .noAnswer {
            doubts.append(Doubt(call: connection.calls.newest, notification: notification, wanted: prompt))
            report(.failed(subject, .noAnswer))
            expectSilence(connection)
        } catch {
            report(.failed(subject, error))
        }
    }

    private func ended(_ ending: BoardNotification.Ending, of prompt: Prompt, _ connection: Connection) {
        switch ending {
        case .closed: report(.closed(prompt.subject))
        case .pressed(let key):
            if let action = prompt.action(of: key) { return report(.pressed(prompt.subject, action)) }
            // Not every server closes a notification that was clicked, and its buttons no longer work.
            close(prompt.subject, connection)
            report(.closed(prompt.subject))
        }
    }

    /// Closes a notification to make room for the next: a press that is on its way still counts.
    private func part(with subject: Prompt.Subject, _ connection: Connection) {
        if let former = notifications[subject] {
            former.isLeaving = true
            leaving.append(former)
        }
        close(subject, connection)
    }

    private func pin(_ notification: BoardNotification, id: UInt32, _ connection: Connection) {
        let subject = notification.prompt.subject
        keep(id, of: subject, connection)
        notifications[subject] = notification
        if !leaving.isEmpty {
            // The bus answers after all that the server said about them.
            let left = leaving
            connection.bus.call(.busID, at: "org.freedesktop.DBus", patience: .short) { _ in
                self.leaving.removeAll { one in left.contains { $0 === one } }
            }
        }
        report(.shown(subject, Posted(server: connection.watch.owner ?? "", id: id)))
    }

    /// Keeps the new id and closes the old notification, which some servers do not replace for a new process.
    private func keep(_ id: UInt32, of subject: Prompt.Subject, _ connection: Connection) {
        if let former = ids.updateValue(id, forKey: subject), former != id { take(former, connection) }
    }

    private func settleDoubt(_ answer: NotifyCalls.Answer, _ connection: Connection) {
        guard let index = doubts.firstIndex(where: { $0.call == answer.call }) else { return }
        let doubt = doubts.remove(at: index)
        if let id = answer.id {
            keep(id, of: doubt.subject, connection)
            doubt.notification.id = id
            // The notification stays on the screen until the wanted prompt replaces it, which may take a while.
            notifications[doubt.subject] = doubt.notification
        }
        guard let wanted = doubt.wanted else {
            remove(doubt.subject, connection)
            if isStopped { reportEnd(connection) }
            return
        }
        if let id = answer.id, wanted == doubt.notification.prompt {
            pin(doubt.notification, id: id, connection)
        } else {
            accept(wanted, connection)
        }
    }
}
