/// Where a value lies in the bytes of a JSON text.
///
/// The bytes are copied and converted only on demand.
package struct JSONValue {
    package enum Kind { case string, number, `true`, `false`, null, array, object }

    package let kind: Kind
    /// The value is a string with escapes, so its bytes differ from its text.
    package let escaped: Bool
    /// The bytes of the value; for a string, the bytes between the quotes.
    package let range: Range<Int>

    package static let null = JSONValue(kind: .null, escaped: false, range: 0..<0)
}

/// What is wrong with a line, for a person who wants to repair it.
package struct LineFlaw: Error {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// A strict scanner for all of JSON (RFC 8259).
///
/// A function with an `inout` index begins to read there. It then sets the index to the first byte after what it has
/// read.
extension Span where Element == UInt8 {
    /// The maximum depth of nested values, which is limited because the scanner is recursive.
    private static var depthLimit: Int { 64 }

    package func skipBlanks(_ index: inout Int) {
        while index < count {
            switch self[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): index += 1
            default: return
            }
        }
    }

    func skipValue(_ index: inout Int, depth: Int = 1) throws(LineFlaw) -> JSONValue {
        guard index < count else { throw flaw("it ends in the middle", at: index) }
        let start = index
        let kind: JSONValue.Kind
        switch self[index] {
        case UInt8(ascii: "\""): return try skipString(&index)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            kind = .number
            try skipNumber(&index)
        case UInt8(ascii: "{"):
            kind = .object
            try forEachMember(&index, depth: depth) { _, _ in }
        case UInt8(ascii: "["):
            kind = .array
            try forEachElement(&index, depth: depth) { _ throws(LineFlaw) in }
        case UInt8(ascii: "t"): kind = try skip("true", &index, as: .true)
        case UInt8(ascii: "f"): kind = try skip("false", &index, as: .false)
        case UInt8(ascii: "n"): kind = try skip("null", &index, as: .null)
        default: throw flaw("no JSON value begins", at: index)
        }
        return JSONValue(kind: kind, escaped: false, range: start..<index)
    }

    /// Reads an object and calls `visit` with the name and the value of each member.
    package func forEachMember(
        _ index: inout Int, depth: Int = 1, _ visit: (JSONValue, JSONValue) -> Void
    ) throws(LineFlaw) {
        try forEachItem(&index, until: "}", depth: depth) { index throws(LineFlaw) in
            guard has("\"", at: index) else { throw flaw("a member's name is expected", at: index) }
            let name = try skipString(&index)
            skipBlanks(&index)
            guard has(":", at: index) else { throw flaw("a colon is expected", at: index) }
            index += 1
            skipBlanks(&index)
            visit(name, try skipValue(&index, depth: depth + 1))
        }
    }

    /// Reads an array and calls `visit` with each element.
    package func forEachElement(
        _ index: inout Int, depth: Int = 1, _ visit: (JSONValue) throws(LineFlaw) -> Void
    ) throws(LineFlaw) {
        try forEachItem(&index, until: "]", depth: depth) { index throws(LineFlaw) in
            try visit(try skipValue(&index, depth: depth + 1))
        }
    }

    /// Reads the brackets and commas of an object or an array.
    private func forEachItem(
        _ index: inout Int, until end: Unicode.Scalar, depth: Int, _ skipItem: (inout Int) throws(LineFlaw) -> Void
    ) throws(LineFlaw) {
        guard depth <= Self.depthLimit else { throw flaw("values are nested too deep", at: index) }
        index += 1
        skipBlanks(&index)
        var isFirst = true
        while !has(end, at: index) {
            if !isFirst {
                guard has(",", at: index) else { throw flaw("a comma or `\(end)` is expected", at: index) }
                index += 1
                skipBlanks(&index)
            }
            isFirst = false
            try skipItem(&index)
            skipBlanks(&index)
        }
        index += 1
    }

    private func skipString(_ index: inout Int) throws(LineFlaw) -> JSONValue {
        let start = index + 1
        var end = start
        var escaped = false
        var allBits: UInt8 = 0
        while end < count {
            let byte = self[end]
            allBits |= byte
            // A fast path for most bytes. One comparison excludes quotes and control characters. It also excludes
            // blanks, `!` and `#`, which the `switch` below simply passes.
            if byte > 0x23, byte != UInt8(ascii: "\\") {
                end += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if allBits >= 0x80, (try? UTF8Span(validating: extracting(start..<end))) == nil {
                    throw flaw("a string is not UTF-8", at: start)
                }
                index = end + 1
                return JSONValue(kind: .string, escaped: escaped, range: start..<end)
            case UInt8(ascii: "\\"):
                escaped = true
                try skipEscape(&end)
            case 0..<0x20: throw flaw("a control character (\(byte)) stands in a string", at: end)
            default: end += 1
            }
        }
        throw flaw("a string does not end", at: start)
    }

    private func skipEscape(_ index: inout Int) throws(LineFlaw) {
        guard index + 1 < count else { throw flaw("it ends in an escape", at: index) }
        if has("u", at: index + 1) {
            guard hexadecimal(at: index + 2) != nil else { throw flaw("four hex digits must follow \\u", at: index) }
            index += 6
        } else {
            guard #""\/bfnrt"#.utf8.contains(self[index + 1]) else { throw flaw("JSON has no such escape", at: index) }
            index += 2
        }
    }

    private func skipNumber(_ index: inout Int) throws(LineFlaw) {
        let start = index
        func skipDigits(_ index: inout Int) throws(LineFlaw) {
            guard digits(1, at: index) != nil else { throw flaw("this is no number", at: start) }
            while digits(1, at: index) != nil { index += 1 }
        }
        if has("-", at: index) { index += 1 }
        if has("0", at: index) { index += 1 } else { try skipDigits(&index) }
        if has(".", at: index) {
            index += 1
            try skipDigits(&index)
        }
        if has("e", at: index) || has("E", at: index) {
            index += 1
            if has("+", at: index) || has("-", at: index) { index += 1 }
            try skipDigits(&index)
        }
    }

    private func skip(
        _ word: StaticString, _ index: inout Int, as kind: JSONValue.Kind
    ) throws(LineFlaw) -> JSONValue.Kind {
        let start = index
        for byte in word.description.utf8 {
            guard index < count, self[index] == byte else { throw flaw("no JSON value begins", at: start) }
            index += 1
        }
        return kind
    }

    private func hexadecimal(at start: Int) -> UInt32? {
        guard start + 4 <= count else { return nil }
        var value: UInt32 = 0
        for index in start..<(start + 4) {
            guard let digit = Character(Unicode.Scalar(self[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    package func flaw(_ what: String, at index: Int) -> LineFlaw {
        LineFlaw(reason: "not JSON at byte \(index + 1): \(what)")
    }

    // MARK: Texts

    /// The text of a string value; nil if it contains half a surrogate pair, which is not Unicode.
    package func string(_ value: JSONValue) -> String? {
        guard value.escaped else {
            // The scanner has checked the bytes already. A second check costs little, and needs no unsafe code.
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

    /// Reads an escape and returns its character; nil if it is half a surrogate pair.
    ///
    /// The scanner has already checked that the escape is complete.
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
