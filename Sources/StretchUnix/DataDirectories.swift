/// Where desktops look for what programs bring along, by the XDG Base Directory Specification.
package enum DataDirectories {
    /// All of them, the person's own first.
    package static func all(_ environment: [String: String]) -> [String] {
        func places(_ variable: String, or standard: String) -> [String] {
            let value = environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? standard
            // Relative paths are invalid, says the specification, and are to be ignored.
            return value.unicodeScalars.split(separator: ":").map { String($0) }.filter(Path.isAbsolute)
        }
        let own = environment["HOME"].map { "\($0)/.local/share" } ?? ""
        return places("XDG_DATA_HOME", or: own) + places("XDG_DATA_DIRS", or: "/usr/local/share:/usr/share")
    }
}
