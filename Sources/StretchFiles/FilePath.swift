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
