internal import TOMLKit

extension KeyedTable {
    /// The top table of a document; nil when it is no TOML, which is noted.
    convenience init?(document text: String, problems: ProblemList) {
        do {
            guard KeyedTable.isHarmless(text, problems) else { return nil }
            self.init(try TOMLTable(string: text), prefix: "", problems: problems)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            problems.note("line \(place.line), column \(place.column)", "\(error.description); allowed: TOML 1.0")
            return nil
        } catch {
            problems.note("", "\(error)")
            return nil
        }
    }

    /// Refuses what the parser would read wrongly (it takes C strings, which end at NUL) or at the cost of our stack.
    private static func isHarmless(_ text: String, _ problems: ProblemList) -> Bool {
        if text.utf8.count > 65_536 {
            problems.note("", "has \(text.utf8.count) bytes; allowed: up to 65536")
            return false
        }
        return true
    }
}
