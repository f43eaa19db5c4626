import StretchCore
import StretchSystem

extension ZoneReader {
    /// The zone of that name; a complaint with the nearest known one when there is none.
    static func known(_ name: String) throws -> Zone {
        if let zone = zone(named: name) { return zone }
        let nearest = Spelling.nearest(to: name, among: names())
        let remedy = nearest.map { "did you mean \($0)?" } ?? "zones are named like Europe/Berlin"
        throw Complaint(.badInput, "no time zone \"\(name)\"; \(remedy)")
    }
}
