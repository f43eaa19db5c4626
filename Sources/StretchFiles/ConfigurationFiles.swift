import StretchBase
package import StretchCore
import StretchUnix

/// A configuration with the texts that it was read from.
package struct ConfigurationFiles {
    package let configuration: Configuration
    /// The texts by their paths from the directory of `config.toml`, that of `config.toml` first; empty if there is no
    /// such file.
    let texts: [(path: String, text: String)]

    /// There is no `config.toml`.
    static let none = ConfigurationFiles(configuration: .standard, texts: [])

    private init(configuration: Configuration, texts: [(path: String, text: String)]) {
        (self.configuration, self.texts) = (configuration, texts)
    }

    /// - Parameters:
    ///   - file: the path of `config.toml`, with which messages begin.
    ///   - included: returns the text of an included file, by its path from the directory of `config.toml`.
    init(
        _ text: String, of file: String, including included: (String) throws(TextRefusal) -> String
    ) throws(ConfigurationError) {
        var texts = [(path: Path.name(of: file), text: text)]
        var configuration = try ConfigurationReader.read(text, file: file) { path throws(TextRefusal) in
            let text = try included(path)
            texts.append((path, text))
            return text
        }
        configuration.file = file
        self.init(configuration: configuration, texts: texts)
    }
}

/// The configuration that is in force: that of the file or, while that is wrong, the one before it (rule 18).
package struct ConfigurationInForce {
    package let configuration: Configuration
    /// What the file has, to be kept; nil while it is wrong.
    package let files: ConfigurationFiles?
    /// What is wrong with the file; nil if nothing is.
    package let error: ConfigurationError?
    /// Why the built-in configuration is in force instead of the one before; nil if it is not.
    package let lack: String?

    /// Reads the file at a path and, if that is wrong, its copy.
    package init(of path: String, orElse kept: KeptConfiguration) {
        do throws(ConfigurationError) {
            let files = try ConfigurationFile.files(path)
            (configuration, self.files, error, lack) = (files.configuration, files, nil, nil)
        } catch let mistake {
            (files, error) = (nil, mistake)
            do throws(UnusableCopy) {
                let before = try kept.read()
                configuration = before ?? .standard
                lack = before == nil ? "no settings from before are kept" : nil
            } catch {
                (configuration, lack) = (.standard, "\(error)")
            }
        }
    }
}
