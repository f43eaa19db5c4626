internal import Dispatch
package import Glibc

/// An open file, which is closed when this value ends.
///
/// A call that a signal interrupts is made again.
package struct Descriptor: ~Copyable, Sendable {
    /// The number, for system calls that have no method here; never close it.
    package let number: Int32

    /// `openat(2)`, always with O_CLOEXEC.
    package init(
        _ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t = 0, in directory: Int32 = AT_FDCWD
    ) throws(Refusal) {
        number = try retrying { openat(directory, path, flags | O_CLOEXEC, mode) }
    }

    /// Becomes the owner of an open descriptor.
    ///
    /// A negative number means that the call failed. Then this throws what `errno` says.
    package init(taking number: Int32) throws(Refusal) {
        guard number >= 0 else { throw Refusal(code: errno) }
        self.number = number
    }

    /// Another descriptor of the same open file.
    package init(copyOf number: Int32) throws(Refusal) { try self.init(taking: fcntl(number, F_DUPFD_CLOEXEC, 3)) }

    deinit { close(number) }

    package func status() throws(Refusal) -> stat {
        var status = stat()
        try retrying { fstat(number, &status) }
        return status
    }

    /// Takes the lock, exclusive by default; false when somebody else holds it.
    package func lock(_ kind: Int32 = LOCK_EX) throws(Refusal) -> Bool {
        do {
            try retrying { flock(number, kind | LOCK_NB) }
            return true
        } catch let error where error.code == EWOULDBLOCK {
            return false
        }
    }

    /// Gives up the lock before the file is closed.
    ///
    /// Closing is not enough: a child that was just started shares the lock until it calls exec.
    package func unlock() { _ = flock(number, LOCK_UN) }

    /// Calls `write(2)` once; returns how many bytes were written.
    package func write(_ bytes: [UInt8]) throws(Refusal) -> Int {
        try retrying { Glibc.write(number, bytes, bytes.count) }
    }

    /// Reads from an offset until the buffer is full or the file ends; returns how many bytes it read.
    package func read(into buffer: inout [UInt8], at: Range<Int>, from offset: Int) throws(Refusal) -> Int {
        var filled = 0
        while filled < at.count {
            let count = try retrying {
                buffer.withUnsafeMutableBytes { bytes in
                    let free = UnsafeMutableRawBufferPointer(rebasing: bytes[(at.lowerBound + filled)..<at.upperBound])
                    return pread(number, free.baseAddress, free.count, off_t(offset + filled))
                }
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Reads to the end, or until it has more bytes than the limit.
    ///
    /// - Parameter waiting: whether to wait for more even if the file was opened as non-blocking.
    package func readToEnd(atMost limit: Int = .max, waiting: Bool = false) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= limit {
            do {
                let count = try retrying { Glibc.read(number, &chunk, chunk.count) }
                if count == 0 { break }
                bytes += chunk[..<count]
            } catch let error where error.code == EAGAIN && waiting {
                var query = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
                try retrying { poll(&query, 1, -1) }
            }
        }
        return bytes
    }

    package func truncate(to size: Int) throws(Refusal) { try retrying { ftruncate(number, off_t(size)) } }

    package func syncData() throws(Refusal) { try retrying { fdatasync(number) } }

    package func sync() throws(Refusal) { try retrying { fsync(number) } }
}

/// The errno with which the kernel refused a call.
package struct Refusal: Error {
    package let code: Int32

    package init(code: Int32) { self.code = code }
}

/// Makes a call that returns -1 on error, and makes it again when a signal interrupted it.
@discardableResult
package func retrying<Result: FixedWidthInteger>(_ call: () -> Result) throws(Refusal) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw Refusal(code: code) }
    }
}

extension stat {
    package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }

    package func isSameFile(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}

/// A file descriptor that calls `ready` on the main queue whenever there is something to read, or room to write.
///
/// It owns the descriptor.
@MainActor
package final class WatchedDescriptor {
    package enum Readiness { case reading, writing }

    package let number: Int32
    private let source: any DispatchSourceProtocol

    package init(_ number: Int32, for readiness: Readiness = .reading, ready: @escaping @MainActor () -> Void) {
        self.number = number
        source =
            readiness == .reading
            ? DispatchSource.makeReadSource(fileDescriptor: number, queue: .main)
            : DispatchSource.makeWriteSource(fileDescriptor: number, queue: .main)
        source.setEventHandler { ready() }
        // Not closed earlier, because Dispatch may poll the descriptor until the source is cancelled.
        source.setCancelHandler { close(number) }
        source.activate()
    }

    isolated deinit { source.cancel() }
}
