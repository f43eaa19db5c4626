/// A value to be written as JSON.
///
/// The members of an object keep their order.
package enum JSON: CustomStringConvertible {
    case null
    case bool(Bool)
    case integer(Int)
    /// A finite number, written with at most four decimals.
    case ratio(Double)
    /// Written as the seconds since the epoch, with a fraction unless it is zero.
    case epoch(Instant)
    case text(String)
    case array([JSON])
    case object(KeyValuePairs<String, JSON>)

    /// The value as JSON, on one line.
    package var description: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    // All values are appended to one array, for speed: a simulated year has thousands of lines.
    package func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: "\(value)".utf8)
        case .integer(let value): bytes.append(contentsOf: "\(value)".utf8)
        case .ratio(let value): bytes.append(contentsOf: "\((value * 10_000).rounded() / 10_000)".utf8)
        // This is wrong before 1970, where the fraction would have to be subtracted. No planned time is that early.
        case .epoch(let instant): bytes.append(contentsOf: "\(instant.seconds)\(instant.fraction)".utf8)
        case .text(let text): bytes.append(quoted: text)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(quoted: member.key)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// A text as JSON; `null` if there is no text.
    package static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }
}

/// The decimals of a second: `.25` for 250,000 microseconds, and an empty text for 0.
package func fraction(ofMicroseconds count: Int) -> String {
    guard count > 0 else { return "" }
    var digits = String(1_000_000 + count).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}

extension Instant {
    /// The instant in RFC 3339, such as `2026-11-23T07:30:00+01:00`, with a fraction unless it is zero.
    package func rfc3339(in zone: Zone) -> String {
        let written = Timestamp(self, in: zone).bytes
        return String(decoding: written.prefix(19) + fraction.utf8 + written.suffix(6), as: UTF8.self)
    }

    fileprivate var fraction: String { StretchBase.fraction(ofMicroseconds: Int(microseconds - seconds * 1_000_000)) }
}

extension [UInt8] {
    /// Appends a text as a JSON string, quotes included.
    package mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\t"): append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                append(contentsOf: (#"\u00"# + (byte < 0x10 ? "0" : "1") + String(byte % 16, radix: 16)).utf8)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
