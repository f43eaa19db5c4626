internal import TOMLKit

extension KeyedTable {
    /// The top table of a document; nil when it is no TOML, which is noted.
    convenience init?(document text: String, problems: ProblemList) {
        if let hazard = TOMLHazard(in: text) {
            problems.note(hazard.line.map { "line \($0)" } ?? "", hazard.what)
            return nil
        }
        do {
            self.init(try TOMLTable(string: text), prefix: "", problems: problems)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            problems.note(
                "line \(place.line), column \(place.column)", "\(error.description.prefix(200)); allowed: TOML 1.0")
            return nil
        } catch {
            problems.note("", "\(error)")
            return nil
        }
    }
}
