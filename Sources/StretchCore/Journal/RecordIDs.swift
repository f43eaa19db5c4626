package import StretchBase

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

    package mutating func next(at instant: Instant) -> RecordID {
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
        return .uuid(high: high, low: low)
    }
}
