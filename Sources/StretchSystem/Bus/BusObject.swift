import CSystemd
import Glibc

/// An object of ours on a bus, with one interface: for programs of the same user, and for nobody else.
@MainActor
package final class BusObject {
    /// Where it is, and what it is there.
    package struct Place {
        let path: String
        let interface: String

        package init(_ path: String, _ interface: String) {
            self.path = path
            self.interface = interface
        }
    }

    /// To be read; whoever wants to set it is refused.
    package struct Property {
        /// What those hear who follow it.
        package enum Change: UInt64 {
            /// Nothing: it never changes.
            case never = 0x10
            case value = 0x20
            /// That it changed, but not to what: to tell would cost too much.
            case invalidation = 0x40
        }

        let name: StaticString
        let signature: StaticString
        let change: Change
        let value: @MainActor () -> BusValue

        /// - Parameter value: called for everybody who reads it, and by `announce`; of this signature.
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
        ///   - arguments: their signatures, one after the other; a call with others is refused.
        ///   - results: likewise.
        ///   - names: of the arguments and then of the results, each with a zero byte behind it.
        ///   - call: gets the message to read the arguments from.
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

    /// Tells whoever follows the object that these properties have changed.
    package func announce(_ names: [String]) {
        guard bus.isOpen, !names.isEmpty else { return }
        var list = names.map { strdup($0) } + [nil]
        defer { for name in list { free(name) } }
        // A bus that cannot take it any more says so by ending the connection.
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
    /// For C; they live as long as the program.
    fileprivate var characters: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
