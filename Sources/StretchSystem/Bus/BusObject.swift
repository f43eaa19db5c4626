import CSystemd
import Glibc

/// An object of ours on a bus, with one interface, for programs of the same user only.
@MainActor
package final class BusObject {
    /// What programs that follow the object hear about a change of a property.
    package enum Change: UInt64 {
        /// They hear nothing, because the property never changes.
        case never = 0x10
        case value = 0x20
        /// They hear that the value has changed, but not the new value, which would cost too much to send.
        case invalidation = 0x40
    }

    package enum Member {
        /// A property that can be read but not set.
        ///
        /// `value` is called for each reader and by `announce`. Its result must have the type that `signature` says.
        case property(StaticString, _ signature: StaticString, Change, value: @MainActor () -> BusValue)
        /// A method, with the signatures of its arguments and results; a call with other arguments is refused.
        ///
        /// `names` has the names of the arguments and then of the results, each followed by a zero byte. `call` reads
        /// the arguments from the message, and returns the results.
        case method(
            StaticString, arguments: StaticString = "", results: StaticString, _ names: StaticString,
            call: @MainActor (BusMessage) -> [BusValue])

        fileprivate var entry: sd_bus_vtable {
            switch self {
            case .property(let name, let signature, let change, _):
                stretchd_vtable_property(name.characters, signature.characters, propertyRead, change.rawValue)
            case .method(let name, let arguments, let results, let names, _):
                stretchd_vtable_method(
                    name.characters, arguments.characters, results.characters, names.characters, methodCalled)
            }
        }
    }

    private let bus: MessageBus
    private let path: String
    private let interface: String
    private let members: [Member]
    private let vtable: UnsafeMutablePointer<sd_bus_vtable>
    private var slot: OpaquePointer?
    private let doorkeeper: BusDoorkeeper

    package init(at path: String, _ interface: String, on bus: MessageBus, members: [Member]) throws(SystemError) {
        self.bus = bus
        self.path = path
        self.interface = interface
        self.members = members
        doorkeeper = try BusDoorkeeper(of: bus)
        let entries = [stretchd_vtable_start()] + members.map(\.entry) + [stretchd_vtable_end()]
        vtable = .allocate(capacity: entries.count)
        vtable.initialize(from: entries, count: entries.count)
        let data = Unmanaged.passUnretained(self).toOpaque()
        let result = sd_bus_add_object_vtable(bus.bus, &slot, path, interface, vtable, data)
        guard result >= 0 else { throw .notExported(path: path, errno: -result) }
    }

    isolated deinit {
        sd_bus_slot_unref(slot)
        vtable.deallocate()
    }

    /// Tells programs that follow the object that these properties have changed.
    package func announce(_ names: [String]) {
        guard bus.isOpen, !names.isEmpty else { return }
        var list = names.map { strdup($0) } + [nil]
        defer { for name in list { free(name) } }
        // An error needs no care here: a bus that can take no more ends the connection, and that is reported.
        _ = sd_bus_emit_properties_changed_strv(bus.bus, path, interface, &list)
        bus.send()
    }

    fileprivate func append(property name: String, to reply: OpaquePointer) -> Int32 {
        for case .property(let own, _, _, let value) in members where "\(own)" == name {
            return value().append(to: reply)
        }
        return -ENOENT
    }

    fileprivate func answer(_ call: OpaquePointer, method name: String) -> Int32 {
        for case .method(let own, _, _, _, let run) in members where "\(own)" == name {
            let results = run(BusMessage(sd_bus_message_ref(call)))
            var reply: OpaquePointer?
            var result = sd_bus_message_new_method_return(call, &reply)
            guard result >= 0, let reply else { return result }
            defer { sd_bus_message_unref(reply) }
            for value in results where result >= 0 { result = value.append(to: reply) }
            return result < 0 ? result : sd_bus_send(nil, reply, nil)
        }
        return -ENOENT
    }
}

private func propertyRead(
    _: OpaquePointer?, _: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, name: UnsafePointer<CChar>?,
    reply: OpaquePointer?, data: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<sd_bus_error>?
) -> Int32 {
    guard let name = name.map({ String(cString: $0) }) else { return -EINVAL }
    return calledBack(data, reply) { (object: BusObject, reply) in object.append(property: name, to: reply) }
}

private func methodCalled(
    call: OpaquePointer?, data: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<sd_bus_error>?
) -> Int32 {
    guard let name = sd_bus_message_get_member(call).map({ String(cString: $0) }) else { return -EINVAL }
    return calledBack(data, call) { (object: BusObject, call) in object.answer(call, method: name) }
}

extension StaticString {
    /// The characters for C, which live as long as the program.
    fileprivate var characters: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}
