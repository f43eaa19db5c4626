import ArgumentParser
import Glibc

/// Ends a command with one clear line on stderr and the exit code that scripts look at (sysexits.h).
struct Complaint: Error, CustomStringConvertible {
    enum Code: Int32 {
        case badInput = 65
        case noDaemon = 69
        case notWritten = 74
        case badConfiguration = 78
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: some CustomStringConvertible) {
        self.code = code
        self.description = "\(description)"
    }
}

/// Runs a command's work; a complaint goes to stderr and becomes the exit code.
func complaining(_ work: () throws -> Void) throws {
    do { try work() } catch let complaint as Complaint {
        complain(complaint.description)
        throw ExitCode(complaint.code.rawValue)
    }
}

/// Writes to stderr, each line after the program's name.
func complain(_ text: String) {
    let lines = Array(text.split(whereSeparator: \.isNewline).map { "stretchd: \($0)\n" }.joined().utf8)
    // Nobody is left to tell when this fails.
    _ = write(STDERR_FILENO, lines, lines.count)
}
