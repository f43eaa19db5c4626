internal import CSystemd
internal import StretchUnix

/// A message on the bus.
///
/// Of an incoming message, each reading function reads the next value.
package final class BusMessage {
    let message: OpaquePointer

    /// Takes over the reference that the caller has.
    init(_ message: OpaquePointer) { self.message = message }

    deinit { sd_bus_message_unref(message) }

    /// The name of the error that came in place of an answer; nil if none did.
    ///
    /// Such as `org.freedesktop.DBus.Error.ServiceUnknown`.
    var error: String? {
        guard let error = sd_bus_message_get_error(message) else { return nil }
        return error.pointee.name.map { String(cString: $0) } ?? "an error"
    }

    /// Whether one of these errors, which the D-Bus specification defines, came in place of an answer.
    func isError(_ names: String...) -> Bool { names.contains { error == "org.freedesktop.DBus.Error.\($0)" } }

    /// Reads a string, an object path or a signature; nil if something else comes next.
    package func text() -> String? {
        var type: CChar = 0
        var text: UnsafePointer<CChar>?
        guard sd_bus_message_peek_type(message, &type, nil) > 0, "sog".utf8.contains(UInt8(bitPattern: type)),
            sd_bus_message_read_basic(message, type, &text) > 0, let text
        else { return nil }
        return String(cString: text)
    }

    /// Reads a boolean, for which sd-bus needs an int.
    func bool() -> Bool? { basic("b", 0 as Int32).map { $0 != 0 } }

    func unsigned() -> UInt32? { basic("u", 0) }

    /// Reads a file descriptor and returns a copy, because the message closes its own.
    func descriptor() -> Descriptor? {
        guard let descriptor = basic("h", -1 as Int32) else { return nil }
        do throws(Refusal) { return try Descriptor(copyOf: descriptor) } catch { return nil }
    }

    private func basic<Value: FixedWidthInteger>(_ type: Unicode.Scalar, _ initial: Value) -> Value? {
        var value = initial
        return sd_bus_message_read_basic(message, CChar(type.value), &value) > 0 ? value : nil
    }

    /// Calls `element` for each element of an array, until it returns false because it cannot read an element.
    ///
    /// - Parameter contents: the signature of one element, such as `(susso)`.
    func array(of contents: String, element: () -> Bool) {
        inside("a", contents) { while sd_bus_message_at_end(message, 0) == 0, element() {} }
    }

    /// Reads an array (`a`), structure (`r`), entry of a dictionary (`e`) or variant (`v`) with these contents.
    ///
    /// What `read` does not read is skipped.
    @discardableResult
    func inside<Value>(_ type: Unicode.Scalar, _ contents: String, read: () -> Value?) -> Value? {
        guard sd_bus_message_enter_container(message, CChar(type.value), contents) > 0 else { return nil }
        defer {
            while sd_bus_message_at_end(message, 0) == 0, sd_bus_message_skip(message, nil) > 0 {}
            sd_bus_message_exit_container(message)
        }
        return read()
    }

    /// Reads a dictionary of properties, `a{sv}`, and leaves out values that are neither texts nor booleans.
    func properties() -> [String: BusValue] {
        var found: [String: BusValue] = [:]
        array(of: "{sv}") {
            inside("e", "sv") {
                guard let name = text() else { return false }
                found[name] = property()
                return true
            } == true
        }
        return found
    }

    /// Reads the content of a variant; nil if it is neither a text nor a boolean.
    func property() -> BusValue? {
        var contents: UnsafePointer<CChar>?
        guard sd_bus_message_peek_type(message, nil, &contents) > 0, let contents else { return nil }
        switch String(cString: contents) {
        case "s": return inside("v", "s") { text().map(BusValue.text) }
        case "b": return inside("v", "b") { bool().map(BusValue.bool) }
        default:
            sd_bus_message_skip(message, "v")
            return nil
        }
    }
}
