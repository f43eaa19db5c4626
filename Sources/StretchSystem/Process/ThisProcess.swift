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

    /// Gives back the memory of the program's code, and unused heap memory; the kernel maps the code again, from its
    /// cache, when it is needed.
    ///
    /// For a process that is about to wait for hours: most of its memory is code that ran once, and 64 kB around each
    /// bit of that code. Not in debug builds: a debugger writes its breakpoints into the code, and they would be lost.
    package static func releaseCode() {
        #if !DEBUG
            stretchd_release_code()
        #endif
    }
}
