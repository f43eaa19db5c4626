import Glibc
import StretchUnix

/// The way that a path takes now, as the kernel walks it: entry by entry from the root, links included.
struct PathWalk: Equatable {
    /// A file, directory or link, whatever its name is.
    struct Entry: Hashable {
        let device: dev_t
        let inode: ino_t
    }

    struct Step: Equatable {
        /// The path for the kernel, with a zero byte at its end; only its last name can be that of a link.
        let path: [CChar]
        let entry: Entry
        let kind: mode_t

        /// - Parameter place: without a slash at its end; empty for the root. When the result is nil, errno tells why.
        fileprivate init?(_ place: [CChar]) {
            path = (place.isEmpty ? [PathWalk.slash] : place) + [0]
            var status = stat()
            guard lstat(path, &status) == 0 else { return nil }
            entry = Entry(device: status.st_dev, inode: status.st_ino)
            kind = status.st_mode & S_IFMT
        }

        var isDirectory: Bool { kind == S_IFDIR }
    }

    enum End { case arrived, missing, refused }

    private(set) var steps: [Step] = []
    /// How the walk ended.
    ///
    /// `missing`: `directory` does not contain the next name. `refused`: the walk may not or cannot go on from the last
    /// step.
    private(set) var end = End.refused
    /// The last directory on the way, and the directory that contains it; nil for the root.
    private(set) var directory: Entry?
    private(set) var parent: Entry?

    /// - Parameter path: absolute.
    init(_ path: String) {
        var ahead = Self.names(in: Array(path.utf8CString.dropLast()))
        var place: [CChar] = []
        var linkCount = 0
        guard enter(place) else { return }
        while let name = ahead.popLast() {
            if name == Self.here { continue }
            if name == Self.above {
                place = Self.directory(of: place)
                guard enter(place) else { return }
                continue
            }
            let next = place + [Self.slash] + name
            guard let step = Step(next) else {
                end = errno == ENOENT ? .missing : .refused
                return
            }
            steps.append(step)
            if step.isDirectory {
                place = next
                (parent, directory) = (directory, step.entry)
            } else if step.kind == S_IFLNK {
                linkCount += 1
                guard linkCount <= Self.mostLinks, let target = Path.target(ofLink: step.path) else { return }
                ahead += Self.names(in: target)
                if target.first == Self.slash {
                    place = []
                    guard enter(place) else { return }
                }
            } else if !ahead.isEmpty {
                return
            }
        }
        end = .arrived
    }

    /// Goes to a directory that is not the next name in the path: the root, or the directory above.
    private mutating func enter(_ place: [CChar]) -> Bool {
        guard let step = Step(place) else { return false }
        steps.append(step)
        directory = step.entry
        parent = place.isEmpty ? nil : Step(Self.directory(of: place))?.entry
        return true
    }

    private static func directory(of place: [CChar]) -> [CChar] { Array(place[..<(place.lastIndex(of: slash) ?? 0)]) }

    /// The names in a path, in reverse order for `popLast`.
    private static func names(in path: [CChar]) -> [[CChar]] {
        path.split(separator: Self.slash).reversed().map { Array($0) }
    }

    private static let slash = CChar(UInt8(ascii: "/"))
    private static let here = Array(".".utf8CString.dropLast())
    private static let above = Array("..".utf8CString.dropLast())
    /// The maximum number of links that the kernel follows in one path.
    private static let mostLinks = 40
}
