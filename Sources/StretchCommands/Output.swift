import Glibc
import StretchBase
import StretchCore
import StretchFiles
import StretchUnix

/// Writes a document as a whole, or the command fails and says why.
enum Output {
    static func write(_ document: [UInt8], in context: Context) throws {
        guard write(document, to: context.output) else { throw failure("standard output") }
    }

    /// - Parameter replacing: whether an existing file may be replaced.
    static func write(_ document: [UInt8], toFile path: String, replacing: Bool) throws {
        if let whole = Path.absolute(path) {
            try Complaint.ifFailed(.badInput, "not written") { try Places.requireOwn(whole) }
        }
        try replacing ? replace(path, with: document) : create(path, with: document)
    }

    /// Creates a file.
    private static func create(_ path: String, with document: [UInt8]) throws {
        var entry = stat()
        if lstat(path, &entry) == 0 { throw try refusal(toReplace: path) }
        try store(document, at: path) { new in
            // Unlike a new name, a second one never takes the place of a file that came meanwhile.
            if link(new, path) == 0 { return unlink(new) == 0 }
            // Some file systems, such as FAT, have no second names.
            return [EPERM, ENOTSUP, ENOSYS].contains(errno) && access(path, F_OK) != 0 && rename(new, path) == 0
        }
    }

    /// Replaces a file; the old one stays until the new one is complete.
    private static func replace(_ path: String, with document: [UInt8]) throws {
        try requireReplaceable(path)
        try store(document, at: path) { rename($0, path) == 0 }
    }

    /// Writes a file beside the path that only its owner can read, because the content is about the person's health.
    ///
    /// When all of it is on the disk, `put` gives it the name. So nobody ever sees a part of it. Signals wait
    /// meanwhile, so that Ctrl-C leaves no such file behind.
    private static func store(_ document: [UInt8], at path: String, _ put: (_ new: String) -> Bool) throws {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure(path) }
        let new = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard store(document, in: descriptor), put(new) else {
            let isTaken = errno == EEXIST
            let failure = failure(path, removing: new)
            throw isTaken ? try refusal(toReplace: path) : failure
        }
    }

    private static func refusal(toReplace path: String) throws -> Complaint {
        try requireReplaceable(path)
        return Complaint(.badInput, "\(oneLine(path)) exists; name another file, or replace it with --force")
    }

    /// Throws if the path is a directory, device or link; a missing file is fine.
    private static func requireReplaceable(_ path: String) throws {
        var entry = stat()
        guard lstat(path, &entry) == 0, entry.st_mode & S_IFMT != S_IFREG else { return }
        throw Complaint(.badInput, "\(oneLine(path)) is no file that could be replaced; name another one")
    }

    /// Writes the document to the disk and closes the descriptor; returns false when that fails, and errno says why.
    private static func store(_ document: [UInt8], in descriptor: Int32) -> Bool {
        let isStored = write(document, to: descriptor) && fsync(descriptor) == 0
        let error = errno
        // Some file systems do not report before close that there is no room.
        if close(descriptor) == 0, isStored { return true }
        if !isStored { errno = error }
        return false
    }

    /// Writes the whole document; returns false when that fails, and errno says why.
    static func write(_ document: [UInt8], to descriptor: Int32) -> Bool {
        var rest = document[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // Another process that shares the output may have made it non-blocking. Then wait for room.
            if count < 0, errno != EINTR, errno != EAGAIN || !hasRoom(descriptor) { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    /// Waits until there is room to write again; false when waiting fails.
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
