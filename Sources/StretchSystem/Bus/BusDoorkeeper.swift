import CSystemd
import Glibc

/// Lets calls of our own user in, and refuses those of other users.
///
/// A session bus normally lets no other user in, but a configuration can open it, and then sd-bus checks no caller. So
/// we ask the bus for the user of each caller, without blocking. Meanwhile the call waits, and later calls may overtake
/// it.
@MainActor
final class BusDoorkeeper {
    private unowned let bus: MessageBus
    private var slot: OpaquePointer?
    /// Calls that were let in, and that will arrive a second time because they were put back into the queue.
    private var admitted: Set<String> = []

    /// Checks the calls of all objects on the bus, for as long as this doorkeeper lives.
    init(of bus: MessageBus) throws(SystemError) {
        self.bus = bus
        let result = sd_bus_add_filter(bus.bus, &slot, messageCame, Unmanaged.passUnretained(self).toOpaque())
        guard result >= 0 else { throw .noDoorkeeper(errno: -result) }
    }

    isolated deinit { sd_bus_slot_unref(slot) }

    /// Holds a method call back until its caller is known; false if the message may pass now.
    fileprivate func holdsUp(_ message: OpaquePointer) -> Bool {
        var type: UInt8 = 0
        var serial: UInt64 = 0
        guard sd_bus_message_get_type(message, &type) >= 0, Int(type) == SD_BUS_MESSAGE_METHOD_CALL,
            let sender = sd_bus_message_get_sender(message).map({ String(cString: $0) }),
            sd_bus_message_get_cookie(message, &serial) >= 0
        else { return false }
        let call = "\(sender) \(serial)"
        if admitted.remove(call) != nil { return false }
        let held = BusMessage(sd_bus_message_ref(message))
        bus.call(.ofBus("GetConnectionUnixUser"), [sender]) { [weak self] answer in
            guard answer.error == nil, answer.unsigned() == getuid() else { return held.refuse() }
            // Puts the call back into the incoming queue, as if it had just arrived.
            guard let self, sd_bus_enqueue_for_read(bus.bus, held.message) >= 0 else { return }
            admitted.insert(call)
        }
        return true
    }
}

extension BusMessage {
    fileprivate func refuse() {
        var error = sd_bus_error()
        sd_bus_error_set(
            &error, "org.freedesktop.DBus.Error.AccessDenied", "the daemon answers nobody but the user it runs for")
        // If this fails, the caller has left the bus, and needs no answer.
        sd_bus_reply_method_error(message, &error)
        sd_bus_error_free(&error)
    }
}

private func messageCame(
    message: OpaquePointer?, data: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<sd_bus_error>?
) -> Int32 {
    calledBack(data, message) { (doorkeeper: BusDoorkeeper, message) in doorkeeper.holdsUp(message) ? 1 : 0 }
}
