internal import Foundation
package import StretchBase

/// Journal lines for exports and reports: days up to today, for a home from `atNoon`.
package struct Yearbook {
    package private(set) var lines: [String] = []
    package let today: Day

    package init(of home: CommandLineHome) {
        // The number in the zone's name counts the hours west of Greenwich, such as `Etc/GMT-12`.
        let west = Int(home.zone.dropFirst("Etc/GMT".count)) ?? 0
        today = Day(ordinal: (Int(Date().timeIntervalSince1970) - west * 3600) / 86_400)
    }

    /// Adds a record of the day `ago` days before today.
    ///
    /// - Parameter members: further members of the record, in JSON.
    package mutating func add(_ type: String, _ ago: Int, routine: String = "morning", _ members: String = "") {
        let day = today - ago
        let occurrence = String(decoding: quoted("\(routine)@\(day)T07:30"), as: UTF8.self)
        lines.append(
            #"{"v":1,"id":"y\#(lines.count)","ts":"\#(day)T08:00:00Z","type":"\#(type)","occ":\#(occurrence),"#
                + #""day":"\#(day)"\#(members.isEmpty ? "" : ",")\#(members)}"#)
    }

    /// Adds that the person knows what to take care of in a stretch.
    package mutating func know(_ stretch: String) {
        let ts = "\(today - 365)T08:00:00Z"
        lines.append(#"{"v":1,"id":"y\#(lines.count)","ts":"\#(ts)","type":"known","stretch":"\#(stretch)"}"#)
    }

    /// A note as a member of a record, in JSON.
    package static func note(_ text: String) -> String { #""note":"# + String(decoding: quoted(text), as: UTF8.self) }

    package func save(in home: CommandLineHome) throws {
        try home.write(lines.map { $0 + "\n" }.joined(), to: "\(home.journal)/other.jsonl")
    }

    /// More than half a year of done and missed days, with pain and notes.
    package static func ofHalfAYear(in home: CommandLineHome) -> Yearbook {
        var book = Yearbook(of: home)
        for ago in (0..<200).reversed() where ago % 9 != 4 {
            if ago % 7 == 3 {
                book.add("prompted", ago, #""closes":"\#(book.today - ago)T11:30:00Z""#)
            } else {
                book.add("done", ago, #""pain_before":\#(3 + ago % 5),"pain":\#(2 + ago % 4)"#)
            }
        }
        return book
    }
}

private func quoted(_ text: String) -> Data {
    (try? JSONSerialization.data(withJSONObject: text, options: [.fragmentsAllowed, .withoutEscapingSlashes])) ?? Data()
}
