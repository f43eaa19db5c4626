internal import StretchBase
internal import StretchCore
internal import StretchSystem

/// The daemon on the session bus: it tells panels what there is, reloads, and steers the guide.
///
/// docs/dbus.md describes the interface. Without a bus there is no object, and the daemon goes on.
@MainActor
final class DaemonObject {
    private var outlook: Outlook?

    private unowned let daemon: Daemon
    private let log: DaemonLog
    private var isBusThere = false
    private var bus: MessageBus?
    private var object: BusObject?
    /// Whether the outlook has changed since the last announcement.
    private var isOutlookNew = false
    private var areStreaksOld = false
    private var told: [String: BusValue] = [:]
    /// Announces at the end of a day that the streaks may have changed, if a program read them on that day.
    private lazy var dayEnd = WakeTimer { [weak self] in
        self?.areStreaksOld = true
        self?.announce()
        self?.daemon.rest()
    }

    /// - Parameter daemon: owns this object.
    init(of daemon: Daemon, log: DaemonLog) {
        self.daemon = daemon
        self.log = log
    }

    /// Notes that the bus is there, and connects as soon as there is an outlook.
    func appear() {
        isBusThere = true
        guard bus == nil, outlook != nil else { return }
        do throws(SystemError) {
            let bus = try MessageBus(.session) { [weak self] in self?.vanished($0) }
            // Release the code's memory when all calls are answered: the next call may be hours away.
            bus.drained = { [weak self] in self?.daemon.rest() }
            object = try BusObject(at: "/org/stretchd/Daemon", DaemonObject.name, on: bus, members: members)
            bus.request(DaemonObject.name) { [weak self] in self?.denied($0) }
            self.bus = bus
            // Nobody has seen earlier values, so there is nothing to announce.
            told = announced
            (isOutlookNew, areStreaksOld) = (false, false)
        } catch {
            log.write(.warning, "\(error); panels see nothing of the daemon", [.event: "bus"])
        }
    }

    /// Handles the loss of this connection.
    ///
    /// If the bus itself is gone, the notification board reports it and the process ends. Otherwise the next event
    /// connects again.
    private func vanished(_ error: SystemError) {
        (bus, object) = (nil, nil)
        log.write(.info, "\(error); panels see nothing of the daemon", [.event: "bus"])
    }

    /// Warns that the bus does not give us the name.
    ///
    /// - Parameter error: why the bus refuses the name; nil when another program has the name.
    private func denied(_ error: String?) {
        let name = DaemonObject.name
        let words =
            error.map { "the session bus refuses the name \(name) (\($0)): see its policy" }
            ?? "\(name) on the session bus belongs to another program, which panels will ask instead; "
            + "busctl --user status \(name) tells which; it is ours when that one ends"
        log.write(.warning, words, [.event: "bus"])
    }

    // MARK: What has changed

    func publish(_ outlook: Outlook) {
        let isFirst = self.outlook == nil
        // An occurrence that closed without an answer may have ended a streak.
        if outlook.due.map(\.id) != self.outlook?.due.map(\.id) { areStreaksOld = true }
        self.outlook = outlook
        isOutlookNew = true
        if isFirst, isBusThere { appear() }
    }

    /// Notes whether events may have changed the streaks.
    func happened(_ events: [Event]) {
        for event in events {
            switch event {
            case .journal, .journalReplaced, .written, .configuration, .zone, .clockChanged, .resumed:
                areStreaksOld = true
            default: break
            }
        }
    }

    /// Announces on the bus the properties that changed since the last announcement.
    func announce() {
        // The bus is there, but there is no connection, or no longer. Connect.
        if isBusThere, bus == nil { appear() }
        guard let object else { return }
        var names: [String] = []
        if isOutlookNew {
            let current = announced
            names = current.keys.filter { told[$0] != current[$0] }
            told = current
        }
        if areStreaksOld { names.append("Streaks") }
        (isOutlookNew, areStreaksOld) = (false, false)
        object.announce(names)
    }

    // MARK: The interface

    /// The name on the bus, and of the interface.
    private static let name = "org.stretchd.Daemon"

    private var members: [BusObject.Member] {
        [
            .property("Version", "s", .never) { .text(version) },
            .property("Due", "a(sssxx)", .value) { [unowned self] in due },
            .property("Reason", "s", .value) { [unowned self] in reason },
            .property("Next", "(sx)", .value) { [unowned self] in next },
            .property("Streaks", "a{su}", .invalidation) { [unowned self] in streaks },
            .method("Reload", results: "bs", "in_force\0problems\0") { [unowned self] _ in
                let problems = daemon.reload()
                return [.bool(problems.isEmpty), .text(problems.joined(separator: "\n"))]
            },
            // `stretchd guide --pause` and the like call this, for desktops that draw no buttons.
            .method("SteerGuide", arguments: "s", results: "bs", "button\0is_running\0title\0") { [unowned self] call in
                let isRunning = daemon.session.guideTitle != nil
                if isRunning, let action = call.text().flatMap(Prompt.Action.init) { daemon.receive(.steered(action)) }
                return [.bool(isRunning), .text(daemon.session.guideTitle ?? "")]
            },
        ]
    }

    /// The properties that are announced with their value.
    private var announced: [String: BusValue] { ["Due": due, "Reason": reason, "Next": next] }

    private var due: BusValue {
        .array(
            of: "(sssxx)",
            (outlook?.due ?? []).map {
                .structure([
                    .text("\($0.id)"), .text($0.state.rawValue), .text(words(for: $0.reason)),
                    .integer($0.opens.seconds), .integer($0.closes.seconds),
                ])
            })
    }

    private var reason: BusValue { .text(outlook?.reason.map(words) ?? "") }

    private func words(for reason: Reason) -> String {
        reason.words(in: daemon.session.timetable, at: SystemClock.now()) ?? ""
    }

    private var next: BusValue {
        let next = outlook?.next
        return .structure([.text(next.map { "\($0.id)" } ?? ""), .integer(next?.opens.seconds ?? 0)])
    }

    /// The streak of each routine, computed only when a program reads it: a journal of decades takes a while.
    private var streaks: BusValue {
        let (session, now) = (daemon.session, SystemClock.now())
        dayEnd.arm(at: session.timetable.beginning(of: session.timetable.day(at: now) + 1))
        return .array(
            of: "{su}",
            session.timetable.configuration.routines.map { routine in
                let history = History(of: routine, in: session.diary, at: now)
                return .entry(.text(routine.id), .unsigned(UInt32(clamping: history.streak)))
            })
    }
}
