internal import StretchBase

/// The problems found so far, shared by all who read one file.
final class ProblemList {
    private(set) var list: [ConfigurationError.Problem] = []
    /// Its name, as the messages begin with it.
    let file: String

    init(file: String) { self.file = file }

    var isEmpty: Bool { list.isEmpty }

    func note(_ place: String, _ text: String) { list.append(.init(file: file, place: place, text: oneLine(text))) }
}
