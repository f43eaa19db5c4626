package import StretchBase

/// Journal lines of another machine, with routines at 07:30, day by day.
package struct Chronicle {
    package private(set) var lines: [String] = []

    package init() {}

    /// Adds one letter for each day from `first` on: D done, S skipped, M only prompted, any other letter nothing.
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

    /// - Parameter members: further members of the record in JSON, such as `,"pain":3`.
    package mutating func add(_ type: String, of routine: String, on day: Day, _ members: String = "") {
        lines.append(
            #"{"v":1,"id":"\#(type)-\#(routine)-\#(day)","ts":"\#(day)T07:40:00+01:00","type":"\#(type)""#
                + #","occ":"\#(routine)@\#(day)T07:30","day":"\#(day)"\#(members)}"#)
    }
}

extension CommandLineHome {
    /// Writes the chronicle as another machine's journal file.
    package func sync(_ chronicle: Chronicle) throws {
        try write(chronicle.lines.map { $0 + "\n" }.joined(), to: "\(journal)/other.jsonl")
    }
}
