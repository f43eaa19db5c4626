import CSystemd

extension MessageBus {
    /// What became of the wish for a name.
    package enum NameOutcome: Hashable, Sendable {
        case owned
        /// Another program has it; it is ours when that one gives it up.
        case taken
        /// With the error's name.
        case refused(String)
        /// The bus does not answer.
        case unknown
    }

    /// Asks for a name, which nobody loses for it and nobody can take away afterwards.
    ///
    /// `answered` is called once, at the latest after 25 s, unless the connection ends before.
    package func request(_ name: String, answered: @escaping @MainActor (NameOutcome) -> Void) {
        guard isOpen else { return }
        var slot: OpaquePointer?
        let handler = BusHandler { answer in answered(NameOutcome(answer)) }
        let flags = UInt64(SD_BUS_NAME_QUEUE)
        guard sd_bus_request_name_async(bus, &slot, name, flags, messageArrived, handler.retained) >= 0 else {
            return handler.release()
        }
        sd_bus_slot_set_destroy_callback(slot, handlerDropped)
        sd_bus_slot_set_floating(slot, 1)
        sd_bus_slot_unref(slot)
        send()
    }
}

extension MessageBus.NameOutcome {
    @MainActor fileprivate init(_ answer: BusMessage) {
        // 1: the owner; 2: in the queue; 3: not even that; 4: the owner already. See the D-Bus specification.
        switch answer.error {
        // The bus is slow, and grants it later if it can.
        case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout": self = .unknown
        case let error?: self = .refused(error)
        case nil: self = [2, 3].contains(answer.unsigned()) ? .taken : .owned
        }
    }
}
