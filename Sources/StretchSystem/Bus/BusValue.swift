import CSystemd

/// A value, with its type on the bus.
package indirect enum BusValue: Hashable, Sendable {
    /// `s`
    case text(String)
    /// `b`
    case bool(Bool)
    /// `u`
    case unsigned(UInt32)
    /// `x`
    case integer(Int64)
    /// `(…)`
    case structure([BusValue])
    /// `a…`, of elements with this signature.
    case array(of: String, [BusValue])
    /// `{…}`, an element of an array that is a dictionary.
    case entry(BusValue, BusValue)

    var signature: String {
        switch self {
        case .text: "s"
        case .bool: "b"
        case .unsigned: "u"
        case .integer: "x"
        case .structure(let members): "(\(members.map(\.signature).joined()))"
        case .array(let element, _): "a\(element)"
        case .entry(let key, let value): "{\(key.signature)\(value.signature)}"
        }
    }

    /// Writes the value at the end of a message; if sd-bus refuses it, the result is an errno with a minus sign.
    func append(to message: OpaquePointer) -> Int32 {
        switch self {
        case .text(let text): return sd_bus_message_append_basic(message, type, text.onTheBus)
        case .bool(let truth):
            // sd-bus reads a boolean from an int.
            var number: Int32 = truth ? 1 : 0
            return sd_bus_message_append_basic(message, type, &number)
        case .unsigned(var number): return sd_bus_message_append_basic(message, type, &number)
        case .integer(var number): return sd_bus_message_append_basic(message, type, &number)
        case .structure(let members): return append(members, signature.dropFirst().dropLast(), to: message)
        case .array(let element, let elements): return append(elements, element[...], to: message)
        case .entry(let key, let value): return append([key, value], signature.dropFirst().dropLast(), to: message)
        }
    }

    private func append(_ values: [BusValue], _ contents: Substring, to message: OpaquePointer) -> Int32 {
        var result = sd_bus_message_open_container(message, type, String(contents))
        for value in values where result >= 0 { result = value.append(to: message) }
        return result < 0 ? result : sd_bus_message_close_container(message)
    }

    /// The type as one character, as sd-bus wants it.
    private var type: CChar {
        switch self {
        case .structure: CChar(UInt8(ascii: "r"))
        case .entry: CChar(UInt8(ascii: "e"))
        default: CChar(signature.utf8.first ?? 0)
        }
    }
}

extension String {
    /// The text with U+FFFD in place of what sd-bus refuses: noncharacters, and NUL, which would end the text.
    fileprivate var onTheBus: String {
        let isRefused = { (scalar: Unicode.Scalar) in scalar.value == 0 || scalar.properties.isNoncharacterCodePoint }
        guard unicodeScalars.contains(where: isRefused) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { isRefused($0) ? "\u{FFFD}" : $0 }))
    }
}
