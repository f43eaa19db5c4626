import StretchBase
import StretchCore

/// What the reader says about a text, one line a problem; empty when it is fine.
///
/// - Parameter files: those it may include.
func problems(_ text: String, including files: [String: String] = [:]) -> [String] {
    do throws(ConfigurationError) {
        _ = try read(text, including: files)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// What `config.toml` means, beside these files.
func read(_ text: String, including files: [String: String] = [:]) throws(ConfigurationError) -> Configuration {
    try ConfigurationReader.read(text, file: "config.toml") { path throws(TextRefusal) in
        guard let text = files[path] else { throw TextRefusal("is missing") }
        return text
    }
}
