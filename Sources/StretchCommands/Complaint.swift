import StretchBase
import StretchCore
import StretchFiles
import StretchSystem

/// Ends a command with one clear line on stderr and the exit code that scripts look at (sysexits.h).
struct Complaint: Error, CustomStringConvertible {
    enum Code: Int32 {
        case usage = 64
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

    /// The complaint for an error that no command has handled itself; nil when the error is not one of ours.
    init?(_ error: any Error) {
        switch error {
        case let complaint as Complaint: self = complaint
        case is SyntaxError, is ZoneError, is ArgumentRefusal: self.init(.badInput, "\(error)")
        case let error as ConfigurationError: self.init(.badConfiguration, error)
        case let error as FileError: self.init(error.isForeignHome ? .badInput : .noDaemon, error)
        case let error as SystemError: self.init(.noDaemon, error)
        default: return nil
        }
    }

    /// Calls `work`, and turns its error into a complaint that begins with `words`.
    static func ifFailed<Value>(_ code: Code, _ words: String, _ work: () throws -> Value) throws -> Value {
        do { return try work() } catch { throw Complaint(code, "\(words): \(error)") }
    }
}
