/// The stretches that are built in: `stretches.toml`, put into the program when it is built.
package enum StretchLibrary {
    package static let all: [Stretch] = read()

    package static func stretch(_ id: String) -> Stretch? { all.first { $0.id == id } }

    /// A routine's steps in the dose of the library; the ids are those of built-in stretches.
    static func steps(_ ids: [String]) -> [Step] {
        ids.map { id in
            guard let stretch = stretch(id) else { preconditionFailure("built-in routine: no stretch \(id)") }
            return Step(stretch)
        }
    }

    private static func read() -> [Stretch] {
        let problems = ProblemList(file: "stretches.toml")
        let text = String(decoding: PackageResources.stretches_toml, as: UTF8.self)
        let root = KeyedTable(document: text, problems: problems)
        let stretches = (root?.tables("stretch") ?? []).map(StretchReader.stretch)
        root?.finish()
        precondition(problems.isEmpty, problems.list.map(\.description).joined(separator: "\n"))
        return stretches
    }
}
