internal import CGLib

/// Knows which server shows notifications on this bus, and asks it what it can do.
///
/// Lives on GLib's thread.
final class ServerWatch {
    /// The unique name of the server; nil if there is none, or while the bus has not answered yet.
    private(set) var owner: String?
    private let bus: SessionBus
    /// The number of the newest question; answers to older ones are ignored.
    private var question = 0

    /// `changed` is called once soon, and whenever the server leaves or another appears (see `SessionBus.watch`).
    init(on bus: SessionBus, changed: @escaping () -> Void) {
        self.bus = bus
        bus.watch("org.freedesktop.Notifications") { [unowned self] owner in
            self.owner = owner
            question += 1
            changed()
        }
    }

    /// Asks the server who it is, unless that is known, and then what it can do.
    ///
    /// When there is none, the bus may start one. `answer` is not called when the server changes or another question is
    /// asked meanwhile.
    func ask(
        known server: Server?, patience: SessionBus.Patience, answer: @escaping (Result<Server, PostFailure>) -> Void
    ) {
        question += 1
        let method = SessionBus.Method.notifications(server == nil ? "GetServerInformation" : "GetCapabilities")
        bus.call(method, at: owner ?? method.interface, patience: patience) { [unowned self, question] result in
            guard question == self.question else { return }
            switch (result, server) {
            case (.failure(let failure), _): answer(.failure(failure))
            case (.success(let words), nil):
                let server = Server(
                    address: owner ?? "", name: string(0, of: words), version: string(2, of: words), capabilities: [])
                ask(known: server, patience: patience, answer: answer)
            case (.success(let list), var server?):
                server.capabilities = member(0, of: list, read: strings) ?? []
                answer(.success(server))
            }
        }
    }

    /// Takes a notification of this server from the screen.
    ///
    /// If the server hangs, it does this when it wakes up.
    func close(_ id: UInt32) {
        guard let owner else { return }
        bus.send(.notifications("CloseNotification"), "(uint32 \(id),)", to: owner)
    }

    /// Replaces a notification of this server with one that expires at once, for servers that keep it after `close`.
    func expire(_ id: UInt32) {
        guard let owner else { return }
        let notification = "('stretchd', uint32 \(id), '', 'stretchd', '', @as [], @a{sv} {}, 1)"
        bus.send(.notifications("Notify"), notification, to: owner)
    }
}

extension SessionBus.Method {
    fileprivate static func notifications(_ name: String) -> Self {
        Self(path: "/org/freedesktop/Notifications", interface: "org.freedesktop.Notifications", name: name)
    }
}

/// Reads a member of a tuple, an array or a variant; nil if there is none.
func member<Value>(_ index: Int, of container: OpaquePointer, read: (OpaquePointer) -> Value?) -> Value? {
    guard index < g_variant_n_children(container), let member = g_variant_get_child_value(container, gsize(index))
    else { return nil }
    defer { g_variant_unref(member) }
    return read(member)
}

/// A member of a tuple or array; empty when it is no string.
private func string(_ index: Int, of container: OpaquePointer) -> String {
    let text = member(index, of: container) { member in
        g_variant_classify(member) == G_VARIANT_CLASS_STRING ? String(cString: g_variant_get_string(member, nil)) : nil
    }
    return text ?? ""
}

/// The strings of an array.
func strings(of array: OpaquePointer) -> Set<String> {
    guard g_variant_classify(array) == G_VARIANT_CLASS_ARRAY else { return [] }
    return Set((0..<Int(g_variant_n_children(array))).map { string($0, of: array) })
}
