internal import Glibc
internal import StretchBase
package import StretchCore
internal import StretchUnix

/// The pictures of the stretches, which are installed beside the program.
package enum Pictures {
    /// The absolute path of a stretch's picture; nil when it has none.
    ///
    /// - Parameter program: the program's file: installed in `PREFIX/bin`, built in `.build/TARGET/release`. The
    ///   pictures are in `share/stretchd/pictures` of the nearest directory above that has them.
    package static func path(of stretch: Stretch.ID, program: String? = nil) -> String? {
        // An id may come from a user's file, so only plain names may become part of a path.
        guard !stretch.isEmpty, stretch.utf8.allSatisfy({ $0.isOfName && !$0.isUppercase }),
            // After an update the link's target ends in " (deleted)", which is not part of the directory.
            var directory = (program ?? Path.target(ofLink: "/proc/self/exe")).map({ Path.directory(of: $0) })
        else { return nil }
        for _ in 1...3 where directory != "/" {
            directory = Path.directory(of: directory)
            let path = "\(directory == "/" ? "" : directory)/share/stretchd/pictures/\(stretch).png"
            if access(path, R_OK) == 0 { return path }
        }
        return nil
    }

    /// The bytes of the picture; nil when there is none that can be read.
    package static func png(of stretch: Stretch.ID, program: String? = nil) -> [UInt8]? {
        path(of: stretch, program: program).flatMap { try? Descriptor($0, O_RDONLY).readToEnd() }
    }
}
