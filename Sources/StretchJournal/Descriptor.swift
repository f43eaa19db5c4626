internal import Glibc

/// An open file; it is closed when its owner lets go of it.
///
/// Every call that a signal interrupts is made again.
struct Descriptor: ~Copyable {
    private let number: Int32

    /// `open(2)`, always with O_CLOEXEC.
    init(_ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t = 0) throws(Refusal) {
        number = try retrying { open(path, flags | O_CLOEXEC, mode) }
    }

    deinit { close(number) }

    func status() throws(Refusal) -> stat {
        var status = stat()
        try retrying { fstat(number, &status) }
        return status
    }

    /// Takes the exclusive lock; false when somebody else has it.
    func lock() throws(Refusal) -> Bool {
        do {
            try retrying { flock(number, LOCK_EX | LOCK_NB) }
            return true
        } catch let error where error.code == EWOULDBLOCK {
            return false
        }
    }

    /// A child that was started meanwhile shares the lock until it execs: closing alone would leave it taken.
    func unlock() { _ = flock(number, LOCK_UN) }

    /// One `write(2)`; how many bytes it took.
    func write(_ bytes: [UInt8]) throws(Refusal) -> Int {
        try retrying { Glibc.write(number, bytes, bytes.count) }
    }

    /// Reads until the buffer is full or the file ends, from an offset; how many bytes there were.
    func read(into buffer: inout [UInt8], at: Range<Int>, from offset: Int) throws(Refusal) -> Int {
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

    func truncate(to size: Int) throws(Refusal) {
        try retrying { ftruncate(number, off_t(size)) }
    }

    func syncData() throws(Refusal) {
        try retrying { fdatasync(number) }
    }

    func sync() throws(Refusal) {
        try retrying { fsync(number) }
    }
}

/// What the kernel answered when it refused a call.
struct Refusal: Error {
    let code: Int32
}

/// Makes a call that returns -1 on error, again when a signal interrupted it.
@discardableResult
func retrying<Result: FixedWidthInteger>(_ call: () -> Result) throws(Refusal) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw Refusal(code: code) }
    }
}

extension stat {
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}
