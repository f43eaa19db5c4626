/// The members of a record that this version knows, in the order in which they are written.
enum RecordMember: Int, CaseIterable {
    case v, id, ts, type, occ, routine, day, lastDay, closes, reminder, waited, waitedUntil, reason, since, late, from,
        until, ref, stretch, level, goal, pain, painBefore, note, via

    var name: String { Self.names[rawValue] }

    /// As the journal has them, in the order of the cases.
    private static let names = [
        "v", "id", "ts", "type", "occ", "routine", "day", "last_day", "closes", "reminder", "waited",
        "waited_until", "reason", "since", "late", "from", "until", "ref", "stretch", "level", "goal", "pain",
        "pain_before", "note", "via",
    ]

    /// The member with this name, which must not contain escapes; nil if there is none.
    init?(name: Span<UInt8>) {
        guard name.count <= 15, let index = Self.words.firstIndex(of: Self.word(of: name)) else { return nil }
        self.init(rawValue: index)
    }

    /// Packs the bytes of a name, at most fifteen, into one number that begins with a 1.
    private static func word(of name: Span<UInt8>) -> UInt128 {
        var word: UInt128 = 1
        for index in name.indices { word = word << 8 | UInt128(name[index]) }
        return word
    }

    private static let words = names.map { name in
        let bytes = Array(name.utf8)
        return word(of: bytes.span)
    }
}
