import Glibc

/// Standard input, output and error.
package enum StandardStreams {
    /// Opens those that were closed, on nothing: else the next file or connection would be taken for one of them, and get
    /// what is meant for a person.
    package static func open() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
            _ = Glibc.open("/dev/null", O_RDWR)
        }
    }
}
