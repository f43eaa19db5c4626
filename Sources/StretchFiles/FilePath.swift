/// The path of a file as the kernel has it: bytes, which need not be UTF-8.
///
/// As Strings two files whose names differ in their normal form only would be one.
struct FilePath: Hashable, Sendable {
    /// With the zero byte at its end.
    let cString: [CChar]

    init(_ text: String) { cString = Array(text.utf8CString) }

    /// - Parameter name: without a zero byte.
    init(directory: String, name: [UInt8]) {
        cString = directory.utf8CString.dropLast() + ([UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    }

    private var bytes: some Sequence<UInt8> { cString.dropLast().lazy.map { UInt8(bitPattern: $0) } }
}

extension FilePath: Comparable {
    static func < (left: FilePath, right: FilePath) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

extension FilePath: CustomStringConvertible {
    /// For people; what is not UTF-8 shows as U+FFFD.
    var description: String { String(decoding: bytes.map(\.self), as: UTF8.self) }
}
