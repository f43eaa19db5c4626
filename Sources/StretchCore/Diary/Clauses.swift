package import StretchBase

/// The words of `pause` and `snooze`, split where a clause begins: at `from`, `until` and `for`.
package struct Clauses {
    /// The words before all clauses.
    package private(set) var head: [String] = []
    private var tails: [Name: [String]] = [:]

    private enum Name: String { case from, until, span = "for" }

    package init(_ words: [String]) throws(ArgumentRefusal) {
        var current: Name?
        for word in words.flatMap({ $0.split(whereSeparator: \.isWhitespace) }).map(String.init) {
            if let name = Name(rawValue: word.lowercased()) {
                guard tails[name] == nil else {
                    throw ArgumentRefusal("\(name.rawValue) is there twice; once is allowed")
                }
                tails[name] = []
                current = name
            } else if let current {
                tails[current, default: []].append(word)
            } else {
                head.append(word)
            }
        }
        if tails[.until] != nil, tails[.span] != nil {
            throw ArgumentRefusal("until and for are there both; one of them is allowed")
        }
    }

    /// The words after `from`; nil if it is not there.
    package var from: String? { text(.from) }
    /// The words after `until`; nil if it is not there.
    package var until: String? { text(.until) }
    /// The words after `for`; nil if it is not there.
    package var span: String? { text(.span) }

    /// All words but `from`, `until` and `for` themselves.
    var words: [String] { head + tails.values.joined() }

    /// Reads `from tomorrow 3d` as `from tomorrow for 3d`.
    mutating func takeSpanAfterFrom() {
        guard tails[.until] == nil, tails[.span] == nil, let words = tails[.from] else { return }
        for index in words.indices.dropFirst().reversed() {
            let text = words[index...].joined(separator: " ")
            // A number alone belongs to the day, as in `20 Dec 2026`.
            guard (try? TimeSpan.parse(text)) != nil, text.contains(where: \.isLetter) else { continue }
            tails[.from] = Array(words[..<index])
            tails[.span] = Array(words[index...])
            return
        }
    }

    private func text(_ name: Name) -> String? { tails[name].map { $0.joined(separator: " ") } }
}
