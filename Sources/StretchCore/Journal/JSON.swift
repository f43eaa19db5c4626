/// A value to be written as JSON; members stay in the order in which they were written.
package enum JSON: CustomStringConvertible {
    case null
    case bool(Bool)
    case integer(Int)
    /// Finite; written with four decimals at most.
    case ratio(Double)
    /// Seconds since the epoch, with a fraction if there is one.
    case epoch(Instant)
    case text(String)
    case array([JSON])
    case object(KeyValuePairs<String, JSON>)

    /// On one line.
    package var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .ratio(let value): "\((value * 10_000).rounded() / 10_000)"
        case .epoch(let instant): JSON.seconds(instant)
        case .text(let text): JSON.quoted(text)
        case .array(let values): "[" + values.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(JSON.quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}"
        }
    }

    /// A text, or null.
    package static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(quoted: text)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func seconds(_ instant: Instant) -> String {
        let fraction = fraction(ofMicroseconds: Int(instant.microseconds - instant.seconds * 1_000_000))
        // Before 1970 the fraction would count the wrong way; nothing is planned there.
        return "\(instant.seconds)\(fraction)"
    }
}

/// `.25` for 250,000 microseconds; empty for none.
package func fraction(ofMicroseconds count: Int) -> String {
    guard count > 0 else { return "" }
    var digits = String(1_000_000 + count).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}

extension Instant {
    /// In RFC 3339, `2026-11-23T07:30:00+01:00`, with a fraction if there is one.
    package func rfc3339(in zone: Zone) -> String {
        let written = Timestamp(self, in: zone).description
        let microseconds = Int(microseconds - seconds * 1_000_000)
        return written.prefix(19) + fraction(ofMicroseconds: microseconds) + written.suffix(6)
    }
}
