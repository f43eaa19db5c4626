internal import Glibc
package import StretchBase
package import StretchUnix

/// Time zones of the system's tzdata, and the one of this process.
///
/// Every call reads the files again, so an update of tzdata is noticed.
package struct ZoneReader: Sendable {
    /// Where the zones of the tz database are.
    private let directory: String
    /// The value of `TZ`, without a colon in front; nil when it is not set.
    private let variable: String?

    /// - Parameter environment: `TZ` and `TZDIR` in it count, as for glibc.
    package init(environment: [String: String] = [:]) {
        let own = environment["TZDIR"] ?? ""
        directory = own.isEmpty ? "/usr/share/zoneinfo" : own
        // A colon may stand before a name.
        variable = environment["TZ"].map { text in
            text.utf8.first == UInt8(ascii: ":") ? String(decoding: text.utf8.dropFirst(), as: UTF8.self) : text
        }
    }

    // MARK: By name

    /// The zone of a name in the tz database, such as `Europe/Berlin`.
    package func zone(named name: String) throws(ZoneError) -> Zone {
        try Self.requireUTF8(directory, of: "TZDIR")
        guard Self.isName(name) else { throw unknown(name) }
        return try zone(named: name, in: "\(directory)/\(name)")
    }

    /// Whether a text has the form of a zone's name, so that it cannot lead out of the directory.
    ///
    /// Four names are refused, too: they are in the directory, but they are no zones of the database.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let hasForm = parts.allSatisfy { part in
            part.first?.isLetter == true && part.allSatisfy { $0.isOfName || $0 == UInt8(ascii: "+") }
        }
        return hasForm && !["localtime", "posix", "posixrules", "right"].contains { parts[0].elementsEqual($0.utf8) }
    }

    /// The names of all zones that have a file; empty when the system has no list of them.
    package func names() -> [String] { list().map(\.name).filter(isThere) }

    private func isThere(_ name: String) -> Bool { access("\(directory)/\(name)", F_OK) == 0 }

    /// All names of the tz database; a name with a target is only another name of the target.
    ///
    /// Not every name has a file, because some systems have the old names in a separate package.
    private func list() -> [(name: String, target: String?)] {
        guard let bytes = try? Self.bytes(of: "\(directory)/tzdata.zi") else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // `Z Europe/Berlin 0:53:28 …` is a zone, `L Europe/Berlin Arctic/Longyearbyen` another name of one.
            let words = line.split(separator: UInt8(ascii: " ")).prefix(3).map { String(decoding: $0, as: UTF8.self) }
            return switch words.first {
            case "Z" where words.count > 1: (words[1], nil)
            case "L" where words.count > 2: (words[2], words[1])
            default: nil
            }
        }
    }

    // MARK: The one of this process

    /// The zone of this process: `TZ` when it is set, otherwise /etc/localtime.
    ///
    /// A zone that cannot be read counts as UTC, as for date(1). If there is no /etc/localtime, UTC is right: see
    /// localtime(5).
    package func system() -> SystemZone {
        do throws(ZoneError) {
            if let variable { return SystemZone(zone: try zone(ofVariable: variable)) }
            return SystemZone(zone: try zoneOfLocaltime())
        } catch {
            guard let variable, let rule = ZoneRule(asGlibcReads: Array(variable.utf8)) else {
                let source = variable == nil ? Self.localtime : "TZ"
                return SystemZone(zone: .utc, trouble: "times are in UTC, as \(source) cannot be used: \(error)")
            }
            return SystemZone(
                zone: Zone(identifier: variable, rule: rule),
                trouble: rule.fault.map { "times may be wrong, as \(ZoneError.malformedRule(variable, from: $0))" })
        }
    }

    /// The file that decides the zone of this process, whether it exists or not; nil when no file does.
    package var path: String? {
        guard let variable else { return Self.localtime }
        let path = path(ofVariable: variable)
        // A relative `TZDIR` cannot be watched.
        guard !variable.isEmpty, Path.isAbsolute(path) else { return nil }
        let needsNone = Self.isUTC(variable) || ZoneRule(asGlibcReads: Array(variable.utf8)) != nil
        return needsNone && access(path, R_OK) != 0 ? nil : path
    }

    /// Reads the file that `TZ` names, as glibc does; an empty `TZ` means UTC.
    ///
    /// The name is a path, absolute or below the directory. If there is no such file, this throws an error, and
    /// `system` tries to read `TZ` as a rule.
    private func zone(ofVariable text: String) throws(ZoneError) -> Zone {
        if text.isEmpty { return .utc }
        try Self.requireUTF8(text, of: "TZ")
        if !Path.isAbsolute(text) { try Self.requireUTF8(directory, of: "TZDIR") }
        return try zone(named: text, in: path(ofVariable: text))
    }

    private static func requireUTF8(_ text: String, of variable: String) throws(ZoneError) {
        if let error = NotUTF8(variable, text) { throw .notUTF8(error) }
    }

    private func path(ofVariable text: String) -> String { Path.isAbsolute(text) ? text : "\(directory)/\(text)" }

    /// The zone of /etc/localtime.
    ///
    /// If that points to .../zoneinfo/Europe/Berlin, the name of the zone is `Europe/Berlin`.
    private func zoneOfLocaltime() throws(ZoneError) -> Zone {
        var entry = stat()
        if lstat(Self.localtime, &entry) != 0, errno == ENOENT { return .utc }
        let parts = Path.target(ofLink: Self.localtime)?.split(separator: "/") ?? []
        guard let root = parts.lastIndex(of: "zoneinfo"), root + 1 < parts.count else {
            return try Self.zone(Self.localtime, in: Self.localtime)
        }
        return try zone(named: parts[(root + 1)...].joined(separator: "/"), in: Self.localtime)
    }

    static let localtime = "/etc/localtime"

    // MARK: Files

    /// Reads a zone from its file; UTC needs no file, because a system without tzdata has only UTC.
    private func zone(named name: String, in path: String) throws(ZoneError) -> Zone {
        do throws(ZoneError) {
            return try Self.zone(name, in: path)
        } catch {
            guard case .unreadable(_, let number) = error, [ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG].contains(number)
            else { throw error }
            if Self.isUTC(name) { return Zone(identifier: name, offset: 0, transitions: []) }
            // If the name has a file, the missing file is another one, to which /etc/localtime leads. The name is
            // right.
            throw path == Self.localtime && isThere(name) ? error : unknown(name)
        }
    }

    private static func isUTC(_ name: String) -> Bool { ["UTC", "Etc/UTC", "GMT", "Etc/GMT"].contains(name) }

    private func unknown(_ name: String) -> ZoneError {
        // Every tzdata has at least one of these files.
        let isInstalled = ["tzdata.zi", "zone1970.tab", "zone.tab", "UTC", "Etc/UTC"].contains(where: isThere)
        guard isInstalled else { return .notInstalled(directory: directory) }
        if let listed = list().first(where: { $0.name == name }) {
            return .withoutFile(name, target: listed.target.flatMap { isThere($0) ? $0 : nil })
        }
        return .unknown(name, nearest: Spelling.nearest(to: name, among: names()))
    }

    private static func zone(_ identifier: String, in path: String) throws(ZoneError) -> Zone {
        let content: [UInt8]
        do throws(Refusal) { content = try bytes(of: path) } catch { throw .unreadable(path: path, errno: error.code) }
        do throws(TZifError) { return try Zone(identifier: identifier, tzif: content) } catch {
            throw .unusable(path: path, error)
        }
    }

    /// Reads a file; a pipe or a device, which `TZ` may name, too, counts as empty, so that we never wait for it.
    private static func bytes(of path: String) throws(Refusal) -> [UInt8] {
        let file = try Descriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        let kind = try file.status().st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { return [] }
        return try file.readToEnd(atMost: mostBytes)
    }

    /// The maximum size of a zone file, a hundred times that of the largest zone.
    ///
    /// A longer file is cut, and then counts as damaged.
    private static let mostBytes = 1 << 18
}

