import CSystemd
import Glibc

/// An object of ours on a bus, with one interface, for programs of the same user only.
@MainActor
package final class BusObject {
    /// The object's path and its interface.
    package struct Place {
        let path: String
        let interface: String

        package init(_ path: String, _ interface: String) {
            self.path = path
            self.interface = interface
        }
    }

    /// A property that can be read but not set.
    package struct Property {
        /// What programs that follow the object hear about a change.
        package enum Change: UInt64 {
            /// Nothing: it never changes.
            case never = 0x10
            case value = 0x20
            /// That the value changed, but not the new value: to send it would cost too much.
            case invalidation = 0x40
        }

        let name: StaticString
        let signature: StaticString
        let change: Change
        let value: @MainActor () -> BusValue

        /// - Parameter value: called for each reader and by `announce`; must have this signature.
        package init(
            _ name: StaticString, _ signature: StaticString, _ change: Change,
            value: @escaping @MainActor () -> BusValue
        ) {
            self.name = name
            self.signature = signature
            self.change = change
            self.value = value
        }
    }

    package struct Method {
        let name: StaticString
        let arguments: StaticString
        let results: StaticString
        let names: StaticString
        let call: @MainActor (BusMessage) -> [BusValue]

        /// - Parameters:
        ///   - arguments: the signatures of the arguments, one after the other; a call with others is refused.
        ///   - results: the signatures of the results, likewise.
        ///   - names: of the arguments and then of the results, each followed by a zero byte.
        ///   - call: reads the arguments from the message, and returns the results.
        package init(
            _ name: StaticString, arguments: StaticString = "", results: StaticString, _ names: StaticString,
            call: @escaping @MainActor (BusMessage) -> [BusValue]
        ) {
            self.name = name
            self.arguments = arguments
            self.results = results
            self.names = names
            self.call = call
        }
    }

    private let bus: MessageBus
    private let place: Place
    private let properties: [Property]
    private let methods: [Method]
    private let vtable: UnsafeMutableBufferPointer<sd_bus_vtable>
    private var slot: OpaquePointer?
    private let doorkeeper: BusDoorkeeper

    package init(
        at place: Place, on bus: MessageBus, properties: [Property], methods: [Method]
    ) throws(SystemError) {
        self.bus = bus
        self.place = place
        self.properties = properties
        self.methods = methods
        doorkeeper = try BusDoorkeeper(of: bus)
        vtable = .allocate(capacity: properties.count + methods.count + 2)
        fillVtable()
        let data = Unmanaged.passUnretained(self).toOpaque()
        let result = sd_bus_add_object_vtable(
            bus.bus, &slot, place.path, place.interface, vtable.baseAddress, data)
        guard result >= 0 else { throw .notExported(path: place.path, errno: -result) }
    }

    isolated deinit {
        sd_bus_slot_unref(slot)
        vtable.deallocate()
    }

    private func fillVtable() {
        guard var entry = vtable.baseAddress else { return }
        stretchd_vtable_start(entry)
        for property in properties {
            entry += 1
            stretchd_vtable_property(
                entry, property.name.characters, property.signature.characters, propertyRead, property.change.rawValue)
        }
        for method in methods {
            entry += 1
            stretchd_vtable_method(
                entry, method.name.characters, method.arguments.characters, method.results.characters,
                method.names.characters, methodCalled)
        }
        stretchd_vtable_end(entry + 1)
    }

    /// Tells programs that follow the object that these properties have changed.
    package func announce(_ names: [String]) {
        guard bus.isOpen, !names.isEmpty else { return }
        var list = names.map { strdup($0) } + [nil]
        defer { for name in list { free(name) } }
        // No error here: a bus that can take no more ends the connection, which is reported.
        _ = sd_bus_emit_properties_changed_strv(bus.bus, place.path, place.interface, &list)
        bus.send()
    }

    fileprivate func append(property name: String, to reply: OpaquePointer) -> Int32 {
        guard let property = properties.first(where: { "\($0.name)" == name }) else { return -ENOENT }
        return property.value().append(to: reply)
    }

    fileprivate func answer(_ call: OpaquePointer, method name: String) -> Int32 {
        guard let method = methods.first(where: { "\($0.name)" == name }) else { return -ENOENT }
        let results = method.call(BusMessage(call))
        var reply: OpaquePointer?
        var result = sd_bus_message_new_method_return(call, &reply)
        guard result >= 0, let reply else { return result }
        defer { sd_bus_message_unref(reply) }
        for value in results where result >= 0 { result = value.append(to: reply) }
        return result < 0 ? result : sd_bus_send(nil, reply, nil)
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
    /// For C; the characters live as long as the program.
    fileprivate var characters: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
