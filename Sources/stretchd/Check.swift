import ArgumentParser
import Glibc
import StretchCore
import StretchSystem

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says whether the configuration is fine, and what it means.",
        discussion: "Without FILE: the configuration that is in use. Exit code 78 when something is wrong with it.")

    @Argument(help: "A configuration file to look at instead.")
    var file: String?

    func run() throws {
        try complaining {
            let surroundings = try Surroundings()
            let path = file ?? surroundings.configurationPath
            let exists = access(path, F_OK) == 0
            if let file, !exists {
                throw Complaint(.badInput, "cannot read \(file): \(String(cString: strerror(errno)))")
            }
            let configuration: Configuration
            do throws(ConfigurationError) {
                configuration = try ConfigurationFile.read(path)
            } catch {
                throw Complaint(.badConfiguration, error)
            }
            let summary = ConfigurationSummary(
                configuration, file: exists ? path : nil, at: surroundings.now, in: surroundings.zone)
            try Output.tell(summary.lines.joined(separator: "\n"))
        }
    }
}
