/// Finds the name somebody probably meant.
package enum Spelling {
    /// The name that is nearest to a misspelt word; nil if no name is near enough.
    ///
    /// Capital and small letters count as the same.
    package static func nearest(to word: String, among names: [String]) -> String? {
        let word = word.lowercased()
        let limit = max(1, word.utf8.count / 3)
        let near = names.filter { abs($0.utf8.count - word.utf8.count) <= limit }
            .map { (name: $0, distance: distance(Array($0.lowercased().utf8), Array(word.utf8))) }
        // A letter in place of another one is no misspelt name.
        return near.min { $0.distance < $1.distance }
            .flatMap { $0.distance <= limit && $0.distance < $0.name.utf8.count ? $0.name : nil }
    }

    /// Advice about a word that is none of these names: the nearest name, or otherwise all names.
    ///
    /// - Parameter quotes: puts the nearest name in quotes.
    package static func remedy(for word: String, among names: [String], quotes: (String) -> String = { $0 }) -> String {
        nearest(to: word, among: names).map { "did you mean \(quotes($0))?" }
            ?? "allowed: \(names.joined(separator: ", "))"
    }

    /// How many letters to insert, delete, replace or swap with a neighbour to turn one word into the other.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var older: [Int] = []
        var old = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(row[j] + 1, old[j + 1] + 1, old[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
                row.append(best)
            }
            (older, old) = (old, row)
        }
        return old[b.count]
    }
}
