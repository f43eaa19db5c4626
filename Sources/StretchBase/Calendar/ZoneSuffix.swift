/// What the last word of a calendar event is, as far as its shape tells.
enum ZoneSuffix {
    /// Like an IANA name: `Europe/Berlin`, `Japan`.
    case name
    /// Like `CEST` or `+0100`.
    case abbreviation

    /// Nil for a word that is no zone.
    init?(_ word: String) {
        let isWeekday = Weekdays.prefix(of: Array(word.utf8)[...]) != nil
        guard let first = word.utf8.first, !isWeekday else { return nil }
        let letters = word.utf8.allSatisfy { Self.isUpper($0) || Self.isLower($0) }
        if Self.isUpper(first) || Self.isLower(first), Self.hasNameCharacters(word) {
            let parts = word.split(separator: "/", omittingEmptySubsequences: false)
            let isCamelCase = Self.isUpper(first) && word.utf8.contains(where: Self.isLower)
            if parts.count > 1 ? parts.allSatisfy({ !$0.isEmpty }) : isCamelCase {
                self = .name
                return
            }
        }
        let isOffset = "+-".utf8.contains(first) && word.utf8.count >= 3
        guard isOffset || letters && (2...5).contains(word.utf8.count) && word.utf8.allSatisfy(Self.isUpper) else {
            return nil
        }
        self = .abbreviation
    }

    private static func hasNameCharacters(_ word: String) -> Bool {
        word.utf8.allSatisfy { isUpper($0) || isLower($0) || "0123456789-_+/".utf8.contains($0) }
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}
