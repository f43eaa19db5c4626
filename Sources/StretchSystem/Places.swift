import Glibc

/// Where things are kept, by the XDG Base Directory Specification.
package struct Places: Hashable, Sendable {
    /// The file `config.toml`; it need not exist.
    package let configuration: String
    /// The directory of the journal; it need not exist.
    package let journal: String
    /// The directory of what dies with the login; nil when there is no login that would end.
    package let runtime: String?

    /// - Parameters:
    ///   - home: of the passwd entry, for when `HOME` is not set.
    ///   - login: the runtime directory to take when the environment names none.
    package init(environment: [String: String], home: String?, login: String?) throws(SystemError) {
        // Relative paths are invalid, says the specification, and are to be ignored.
        func path(_ variable: String) -> String? {
            guard let value = environment[variable], Path.isAbsolute(value) else { return nil }
            let scalars = value.unicodeScalars
            return scalars.count > 1 && scalars.last == "/" ? String(scalars.dropLast()) : value
        }
        let home = path("HOME") ?? home
        guard let configuration = path("XDG_CONFIG_HOME") ?? home.map({ $0 + "/.config" }),
            let data = path("XDG_DATA_HOME") ?? home.map({ $0 + "/.local/share" })
        else { throw .noHome }
        self.configuration = configuration + "/stretchd/config.toml"
        journal = data + "/stretchd/journal"
        runtime = (path("XDG_RUNTIME_DIR") ?? login).map { $0 + "/stretchd" }
    }

    /// The places of this process: looks up the passwd entry and, for a command run without a login's environment (cron,
    /// sudo), `/run/user/UID`.
    package init(environment: [String: String]) throws(SystemError) {
        let login = "/run/user/\(getuid())"
        try self.init(
            environment: environment, home: Self.homeOfUser(), login: Path.isOwnDirectory(login) ? login : nil)
    }

    private static func homeOfUser() -> String? {
        guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
        return String(cString: home)
    }
}
