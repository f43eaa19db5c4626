internal import CGLib
package import StretchCore

/// Time zones of the system's tzdata, read through GLib and turned into values.
///
/// Every call reads anew: GLib keeps a zone while it is referenced, and no reference outlives a call.
package enum ZoneReader {
    /// The zone of an IANA name such as `Europe/Berlin`; nil when the system does not know it.
    package static func zone(named name: String) -> Zone? {
        // Dots and a leading slash would lead out of the tzdata directory.
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/_+-".utf8.contains(byte)
            }
        }
        guard isName, let first = name.first, first.isLetter, !name.hasSuffix("/") else { return nil }
        return read(name, as: name)
    }

    /// The zone of this process: `TZ` when it is set, otherwise /etc/localtime; UTC when that cannot be read.
    package static func system(environment: [String: String]) -> Zone {
        guard let value = environment["TZ"] else {
            return read(localtime, as: nameOfLocaltime() ?? localtime) ?? .utc
        }
        // As glibc does: a colon may stand before a name, and empty means UTC.
        let name = value.hasPrefix(":") ? String(value.dropFirst()) : value
        return name.isEmpty ? .utc : read(name, as: name) ?? .utc
    }

    private static let localtime = "/etc/localtime"

    /// `Europe/Berlin` when /etc/localtime points to .../zoneinfo/Europe/Berlin.
    private static func nameOfLocaltime() -> String? {
        guard let parts = Path.target(ofLink: localtime)?.split(separator: "/") else { return nil }
        guard let root = parts.lastIndex(of: "zoneinfo"), root + 1 < parts.count else { return nil }
        return parts[(root + 1)...].joined(separator: "/")
    }

    /// Takes a name, a path or a POSIX rule, as `TZ` may hold.
    private static func read(_ source: String, as identifier: String) -> Zone? {
        guard let zone = g_time_zone_new_identifier(source) else { return nil }
        defer { g_time_zone_unref(zone) }
        let first = interval(of: zone, at: span.lowerBound)
        let starts = startsOfIntervals(in: span, of: zone)
        return Zone(
            identifier: identifier, offset: Int(g_time_zone_get_offset(zone, first)),
            transitions: starts.map { start in
                Zone.Period(start: start, offset: Int(g_time_zone_get_offset(zone, interval(of: zone, at: start))))
            })
    }

    /// 1970 to 2200, the years in which a calendar event can elapse.
    private static let span: Range<Int64> = 0..<7_258_118_400

    /// The first second of every interval but the first.
    ///
    /// GLib numbers intervals but does not tell where they begin.
    private static func startsOfIntervals(in span: Range<Int64>, of zone: OpaquePointer) -> [Int64] {
        var starts: [Int64] = []
        /// Halves until an interval's end is found; `low` lies in interval `a`, `high` in interval `b`.
        func search(_ low: Int64, _ a: gint, _ high: Int64, _ b: gint) {
            guard a != b else { return }
            guard high - low > 1 else { return starts.append(high) }
            let middle = middle(of: low, high)
            let between = interval(of: zone, at: middle)
            search(low, a, middle, between)
            search(middle, between, high, b)
        }
        let last = span.upperBound - 1
        search(span.lowerBound, interval(of: zone, at: span.lowerBound), last, interval(of: zone, at: last))
        return starts
    }

    /// On a quarter of an hour while there is one between: there most transitions are, and half the steps are saved.
    private static func middle(of low: Int64, _ high: Int64) -> Int64 {
        let middle = low + (high - low) / 2
        let quarter = middle / 900 * 900
        return quarter > low ? quarter : middle
    }

    private static func interval(of zone: OpaquePointer, at second: Int64) -> gint {
        g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, gint64(second))
    }
}
