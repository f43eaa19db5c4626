internal import StretchBase

/// Reads `config.toml`: returns a checked and complete configuration, or throws everything that is wrong.
package enum ConfigurationReader {
    /// Values that are missing in the text come from `Configuration.standard`.
    ///
    /// If there is no `[[routine]]`, the only routine is the built-in `morning`.
    ///
    /// - Parameters:
    ///   - file: the name that messages begin with.
    ///   - included: returns the text of an included file, by its path from the directory of this file.
    package static func read(
        _ text: String, file: String, including included: (String) throws(TextRefusal) -> String = noFile
    ) throws(ConfigurationError) -> Configuration {
        let problems = ProblemList(file: file)
        var all = [problems]
        var configuration = Configuration.standard
        if let root = KeyedTable(document: text, problems: problems) {
            configuration.includes = includes(root)
            var documents: [KeyedTable] = []
            for path in configuration.includes {
                let problems = ProblemList(file: name(of: path, beside: file), isIncluded: true)
                all.append(problems)
                do throws(TextRefusal) {
                    documents += [KeyedTable(document: try included(path), problems: problems)].compactMap(\.self)
                } catch {
                    let hint = path.contains("\\") ? "; between directories write / and not \\" : ""
                    root.note("include", "\(quoted(path)): \(error.reason)\(hint)")
                }
            }
            let lacksStretches = all.contains(where: \.isIncomplete)
            root.timeOfDay("day_start", into: &configuration.dayStart, upTo: .hours(12))
            read(root.table("prompt"), into: &configuration.prompt)
            read(root.table("presence"), into: &configuration.presence)
            read(root.table("guide"), into: &configuration.guide)
            read(root.table("person"), into: &configuration)
            readElements(of: [root] + documents, lacksStretches: lacksStretches, into: &configuration)
            root.finish()
            for document in documents { document.finish(unknown: "unknown key in an included file") }
        }
        let found = all.flatMap(\.list)
        guard found.isEmpty else { throw ConfigurationError(problems: found, includes: configuration.includes) }
        configuration.remarks = all.flatMap(\.remarks).map { "\($0.place): \($0.text)" }
        return configuration
    }

    /// Reads the stretches and routines of the file and of the files it includes.
    private static func readElements(
        of documents: [KeyedTable], lacksStretches: Bool, into configuration: inout Configuration
    ) {
        var replaced: [(table: KeyedTable, instead: Stretch.ID)] = []
        configuration.stretches = documents.elements("stretch") { table in
            let stretch = StretchReader.own(table)
            if let instead = stretch.instead { replaced.append((table, instead)) }
            return stretch
        }
        // A stretch may name one that comes after it.
        for (table, instead) in replaced where !lacksStretches && configuration.stretch(instead) == nil {
            table.note("instead", "\(quoted(instead)): \(configuration.unknownStretch(instead))")
        }
        let reader = RoutineReader(configuration: configuration, lacksStretches: lacksStretches)
        let routines = documents.elements("routine", reader.routine)
        configuration.hasOwnRoutines = !routines.isEmpty
        configuration.routines =
            routines.isEmpty
            ? configuration.routines.map { configuration.builtIn($0.id) ?? $0 } : routines.map(configuration.fitted)
    }

    private static func read(_ table: KeyedTable, into prompt: inout Configuration.PromptSettings) {
        table.duration("snooze", into: &prompt.snooze, in: .minutes(1) ... .hours(12))
        table.integer("snooze_limit", into: &prompt.snoozeLimit, in: 0...20)
        table.duration("remind_every", into: &prompt.remindEvery, in: .minutes(1) ... .hours(12))
        table.integer("reminders", into: &prompt.reminders, in: 0...20)
        table.choice("urgency", into: &prompt.urgency)
        table.text("sound", into: &prompt.sound, allowed: "a name of the sound theme such as \"message\", or \"\"") {
            $0.utf8.count <= 64 && $0.utf8.allSatisfy { $0.isOfName || $0 == UInt8(ascii: ".") }
        }
        table.finish()
    }

    private static func read(_ table: KeyedTable, into presence: inout Configuration.PresenceSettings) {
        table.bool("wait", into: &presence.wait)
        table.duration("settle", into: &presence.settle, in: .zero ... .hours(1))
        table.finish()
    }

    private static func read(_ table: KeyedTable, into guide: inout Configuration.GuideSettings) {
        table.bool("sound", into: &guide.sound)
        table.bool("speech", into: &guide.speech)
        table.choice("pain", into: &guide.pain)
        table.finish()
    }

    private static func read(_ person: KeyedTable, into configuration: inout Configuration) {
        StretchReader.avoidances("avoid", of: person, into: &configuration.avoid)
        person.finish()
    }

    // MARK: Included files

    /// Refuses every include; used for a text that has no directory.
    package static func noFile(_ path: String) throws(TextRefusal) -> String {
        throw TextRefusal("there is no such file; create it or take it out")
    }

    /// The paths to include; empty if there are too many, so that none is read.
    static func includes(_ root: KeyedTable) -> [String] {
        var paths: [String] = []
        var seen: Set<String> = []
        root.list("include", into: &paths, allowed: pathRule) { path throws(TextRefusal) in
            guard isPath(path) else { throw TextRefusal("allowed: \(pathRule)") }
            guard seen.insert(path).inserted else { throw TextRefusal("is there twice; take one out") }
            return path
        }
        root.limit("include", to: mostIncludes, "files", in: paths.count)
        return paths.count > mostIncludes ? [] : paths
    }

    private static let mostIncludes = 16
    private static let pathRule = "paths below this file's directory such as \"physio.toml\", without . and .."

    /// True for a path that does not lead up and is written in the only allowed way, so that no file is read twice.
    ///
    /// Compares bytes, as the kernel does: for Swift, a slash with a combining mark is not a slash.
    private static func isPath(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path == oneLine(path)
            && !names.contains { name in name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) }
    }

    /// The name of an included file in messages.
    static func name(of path: String, beside file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return file[..<file.utf8.index(after: slash)] + path
    }
}
