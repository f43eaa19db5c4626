import Glibc
import StretchBase
import StretchUnix

/// Where things are kept, by the XDG Base Directory Specification.
package struct Places: Hashable, Sendable {
    /// The file `config.toml`; it need not exist.
    package let configuration: String
    /// The directory of the journal; it need not exist.
    package let journal: String
    /// The directory of what only this machine needs, and a restart too: the copy of the configuration.
    package let state: String
    /// The directory for files that last until logout; nil when there is no login session.
    package let runtime: String?

    /// - Parameters:
    ///   - home: the home directory in passwd, which is taken when `HOME` is not set.
    ///   - login: the runtime directory to take when the environment names none.
    package init(environment: [String: String], home: @autoclosure () -> String?, login: String?) throws(FileError) {
        // The specification says that relative paths are invalid and must be ignored.
        func path(_ variable: String) throws(FileError) -> String? {
            guard let value = environment[variable], Path.isAbsolute(value) else { return nil }
            let scalars = value.unicodeScalars
            if let error = NotUTF8(variable, value) { throw .notUTF8(error) }
            return scalars.count > 1 && scalars.last == "/" ? String(scalars.dropLast()) : value
        }
        let home = try path("HOME") ?? home()
        if let home, let error = NotUTF8("the home directory in passwd", home) { throw .notUTF8(error) }
        guard let configuration = try path("XDG_CONFIG_HOME") ?? home.map({ $0 + "/.config" }),
            let data = try path("XDG_DATA_HOME") ?? home.map({ $0 + "/.local/share" }),
            let state = try path("XDG_STATE_HOME") ?? home.map({ $0 + "/.local/state" })
        else { throw .noHome }
        self.configuration = configuration + "/stretchd/config.toml"
        journal = data + "/stretchd/journal"
        self.state = state + "/stretchd"
        runtime = (try path("XDG_RUNTIME_DIR") ?? login).map { $0 + "/stretchd" }
    }

    /// The places of this process; it looks up the user's entry in passwd.
    ///
    /// Under cron or sudo, a command has no login's environment. Then `/run/user/UID` is taken.
    package init(environment: [String: String]) throws(FileError) {
        let login = "/run/user/\(getuid())"
        try self.init(
            environment: environment, home: getpwuid(getuid())?.pointee.pw_dir.map { String(cString: $0) },
            login: Path.isOwnDirectory(login) ? login : nil)
    }

    /// Refuses to let root write into another user's home, because that user could not change the files.
    ///
    /// Root could do so under a sudo that keeps `HOME`.
    ///
    /// - Parameter path: what is to be written, absolute; it need not exist.
    package static func requireOwn(_ path: String) throws(FileError) {
        guard geteuid() == 0 else { return }
        let ancestors = { (path: String) in sequence(first: path) { $0 == "/" ? nil : Path.directory(of: $0) } }
        guard let existing = ancestors(path).lazy.compactMap(Path.resolved).first else { return }
        // Look from the root down, to find the home before a directory that root may have left in it earlier.
        for directory in Array(ancestors(existing)).reversed() {
            var entry = stat()
            guard stat(directory, &entry) == 0, entry.st_uid != 0, !isUnmapped(entry.st_uid) else { continue }
            throw .foreignHome(oneLine(directory), owner: entry.st_uid)
        }
    }

    /// Whether nobody can tell which user this is.
    ///
    /// In a container without privileges, all users from outside, the real root too, show as one and the same user.
    private static func isUnmapped(_ user: uid_t) -> Bool {
        let map = linesOfKernel(in: "/proc/self/uid_map").flatMap { $0.split(separator: " ") }
        return map != ["0", "0", "4294967295"] && linesOfKernel(in: "/proc/sys/kernel/overflowuid") == ["\(user)"]
    }
}
