/// An instant with the offset from UTC that was in force in the local zone.
///
/// Written in RFC 3339 with milliseconds: `2026-11-23T07:31:24.890+01:00`.
package struct Timestamp: Hashable, Sendable, CustomStringConvertible, ByteReadable {
    package let instant: Instant
    /// Seconds east of UTC, always whole minutes.
    package let offset: Int

    /// Makes a timestamp that stays equal when it is written and read again.
    ///
    /// For that, the instant is cut to the millisecond and to the years 0000 to 9999. The offset is rounded to the
    /// minute, because local mean times have seconds, and is cut to 23:59.
    package init(_ instant: Instant, offset: Int) {
        self.init(whole: instant.writable, offset: max(-1439, min(1439, floorDivide(offset + 30, by: 60))) * 60)
    }

    /// Cuts nothing: `instant` must be writable, and `offset` must be whole minutes.
    package init(whole instant: Instant, offset: Int) {
        self.instant = instant
        self.offset = offset
    }

    package init(_ instant: Instant, in zone: Zone) { self.init(instant, offset: zone.offset(at: instant)) }

    /// The civil time that the clock on the wall showed.
    package var civil: CivilTime { CivilTime(timeline: instant.microseconds + Int64(offset) * 1_000_000) }

    /// `2026-11-23T07:31:24.890+01:00`; UTC ends in `+00:00`.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// The description in ASCII.
    var bytes: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(29)
        func put(_ value: Int, _ width: Int) {
            var power = 1
            for _ in 1..<width { power *= 10 }
            while power > 0 {
                text.append(UInt8(ascii: "0") + UInt8(value / power % 10))
                power /= 10
            }
        }
        func put(_ mark: Unicode.Scalar) { text.append(UInt8(ascii: mark)) }

        let civil = civil
        let (year, month, day) = civil.day.components
        put(year, 4); put("-"); put(month, 2); put("-"); put(day, 2); put("T")
        put(civil.hour, 2); put(":"); put(civil.minute, 2); put(":"); put(civil.second, 2)
        put("."); put(civil.microsecond / 1000, 3)
        put(offset < 0 ? "-" : "+"); put(abs(offset) / 3600, 2); put(":"); put(abs(offset) / 60 % 60, 2)
        return text
    }

    /// Reads a date-time of RFC 3339; nil for anything else.
    ///
    /// `T` may be `t` or a blank, and `Z` may be `z`. A fraction of any length is cut to the millisecond. A leap second
    /// counts as the first instant of the next minute.
    package init?(_ text: Span<UInt8>) {
        guard let day = Day(text, at: 0), text.has("T", at: 10) || text.has("t", at: 10) || text.has(" ", at: 10),
            let minutes = text.clock(at: 11), text.has(":", at: 16), let second = text.digits(2, at: 17), second <= 60
        else { return nil }
        var index = 19
        guard let microsecond = Timestamp.fraction(text, at: &index),
            let offset = Timestamp.offset(text, from: index)
        else { return nil }

        let local = Int64(day.ordinal) * 86_400 + Int64(minutes * 60 + second)
        let seconds = local - Int64(offset)
        // Leap seconds are inserted at midnight UTC only.
        guard second < 60 || seconds % 86_400 == 0 else { return nil }
        let instant = Instant(microseconds: seconds * 1_000_000 + Int64(microsecond - microsecond % 1000))
        self.init(whole: instant.hasWritableYear ? instant : instant.writable, offset: offset)
    }

    /// The microseconds of a fraction such as `.89`; 0 if there is no fraction, nil if there is a point without digits.
    static func fraction(_ text: Span<UInt8>, at index: inout Int) -> Int? {
        guard text.has(".", at: index) else { return 0 }
        let first = index + 1
        index = first
        var microseconds = 0
        var unit = 100_000
        while let digit = text.digits(1, at: index) {
            microseconds += digit * unit
            unit /= 10
            index += 1
        }
        return index > first ? microseconds : nil
    }

    /// The seconds east of UTC that `Z` or `+01:00` means; nil unless one of these forms ends the text.
    static func offset(_ text: Span<UInt8>, from index: Int) -> Int? {
        if text.has("Z", at: index) || text.has("z", at: index) { return text.count == index + 1 ? 0 : nil }
        guard text.has("+", at: index) || text.has("-", at: index), text.count == index + 6,
            let minutes = text.clock(at: index + 1)
        else { return nil }
        return minutes * (text.has("-", at: index) ? -60 : 60)
    }
}

extension Instant {
    /// The instant, rounded down to a millisecond and limited to the years that a timestamp can write.
    package var writable: Instant {
        let milliseconds = floorDivide(microseconds, by: 1000)
        return Instant(microseconds: max(Self.first / 1000, min(Self.last / 1000, milliseconds)) * 1000)
    }

    /// Whether the instant is in the years that a timestamp can write.
    fileprivate var hasWritableYear: Bool { Self.first <= microseconds && microseconds <= Self.last }

    // The years 0000 to 9999 without their first and last day, so that no offset leads to a year outside.
    private static let first: Int64 = -62_167_132_800_000_000
    private static let last: Int64 = 253_402_214_400_000_000
}
