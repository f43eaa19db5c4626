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

    /// The member with this name, given without escapes; nil for an unknown one.
    init?(name: Span<UInt8>) {
        guard name.count <= 15, let index = Self.words.firstIndex(of: Self.word(of: name)) else { return nil }
        self.init(rawValue: index)
    }

    /// Packs the bytes of a name, at most fifteen, into one number, after a leading 1.
    private static func word(of name: Span<UInt8>) -> UInt128 {
        var word: UInt128 = 1
        for index in name.indices { word = word << 8 | UInt128(name[index]) }
        return word
    }

    private static let words: [UInt128] = allCases.map { member in
        let bytes = Array(member.name.utf8)
        return word(of: bytes.span)
    }
}
