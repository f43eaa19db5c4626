internal import CGLib

/// The connection to the session bus that libnotify uses too.
///
/// Lives on GLib's thread.
final class SessionBus {
    let connection: OpaquePointer
    private let lost: () -> Void

    init(lost: @escaping () -> Void) throws(PostFailure) {
        var error: UnsafeMutablePointer<GError>?
        guard let connection = g_bus_get_sync(G_BUS_TYPE_SESSION, nil, &error) else {
            throw .noBus(String(taking: error))
        }
        self.connection = connection
        self.lost = lost
        // Or GLib ends the process with the bus.
        g_dbus_connection_set_exit_on_close(connection, 0)
        connection_on_closed(connection, connectionClosed, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        let object = UnsafeMutableRawPointer(connection)
        let data = Unmanaged.passUnretained(self).toOpaque()
        g_signal_handlers_disconnect_matched(object, G_SIGNAL_MATCH_DATA, 0, 0, nil, nil, data)
        g_object_unref(object)
    }

    /// How long to wait for an answer, in milliseconds.
    enum Patience: Int32 {
        /// For what can be done without.
        case scant = 2_000
        case short = 5_000
        case endless = 0x7FFF_FFFF
    }

    /// Calls a method with texts as its arguments.
    ///
    /// `answer` gets the tuple it returned, for the time of the call.
    /// - Parameter starting: the bus may start who is called.
    func call(
        _ method: Method, _ arguments: [String] = [], at destination: String, starting: Bool = true,
        patience: Patience, answer: @escaping (Result<OpaquePointer, PostFailure>) -> Void
    ) {
        let texts = arguments.map { g_variant_new_string($0) }
        g_dbus_connection_call(
            connection, destination, method.path, method.interface, method.name,
            g_variant_new_tuple(texts, gsize(texts.count)), nil,
            starting ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START, patience.rawValue, nil, callAnswered,
            Unmanaged.passRetained(PendingAnswer(answer)).toOpaque())
    }

    /// Calls a method and wants no answer: a server that hangs obeys when it wakes up.
    ///
    /// - Parameter arguments: in GVariant's text format, a tuple.
    func send(_ method: Method, _ arguments: String, to destination: String) {
        guard let tuple = g_variant_parse(nil, arguments, nil, nil, nil) else {
            preconditionFailure("not in GVariant's text format: \(arguments)")
        }
        g_dbus_connection_call(
            connection, destination, method.path, method.interface, method.name, tuple, nil,
            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, nil, nil, nil)
        g_variant_unref(tuple)
    }

    /// `changed` gets the unique name of the owner, or nil: once soon, and at every change.
    ///
    /// Another owner in place of one is told as nil, then the new one. For as long as the process lives.
    func watch(_ name: String, changed: @escaping (String?) -> Void) {
        g_bus_watch_name_on_connection(
            connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE, ownerAppeared, ownerVanished,
            Unmanaged.passRetained(OwnerWatch(changed)).toOpaque(), nil)
    }

    /// Calls whenever a signal comes, until `ignore`.
    func listen(to signal: Signal, heard: @escaping () -> Void) -> Listening {
        g_dbus_connection_signal_subscribe(
            connection, signal.sender, signal.interface, signal.name, signal.path, signal.argument,
            signal.isBelowArgument ? G_DBUS_SIGNAL_FLAGS_MATCH_ARG0_PATH : G_DBUS_SIGNAL_FLAGS_NONE, signalHeard,
            Unmanaged.passRetained(Ear(heard)).toOpaque(), earForgotten)
    }

    func ignore(_ listening: Listening) { g_dbus_connection_signal_unsubscribe(connection, listening) }

    typealias Listening = UInt32

    /// A signal to listen to; nil: whichever.
    struct Signal {
        /// A unique name.
        var sender: String?
        let path: String
        let interface: String
        var name: String?
        /// Its first argument.
        var argument: String?
        /// The argument is the path of a directory, and what lies below it is meant too.
        var isBelowArgument = false
    }

    struct Method {
        let path: String
        let interface: String
        let name: String

        /// Asks the bus itself for something harmless.
        static let busID = Method(path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus", name: "GetId")
    }

    fileprivate func wasLost() { lost() }
}

private final class PendingAnswer {
    let answer: (Result<OpaquePointer, PostFailure>) -> Void
    init(_ answer: @escaping (Result<OpaquePointer, PostFailure>) -> Void) { self.answer = answer }
}

private final class Ear {
    let heard: () -> Void
    init(_ heard: @escaping () -> Void) { self.heard = heard }
}

private final class OwnerWatch {
    let changed: (String?) -> Void
    init(_ changed: @escaping (String?) -> Void) { self.changed = changed }
}

private func callAnswered(
    source: UnsafeMutablePointer<GObject>?, result: OpaquePointer?, data: gpointer?
) {
    guard let data, let source else { return }
    let pending = Unmanaged<PendingAnswer>.fromOpaque(data).takeRetainedValue()
    var error: UnsafeMutablePointer<GError>?
    guard let value = g_dbus_connection_call_finish(OpaquePointer(source), result, &error) else {
        pending.answer(.failure(PostFailure(taking: error)))
        return
    }
    pending.answer(.success(value))
    g_variant_unref(value)
}

private func signalHeard(
    _: OpaquePointer?, sender: UnsafePointer<CChar>?, path: UnsafePointer<CChar>?, interface: UnsafePointer<CChar>?,
    name: UnsafePointer<CChar>?, arguments: OpaquePointer?, data: gpointer?
) {
    guard let data else { return }
    Unmanaged<Ear>.fromOpaque(data).takeUnretainedValue().heard()
}

private func earForgotten(_ data: gpointer?) {
    guard let data else { return }
    Unmanaged<Ear>.fromOpaque(data).release()
}

private func ownerAppeared(
    _: OpaquePointer?, name: UnsafePointer<CChar>?, owner: UnsafePointer<CChar>?, data: gpointer?
) {
    guard let data, let owner else { return }
    Unmanaged<OwnerWatch>.fromOpaque(data).takeUnretainedValue().changed(String(cString: owner))
}

private func ownerVanished(_: OpaquePointer?, name: UnsafePointer<CChar>?, data: gpointer?) {
    guard let data else { return }
    Unmanaged<OwnerWatch>.fromOpaque(data).takeUnretainedValue().changed(nil)
}

private func connectionClosed(
    _: OpaquePointer?, byPeer: gboolean, error: UnsafeMutablePointer<GError>?, data: gpointer?
) {
    guard let data else { return }
    Unmanaged<SessionBus>.fromOpaque(data).takeUnretainedValue().wasLost()
}
