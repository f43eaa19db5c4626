internal import CSystemd
internal import Glibc

/// What this process does to itself.
package enum ThisProcess {
    /// Opens /dev/null as standard input, output or error where that was closed.
    ///
    /// Otherwise the next file or connection would get that number, and would receive what is written for a person.
    package static func openStandardStreams() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
    }

    /// Gives back the memory of the program's code and constants, and unused heap memory.
    ///
    /// Call this when the process is about to wait for hours. Most of its memory was needed only once. In debug builds
    /// this does nothing, because a debugger writes its breakpoints into the code, and they would be lost.
    package static func releaseCode() {
        #if !DEBUG
            stretchd_release_code()
        #endif
    }
}
