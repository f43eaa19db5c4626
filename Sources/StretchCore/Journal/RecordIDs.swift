/// Makes the ids of new records: UUIDs of version 7 (RFC 9562), which ascend with time, and when the clock is set back
/// from where they were.
///
/// A seed and the instants decide them all, so a session stays a function of its inputs. Seed it from the kernel's
/// random numbers, once a process.
package struct RecordIDs: Sendable {
    private var random: SplitMix64
    private var millisecond: Int64 = -1
    /// Follows the millisecond in the id, so that ids ascend within one, too (RFC 9562, 6.2, method 1).
    private var counter: UInt32 = 0

    package init(seed: UInt64) { random = SplitMix64(seed: seed) }

    package mutating func next(at instant: Instant) -> String {
        let now = max(millisecond, 0, floorDivide(instant.microseconds, by: 1000))
        if now == millisecond {
            counter += 1
        } else {
            millisecond = now
            // The highest bit stays free: two thousand million ids fit into the millisecond.
            counter = UInt32(truncatingIfNeeded: random.next()) >> 1
        }
        let high = UInt64(now) << 16 | 0x7000 | UInt64(counter >> 20)
        let low = UInt64(0b10) << 62 | UInt64(counter & 0xF_FFFF) << 42 | random.next() >> 22
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0..<32 {
            // Groups of 8, 4, 4, 4 and 12.
            if place == 8 || place == 12 || place == 16 || place == 20 { text.append(UInt8(ascii: "-")) }
            let word = place < 16 ? high : low
            text.append(RecordIDs.digits[Int(word >> UInt64(60 - place % 16 * 4) & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// When an id was made, to the millisecond; nil when it is none of version 7.
    package static func time(of id: Record.ID) -> Instant? {
        let digits = id.filter { $0 != "-" }
        guard digits.utf8.count == 32, digits.dropFirst(12).first == "7",
            let milliseconds = Int64(digits.prefix(12), radix: 16)
        else { return nil }
        return Instant(microseconds: milliseconds * 1000)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
