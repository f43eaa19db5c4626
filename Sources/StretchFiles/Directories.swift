internal import Glibc
internal import StretchUnix

/// Creates a directory and what is missing above it, for this user alone.
func makeDirectory(_ path: String) throws(Refusal) {
    do {
        try retrying { mkdir(path, 0o700) }
    } catch let error where error.code == EEXIST {
        return
    } catch let error where error.code == ENOENT {
        guard let parent = parent(of: path) else { throw error }
        try makeDirectory(parent)
        try retrying { mkdir(path, 0o700) }
    }
    try syncDirectory(parent(of: path) ?? ".")
}

/// Makes the names in a directory safe on the disk; without it a new file may be gone after a power cut.
func syncDirectory(_ path: String) throws(Refusal) {
    let directory = try Descriptor(path, O_RDONLY | O_DIRECTORY)
    do { try directory.sync() } catch {
        // Some network file systems cannot do it for directories; nothing is left to try there.
        guard error.code == EINVAL else { throw error }
    }
}

/// The journal's files in a directory, in ascending order; none when there is no directory.
func journalFiles(in directory: String) throws(Refusal) -> [FilePath] {
    guard let stream = opendir(directory) else {
        let code = errno
        if code == ENOENT, isAbsent(directory) { return [] }
        throw Refusal(code: code)
    }
    defer { closedir(stream) }
    var files: [FilePath] = []
    while true {
        errno = 0
        guard let entry = readdir(stream) else { break }
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        if name.suffix(6).elementsEqual(".jsonl".utf8), name.first != UInt8(ascii: ".") {
            files.append(FilePath(directory: directory, name: name))
        }
    }
    let code = errno
    guard code == 0 else { throw Refusal(code: code) }
    return files.sorted()
}

private func parent(of path: String) -> String? {
    // By scalars, as the kernel reads it: for Swift a slash with a combining mark is no slash.
    var path = path.unicodeScalars[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
