internal import CSystemd
internal import Glibc

/// What this process does to itself.
package enum ThisProcess {
    /// Opens /dev/null as standard input, output or error where that was closed.
    ///
    /// Otherwise the next file or connection would get its number, and with it what is meant for a person.
    package static func openStandardStreams() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
    }

    /// Gives back the memory of the program's code and constants, and unused heap memory.
    ///
    /// The kernel maps code and constants again, from its cache, when they are needed. This is for a process that is
    /// about to wait for hours: most of its memory was needed once, with 64 kB and more around each bit of it. Not in debug builds: a debugger writes its breakpoints into the code, and they would be lost.
    package static func releaseCode() {
        #if !DEBUG
            stretchd_release_code()
        #endif
    }
}
