internal import Glibc

/// Whether ENOENT for a path means that nothing is there.
///
/// It also comes when a link, anywhere on the way, leads nowhere: then something was meant to be there, and is not
/// mounted, say.
package func isAbsent(_ path: String) -> Bool {
    var path = path.utf8[...]
    while !path.isEmpty {
        var entry = stat()
        let name = String(Substring(path))
        if lstat(name, &entry) == 0 { return stat(name, &entry) == 0 }
        guard errno == ENOENT, let slash = path.lastIndex(of: UInt8(ascii: "/")) else { break }
        path = path[..<slash]
    }
    return errno == ENOENT
}
