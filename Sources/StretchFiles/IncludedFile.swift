import CSystemd
import Glibc
import StretchCore
import StretchUnix

/// A file that `config.toml` includes: nothing in its path, no link either, leads out of the configuration's directory.
struct IncludedFile {
    /// From the directory, without `.` and `..`.
    private let path: String
    private let directory: String

    init(_ path: String, below directory: String) {
        self.path = path
        self.directory = directory
    }

    func text(opening: (String, Int32) -> Int32 = openBeneath) throws(IncludeRefusal) -> String {
        let base = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard base >= 0 else { throw refusal(errno) }
        defer { close(base) }
        var descriptor = opening(path, base)
        // A link had `..` in it, and something, anywhere, was renamed meanwhile: the kernel cannot tell where that led.
        for _ in 0..<Self.retries where descriptor < 0 && errno == EAGAIN { descriptor = opening(path, base) }
        guard descriptor >= 0 else { throw refusal(errno) }
        defer { close(descriptor) }
        var entry = stat()
        guard fstat(descriptor, &entry) == 0 else { throw refusal(errno) }
        guard entry.st_mode & S_IFMT == S_IFREG else { throw IncludeRefusal("is no regular file; take it out") }
        guard let text = ConfigurationFile.text(of: descriptor) else { throw refusal(errno) }
        return text
    }

    /// By the kernel's own rule, which lets links go that stay below the directory.
    static func openBeneath(_ path: String, below base: Int32) -> Int32 {
        let descriptor = stretchd_openat2(base, path, UInt64(flags), UInt64(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS))
        // Before Linux 5.6 there is no such call, and a filter of system calls may not know it.
        return descriptor < 0 && (errno == ENOSYS || errno == EPERM) ? openStepwise(path, below: base) : descriptor
    }

    /// Name by name, and no link at all.
    static func openStepwise(_ path: String, below base: Int32) -> Int32 {
        var names = path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        guard let file = names.popLast(), !(names + [file]).contains("..") else {
            errno = EXDEV
            return -1
        }
        var directory = base
        for name in names {
            let next = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            let number = errno
            if directory != base { close(directory) }
            guard next >= 0 else {
                errno = number
                return -1
            }
            directory = next
        }
        let descriptor = openat(directory, file, flags | O_NOFOLLOW)
        let number = errno
        if directory != base { close(directory) }
        errno = number
        return descriptor
    }

    private static let retries = 16

    /// Without O_NONBLOCK a pipe in the file's place would block.
    private static let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    private func refusal(_ number: Int32) -> IncludeRefusal {
        switch number {
        case ENOENT where !isAbsent("\(directory)/\(path)"):
            IncludeRefusal("cannot be read, \(KernelRefusal(number, to: .follow))")
        case ENOENT: IncludeRefusal("there is no such file in \(directory); put it there or take it out")
        case EXDEV, ELOOP: IncludeRefusal("a link leads out of \(directory), or cannot be followed; put the file there")
        case EAGAIN: IncludeRefusal("cannot be opened just now; try again")
        default: IncludeRefusal("cannot be read, \(KernelRefusal(number, to: .read))")
        }
    }
}
