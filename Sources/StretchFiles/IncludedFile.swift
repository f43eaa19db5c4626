import CSystemd
import Glibc
import StretchCore
import StretchUnix

/// A file that `config.toml` includes; its path and its links must not lead out of the configuration's directory.
struct IncludedFile {
    /// The path, relative to `directory` and without `.` and `..`.
    let path: String
    let directory: String

    typealias Opening = (_ path: String, _ directory: borrowing Descriptor) throws(Refusal) -> Descriptor

    func text(opening: Opening = openBeneath) throws(TextRefusal) -> String {
        let text: String?
        do throws(Refusal) {
            let file = try open(opening)
            text = try file.status().isRegularFile ? try ConfigurationFile.text(of: file) : nil
        } catch {
            throw refusal(error.code)
        }
        guard let text else { throw TextRefusal("is no regular file; take it out") }
        return text
    }

    private func open(_ opening: Opening) throws(Refusal) -> Descriptor {
        let base = try Descriptor(directory, O_RDONLY | O_DIRECTORY)
        for _ in 1...16 {
            do throws(Refusal) { return try opening(path, base) } catch {
                // EAGAIN: something was renamed while the kernel followed a `..`, so it cannot tell where that leads.
                guard error.code == EAGAIN else { throw error }
            }
        }
        return try opening(path, base)
    }

    /// Opens a file with the kernel's own check, which follows only links that stay below the directory.
    static func openBeneath(_ path: String, in directory: borrowing Descriptor) throws(Refusal) -> Descriptor {
        let rule = UInt64(RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS)
        do throws(Refusal) {
            return try Descriptor(taking: stretchd_openat2(directory.number, path, UInt64(flags | O_CLOEXEC), rule))
        } catch {
            // Linux before 5.6 has no such call, and a filter of system calls may refuse it.
            guard [ENOSYS, EPERM].contains(error.code) else { throw error }
            return try openStepwise(path, in: directory)
        }
    }

    /// Opens the names of a path one after the other, and follows no link at all.
    static func openStepwise(_ path: String, in directory: borrowing Descriptor) throws(Refusal) -> Descriptor {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1).map { String(Substring($0)) }
        guard let name = names.first, name != ".." else { throw Refusal(code: EXDEV) }
        guard names.count > 1 else { return try Descriptor(name, flags | O_NOFOLLOW, in: directory.number) }
        let next = try Descriptor(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: directory.number)
        return try openStepwise(names[1], in: next)
    }

    /// Without O_NONBLOCK, opening a pipe in the file's place would block.
    private static let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY

    private func refusal(_ number: Int32) -> TextRefusal {
        switch number {
        case ENOENT where !Path.isAbsent("\(directory)/\(path)"):
            TextRefusal("cannot be read, \(KernelRefusal(number, to: .follow))")
        case ENOENT: TextRefusal("there is no such file in \(directory); put it there or take it out")
        case EXDEV, ELOOP: TextRefusal("a link leads out of \(directory), or cannot be followed; put the file there")
        case EAGAIN: TextRefusal("cannot be opened just now; try again")
        default: TextRefusal("cannot be read, \(KernelRefusal(number, to: .read))")
        }
    }
}
