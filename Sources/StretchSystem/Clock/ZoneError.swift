internal import Glibc
package import StretchBase
internal import StretchCore
package import StretchUnix

/// Why there is no zone of that name, or none in that file.
///
/// Prints as one line: what is wrong, and what to do next.
package enum ZoneError: Error, Hashable, Sendable {
    case unknown(String, nearest: String?)
    /// It is in the list, but not installed; the target is, and means the same.
    case withoutFile(String, target: String?)
    /// `TZ` is no rule from this byte on.
    case malformedRule(String, from: Int)
    /// There is no tzdata.
    case notInstalled(directory: String)
    case unreadable(path: String, errno: Int32)
    case notUTF8(NotUTF8)
    case unusable(path: String, TZifError)

    /// There is no file of that name.
    var isOfMissing: Bool {
        guard case .unreadable(_, let number) = self else { return false }
        return [ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG].contains(number)
    }
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

    /// What somebody wrote may be of any length.
    private static func shown(_ text: String) -> String { oneLine(text.count <= 60 ? text : text.prefix(59) + "…") }
}
