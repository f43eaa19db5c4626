import Glibc
package import StretchBase
import StretchSystem
import StretchTerminal
import StretchUnix
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
    /// What the terminal behind `error` can show.
    private let errorTerminal: Terminal
    private let lastComplaints = LastComplaints()

    /// - Parameters:
    ///   - columns: the width of the terminal at `output`, 0 if it is unknown; nil if `output` is no terminal.
    ///   - errorColumns: the same for `error`.
    package init(
        environment: [String: String], clock: @escaping @Sendable () -> Instant, output: Int32, error: Int32,
        columns: Int?, errorColumns: Int? = nil
    ) {
        self.environment = environment
        self.clock = clock
        self.output = output
        self.error = error
        terminal = Terminal(columns: columns, environment: environment)
        errorTerminal = Terminal(columns: errorColumns, environment: environment)
    }

    package static var ofThisProcess: Context {
        Context(
            environment: environmentOfThisProcess, clock: SystemClock.now, output: STDOUT_FILENO,
            error: STDERR_FILENO, columns: columns(of: STDOUT_FILENO), errorColumns: columns(of: STDERR_FILENO))
    }

    /// The width of a terminal, 0 if it is unknown; nil if this is no terminal.
    private static func columns(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
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
    /// On a terminal the lines are wrapped. It ignores write errors, because the exit code must tell only whether the
    /// record was written.
    func say(_ text: String) {
        say(terminal.fitted(text), to: output)
    }

    func say(_ text: String, to descriptor: Int32) { _ = Output.write(Array("\(text)\n".utf8), to: descriptor) }

    /// Writes a problem to `error`, with the program's name before each line.
    ///
    /// On a terminal the lines are wrapped, and paths below the home directory begin with `~`.
    package func complain(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).flatMap { line in
            guard errorTerminal.isTerminal else { return ["\(Context.mark)\(line)"] }
            let wrapped = errorTerminal.wrapped(withTilde(String(line)), indent: blanks(Context.mark.columns))
            return [Context.mark + (wrapped.first ?? "").dropFirst(Context.mark.columns)] + wrapped.dropFirst()
        }
        // If this write fails, there is nowhere left to report it.
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        _ = write(error, bytes, bytes.count)
    }

    private static let mark = "stretchd: "

    /// The text with `~` in the place of the home directory, where a path begins with that.
    private func withTilde(_ text: String) -> String {
        guard let home = environment["HOME"].flatMap(Path.absolute), home != "/" else { return text }
        var (result, rest) = ("", text[...])
        while let found = rest.firstRange(of: "\(home)/") {
            let before = text[..<found.lowerBound].last
            let isBeginning = before.map { " (='\"".contains($0) } ?? true
            result += rest[..<found.lowerBound] + (isBeginning ? "~/" : "\(home)/")
            rest = rest[found.upperBound...]
        }
        return result + rest
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
