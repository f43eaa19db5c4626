extension StringProtocol {
    /// The text without such characters at both ends.
    package func trimmed(where isLoose: (Character) -> Bool) -> String {
        let start = drop(while: isLoose)
        return String(start.reversed().drop(while: isLoose).reversed())
    }

    /// The text with a capital letter at its beginning.
    package var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
