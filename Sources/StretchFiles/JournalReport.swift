package import StretchBase
internal import StretchUnix
internal import StretchCore

/// Something about the journal's files that a person should know.
///
/// Prints as one line.
package struct JournalReport: Hashable, Sendable {
    /// The file, or the directory itself.
    package let path: String
    /// From 1; nil when it concerns the whole file.
    package let line: Int?
    package let matter: Matter

    package init(path: String, line: Int? = nil, matter: Matter) {
        self.path = path
        self.line = line
        self.matter = matter
    }

    package enum Matter: Hashable, Sendable {
        /// The line is no complete record, for this reason; it does not count.
        case quarantined(String)
        /// The line was written by a newer version of the program, with this `v`; it does not count here.
        case newer(Int)
        /// The kernel refused to let it be read; the value is an `errno`.
        case unreadable(Int32)
        /// A directory, a symbolic link (nobody tells us when its target grows) or something else that is not read.
        case notAFile
        /// This machine's own file is gone; what the other files say still counts.
        case missing
        /// This machine's own file has lost lines; what remains still counts.
        case shorter
        /// The record counts, but its time is still to come by more than a day.
        case ahead(Timestamp)
        /// The last line has no newline yet: it is being written, or was torn.
        case unfinished
    }
}

extension JournalReport: CustomStringConvertible {
    package var description: String { "\(place): \(words)" }

    /// What is wrong and what to do, without the place.
    package var words: String {
        switch matter {
        case .quarantined(let reason): "not counted, \(reason); mend or delete the line"
        case .newer(let version): "not counted, written in version \(version) of the format; update stretchd"
        case .unreadable(let code): "cannot be read, \(KernelRefusal(code, to: .follow))"
        case .notAFile: "ignored, not a plain file; put the file itself there"
        case .missing: "this machine's file is gone; restore it from a backup if you did not remove it"
        case .ahead(let time): "its time, \(time), is more than a day ahead; correct or delete the line"
        case .shorter: "this machine's file lost lines; restore it from a backup if you did not edit it"
        case .unfinished: "not counted yet, the last line has no newline; it is being written, or was torn"
        }
    }

    package var isQuarantine: Bool { if case .quarantined = matter { true } else { false } }

    /// The file has the name that a sync tool, or anybody, gave it.
    private var place: String { oneLine(line.map { "\(path):\($0)" } ?? path) }
}
