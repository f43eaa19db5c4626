internal import CSystemd
package import StretchUnix

/// An incoming message; read it from front to back, before the handler that got it returns.
@MainActor
package struct BusMessage {
    private let message: OpaquePointer

    init(_ message: OpaquePointer) { self.message = message }

    /// The error's name in place of an answer, such as `org.freedesktop.DBus.Error.ServiceUnknown`; nil: no error.
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
        // sd-bus reads a boolean into an int.
        basic("b", 0 as Int32).map { $0 != 0 }
    }

    package func unsigned() -> UInt32? { basic("u", 0) }

    /// A copy of a file descriptor; the message closes its own.
    package func descriptor() -> Descriptor? {
        guard let descriptor = basic("h", -1 as Int32) else { return nil }
        do throws(Refusal) { return try Descriptor(copyOf: descriptor) } catch { return nil }
    }

    private func basic<Value: FixedWidthInteger>(_ type: Unicode.Scalar, _ initial: Value) -> Value? {
        var value = initial
        return sd_bus_message_read_basic(message, CChar(type.value), &value) > 0 ? value : nil
    }

    /// Goes through an array; stops at what `element` cannot read.
    ///
    /// - Parameter contents: the signature of one element, such as `(susso)`.
    package func array(of contents: String, element: () -> Bool) {
        guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "a")), contents) > 0 else { return }
        while sd_bus_message_at_end(message, 0) == 0 { guard element() else { break } }
        sd_bus_message_exit_container(message)
    }

    /// Reads a structure with these contents; skips the members that `read` leaves over.
    package func structure<Value>(_ contents: String, read: () -> Value?) -> Value? {
        guard sd_bus_message_enter_container(message, CChar(UInt8(ascii: "r")), contents) > 0 else { return nil }
        defer {
            while sd_bus_message_at_end(message, 0) == 0, sd_bus_message_skip(message, nil) > 0 {}
            sd_bus_message_exit_container(message)
        }
        return read()
    }

    /// A dictionary of properties, `a{sv}`; only those whose values are texts or booleans.
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

    /// The content of a variant; nil when it is neither a text nor a boolean.
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
