internal import Glibc
package import StretchCore

/// Why there is no zone of that name, or none in that file.
///
/// Prints as one line: what is wrong, and what to do next.
package enum ZoneError: Error, Hashable, Sendable {
    case unknown(String, nearest: String?)
    /// There is no tzdata.
    case notInstalled(directory: String)
    case unreadable(SystemError)
    case unusable(path: String, TZifError)

    /// There is no file of that name.
    var isOfMissing: Bool {
        guard case .unreadable(.failed(_, _, let number)) = self else { return false }
        return [ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG].contains(number)
    }
}

extension ZoneError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let nearest):
            "no time zone \"\(oneLine(name.count <= 60 ? name : name.prefix(59) + "…"))\"; "
                + (nearest.map { "did you mean \($0)?" } ?? "zones are named like Europe/Berlin")
        case .notInstalled(let directory):
            "there are no time zones in \(oneLine(directory)); install the package tzdata"
        case .unreadable(let error): "\(error)"
        case .unusable(ZoneReader.localtime, .foreign), .unusable(ZoneReader.localtime, .damaged):
            "it is no time zone file, or a damaged one; set it anew: timedatectl set-timezone Europe/Berlin"
        case .unusable(let path, .foreign): "\(oneLine(path)) is no time zone file; name one like Europe/Berlin"
        case .unusable(let path, .damaged): "\(oneLine(path)) is damaged; install the package tzdata again"
        case .unusable(let path, .leapSeconds):
            "\(oneLine(path)) counts leap seconds, which the clock does not; take the zone that is not below right/"
        }
    }
}
