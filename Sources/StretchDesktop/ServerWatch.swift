internal import CGLib

/// Knows which server shows notifications on this bus, and asks it what it can do.
///
/// Lives on GLib's thread.
final class ServerWatch {
    /// The unique name of the server; nil: there is none, or the bus has not answered yet.
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

    /// Asks the server who it is and what it can do.
    ///
    /// When there is none, the bus may start one. `answer` is not called when the server changes or another question is
    /// asked meanwhile.
    func introduce(patience: SessionBus.Patience, answer: @escaping (Result<Server, PostFailure>) -> Void) {
        ask("GetServerInformation", patience) { [unowned self] information in
            switch information {
            case .failure(let failure): answer(.failure(failure))
            case .success(let information):
                let name = string(0, of: information)
                let version = string(2, of: information)
                askCapabilities(patience: patience) { [unowned self] capabilities in
                    answer(
                        capabilities.map {
                            Server(address: owner ?? "", name: name, version: version, capabilities: $0)
                        })
                }
            }
        }
    }

    /// Like `introduce`, for a server that is known.
    func askCapabilities(
        patience: SessionBus.Patience, answer: @escaping (Result<Set<String>, PostFailure>) -> Void
    ) {
        ask("GetCapabilities", patience) { answer($0.map(strings(of:))) }
    }

    /// Takes a notification of this server from the screen.
    ///
    /// A server that hangs does so when it wakes up.
    func close(_ id: UInt32) {
        guard let owner else { return }
        bus.send(.notifications("CloseNotification"), "(uint32 \(id),)", to: owner)
    }

    /// Replaces a notification of this server with one that expires at once, for servers where `close` leaves it there.
    func expire(_ id: UInt32) {
        guard let owner else { return }
        let notification = "('stretchd', uint32 \(id), '', 'stretchd', '', @as [], @a{sv} {}, 1)"
        bus.send(.notifications("Notify"), notification, to: owner)
    }

    private func ask(
        _ method: String, _ patience: SessionBus.Patience,
        answer: @escaping (Result<OpaquePointer, PostFailure>) -> Void
    ) {
        question += 1
        let asked = question
        bus.call(
            .notifications(method), at: owner ?? "org.freedesktop.Notifications", patience: patience
        ) { [unowned self] result in
            if question == asked { answer(result) }
        }
    }
}

extension SessionBus.Method {
    fileprivate static func notifications(_ name: String) -> Self {
        Self(path: "/org/freedesktop/Notifications", interface: "org.freedesktop.Notifications", name: name)
    }
}

/// A member of a tuple or array; empty when it is no string.
func string(_ index: Int, of tuple: OpaquePointer) -> String {
    guard index < g_variant_n_children(tuple), let member = g_variant_get_child_value(tuple, gsize(index)) else {
        return ""
    }
    defer { g_variant_unref(member) }
    guard g_variant_classify(member) == G_VARIANT_CLASS_STRING, let text = g_variant_get_string(member, nil) else {
        return ""
    }
    return String(cString: text)
}

/// The strings of the array that is the first member of a tuple.
private func strings(of tuple: OpaquePointer) -> Set<String> {
    guard g_variant_n_children(tuple) > 0, let array = g_variant_get_child_value(tuple, 0) else { return [] }
    defer { g_variant_unref(array) }
    guard g_variant_classify(array) == G_VARIANT_CLASS_ARRAY else { return [] }
    return Set((0..<Int(g_variant_n_children(array))).map { string($0, of: array) })
}
