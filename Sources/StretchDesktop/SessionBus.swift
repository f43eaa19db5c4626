internal import CGLib

/// The connection to the session bus that libnotify uses too.
///
/// Lives on GLib's thread, until the process ends.
final class SessionBus {
    let connection: OpaquePointer

    init(lost: @escaping () -> Void) throws(PostFailure) {
        var error: UnsafeMutablePointer<GError>?
        guard let connection = g_bus_get_sync(G_BUS_TYPE_SESSION, nil, &error) else {
            defer { g_clear_error(&error) }
            throw .noBus(error.map { String(cString: $0.pointee.message) } ?? "unknown error")
        }
        self.connection = connection
        // Otherwise GLib ends the process when the bus is lost.
        g_dbus_connection_set_exit_on_close(connection, 0)
        connection_on_closed(connection, connectionClosed, CClosure.kept { (_: Void) in lost() })
    }

    /// How long to wait for an answer, in milliseconds.
    enum Patience: Int32 {
        /// For answers that we can do without.
        case scant = 2_000
        case short = 5_000
        case endless = 0x7FFF_FFFF
    }

    /// Calls a method with texts as its arguments.
    ///
    /// `answer` gets the tuple that the method returned; it is valid during the call only.
    /// - Parameter starting: whether the bus may start the destination.
    func call(
        _ method: Method, _ arguments: [String] = [], at destination: String, starting: Bool = true,
        patience: Patience, answer: @escaping (Result<OpaquePointer, PostFailure>) -> Void
    ) {
        let texts = arguments.map { g_variant_new_string($0) }
        g_dbus_connection_call(
            connection, destination, method.path, method.interface, method.name,
            g_variant_new_tuple(texts, gsize(texts.count)), nil,
            starting ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START, patience.rawValue, nil, callAnswered,
            CClosure.kept(answer))
    }

    /// Calls a method without waiting for an answer, so that a server that hangs obeys when it wakes up.
    ///
    /// - Parameter arguments: a tuple in GVariant's text format.
    func send(_ method: Method, _ arguments: String, to destination: String) {
        guard let tuple = g_variant_parse(nil, arguments, nil, nil, nil) else {
            preconditionFailure("not in GVariant's text format: \(arguments)")
        }
        g_dbus_connection_call(
            connection, destination, method.path, method.interface, method.name, tuple, nil,
            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, nil, nil, nil)
        g_variant_unref(tuple)
    }

    /// Calls `done` when the bus has passed on everything that was sent before, and everything that came before.
    ///
    /// The bus works in order, so the answer to a question shows this. If no answer comes, `done` is called after five
    /// seconds.
    func afterAllBefore(_ done: @escaping () -> Void) {
        let question = Method(path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus", name: "GetId")
        call(question, at: question.interface, patience: .short) { _ in done() }
    }

    /// Calls `changed` once soon and at every change, with the unique name of the owner, or with nil if there is none.
    ///
    /// A change from one owner to another is reported as nil and then the new owner. Lasts as long as the process.
    func watch(_ name: String, changed: @escaping (String?) -> Void) {
        g_bus_watch_name_on_connection(
            connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE, ownerAppeared, ownerVanished,
            CClosure.kept(changed), nil)
    }

    /// Calls `heard` whenever the signal comes, until `ignore`.
    func listen(to signal: Signal, heard: @escaping () -> Void) -> Listening {
        g_dbus_connection_signal_subscribe(
            connection, signal.sender, signal.interface, signal.name, signal.path, signal.argument,
            signal.isBelowArgument ? G_DBUS_SIGNAL_FLAGS_MATCH_ARG0_PATH : G_DBUS_SIGNAL_FLAGS_NONE, signalHeard,
            CClosure.kept { (_: Void) in heard() }, closureDropped)
    }

    func ignore(_ listening: Listening) { g_dbus_connection_signal_unsubscribe(connection, listening) }

    typealias Listening = UInt32

    /// A signal to listen to; a field that is nil matches anything.
    struct Signal {
        /// The unique name of the sender.
        var sender: String?
        let path: String
        let interface: String
        var name: String?
        /// The signal's first argument.
        var argument: String?
        /// Whether the argument is the path of a directory, so that paths below it match, too.
        var isBelowArgument = false
    }

    struct Method {
        let path: String
        let interface: String
        let name: String
    }
}

private func callAnswered(source: UnsafeMutablePointer<GObject>?, result: OpaquePointer?, data: gpointer?) {
    guard let source else { return }
    var error: UnsafeMutablePointer<GError>?
    let value = g_dbus_connection_call_finish(OpaquePointer(source), result, &error)
    let answer: Result<OpaquePointer, PostFailure> = value.map { .success($0) } ?? .failure(PostFailure(taking: error))
    CClosure.runOnce(data, answer)
    if let value { g_variant_unref(value) }
}

private func signalHeard(
    _: OpaquePointer?, sender: UnsafePointer<CChar>?, path: UnsafePointer<CChar>?, interface: UnsafePointer<CChar>?,
    name: UnsafePointer<CChar>?, arguments: OpaquePointer?, data: gpointer?
) {
    CClosure.run(data, ())
}

private func ownerAppeared(
    _: OpaquePointer?, name: UnsafePointer<CChar>?, owner: UnsafePointer<CChar>?, data: gpointer?
) {
    CClosure.run(data, owner.map { String(cString: $0) })
}

private func ownerVanished(_: OpaquePointer?, name: UnsafePointer<CChar>?, data: gpointer?) {
    CClosure.run(data, String?.none)
}

private func connectionClosed(
    _: OpaquePointer?, byPeer: gboolean, error: UnsafeMutablePointer<GError>?, data: gpointer?
) {
    CClosure.run(data, ())
}
