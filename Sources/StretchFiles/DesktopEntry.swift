internal import Glibc
internal import StretchUnix

/// The file that tells desktops the program's name and icon.
package enum DesktopEntry {
    /// The id of the file; the icon has the same name.
    private static let id = "org.stretchd.Stretchd"

    /// The id if the file is installed where desktops look for it, otherwise nil.
    package static func installed(_ environment: [String: String]) -> String? {
        let isThere = Path.dataDirectories(environment).contains {
            access("\($0)/applications/\(id).desktop", R_OK) == 0
        }
        return isThere ? id : nil
    }
}
