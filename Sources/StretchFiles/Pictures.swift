internal import Glibc
internal import StretchBase
package import StretchCore
internal import StretchUnix

/// The pictures of the stretches, which are installed beside the program.
package enum Pictures {
    /// The absolute path of a stretch's picture; nil when it has none.
    ///
    /// The picture is in `share/stretchd/pictures` of one of the three directories above the program's directory, the
    /// nearest first. `ID.png` shows the left side, `ID-right.png` the right one, if the stretch has sides.
    ///
    /// - Parameters:
    ///   - side: the side to show; a stretch without a picture of the right side has only one picture.
    ///   - program: the program's file, such as `PREFIX/bin/stretchd`; nil means that of this process.
    package static func path(of stretch: Stretch.ID, side: Phase.Side? = nil, program: String? = nil) -> String? {
        // An id may come from a user's file, so only plain names may become part of a path.
        guard !stretch.isEmpty, stretch.utf8.allSatisfy({ $0.isOfName && !$0.isUppercase }),
            // After an update the link's target ends in " (deleted)", which is not part of the directory.
            var directory = (program ?? Path.target(ofLink: "/proc/self/exe")).map({ Path.directory(of: $0) })
        else { return nil }
        for _ in 1...3 where directory != "/" {
            directory = Path.directory(of: directory)
            let pictures = "\(directory == "/" ? "" : directory)/share/stretchd/pictures"
            for name in side == .right ? ["\(stretch)-right", stretch] : [stretch] {
                let path = "\(pictures)/\(name).png"
                if access(path, R_OK) == 0 { return path }
            }
        }
        return nil
    }

    /// The bytes of the picture; nil when there is none that can be read.
    package static func png(of stretch: Stretch.ID, side: Phase.Side? = nil, program: String? = nil) -> [UInt8]? {
        path(of: stretch, side: side, program: program).flatMap { try? Descriptor($0, O_RDONLY).readToEnd() }
    }
}
