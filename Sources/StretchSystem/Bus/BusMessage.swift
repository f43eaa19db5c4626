internal import CSystemd
internal import Glibc

/// A message on its way in; to be read, from front to back, before the handler that got it returns.
@MainActor
package struct BusMessage {
    private let message: OpaquePointer

    init(_ message: OpaquePointer) { self.message = message }

    /// What went wrong where an answer was expected: the error's name, such as `org.freedesktop.DBus.Error.ServiceUnknown`.
    package var error: String? {
        guard let error = sd_bus_message_get_error(message) else { return nil }
        return error.pointee.name.map { String(cString: $0) } ?? "an error"
    }

    /// A string, an object path or a signature; nil when something else comes next.
    package func text() -> String? {
        guard let type = nextType, "sog".unicodeScalars.contains(Unicode.Scalar(type)) else { return nil }
        var text: UnsafePointer<CChar>?
        guard sd_bus_message_read_basic(message, CChar(type), &text) > 0, let text else { return nil }
        return String(cString: text)
    }

    package func bool() -> Bool? {
        // An int, says sd-bus.
        var value: Int32 = 0
        guard sd_bus_message_read_basic(message, CChar(UInt8(ascii: "b")), &value) > 0 else { return nil }
        return value != 0
    }

    package func unsigned() -> UInt32? {
        var value: UInt32 = 0
        guard sd_bus_message_read_basic(message, CChar(UInt8(ascii: "u")), &value) > 0 else { return nil }
        return value
    }

    /// A file descriptor, which the caller owns.
    package func descriptor() -> Int32? {
        var descriptor: Int32 = -1
        guard sd_bus_message_read_basic(message, CChar(UInt8(ascii: "h")), &descriptor) > 0 else { return nil }
        // The message's own goes with it.
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        return copy >= 0 ? copy : nil
    }

    /// Goes through an array; stops at what `element` cannot read.
    ///
    /// - Parameter contents: the signature of one element, such as `(susso)`.
    package func array(of contents: String, element: () -> Bool) {
        guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "a")), contents) > 0 else { return }
        while sd_bus_message_at_end(message, 0) == 0 { guard element() else { break } }
        sd_bus_message_exit_container(message)
    }

    /// What a structure of this contents reads as; members that are not read are left out.
    package func structure<Value>(_ contents: String, read: () -> Value?) -> Value? {
        guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "r")), contents) > 0 else { return nil }
        defer {
            while sd_bus_message_at_end(message, 0) == 0, sd_bus_message_skip(message, nil) > 0 {}
            sd_bus_message_exit_container(message)
        }
        return read()
    }

    /// A dictionary of properties, `a{sv}`: those whose values are texts or truths; the others are left out.
    package func properties() -> [String: Property] {
        var found: [String: Property] = [:]
        array(of: "{sv}") {
            guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "e")), "sv") > 0 else { return false }
            defer { sd_bus_message_exit_container(message) }
            guard let name = text() else { return false }
            found[name] = property()
            return true
        }
        return found
    }

    package enum Property: Hashable, Sendable {
        case text(String)
        case bool(Bool)
    }

    /// What a variant holds; nil when that is neither a text nor a truth.
    package func property() -> Property? {
        var type: CChar = 0
        var contents: UnsafePointer<CChar>?
        guard sd_bus_message_peek_type(message, &type, &contents) > 0, let contents else { return nil }
        let kind = String(cString: contents)
        guard kind == "s" || kind == "b" else {
            sd_bus_message_skip(message, "v")
            return nil
        }
        guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "v")), kind) > 0 else { return nil }
        defer { sd_bus_message_exit_container(message) }
        return kind == "s" ? text().map(Property.text) : bool().map(Property.bool)
    }

    private var nextType: UInt8? {
        var type: CChar = 0
        guard sd_bus_message_peek_type(message, &type, nil) > 0 else { return nil }
        return UInt8(bitPattern: type)
    }
}
