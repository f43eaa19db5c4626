/// The members of a record that this version knows, in the order in which they are written.
enum RecordMember: Int, CaseIterable {
    case v, id, ts, type, occ, routine, day, lastDay, closes, reminder, from, until, ref, goal, pain, painBefore, note,
        via

    var name: String {
        switch self {
        case .v: "v"
        case .id: "id"
        case .ts: "ts"
        case .type: "type"
        case .occ: "occ"
        case .routine: "routine"
        case .day: "day"
        case .lastDay: "last_day"
        case .closes: "closes"
        case .reminder: "reminder"
        case .from: "from"
        case .until: "until"
        case .ref: "ref"
        case .goal: "goal"
        case .pain: "pain"
        case .painBefore: "pain_before"
        case .note: "note"
        case .via: "via"
        }
    }

    /// The member of that name, which has no escapes; nil for an unknown one.
    init?(name: Span<UInt8>) {
        guard let member = Self.candidate(length: name.count, first: name.isEmpty ? 0 : name[0]),
            Self.words[member.rawValue] == Self.word(of: name)
        else { return nil }
        self = member
    }

    /// The bytes of a name, of which there are sixteen at most, as one number.
    private static func word(of name: Span<UInt8>) -> UInt128 {
        var word: UInt128 = 0
        for index in name.indices { word = word << 8 | UInt128(name[index]) }
        return word
    }

    private static let words: [UInt128] = allCases.map { member in
        let bytes = Array(member.name.utf8)
        return word(of: bytes.span)
    }

    /// The only member with a name of that length and first letter.
    private static func candidate(length: Int, first: UInt8) -> RecordMember? {
        switch (length, Unicode.Scalar(first)) {
        case (1, "v"): .v
        case (2, "i"): .id
        case (2, "t"): .ts
        case (4, "t"): .type
        case (3, "o"): .occ
        case (7, "r"): .routine
        case (3, "d"): .day
        case (8, "l"): .lastDay
        case (6, "c"): .closes
        case (8, "r"): .reminder
        case (4, "f"): .from
        case (5, "u"): .until
        case (3, "r"): .ref
        case (4, "g"): .goal
        case (4, "p"): .pain
        case (11, "p"): .painBefore
        case (4, "n"): .note
        case (3, "v"): .via
        default: nil
        }
    }
}
