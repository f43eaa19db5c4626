import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchUnix

/// Where a document goes; it is written as a whole, or the command fails and says why.
enum Output {
    case standard
    /// `replacing`: what is there may go.
    case file(String, replacing: Bool)

    /// - Parameter option: the file that is named; nil and `-` are standard output.
    init(_ option: String?, replacing: Bool) {
        if let option, option != "-" { self = .file(option, replacing: replacing) } else { self = .standard }
    }

    func write(_ document: [UInt8], in context: Context) throws {
        // A file that would outgrow its limit is an error like any other, and no end of the process.
        signal(SIGXFSZ, SIG_IGN)
        switch self {
        case .standard:
            guard Output.write(document, to: context.output) else { throw Output.failure("standard output") }
        case .file(let path, let replacing):
            try Output.requireOwn(path)
            try replacing ? replace(path, with: document) : create(path, with: document)
        }
    }

    private static func requireOwn(_ path: String) throws {
        guard let whole = Path.absolute(path) else { return }
        do throws(FileError) { try Places.requireOwn(whole) } catch {
            throw Complaint(.badInput, "not written: \(error)")
        }
    }

    /// A new file, for the person's eyes only: what is in it is about their health.
    private func create(_ path: String, with document: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o600)
        guard descriptor >= 0 else {
            if errno != EEXIST { throw Output.failure(path) }
            try Output.requireReplaceable(path)
            throw Complaint(.badInput, "\(oneLine(path)) exists; name another file, or replace it with --force")
        }
        guard Output.store(document, in: descriptor) else { throw Output.failure(path, removing: path) }
    }

    /// The old file stays until the new one is complete.
    private func replace(_ path: String, with document: [UInt8]) throws {
        try Output.requireReplaceable(path)
        var template = "\(path).XXXXXX".utf8CString
        let descriptor = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw Output.failure(path) }
        let new = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard Output.store(document, in: descriptor), rename(new, path) == 0 else {
            throw Output.failure(path, removing: new)
        }
    }

    /// No directory, device or link goes, and what does not exist is as good.
    private static func requireReplaceable(_ path: String) throws {
        var entry = stat()
        guard lstat(path, &entry) == 0, entry.st_mode & S_IFMT != S_IFREG else { return }
        throw Complaint(.badInput, "\(oneLine(path)) is no file that could be replaced; name another one")
    }

    /// Closes it, too.
    ///
    /// False: errno says why.
    private static func store(_ document: [UInt8], in descriptor: Int32) -> Bool {
        let isStored = write(document, to: descriptor) && fsync(descriptor) == 0
        let error = errno
        // Some file systems tell only now that there is no room.
        if close(descriptor) == 0, isStored { return true }
        if !isStored { errno = error }
        return false
    }

    /// False: errno says why.
    static func write(_ document: [UInt8], to descriptor: Int32) -> Bool {
        var rest = document[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // Whoever shares the output may have said that writing does not wait.
            if count < 0, errno != EINTR, errno != EAGAIN || !hasRoom(descriptor) { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    /// Waits until somebody has read on.
    private static func hasRoom(_ descriptor: Int32) -> Bool {
        var query = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&query, 1, -1) > 0 || errno == EINTR
    }

    private static func failure(_ path: String, removing file: String? = nil) -> Complaint {
        let reason = KernelRefusal(errno, to: .write)
        if let file { unlink(file) }
        return Complaint(.notWritten, "not written to \(oneLine(path)): \(reason)")
    }
}
