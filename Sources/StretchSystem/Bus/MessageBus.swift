internal import CSystemd
internal import Glibc
internal import StretchBase
internal import StretchUnix

/// A connection to a D-Bus message bus, served on the main queue.
///
/// Nothing blocks: connecting, calls and matches are only started when their functions return, and a bus that hangs
/// costs no more than an answer. Once connected, only what arrives, and room to send, wakes the process. See sd-bus(3);
/// `serve` does what sd_bus_get_fd(3) requires after every wake-up.
@MainActor
package final class MessageBus {
    package enum Kind { case system, user }

    let bus: OpaquePointer
    private let kind: Kind
    private let closed: @MainActor (SystemError) -> Void
    /// Called when everything that had arrived is handled: decide only then, as a later signal may say otherwise.
    package var drained: @MainActor () -> Void = {}
    private var readable: WatchedDescriptor?
    private var writable: WatchedDescriptor?
    private let deadline = Later()
    private var isProcessing = false
    private(set) package var isOpen = true

    /// - Parameter closed: called once when the connection is lost or never came about; nothing arrives after that.
    package init(_ kind: Kind, closed: @escaping @MainActor (SystemError) -> Void) throws(SystemError) {
        var opened: OpaquePointer?
        let result =
            switch kind {
            case .system: sd_bus_open_system(&opened)
            case .user: sd_bus_open_user(&opened)
            }
        guard result >= 0, let opened else {
            throw .noBus(kind, errno: -result)
        }
        bus = opened
        self.kind = kind
        self.closed = closed
        readable = watched(for: .reading)
        guard readable != nil else { throw .noBus(kind, errno: errno) }
        awaitNext()
    }

    isolated deinit { sd_bus_close_unref(bus) }

    /// Watches a copy of the connection's descriptor: Dispatch closes what it watches, and the bus closes its own.
    ///
    /// Nil when it cannot be copied; errno tells why.
    private func watched(for readiness: WatchedDescriptor.Readiness) -> WatchedDescriptor? {
        let descriptor = fcntl(sd_bus_get_fd(bus), F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else { return nil }
        return WatchedDescriptor(descriptor, for: readiness) { [weak self] in self?.serve() }
    }

    /// Handles all that has arrived and sends what waits; calls the handlers of matches and calls, and then `drained`.
    ///
    /// Does nothing when a handler calls it; `drained` may call it.
    package func serve() {
        guard isOpen, !isProcessing else { return }
        isProcessing = true
        var result: Int32
        repeat { result = sd_bus_process(bus, nil) } while result > 0
        isProcessing = false
        guard result >= 0 else { return close(errno: -result) }
        awaitNext()
        drained()
    }

    private func close(errno: Int32) {
        isOpen = false
        (readable, writable) = (nil, nil)
        deadline.cancel()
        sd_bus_close(bus)
        closed(.lostBus(kind, errno: errno))
    }

    /// Sets what to wait for next, which changes with every message in or out.
    private func awaitNext() {
        // What could not be sent at once is sent when the socket has room again.
        let wantsRoom = sd_bus_get_events(bus) & Int32(POLLOUT) != 0
        if wantsRoom != (writable != nil) { writable = wantsRoom ? watched(for: .writing) : nil }
        // Only connecting has time limits; afterwards there is no timer.
        deadline.cancel()
        var limit: UInt64 = 0
        guard sd_bus_get_timeout(bus, &limit) >= 0, limit != .max else { return }
        let left = Int64(clamping: limit) - SystemClock.sample().monotonic.microseconds
        deadline.run(after: .microseconds(max(0, left))) { [weak self] in self?.serve() }
    }
}

// MARK: - Calls and matches

extension MessageBus {
    /// A method, and where it is.
    package struct Method {
        let destination: String
        let path: String
        let interface: String
        let name: String

        package init(_ name: String, of interface: String, at path: String, in destination: String) {
            self.destination = destination
            self.path = path
            self.interface = interface
            self.name = name
        }

        /// A call of the method with texts as its arguments, which starts no program; the caller must unreference it.
        @MainActor func message(on bus: OpaquePointer, _ arguments: [String]) -> OpaquePointer? {
            var message: OpaquePointer?
            guard sd_bus_message_new_method_call(bus, &message, destination, path, interface, name) >= 0 else {
                return nil
            }
            for argument in arguments { sd_bus_message_append_basic(message, CChar(UInt8(ascii: "s")), argument) }
            sd_bus_message_set_auto_start(message, 0)
            return message
        }
    }

    /// Calls a method; `answered` gets the answer or the error, once, however late.
    ///
    /// A destination that does not run is not started: that is an error. On a bus that is not open no answer comes.
    package func call(
        _ method: Method, _ arguments: [String] = [], answered: @escaping @MainActor (BusMessage) -> Void
    ) {
        guard isOpen, let message = method.message(on: bus, arguments) else { return }
        defer { sd_bus_message_unref(message) }
        let slot = register(answered) { sd_bus_call_async(bus, $0, message, messageArrived, $1, .max) }
        letFloat(slot)
    }

    /// Asks the bus for the signals that fit a rule, until the returned match is given up; nil: the bus is not open.
    ///
    /// Once a later call is answered, the match is in force: the bus takes the requests of a connection in order.
    package func match(_ rule: String, arrived: @escaping @MainActor (BusMessage) -> Void) -> BusMatch? {
        // Without a callback for the answer of the bus, sd-bus ends the connection if the bus refuses the rule.
        let slot = register(arrived) { sd_bus_add_match_async(bus, $0, rule, messageArrived, nil, $1) }
        return slot.map(BusMatch.init)
    }

    /// Has sd-bus call a handler from now on, for as long as the slot lives; nil: it refused, or the bus is not open.
    private func register(
        _ run: @escaping @MainActor (BusMessage) -> Void,
        call: (_ slot: UnsafeMutablePointer<OpaquePointer?>, _ handler: UnsafeMutableRawPointer) -> Int32
    ) -> OpaquePointer? {
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

    /// Keeps a slot alive until its one answer has come.
    private func letFloat(_ slot: OpaquePointer?) {
        guard let slot else { return }
        sd_bus_slot_set_floating(slot, 1)
        sd_bus_slot_unref(slot)
    }

    /// Waits for room in the socket if it has not taken everything, which is rare.
    ///
    /// Handles nothing that has arrived: no answer comes before the caller has finished.
    func send() {
        if !isProcessing { awaitNext() }
    }
}

/// A match; the bus passes its signals on for as long as this object lives.
@MainActor
package final class BusMatch {
    private let slot: OpaquePointer

    fileprivate init(_ slot: OpaquePointer) { self.slot = slot }

    isolated deinit { sd_bus_slot_unref(slot) }
}

// MARK: - Names

extension MessageBus {
    /// What became of the request for a name.
    package enum NameOutcome: Hashable, Sendable {
        case owned
        /// Another program has the name; we get it when that program gives it up.
        case taken
        /// The bus refused; with the error's name.
        case refused(String)
        /// The bus does not answer.
        case unknown
    }

    /// Asks for a name, without taking it from its owner; once it is ours, nobody can take it away.
    ///
    /// `answered` is called once, at the latest after 25 s, unless the connection ends before.
    package func request(_ name: String, answered: @escaping @MainActor (NameOutcome) -> Void) {
        let slot = register({ answered(NameOutcome($0)) }) { slot, handler in
            sd_bus_request_name_async(bus, slot, name, UInt64(SD_BUS_NAME_QUEUE), messageArrived, handler)
        }
        letFloat(slot)
    }
}

extension MessageBus.NameOutcome {
    @MainActor fileprivate init(_ answer: BusMessage) {
        // 1: owner; 2: in the queue; 3: taken, and not in the queue; 4: owner already. See the D-Bus specification.
        switch answer.error {
        // The bus is slow, and grants the name later if it can.
        case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout": self = .unknown
        case let error?: self = .refused(error)
        case nil: self = [2, 3].contains(answer.unsigned()) ? .taken : .owned
        }
    }
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
        handler.run(BusMessage(message))
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
    // As numbers: pointers may not cross to an actor.
    let (data, message) = (UInt(bitPattern: data), UInt(bitPattern: message))
    return MainActor.assumeIsolated {
        guard let data = UnsafeRawPointer(bitPattern: data), let message = OpaquePointer(bitPattern: message) else {
            return -EINVAL
        }
        return handle(Unmanaged<Owner>.fromOpaque(data).takeUnretainedValue(), message)
    }
}
