import StretchCore

/// What the reader says about a text, one line a problem; empty when it is fine.
func problems(_ text: String) -> [String] {
    do throws(ConfigurationError) {
        _ = try ConfigurationReader.read(text, file: "config.toml")
        return []
    } catch {
        return error.problems.map(\.description)
    }
}
