package import StretchBase

/// The key by which the records of all files and machines are united: any text, nearly always a UUID.
///
/// A UUID in its canonical form is stored as a number to save memory, because a journal gets about twenty thousand ids
/// in ten years.
package enum RecordID: Hashable, Sendable {
    case uuid(high: UInt64, low: UInt64)
    case text(String)

    package init(_ text: String) {
        let bytes = Array(text.utf8)
        self = RecordID(canonical: bytes.span) ?? .text(text)
    }

    /// Reads `01a2071a-29da-7c10-8f11-0d4e2b9c7a02`; nil for anything else.
    init?(canonical text: Span<UInt8>) {
        guard text.count == 36, text.has("-", at: 8), text.has("-", at: 13), text.has("-", at: 18),
            text.has("-", at: 23), let first = text.lowercaseHexadecimal(8, at: 0),
            let second = text.lowercaseHexadecimal(4, at: 9), let third = text.lowercaseHexadecimal(4, at: 14),
            let fourth = text.lowercaseHexadecimal(4, at: 19), let fifth = text.lowercaseHexadecimal(12, at: 24)
        else { return nil }
        self = .uuid(high: first << 32 | second << 16 | third, low: fourth << 48 | fifth)
    }

    /// When the id was made, to the millisecond; nil unless it is a UUID of version 7 (RFC 9562).
    package var time: Instant? {
        guard case .uuid(let high, _) = self, high >> 12 & 0xF == 7 else { return nil }
        return Instant(microseconds: Int64(high >> 16) * 1000)
    }

    /// Hashes a UUID as one word, because reading a journal hashes every id and must be fast.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .uuid(let high, let low): hasher.combine(high ^ low)
        case .text(let text): hasher.combine(text)
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension RecordID: Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(text) }

    package var description: String {
        guard case .uuid(let high, let low) = self else { return text }
        var digits: [UInt8] = []
        digits.reserveCapacity(36)
        for place in 0..<32 {
            // The digits stand in groups of 8, 4, 4, 4 and 12.
            if place == 8 || place == 12 || place == 16 || place == 20 { digits.append(UInt8(ascii: "-")) }
            let word = place < 16 ? high : low
            digits.append(RecordID.digits[Int(word >> UInt64(60 - place % 16 * 4) & 0xF)])
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private var text: String { if case .text(let text) = self { text } else { "" } }

    /// Compares ids in the order of their texts.
    package static func < (a: RecordID, b: RecordID) -> Bool {
        switch (a, b) {
        case (.uuid(let highA, let lowA), .uuid(let highB, let lowB)): (highA, lowA) < (highB, lowB)
        default: a.description < b.description
        }
    }
}

/// Makes the ids of new records: UUIDs of version 7 (RFC 9562).
///
/// The ids ascend with time. If the clock is set back, they continue from the latest time.
///
/// Only the seed and the instants decide the ids, so a session stays a function of its inputs. Each process seeds this
/// once, with random numbers of the kernel.
package struct RecordIDs: Sendable {
    private var random: SplitMix64
    private var millisecond: Int64 = -1
    /// Stands behind the millisecond in the id, so that ids ascend within a millisecond, too (RFC 9562, 6.2, method 1).
    private var counter: UInt32 = 0

    package init(seed: UInt64) { random = SplitMix64(seed: seed) }

    package mutating func next(at instant: Instant) -> RecordID {
        let now = max(millisecond, 0, floorDivide(instant.microseconds, by: 1000))
        if now == millisecond {
            counter += 1
        } else {
            millisecond = now
            // The highest bit starts at 0, so a millisecond has room for at least two thousand million ids.
            counter = UInt32(truncatingIfNeeded: random.next()) >> 1
        }
        let high = UInt64(now) << 16 | 0x7000 | UInt64(counter >> 20)
        let low = UInt64(0b10) << 62 | UInt64(counter & 0xF_FFFF) << 42 | random.next() >> 22
        return .uuid(high: high, low: low)
    }
}

/// Sebastiano Vigna's random number generator, in the public domain (prng.di.unimi.it/splitmix64.c).
///
/// Its state is one word. The same seed gives the same numbers everywhere.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

extension Span where Element == UInt8 {
    /// Reads `count` hexadecimal digits, 0 to 9 and a to f, from an index; all must lie inside the span.
    fileprivate func lowercaseHexadecimal(_ count: Int, at start: Int) -> UInt64? {
        let digits = extracting(start..<(start + count))
        var number: UInt64 = 0
        var isNumber = true
        for index in digits.indices {
            let byte = digits[index]
            let (digit, letter) = (byte &- UInt8(ascii: "0"), byte &- UInt8(ascii: "a"))
            // This has no branches, because no processor can predict whether a digit or a letter comes.
            isNumber = isNumber && (digit < 10) != (letter < 6)
            number = number << 4 | UInt64((byte & 0xF) &+ (byte >> 6) &* 9)
        }
        return isNumber ? number : nil
    }
}
