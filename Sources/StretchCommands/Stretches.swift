import ArgumentParser
import StretchBase
import StretchCore

struct Stretches: Command {
    static let configuration = CommandConfiguration(
        commandName: "stretches",
        abstract: "Shows the stretches there are, or one in full, and when not to stretch.",
        discussion: "The stretches of your configuration are among them.")

    @Argument(help: "Show this stretch in full.")
    var id: String?

    @Flag(help: "Print JSON, for scripts.")
    var json = false

    func run(in context: Context) throws {
        let shelf = StretchShelf(try Surroundings(context).readConfiguration())
        if let id { try context.tell(shelf.entry(id), asJSON: json) } else { try context.tell(shelf, asJSON: json) }
    }
}

/// What there is to do: the stretches, the person's own ones first, and the routines that need not be written.
struct StretchShelf: Answer {
    let entries: [Entry]
    let routines: [Routine]

    struct Entry: Answer {
        let stretch: Stretch
        /// It is in the person's configuration.
        let isOwn: Bool
        /// How long a guide through it alone takes.
        var length: Duration { Routine(stretch).length }
    }

    init(_ configuration: Configuration) {
        let own = configuration.stretches
        let others = StretchLibrary.all.filter { stretch in !own.contains { $0.id == stretch.id } }
        entries = own.map { Entry(stretch: $0, isOwn: true) } + others.map { Entry(stretch: $0, isOwn: false) }
        // Whoever has written one of them anew is shown that one; what only asks is none to be led through.
        routines = Routine.builtIn.map { configuration.routine($0.id) ?? $0 }.filter { !$0.steps.isEmpty }
    }

    func entry(_ id: String) throws -> Entry {
        if let entry = entries.first(where: { $0.stretch.id == id }) { return entry }
        let known = entries.map(\.stretch.id)
        // A word of an id, such as bridge, is enough to know which is meant.
        let alike =
            Spelling.nearest(to: id, among: known) ?? known.first { !id.isEmpty && $0.contains(id.lowercased()) }
        let remedy =
            if let alike {
                "did you mean \(alike)?"
            } else if routines.contains(where: { $0.id == id }) {
                "\(id) is a routine: stretchd guide \(id)"
            } else {
                "there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
            }
        throw Complaint(.badInput, "no stretch \"\(oneLine(id))\"; \(remedy)")
    }
}

extension Routine {
    fileprivate init(_ stretch: Stretch) {
        self.init(id: stretch.id, title: stretch.title, schedule: Schedule([]), steps: [Step(stretch)])
    }
}
