import Foundation

/// A line of the journal, as anybody can read it.
struct JournalLine: Decodable {
    var id: String
    var ts: String
    var type: String
    var occ: String?
    var until: String?
    var via: String?
    var reminder: Bool?

    /// When it was recorded, by the clock of that machine.
    var time: Date {
        get throws {
            let style = Date.ISO8601FormatStyle.iso8601.year().month().day().time(includingFractionalSeconds: true)
            return try Date(ts, strategy: style.timeZone(separator: .colon))
        }
    }
}

/// `daemon.json`, as anybody can read it.
struct DaemonDocument: Decodable {
    var pid: Int32
    var configuration: Configuration
    var due: [Due]
    var posted: [Posted]
    var trouble: String?
    var unwatched: [String]

    struct Configuration: Decodable {
        var reads: Int
        var problems: [String]
    }

    struct Due: Decodable {
        var occ: String
        var reason: Reason
    }

    struct Reason: Decodable {
        var word: String
        var text: String?
        /// Such as `away locked`.
        var why: String { [word, text].compactMap(\.self).joined(separator: " ") }
    }

    struct Posted: Decodable, Equatable {
        var occ: String
        var server: String
        var id: UInt32
    }
}

/// The part of `status --json` that the tests look at.
struct StatusDocument: Decodable {
    var routines: [Routine]

    struct Due: Decodable {
        var occ: String
        var state: String
        var reason: String?
    }

    struct Routine: Decodable {
        var streak: Int
        var today: String
        var due: Due?
    }
}
