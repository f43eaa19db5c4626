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

/// The names in a directory, byte for byte and in no order, without those that begin with a dot.
func names(in directory: String) throws(Refusal) -> [[UInt8]] {
    guard let stream = opendir(directory) else { throw Refusal(code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
        errno = 0
        guard let entry = readdir(stream) else { break }
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    let code = errno
    guard code == 0 else { throw Refusal(code: code) }
    return names
}

/// The path of a file as the kernel has it: bytes that need not be UTF-8.
///
/// It is not a String, because two Strings that differ only in their Unicode normal form are equal.
struct FilePath: Hashable, Sendable {
    /// The bytes of the path, with a zero byte at the end.
    let cString: [CChar]

    init(_ text: String) { cString = Array(text.utf8CString) }

    /// - Parameter name: without a zero byte.
    init(directory: String, name: [UInt8]) {
        cString = directory.utf8CString.dropLast() + ([UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    }

    private var bytes: some Sequence<UInt8> { cString.dropLast().lazy.map { UInt8(bitPattern: $0) } }
}

extension FilePath: Comparable, CustomStringConvertible {
    static func < (left: FilePath, right: FilePath) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

    /// The path for people; bytes that are not UTF-8 show as U+FFFD.
    var description: String { String(decoding: bytes.map(\.self), as: UTF8.self) }
}
