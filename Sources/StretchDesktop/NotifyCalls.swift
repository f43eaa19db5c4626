internal import CGLib
internal import Synchronization

/// Watches the bus for the answers to libnotify's `Notify` calls.
///
/// libnotify gives up after 25 s, but the server may wake up later and show the notification.
///
/// The filter runs on a thread of GDBus.
final class NotifyCalls: Sendable {
    private let state = Mutex<(newest: UInt32, open: Set<UInt32>)>((0, []))
    private let answered: @Sendable (_ call: UInt32, _ id: UInt32?) -> Void

    /// Watches for as long as the process lives.
    ///
    /// `answered` is called on GDBus's thread for every call, with the id that the server gave, or nil if the server
    /// refused.
    init(on bus: SessionBus, answered: @escaping @Sendable (_ call: UInt32, _ id: UInt32?) -> Void) {
        self.answered = answered
        g_dbus_connection_add_filter(bus.connection, inspectMessage, Unmanaged.passRetained(self).toOpaque(), nil)
    }

    /// The serial number of the `Notify` call that was sent last.
    var newest: UInt32 { state.withLock { $0.newest } }

    fileprivate func wasSent(_ call: UInt32) {
        state.withLock {
            $0.newest = call
            $0.open.insert(call)
        }
    }

    fileprivate func wasAnswered(_ call: UInt32, id: @autoclosure () -> UInt32?) {
        guard state.withLock({ $0.open.remove(call) }) != nil else { return }
        answered(call, id())
    }
}

/// A GDBusMessageFilterFunction that looks at every message and passes it on.
private func inspectMessage(
    _: OpaquePointer?, message: OpaquePointer?, incoming: gboolean, data: gpointer?
) -> OpaquePointer? {
    guard let data, let message else { return message }
    let calls = Unmanaged<NotifyCalls>.fromOpaque(data).takeUnretainedValue()
    switch g_dbus_message_get_message_type(message) {
    case G_DBUS_MESSAGE_TYPE_METHOD_CALL:
        // A call that wants no answer is not counted, because it gets none.
        if incoming == 0,
            g_dbus_message_get_flags(message).rawValue & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED.rawValue == 0,
            let member = g_dbus_message_get_member(message), String(cString: member) == "Notify"
        {
            calls.wasSent(g_dbus_message_get_serial(message))
        }
    case G_DBUS_MESSAGE_TYPE_METHOD_RETURN, G_DBUS_MESSAGE_TYPE_ERROR:
        if incoming != 0 {
            calls.wasAnswered(g_dbus_message_get_reply_serial(message), id: notificationID(in: message))
        }
    default: break
    }
    return message
}

/// The notification's id, which is the whole answer; nil for an error.
private func notificationID(in message: OpaquePointer) -> UInt32? {
    guard g_dbus_message_get_message_type(message) == G_DBUS_MESSAGE_TYPE_METHOD_RETURN,
        let body = g_dbus_message_get_body(message), String(cString: g_variant_get_type_string(body)) == "(u)"
    else { return nil }
    return member(0, of: body, read: g_variant_get_uint32)
}
