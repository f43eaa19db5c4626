internal import Glibc
internal import StretchBase
package import StretchCore
internal import StretchUnix

/// A file of the journal that this machine writes: its own, or that of an import; no other is ever written.
///
/// Any number of processes may append at once. Each append takes the file's lock and is one `write`. The call returns
/// when its records are on the disk.
package struct JournalFile: Sendable {
    package let path: String
    private let directory: String

    /// The file of this name in a journal directory; nothing is created before the first append.
    package init(directory: String, host: String) {
        self.directory = directory
        self.path = "\(directory)/\(host).jsonl"
    }

    /// Appends records, and returns true when they are on the disk; false when another process holds the lock.
    ///
    /// If it returns false, it has neither waited nor written. If it throws, it has removed again what it wrote. Only
    /// after three errors records may still be in the journal: one with the action `takeBack`, `cutShort` with `torn`,
    /// and `replaced`.
    package func tryAppend(_ records: [Record]) throws(FileError) -> Bool {
        if records.isEmpty { return true }
        // Sync tools replace files by rename and ignore locks. So the path must name the opened file both before and
        // after the append. A record that is written to two files counts once.
        for _ in 1...10 {
            let file = try open()
            let opened = try calling(.open, on: path) { () throws(Refusal) in try file.status() }
            guard opened.isRegularFile else { throw .notAFile(path) }
            guard try calling(.lock, on: path, { () throws(Refusal) in try file.lock() }) else { return false }
            defer { file.unlock() }
            if !isNamed(opened) { continue }
            try append(records, to: file)
            if isNamed(opened) { return true }
        }
        throw .replaced(path)
    }

    /// Appends records; while another process holds the lock, sleeps and tries again until `patience` is over.
    package func append(_ records: [Record], patience: Duration = .seconds(2)) throws(FileError) {
        let pause = Duration.milliseconds(20)
        var tries = Int(patience / pause)
        while try !tryAppend(records) {
            guard tries > 0 else { throw .journalLocked(path) }
            tries -= 1
            usleep(useconds_t(pause.microseconds))
        }
    }

    /// Syncs what is already in the file, because its writer may have died before the sync.
    package func sync() throws(FileError) {
        do { try Descriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY).syncData() } catch {
            // Without a file there is nothing to sync.
            if error.code != ENOENT { throw .failed(.sync, on: path, errno: error.code) }
        }
    }

    /// Opens the file, and creates it and its directory when they are missing.
    private func open() throws(FileError) -> Descriptor {
        // Without O_NONBLOCK, opening something that is no file could block.
        let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        do {
            return try Descriptor(path, flags, mode: 0o600)
        } catch let error where error.code == ENOENT {
            try calling(.createDirectory, on: path) { () throws(Refusal) in try makeDirectory(directory) }
            return try calling(.open, on: path) { () throws(Refusal) in try Descriptor(path, flags, mode: 0o600) }
        } catch {
            throw .failed(.open, on: path, errno: error.code)
        }
    }

    /// Whether the path names the opened file.
    private func isNamed(_ opened: stat) -> Bool {
        var named = stat()
        // Only ENOENT means that the file was replaced. After other errors, do not try again: a second try could fail
        // although the first one has written the records.
        guard lstat(path, &named) == 0 else { return errno != ENOENT }
        return named.isSameFile(as: opened)
    }

    private func append(_ records: [Record], to file: borrowing Descriptor) throws(FileError) {
        let size = Int(try calling(.open, on: path) { () throws(Refusal) in try file.status() }.st_size)
        var bytes: [UInt8] = []
        if size == 0 {
            // The file may be new: created by us just now, or by a process that crashed before it could sync this.
            try calling(.sync, on: path) { () throws(Refusal) in try syncDirectory(directory) }
        } else {
            // If the last line is torn, begin a new line: the torn one must not spoil the new record.
            var last: [UInt8] = [0]
            try calling(.read, on: path) { () throws(Refusal) in
                _ = try file.read(into: &last, at: 0..<1, from: size - 1)
            }
            if last[0] != newline { bytes.append(newline) }
        }
        for record in records { bytes += record.line + [newline] }
        let count = try calling(.write, on: path) { () throws(Refusal) in try file.write(bytes) }
        if count < bytes.count {
            let isTakenBack = (try? file.truncate(to: size)) != nil
            throw .cutShort(path, torn: !isTakenBack)
        }
        do {
            try calling(.sync, on: path) { () throws(Refusal) in try file.syncData() }
        } catch {
            // Remove the records. Readers would count them, but a power cut may undo them, and a second fdatasync would
            // report no error.
            try calling(.takeBack, on: path) { () throws(Refusal) in try file.truncate(to: size) }
            throw error
        }
    }
}

let newline = UInt8(ascii: "\n")
