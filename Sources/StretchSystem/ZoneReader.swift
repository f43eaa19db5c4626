internal import CGLib
internal import Glibc
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
        guard let name = name(inTZ: environment) else {
            return read(localtime, as: nameOfLocaltime() ?? localtime) ?? .utc
        }
        return name.isEmpty ? .utc : read(name, as: name) ?? .utc
    }

    /// The file that the zone of this process is read from; nil when that is a rule, or UTC without a file.
    package static func path(environment: [String: String]) -> String? {
        guard let name = name(inTZ: environment) else { return localtime }
        if name.isEmpty { return nil }
        if Path.isAbsolute(name) { return name }
        let path = "/usr/share/zoneinfo/\(name)"
        return access(path, R_OK) == 0 ? path : nil
    }

    /// As glibc reads it: a colon may stand before a name, and empty means UTC; nil when `TZ` is not set.
    private static func name(inTZ environment: [String: String]) -> String? {
        environment["TZ"].map { $0.hasPrefix(":") ? String($0.dropFirst()) : $0 }
    }

    private static let localtime = "/etc/localtime"

    /// `Europe/Berlin` when /etc/localtime points to .../zoneinfo/Europe/Berlin.
    private static func nameOfLocaltime() -> String? {
        guard let parts = Path.target(ofLink: localtime)?.split(separator: "/"),
            let root = parts.lastIndex(of: "zoneinfo"), root + 1 < parts.count
        else { return nil }
        return parts[(root + 1)...].joined(separator: "/")
    }

    /// Takes a name, a path or a POSIX rule, as `TZ` may hold.
    private static func read(_ source: String, as identifier: String) -> Zone? {
        guard let zone = g_time_zone_new_identifier(source) else { return nil }
        defer { g_time_zone_unref(zone) }
        let first = g_time_zone_get_offset(zone, interval(of: zone, at: span.lowerBound))
        var transitions: [Zone.Period] = []
        for (start, interval) in intervals(of: zone) {
            let offset = g_time_zone_get_offset(zone, interval)
            // Some intervals differ in their abbreviation only.
            guard Int(offset) != transitions.last?.offset ?? Int(first) else { continue }
            transitions.append(Zone.Period(start: start, offset: Int(offset)))
        }
        return Zone(identifier: identifier, offset: Int(first), transitions: transitions)
    }

    /// 1970 to 2200, the years in which a calendar event can elapse.
    private static let span: ClosedRange<Int64> = 0...7_258_118_400

    /// All intervals but the first, and where they begin: GLib numbers them, but the beginnings must be searched.
    private static func intervals(of zone: OpaquePointer) -> [(start: Int64, number: gint)] {
        let last = interval(of: zone, at: span.upperBound)
        var found: [(start: Int64, number: gint)] = []
        var number = interval(of: zone, at: span.lowerBound) + 1
        while number <= last {
            // Most rules name a Sunday: a year later is 52 or 53 weeks later. To guess saves nine of ten steps.
            let guesses = found.dropLast().last.map { before in [364, 371].map { before.start + $0 * 86_400 } } ?? []
            let guess = guesses.first { start in
                interval(of: zone, at: start) == number && interval(of: zone, at: start - 1) == number - 1
            }
            let start = guess ?? searchStart(of: number, in: zone, after: found.last?.start ?? span.lowerBound)
            found.append((start, number))
            number += 1
        }
        return found
    }

    /// Halves until the first second of an interval is found.
    private static func searchStart(of number: gint, in zone: OpaquePointer, after start: Int64) -> Int64 {
        var low = start
        // GLib walks through all intervals before a time: near ones are found faster.
        let near = start + 400 * 86_400
        var high = interval(of: zone, at: near) >= number ? near : span.upperBound
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if interval(of: zone, at: middle) >= number { high = middle } else { low = middle }
        }
        return high
    }

    private static func interval(of zone: OpaquePointer, at second: Int64) -> gint {
        g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, gint64(second))
    }
}

extension ZoneReader {
    /// The names of all zones; empty when the system keeps no list of them.
    package static func names() -> [String] {
        guard let file = fopen("/usr/share/zoneinfo/tzdata.zi", "re") else { return [] }
        defer { fclose(file) }
        var names: [String] = []
        var buffer: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { free(buffer) }
        while getline(&buffer, &size, file) > 0, let buffer {
            // `Z Europe/Berlin 0:53:28 …` is a zone, `L Europe/Berlin Arctic/Longyearbyen` another name of one.
            let words = String(cString: buffer).split(whereSeparator: \.isWhitespace).map(String.init)
            switch words.first {
            case "Z" where words.count > 1: names.append(words[1])
            case "L" where words.count > 2: names.append(words[2])
            default: break
            }
        }
        return names
    }
}
