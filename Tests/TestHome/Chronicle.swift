package import StretchBase

/// The lines of a journal, as another machine wrote them: a routine at half past seven, day by day.
package struct Chronicle {
    package private(set) var lines: [String] = []

    package init() {}

    /// One letter a day from a day on: D done, S skipped, M only prompted, anything else nothing.
    package mutating func add(_ routine: String, from first: String, _ days: String) {
        for (index, letter) in days.enumerated() {
            guard let day = Day(first).map({ $0 + index }) else { continue }
            switch letter {
            case "D": add("done", of: routine, on: day)
            case "S": add("skip", of: routine, on: day)
            case "M": add("prompted", of: routine, on: day, #","closes":"\#(day)T11:30:00+01:00""#)
            default: break
            }
        }
    }

    /// - Parameter members: further ones, such as `,"pain":3`.
    package mutating func add(_ type: String, of routine: String, on day: Day, _ members: String = "") {
        lines.append(
            #"{"v":1,"id":"\#(type)-\#(routine)-\#(day)","ts":"\#(day)T07:40:00+01:00","type":"\#(type)""#
                + #","occ":"\#(routine)@\#(day)T07:30","day":"\#(day)"\#(members)}"#)
    }
}

extension CommandLineHome {
    /// Makes it what another machine's file of the journal holds.
    package func sync(_ chronicle: Chronicle) throws {
        try write(chronicle.lines.map { $0 + "\n" }.joined(), to: "\(journal)/other.jsonl")
    }
}
