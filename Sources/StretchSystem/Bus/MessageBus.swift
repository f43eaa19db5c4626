internal import CSystemd
internal import Glibc
internal import StretchBase
internal import StretchUnix

/// A connection to a D-Bus message bus, served on the main queue.
///
/// Nothing blocks: to connect, to call and to match are only begun when their functions return. If the bus hangs, no
/// answer comes, and that is all. Once connected, the process normally wakes up only when something arrives, or when
/// the socket has room for what waits to be sent. See sd-bus(3); `serve` does what sd_bus_get_fd(3) requires after
/// every wake-up.
@MainActor
package final class MessageBus {
    package enum Kind: String { case system, session }

    let bus: OpaquePointer
    private let kind: Kind
    private let closed: @MainActor (SystemError) -> Void
    /// Called when everything that had arrived is handled.
    ///
    /// Decide only then, because a later message may correct an earlier one.
    package var drained: @MainActor () -> Void = {}
    private var readable: WatchedDescriptor?
    private var writable: WatchedDescriptor?
    private let deadline = Later()
    private var isProcessing = false
    private(set) var isOpen = true

    /// - Parameter closed: called once, when the connection is lost or could not be made; nothing arrives after that.
    package init(_ kind: Kind, closed: @escaping @MainActor (SystemError) -> Void) throws(SystemError) {
        var opened: OpaquePointer?
        let result = kind == .system ? sd_bus_open_system(&opened) : sd_bus_open_user(&opened)
        guard result >= 0, let opened else { throw .noBus(kind, errno: -result) }
        bus = opened
        self.kind = kind
        self.closed = closed
        readable = watched(for: .reading)
        guard readable != nil else { throw .noBus(kind, errno: errno) }
        awaitNext()
    }

    isolated deinit { sd_bus_close_unref(bus) }

    /// Watches a copy of the connection's descriptor, because Dispatch and the bus each close the one that they have.
    ///
    /// Nil when it cannot be copied; errno tells why.
    private func watched(for readiness: WatchedDescriptor.Readiness) -> WatchedDescriptor? {
        let descriptor = fcntl(sd_bus_get_fd(bus), F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else { return nil }
        return WatchedDescriptor(descriptor, for: readiness) { [weak self] in self?.serve() }
    }

    /// Handles all that has arrived, sends what waits, and then calls `drained`.
    ///
    /// It calls the handlers of matches and calls. If one of them calls `serve`, that does nothing; `drained` may call
    /// it.
    package func serve() {
        guard isOpen, !isProcessing else { return }
        isProcessing = true
        var result: Int32
        repeat { result = sd_bus_process(bus, nil) } while result > 0
        isProcessing = false
        guard result >= 0 else {
            isOpen = false
            (readable, writable) = (nil, nil)
            deadline.cancel()
            sd_bus_close(bus)
            return closed(.lostBus(kind, errno: -result))
        }
        awaitNext()
        drained()
    }

    /// Sets what to wait for next, which changes with every message in or out.
    private func awaitNext() {
        // What could not be sent at once is sent when the socket has room again.
        let wantsRoom = sd_bus_get_events(bus) & Int32(POLLOUT) != 0
        if wantsRoom != (writable != nil) { writable = wantsRoom ? watched(for: .writing) : nil }
        // Only connecting and the requests for a name or a match have time limits. At other times there is no timer.
        deadline.cancel()
        var limit: UInt64 = 0
        guard sd_bus_get_timeout(bus, &limit) >= 0, limit != .max else { return }
        let left = Int64(clamping: limit) - SystemClock.steady().microseconds
        deadline.run(after: .microseconds(max(0, left))) { [weak self] in self?.serve() }
    }
}

// MARK: - Calls and matches

extension MessageBus {
    /// A method or a signal of an object, with the name on the bus of the program that owns the object.
    struct Member {
        let name: String
        let interface: String
        let path: String
        let owner: String

        /// A member of the bus itself.
        static func ofBus(_ name: String) -> Self {
            let bus = "org.freedesktop.DBus"
            return Self(name: name, interface: bus, path: "/org/freedesktop/DBus", owner: bus)
        }

        /// A call of the method with texts as its arguments; the bus starts no program for it.
        @MainActor func message(on bus: OpaquePointer, _ arguments: [String]) -> BusMessage? {
            var message: OpaquePointer?
            guard sd_bus_message_new_method_call(bus, &message, owner, path, interface, name) >= 0, let message else {
                return nil
            }
            for argument in arguments { sd_bus_message_append_basic(message, CChar(UInt8(ascii: "s")), argument) }
            sd_bus_message_set_auto_start(message, 0)
            return BusMessage(message)
        }
    }

    /// Calls a method; `answered` is called once with the answer or the error, even if that takes long.
    ///
    /// If the owner does not run, it is not started, and the answer is an error. If the bus is not open, no answer
    /// comes.
    func call(_ method: Member, _ arguments: [String], answered: @escaping @MainActor (BusMessage) -> Void) {
        guard isOpen, let call = method.message(on: bus, arguments) else { return }
        withExtendedLifetime(call) {
            registerOnce(answered) { sd_bus_call_async(bus, $0, call.message, messageArrived, $1, .max) }
        }
    }

    /// Asks the bus for a signal, for as long as the returned match lives; nil if the bus is not open.
    ///
    /// The bus takes the requests of a connection in order. So when a later call is answered, the match is in force.
    /// - Parameter argument: the first argument that the signal must have; nil allows any.
    func match(
        _ signal: Member, about argument: String? = nil, arrived: @escaping @MainActor (BusMessage) -> Void
    ) -> BusMatch? {
        let rule = """
            type='signal',sender='\(signal.owner)',path='\(signal.path)',interface='\(signal.interface)',\
            member='\(signal.name)'\(argument.map { ",arg0='\($0)'" } ?? "")
            """
        // Without a callback for the answer of the bus, sd-bus ends the connection if the bus refuses the rule.
        return register(arrived) { sd_bus_add_match_async(bus, $0, rule, messageArrived, nil, $1) }.map(BusMatch.init)
    }

    /// Asks for a name, without taking it from its owner; once it is ours, nobody can take it away.
    ///
    /// - Parameter denied: called at most once. If the bus refuses, it gets the name of the error. It gets nil if
    ///   another program has the name; we get the name when that program gives it up.
    package func request(_ name: String, denied: @escaping @MainActor (_ error: String?) -> Void) {
        let answered = { @MainActor (answer: BusMessage) in
            // These errors mean that the bus is slow. It gives us the name later if it can.
            if answer.isError("NoReply", "Timeout") { return }
            // 1: it is ours; 2: we are in the queue; 3: taken, and we are not in the queue; 4: it was ours already. See
            // the D-Bus specification.
            if answer.error != nil || [2, 3].contains(answer.unsigned()) { denied(answer.error) }
        }
        registerOnce(answered) {
            sd_bus_request_name_async(bus, $0, name, UInt64(SD_BUS_NAME_QUEUE), messageArrived, $1)
        }
    }

    private typealias Registration = (_ slot: UnsafeMutablePointer<OpaquePointer?>, UnsafeMutableRawPointer) -> Int32

    /// Makes sd-bus call a handler for as long as the returned slot lives.
    ///
    /// Nil if sd-bus refuses, or if the bus is not open.
    private func register(_ run: @escaping @MainActor (BusMessage) -> Void, with call: Registration) -> OpaquePointer? {
        guard isOpen else { return nil }
        var slot: OpaquePointer?
        let handler = Unmanaged.passRetained(BusHandler(run))
        guard call(&slot, handler.toOpaque()) >= 0, let slot else {
            handler.release()
            return nil
        }
        sd_bus_slot_set_destroy_callback(slot, handlerDropped)
        send()
        return slot
    }

    /// Like `register`, but only until the one answer has come.
    private func registerOnce(_ run: @escaping @MainActor (BusMessage) -> Void, with call: Registration) {
        guard let slot = register(run, with: call) else { return }
        sd_bus_slot_set_floating(slot, 1)
        sd_bus_slot_unref(slot)
    }

    /// Waits for room in the socket if it has not taken everything, which is rare.
    ///
    /// It handles nothing that has arrived, so no answer comes before the caller has finished.
    func send() { if !isProcessing { awaitNext() } }
}

/// A match; the bus passes its signals on for as long as this object lives.
@MainActor
final class BusMatch {
    private let slot: OpaquePointer

    fileprivate init(_ slot: OpaquePointer) { self.slot = slot }

    isolated deinit { sd_bus_slot_unref(slot) }
}

// MARK: - Callbacks

/// A closure that a slot calls and owns.
private final class BusHandler {
    let run: @MainActor (BusMessage) -> Void

    init(_ run: @escaping @MainActor (BusMessage) -> Void) { self.run = run }
}

private func messageArrived(
    message: OpaquePointer?, data: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<sd_bus_error>?
) -> Int32 {
    calledBack(data, message) { (handler: BusHandler, message) in
        handler.run(BusMessage(sd_bus_message_ref(message)))
        return 0
    }
}

private func handlerDropped(data: UnsafeMutableRawPointer?) {
    guard let data else { return }
    Unmanaged<BusHandler>.fromOpaque(data).release()
}

/// Hands a message to the object with which a callback of sd-bus was registered.
///
/// sd-bus calls back from `serve` and `announce` only, which are on the main actor.
func calledBack<Owner: AnyObject>(
    _ data: UnsafeMutableRawPointer?, _ message: OpaquePointer?, _ handle: @MainActor (Owner, OpaquePointer) -> Int32
) -> Int32 {
    // They go in as numbers, because pointers may not cross to an actor.
    let (data, message) = (UInt(bitPattern: data), UInt(bitPattern: message))
    return MainActor.assumeIsolated {
        guard let data = UnsafeRawPointer(bitPattern: data), let message = OpaquePointer(bitPattern: message) else {
            return -EINVAL
        }
        return handle(Unmanaged<Owner>.fromOpaque(data).takeUnretainedValue(), message)
    }
}