/// The zone of this process, and what is wrong with it.
package struct SystemZone: Hashable, Sendable {
    package let zone: Zone
    /// Why times may be wrong, for example because UTC takes the place of a zone that cannot be read; nil when all is
    /// well.
    package var trouble: String?
}

/// Why a time zone cannot be read, or was read from a malformed rule.
///
/// The description is one line: what is wrong, and what to do next.
package enum ZoneError: Error, Hashable, Sendable {
    case unknown(String, nearest: String?)
    /// The name is in the list, but has no file; `target` is another name of the same zone that has one.
    case withoutFile(String, target: String?)
    /// The rule in `TZ` is malformed from this byte on.
    case malformedRule(String, from: Int)
    /// There is no tzdata.
    case notInstalled(directory: String)
    case unreadable(path: String, errno: Int32)
    case notUTF8(NotUTF8)
    case unusable(path: String, TZifError)
}

extension ZoneError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let nearest):
            "no time zone \"\(Self.shown(name))\"; "
                + (nearest.map { "did you mean \($0)?" } ?? "zones are named like Europe/Berlin")
        case .withoutFile(let name, let target):
            "the time zone \(oneLine(name)) is not installed; "
                + (target.map { "it is another name of \(oneLine($0)): use that, or " } ?? "")
                + "install the package tzdata-legacy"
        case .malformedRule(let text, let fault):
            "the rule in TZ is malformed \(Self.place(fault, in: text)): \"\(Self.shown(text))\"; "
                + "set TZ to a name like Europe/Berlin"
        case .notInstalled(let directory):
            "there are no time zones in \(oneLine(directory)); install the package tzdata"
        case .unreadable(let path, let number): "cannot read \(oneLine(path)): \(KernelRefusal(number, to: .read))"
        case .notUTF8(let error): "\(error)"
        case .unusable(ZoneReader.localtime, .foreign), .unusable(ZoneReader.localtime, .damaged):
            "it is no time zone file, or a damaged one; set it anew: timedatectl set-timezone Europe/Berlin"
        case .unusable(let path, .foreign): "\(oneLine(path)) is no time zone file; name one like Europe/Berlin"
        case .unusable(let path, .damaged): "\(oneLine(path)) is damaged; install the package tzdata again"
        case .unusable(let path, .leapSeconds):
            "\(oneLine(path)) counts leap seconds, which the clock does not; take the zone that is not below right/"
        }
    }

    private static func place(_ byte: Int, in text: String) -> String {
        let rest = String(decoding: text.utf8.dropFirst(byte), as: UTF8.self)
        return rest.isEmpty ? "at its end" : "from \"\(shown(rest))\" on"
    }

    /// The text, cut to 60 characters, because somebody may have written a text of any length.
    private static func shown(_ text: String) -> String { oneLine(text.count <= 60 ? text : text.prefix(59) + "…") }
}
