internal import CSystemd
internal import Dispatch
internal import Glibc
internal import StretchBase
internal import StretchCore
internal import StretchUnix

/// A connection to a D-Bus message bus, served on the main queue.
///
/// Nothing blocks: connecting, calls and matches are all under way when their functions return, and a bus that hangs
/// costs an answer. Nothing of it wakes the process up but what arrives. See sd-bus(3); what sd_bus_get_fd(3) wants done
/// after every wake-up is `serve`.
@MainActor
package final class MessageBus {
    package enum Kind { case system, user }

    let bus: OpaquePointer
    private let kind: Kind
    private let closed: @MainActor (SystemError) -> Void
    /// Called when all that had arrived is handled: the time to decide, as the next signal may say otherwise.
    package var drained: @MainActor () -> Void = {}
    private var readable: ReadableDescriptor?
    private var writable: (any DispatchSourceWrite)?
    private var deadline: (any DispatchSourceTimer)?
    private var isProcessing = false
    private(set) package var isOpen = true

    /// - Parameter closed: called once when the connection is lost or never came about; nothing arrives after it.
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
        // Dispatch closes what it watches; the bus closes its own.
        let descriptor = fcntl(sd_bus_get_fd(opened), F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else {
            let error = SystemError.noBus(kind, errno: errno)
            sd_bus_close_unref(opened)
            throw error
        }
        bus = opened
        self.kind = kind
        self.closed = closed
        readable = ReadableDescriptor(descriptor) { [weak self] in self?.serve() }
        awaitNext()
    }

    isolated deinit {
        writable?.cancel()
        deadline?.cancel()
        sd_bus_close_unref(bus)
    }

    /// Handles all that has arrived, and sends what waits; calls the handlers of matches and calls, and then `drained`.
    ///
    /// A handler that comes here again finds nothing to do; what `drained` calls may.
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

    /// What to wait for changes with everything that is said and heard.
    private func awaitNext() {
        awaitRoom()
        awaitDeadline()
    }

    private func close(errno: Int32) {
        isOpen = false
        readable = nil
        writable?.cancel()
        deadline?.cancel()
        sd_bus_close(bus)
        closed(.lostBus(kind, errno: errno))
    }

    /// What could not be sent at once is sent when the socket has room again.
    private func awaitRoom() {
        let wantsRoom = sd_bus_get_events(bus) & Int32(POLLOUT) != 0
        if wantsRoom, writable == nil {
            let descriptor = fcntl(sd_bus_get_fd(bus), F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else { return }
            let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: .main)
            source.setEventHandler { [weak self] in self?.serve() }
            source.setCancelHandler { _ = Glibc.close(descriptor) }
            source.activate()
            writable = source
        } else if !wantsRoom, let source = writable {
            source.cancel()
            writable = nil
        }
    }

    /// Connecting has its limits; afterwards there is no timer.
    private func awaitDeadline() {
        var limit: UInt64 = 0
        guard sd_bus_get_timeout(bus, &limit) >= 0, limit != .max else {
            deadline?.cancel()
            return deadline = nil
        }
        if deadline == nil {
            let timer = DispatchSource.makeTimerSource(queue: .main)
            timer.setEventHandler { [weak self] in self?.serve() }
            timer.activate()
            deadline = timer
        }
        let left = max(0, Int64(clamping: limit) - SystemClock.sample().monotonic.microseconds)
        deadline?.schedule(deadline: .now() + .microseconds(Int(left)))
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
    }

    /// Calls a method; `answered` gets what came back, an error too, once and however late.
    ///
    /// A destination that does not run is not started: that is an error. There is no answer on a bus that is not open.
    package func call(
        _ method: Method, _ arguments: [String] = [], answered: @escaping @MainActor (BusMessage) -> Void
    ) {
        var message: OpaquePointer?
        guard isOpen,
            sd_bus_message_new_method_call(
                bus, &message, method.destination, method.path, method.interface, method.name) >= 0
        else { return }
        defer { sd_bus_message_unref(message) }
        for argument in arguments { sd_bus_message_append_basic(message, CChar(UInt8(ascii: "s")), argument) }
        sd_bus_message_set_auto_start(message, 0)
        var slot: OpaquePointer?
        let handler = BusHandler(answered)
        guard sd_bus_call_async(bus, &slot, message, messageArrived, handler.retained, .max) >= 0 else {
            return handler.release()
        }
        sd_bus_slot_set_destroy_callback(slot, handlerDropped)
        sd_bus_slot_set_floating(slot, 1)
        sd_bus_slot_unref(slot)
        send()
    }

    /// Signals that the bus is to pass on, from when it is asked until the match is given up.
    ///
    /// What is called afterwards on the same connection is answered later than the first signal that matches.
    package func match(_ rule: String, arrived: @escaping @MainActor (BusMessage) -> Void) -> BusMatch? {
        guard isOpen else { return nil }
        var slot: OpaquePointer?
        let handler = BusHandler(arrived)
        // Without a callback of its own a rule that the bus refuses ends the connection.
        guard sd_bus_add_match_async(bus, &slot, rule, messageArrived, nil, handler.retained) >= 0, let slot else {
            handler.release()
            return nil
        }
        sd_bus_slot_set_destroy_callback(slot, handlerDropped)
        send()
        return BusMatch(slot)
    }

    /// Most of the time the socket has taken everything; the rest goes when it has room.
    ///
    /// Nothing is handled here: no answer comes before the caller has finished.
    func send() {
        if !isProcessing { awaitNext() }
    }
}

/// A match; the bus passes its signals on for as long as this lives.
@MainActor
package final class BusMatch {
    private let slot: OpaquePointer

    fileprivate init(_ slot: OpaquePointer) { self.slot = slot }

    isolated deinit { sd_bus_slot_unref(slot) }
}

/// Owned by the slot that calls it.
final class BusHandler {
    private let run: @MainActor (BusMessage) -> Void

    init(_ run: @escaping @MainActor (BusMessage) -> Void) { self.run = run }

    var retained: UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }
    func release() { Unmanaged.passUnretained(self).release() }
    @MainActor func callAsFunction(_ message: BusMessage) { run(message) }
}

func messageArrived(
    message: OpaquePointer?, data: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<sd_bus_error>?
) -> Int32 {
    let (message, data) = (UInt(bitPattern: message), UInt(bitPattern: data))
    // The bus calls from `serve` only.
    MainActor.assumeIsolated {
        guard let message = OpaquePointer(bitPattern: message), let data = UnsafeRawPointer(bitPattern: data) else {
            return
        }
        Unmanaged<BusHandler>.fromOpaque(data).takeUnretainedValue()(BusMessage(message))
    }
    return 0
}

func handlerDropped(data: UnsafeMutableRawPointer?) {
    guard let data else { return }
    Unmanaged<BusHandler>.fromOpaque(data).release()
}
