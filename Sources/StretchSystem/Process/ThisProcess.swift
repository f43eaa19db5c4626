internal import CSystemd
internal import Glibc

/// What this process does to itself.
package enum ThisProcess {
    /// Opens those of standard input, output and error that were closed, on nothing: else the next file or connection
    /// would be taken for one of them, and get what is meant for a person.
    package static func openStandardStreams() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
    }

    /// Lets go of the program's code in memory, and of what else it holds without need; the kernel maps the code again,
    /// from its cache, as it is needed.
    ///
    /// For a process about to wait for hours: most of what it holds is code that ran once, and 64 kB around each bit of
    /// it. Not in debug builds: a debugger's breakpoints are written into the code and would go too.
    package static func releaseCode() {
        #if !DEBUG
            // It cannot fail, and if it did nothing would be lost.
            _ = stretchd_release_code()
        #endif
    }
}
