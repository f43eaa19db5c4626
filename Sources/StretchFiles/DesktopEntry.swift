internal import Glibc
internal import StretchUnix

/// The file that tells desktops the program's name and icon.
package enum DesktopEntry {
    /// Its id, which is the icon's name as well.
    private static let id = "org.stretchd.Stretchd"

    /// The id, if the file is installed where desktops look for it; nil: desktops would find nothing under the id.
    package static func installed(_ environment: [String: String]) -> String? {
        let isThere = Path.dataDirectories(environment).contains {
            access("\($0)/applications/\(id).desktop", R_OK) == 0
        }
        return isThere ? id : nil
    }
}
