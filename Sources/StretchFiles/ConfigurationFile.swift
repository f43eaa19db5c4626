import Glibc
import StretchBase
package import StretchCore
import StretchUnix

/// `config.toml` on the disk, with the files that it includes.
package enum ConfigurationFile {
    /// Reads the file that the daemon and the commands share; gives the built-in configuration when there is no file.
    ///
    /// It never waits. So it refuses a pipe in the file's place, because the pipe's writer may never come. It refuses a
    /// file that is too long, too.
    package static func read(_ path: String) throws(ConfigurationError) -> Configuration {
        try files(path).configuration
    }

    /// The same, with the texts.
    package static func files(_ path: String) throws(ConfigurationError) -> ConfigurationFiles {
        let text: String?
        do throws(Refusal) {
            let file = try Descriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
            text = isPipe(file) ? nil : try self.text(of: file)
        } catch {
            if error.code == ENOENT, Path.isAbsent(path) { return .none }
            throw ConfigurationError(file: path, "cannot be read, \(KernelRefusal(error.code, to: .follow))")
        }
        guard let text else {
            throw ConfigurationError(file: path, "is a pipe; put a file there, pipes are for: stretchd check FILE")
        }
        return try files(text, of: path)
    }

    /// Reads the file that a person names; waits for a slow writer of a pipe.
    ///
    /// - Parameter path: `-` is standard input.
    /// - Throws: `ConfigurationError` for what is wrong in the file; `FileError` when the file cannot be read.
    package static func read(argument path: String) throws -> Configuration {
        let isInput = path == "-"
        let name = isInput ? "standard input" : path
        let (text, isAlone): (String, Bool)
        do throws(Refusal) {
            let file = isInput ? try Descriptor(copyOf: STDIN_FILENO) : try Descriptor(path, O_RDONLY | O_NOCTTY)
            (text, isAlone) = (try self.text(of: file, waiting: true), isInput || isPipe(file))
        } catch {
            throw FileError.failed(.read, on: oneLine(name), errno: error.code)
        }
        return try files(text, of: name, isAlone: isAlone).configuration
    }

    /// Makes the directory in which the file is to be.
    package static func makeDirectory(for path: String) throws(FileError) {
        let directory = Path.directory(of: path)
        do throws(Refusal) { try StretchFiles.makeDirectory(directory) } catch {
            throw FileError.failed(.createDirectory, on: oneLine(directory), errno: error.code)
        }
    }

    /// - Parameter isAlone: whether the text is not in a file. It then lies in no directory and can include no files.
    private static func files(
        _ text: String, of name: String, isAlone: Bool = false
    ) throws(ConfigurationError) -> ConfigurationFiles {
        // If the file is a link, this is the directory of the link, which is in the path that the person knows.
        let directory = Path.directory(of: name)
        return try ConfigurationFiles(text, of: name) { included throws(TextRefusal) in
            if isAlone { throw TextRefusal("nothing lies beside a pipe; check the file itself") }
            return try IncludedFile(path: included, directory: directory).text()
        }
    }

    /// The text of a file; when the file is too long, only so much of it that the reader refuses it.
    ///
    /// - Parameter waiting: whether to wait for more even if the file was opened as non-blocking.
    static func text(of file: borrowing Descriptor, waiting: Bool = false) throws(Refusal) -> String {
        String(decoding: try file.readToEnd(atMost: 1 << 20, waiting: waiting), as: UTF8.self)
    }

    private static func isPipe(_ file: borrowing Descriptor) -> Bool {
        guard let status = try? file.status() else { return false }
        return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }
}
