internal import Glibc
internal import StretchUnix

/// Creates a directory and what is missing above it, for this user alone.
func makeDirectory(_ path: String) throws(Refusal) {
    let parent = Path.directory(of: path)
    // If the path ends in a slash, what comes before the slash is the same directory.
    if path != "/", Path.name(of: path).isEmpty, !path.isEmpty { return try makeDirectory(parent) }
    do {
        try retrying { mkdir(path, 0o700) }
    } catch let error where error.code == EEXIST {
        return
    } catch let error where error.code == ENOENT && parent != path {
        try makeDirectory(parent)
        try retrying { mkdir(path, 0o700) }
    }
    try syncDirectory(parent)
}

/// Makes the entries of a directory safe on the disk; otherwise a new file may be gone after a power cut.
func syncDirectory(_ path: String) throws(Refusal) {
    let directory = try Descriptor(path, O_RDONLY | O_DIRECTORY)
    do { try directory.sync() } catch {
        // Some network file systems cannot sync directories. Nothing else can be tried there.
        guard error.code == EINVAL else { throw error }
    }
}

/// The journal's files in a directory, in ascending order; empty when there is no directory.
func journalFiles(in directory: String) throws(Refusal) -> [FilePath] {
    do throws(Refusal) {
        return try names(in: directory).filter { $0.suffix(6).elementsEqual(".jsonl".utf8) }
            .map { FilePath(directory: directory, name: $0) }.sorted()
    } catch {
        if error.code == ENOENT, Path.isAbsent(directory) { return [] }
        throw error
    }
}

/// Removes a file, or a directory with all that is in it; what cannot be removed stays.
func removeAll(_ path: FilePath) {
    // A link is never followed, because what it leads to is not ours.
    guard unlink(path.cString) != 0, Path.isOwnDirectory(path.description) else { return }
    for name in (try? names(in: path.description, hidden: true)) ?? [] {
        removeAll(FilePath(directory: path.description, name: name))
    }
    rmdir(path.cString)
}

/// The names in a directory, byte for byte and in no order.
///
/// - Parameter hidden: whether those that begin with a dot are among them.
func names(in directory: String, hidden: Bool = false) throws(Refusal) -> [[UInt8]] {
    guard let stream = opendir(directory) else { throw Refusal(code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
        errno = 0
        guard let entry = readdir(stream) else { break }
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        let isHidden = name.first == UInt8(ascii: ".")
        if !isHidden || hidden && name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
    }
    let code = errno
    guard code == 0 else { throw Refusal(code: code) }
    return names
}
