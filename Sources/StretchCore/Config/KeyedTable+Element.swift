internal import StretchBase

extension KeyedTable {
    /// The id of the routine or stretch that it describes, which the messages name from here on; empty: none that is one.
    func id(of kind: String) -> String {
        var id = ""
        text("id", into: &id, required: true, allowed: ConfigurationReader.idRule, where: ConfigurationReader.isID)
        if !id.isEmpty { prefix = "\(kind) \(quoted(id)): " }
        return id
    }
}

extension [KeyedTable] {
    /// All that the documents have of a kind, in order; that two have the same id is noted.
    func elements<Kind: Identifiable<String>>(_ kind: String, _ read: (KeyedTable) -> Kind) -> [Kind] {
        var files: [String: String] = [:]
        return flatMap { $0.tables(kind) ?? [] }.map { table in
            let element = read(table)
            if !element.id.isEmpty, let file = files.updateValue(table.file, forKey: element.id) {
                let place = file == table.file ? "" : " in \(file)"
                table.note("id", "is used by an earlier \(kind)\(place) too; allowed: an id of its own for each")
            }
            return element
        }
    }
}
