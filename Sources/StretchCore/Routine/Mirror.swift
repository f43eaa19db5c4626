/// What a mirror makes of a drawing in characters: the left side becomes the right one.
package enum Mirror {
    /// The lines as a mirror at their right edge shows them.
    package static func image(of lines: [String]) -> [String] {
        let width = lines.map(\.count).max() ?? 0
        return lines.map { line in
            let left = String(repeating: " ", count: width - line.count) + pieces(of: line).reversed().joined()
            return String(left.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The line in pieces, each as the mirror shows it; a word is one piece and stays as it is, so that it can be read.
    private static func pieces(of line: String) -> [String] {
        var pieces: [String] = []
        var rest = line[...]
        while let first = rest.first {
            let word = rest.prefix { $0.isLetter }
            let isWord = word.count >= shortestWord
            pieces.append(isWord ? String(word) : String(images[first] ?? first))
            rest = rest.dropFirst(isWord ? word.count : 1)
        }
        return pieces
    }

    /// One or two letters are parts of the body, such as `o` and `db`.
    private static let shortestWord = 3

    private static let images: [Character: Character] = [
        "/": "\\", "\\": "/", "<": ">", ">": "<", "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{",
        "b": "d", "d": "b", "p": "q", "q": "p", "L": "J", "J": "L",
    ]
}
