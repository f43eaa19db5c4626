// Strings between JSON and Swift, both ways.

extension Span where Element == UInt8 {
    /// The text of a string value; nil when it contains half a surrogate pair, which is no Unicode.
    package func string(_ value: JSONValue) -> String? {
        guard value.escaped else {
            // The scanner has checked it already; to check again costs less than an unsafe way around it.
            guard let text = try? UTF8Span(validating: extracting(value.range)) else { return nil }
            return String(copying: text)
        }
        var text: [UInt8] = []
        text.reserveCapacity(value.range.count)
        var index = value.range.lowerBound
        while index < value.range.upperBound {
            guard has("\\", at: index) else {
                text.append(self[index])
                index += 1
                continue
            }
            guard let scalar = unescape(&index) else { return nil }
            text.append(contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The character an escape stands for; the scanner has checked that the escape is complete.
    private func unescape(_ index: inout Int) -> Unicode.Scalar? {
        let letter = self[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let high = hexadecimal(at: index) else { return nil }
            index += 4
            guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
            guard has("\\", at: index), has("u", at: index + 1), let low = hexadecimal(at: index + 2),
                (0xDC00..<0xE000).contains(low)
            else { return nil }
            index += 6
            return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        default: return Unicode.Scalar(letter)
        }
    }
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
