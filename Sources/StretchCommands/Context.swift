import Glibc
package import StretchBase
import StretchSystem
import StretchTerminal
import Synchronization

/// The environment, clock and outputs of a command; it is a value, so that a test can make one.
package struct Context: Sendable {
    let environment: [String: String]
    /// The wall clock.
    let clock: @Sendable () -> Instant
    /// The descriptor for answers.
    let output: Int32
    /// The descriptor for complaints.
    let error: Int32
    /// What the terminal behind `output` can show.
    let terminal: Terminal
    private let lastComplaints = LastComplaints()

    /// - Parameter columns: the width of the terminal at `output`, 0 if it is unknown; nil if `output` is no terminal.
    package init(
        environment: [String: String], clock: @escaping @Sendable () -> Instant, output: Int32, error: Int32,
        columns: Int?
    ) {
        self.environment = environment
        self.clock = clock
        self.output = output
        self.error = error
        terminal = Terminal(columns: columns, environment: environment)
    }

    package static var ofThisProcess: Context {
        var size = winsize()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let hasSize = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return Context(
            environment: environmentOfThisProcess, clock: SystemClock.now, output: STDOUT_FILENO,
            error: STDERR_FILENO, columns: isTerminal ? hasSize ? Int(size.ws_col) : 0 : nil)
    }

    private static var environmentOfThisProcess: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let variable = entry.pointee {
            let text = String(cString: variable)
            if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(text[..<equals])] = String(text[text.utf8.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }

    // MARK: What people and scripts read

    /// Writes the answer of a command that records nothing; fails if it cannot write all of it.
    func tell(_ text: String) throws { try Output.write(Array("\(text)\n".utf8), in: self) }

    func tell(_ answer: some Answer, asJSON: Bool) throws {
        try tell(asJSON ? answer.json.description : answer.text(on: terminal))
    }

    /// Writes the answer of a command that records something.
    ///
    /// It ignores write errors, because the exit code must tell only whether the record was written.
    func say(_ text: String) { say(text, to: output) }

    func say(_ text: String, to descriptor: Int32) { _ = Output.write(Array("\(text)\n".utf8), to: descriptor) }

    /// Writes a problem to `error`, with the program's name before each line.
    package func complain(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { "stretchd: \($0)\n" }
        // If this write fails, there is nowhere left to report it.
        let bytes = Array(lines.joined().utf8)
        _ = write(error, bytes, bytes.count)
    }

    /// Keeps a problem until the command ends, so that it stands below everything else.
    func complainAtLast(_ text: String) { lastComplaints.add(text) }

    func complainNow() { for text in lastComplaints.take() { complain(text) } }
}

/// The problems that a command tells at its end, each once.
private final class LastComplaints: Sendable {
    private let texts = Mutex<[String]>([])

    func add(_ text: String) { texts.withLock { texts in if !texts.contains(text) { texts.append(text) } } }

    func take() -> [String] {
        texts.withLock { texts in
            defer { texts = [] }
            return texts
        }
    }
}

/// The answer of a command, in both of its forms.
protocol Answer {
    /// For scripts. Keys may be added, but never removed or renamed.
    var json: JSON { get }

    /// For people.
    func text(on terminal: Terminal) -> String
}
