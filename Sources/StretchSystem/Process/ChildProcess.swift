internal import CSystemd
internal import Glibc

/// A program that runs silently beside this one; it inherits only the environment and the current directory.
///
/// Its end does not wake this process: SIGCHLD is ignored from the first child on, so the kernel removes ended
/// children.
struct ChildProcess {
    private let pid: pid_t

    /// Nil when it cannot be started.
    ///
    /// - Parameters:
    ///   - program: a path, or a name to be looked for in PATH.
    ///   - output: the descriptor for its standard output; nil drops the output.
    init?(_ program: String, _ arguments: [String], output: Int32? = nil) {
        signal(SIGCHLD, SIG_IGN)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in STDIN_FILENO...STDERR_FILENO {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
        stretchd_spawn_closing_from(&actions, STDERR_FILENO + 1)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Otherwise the child would inherit ignored and blocked signals.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // It gets a process group of its own, so that Ctrl-C does not end it.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        let words = ([program.hasPrefix("/") ? "stretchd" : program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var pid = pid_t()
        guard posix_spawnp(&pid, program, &actions, &attributes, words + [nil], environ) == 0 else { return nil }
        self.pid = pid
    }

    var isRunning: Bool { waitpid(pid, nil, WNOHANG) == 0 }

    /// Ends it, if it is still running.
    func end() { if isRunning { kill(pid, SIGTERM) } }
}
