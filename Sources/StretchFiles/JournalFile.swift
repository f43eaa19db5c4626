internal import Glibc
internal import StretchBase
package import StretchCore
internal import StretchUnix

/// This machine's own file of the journal; the only one that is ever written.
///
/// Made for any number of processes at once: each append takes the file's lock, is one `write`, and is on the disk
/// before the call returns.
package struct JournalFile: Sendable {
    package let path: String
    private let directory: String

    /// The file of a machine in a journal directory; nothing is created before the first append.
    package init(directory: String, host: String) {
        self.directory = directory
        self.path = "\(directory)/\(host).jsonl"
    }

    package enum Outcome: Hashable, Sendable {
        case written
        /// Somebody else holds the lock; nothing was written.
        case busy
    }

    /// Appends records, and returns when they are on the disk or when the lock is taken: it never waits for the lock.
    ///
    /// All of them are written, or none: what is not safe in the end is taken back. After an error of step `takeBack`
    /// nobody knows.
    package func tryAppend(_ records: [Record]) throws(JournalError) -> Outcome {
        if records.isEmpty { return .written }
        // Sync tools replace files by rename, and know no lock: before and after, what was opened must be what the path
        // names. Written to two files, records count once.
        for _ in 1...10 {
            let file = try open()
            let opened = try during(.open) { () throws(Refusal) in try file.status() }
            guard opened.isRegularFile else { throw .notAFile(path: path) }
            guard try during(.lock, { () throws(Refusal) in try file.lock() }) else { return .busy }
            defer { file.unlock() }
            if !isNamed(opened) { continue }
            try append(records, to: file)
            if isNamed(opened) { return .written }
        }
        throw .replaced(path: path)
    }

    /// Appends records for a command: while the lock is taken it sleeps and tries again, until its patience ends.
    package func append(_ records: [Record], patience: Duration = .seconds(2)) throws(JournalError) {
        let pause = Duration.milliseconds(20)
        var tries = Int(patience / pause)
        while try tryAppend(records) == .busy {
            guard tries > 0 else { throw .locked(path: path) }
            tries -= 1
            usleep(useconds_t(pause.microseconds))
        }
    }

    /// Makes safe what is written already: whoever wrote it may have died before that.
    package func sync() throws(JournalError) {
        do {
            try Descriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY).syncData()
        } catch let error where error.code != ENOENT {
            throw .refused(.sync, path: path, code: error.code)
        } catch {
            // Without a file nothing of ours is written.
        }
    }

    /// Opens the file, and creates it and its directory when they are missing.
    private func open() throws(JournalError) -> Descriptor {
        // Without O_NONBLOCK some things that are no files would block.
        let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        do {
            return try Descriptor(path, flags, mode: 0o600)
        } catch let error where error.code == ENOENT {
            try during(.createDirectory) { () throws(Refusal) in try makeDirectory(directory) }
            return try during(.open) { () throws(Refusal) in try Descriptor(path, flags, mode: 0o600) }
        } catch {
            throw .refused(.open, path: path, code: error.code)
        }
    }

    /// The path names the file that was opened.
    private func isNamed(_ opened: stat) -> Bool {
        var named = stat()
        // Only what says so was replaced: written once more for no reason, a record could be there and be refused.
        guard lstat(path, &named) == 0 else { return errno != ENOENT }
        return named.isSameFile(as: opened)
    }

    private func append(_ records: [Record], to file: borrowing Descriptor) throws(JournalError) {
        let size = Int(try during(.open) { () throws(Refusal) in try file.status() }.st_size)
        var bytes: [UInt8] = []
        if size == 0 {
            // It may be new, made by us or by somebody who crashed before this.
            try during(.sync) { () throws(Refusal) in try syncDirectory(directory) }
        } else {
            // A torn line stays torn, but takes no other with it.
            var last: [UInt8] = [0]
            _ = try during(.read) { () throws(Refusal) in try file.read(into: &last, at: 0..<1, from: size - 1) }
            if last[0] != newline { bytes.append(newline) }
        }
        for record in records {
            bytes += record.line
            bytes.append(newline)
        }
        let count = try during(.write) { () throws(Refusal) in try file.write(bytes) }
        if count < bytes.count {
            let isTakenBack = (try? file.truncate(to: size)) != nil
            throw .cutShort(path: path, torn: !isTakenBack)
        }
        do {
            try during(.sync) { () throws(Refusal) in try file.syncData() }
        } catch {
            // A reader would take for recorded what may be gone tomorrow, and a second fdatasync would not tell.
            try during(.takeBack) { () throws(Refusal) in try file.truncate(to: size) }
            throw error
        }
    }

    @discardableResult
    private func during<Result: ~Copyable>(
        _ step: JournalError.Step, _ call: () throws(Refusal) -> Result
    ) throws(JournalError) -> Result {
        do { return try call() } catch { throw .refused(step, path: path, code: error.code) }
    }
}

let newline = UInt8(ascii: "\n")

/// Why records could not be written.
///
/// Prints as one line: what failed, on what, why, what to do next.
package enum JournalError: Error, Hashable {
    /// Somebody else holds the lock and did not let go in time.
    case locked(path: String)
    /// Something that is no plain file stands in the journal's place.
    case notAFile(path: String)
    /// Another program put a new file into its place, again and again.
    case replaced(path: String)
    /// Only a part fitted. It was taken back, unless `torn`: then the next append begins a line of its own.
    case cutShort(path: String, torn: Bool)
    /// The file system refused a step; `code` is an `errno`.
    case refused(Step, path: String, code: Int32)

    package enum Step: String, Hashable, Sendable {
        case createDirectory = "create the directory"
        case open, lock, read, write, sync
        /// What could not be made safe stays, on the disk or not: append the same records again. The union by id counts
        /// them once.
        case takeBack = "take back what is not safe in"
    }
}

extension JournalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .locked(let path):
            "cannot write \(path): another program holds its lock; end that program (see: fuser \(path))"
        case .notAFile(let path):
            "cannot write \(path): it is no plain file; move it away, the next record makes a new one"
        case .replaced(let path):
            "cannot write \(path): another program keeps replacing it; end or pause that one, such as a sync tool"
        case .cutShort(let path, let torn):
            "cannot write \(path): no space for the whole record"
                + (torn ? ", a part of it stays and is ignored" : "") + "; make room on its file system"
        case .refused(let step, let path, let code):
            "cannot \(step.rawValue) \(path): \(KernelRefusal(code, to: step == .read ? .read : .write))"
        }
    }
}
