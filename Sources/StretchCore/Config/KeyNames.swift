internal import StretchBase

/// The keys of `config.toml` by their tables, for messages about a key that is somewhere else or has another name.
enum KeyNames {
    /// As in stretchd(5), but without `id` and `title`, which several tables have.
    static let tables: [(header: String, keys: [String])] = [
        ("[prompt]", ["snooze", "snooze_limit", "remind_every", "reminders", "urgency"]),
        ("[presence]", ["wait", "settle"]), ("[guide]", ["speech", "pain"]), ("[prompt] or [guide]", ["sound"]),
        ("[person]", ["avoid"]),
        ("[[routine]]", ["schedule", "except", "window", "daily_goal", "steps"]),
        (
            "[[routine.steps]] or [[stretch]]",
            ["sides", "order", "sets", "repeats", "hold", "tempo", "rest", "prepare", "change"]
        ),
        (
            "[[stretch]]",
            [
                "purpose", "muscles", "position", "needs", "preparation", "movement", "cue", "feel", "faults",
                "cautions", "flexion", "not_for", "instead", "sources", "drawing", "level",
            ]
        ),
    ]
    static let headers = [
        "[prompt]", "[presence]", "[guide]", "[person]", "[[routine]]", "[[routine.steps]]", "[[stretch]]",
        "[[stretch.level]]",
    ]
    private static let top = ["include", "day_start"]

    static let all = Set(tables.flatMap(\.keys) + top + ["id", "title", "stretch"])

    /// What the keys of other programs are called here; of several, the first one that the table has is meant.
    ///
    /// Names that differ by a few letters only are found by `Spelling`.
    private static let meanings = [
        "time": ["schedule", "hold"], "times": ["schedule", "repeats"], "at": ["schedule"], "when": ["schedule"],
        "days": ["schedule"], "day": ["schedule"], "weekdays": ["schedule"], "hour": ["schedule"],
        "cron": ["schedule"], "oncalendar": ["schedule"], "start": ["schedule"],
        "reps": ["repeats"], "repetitions": ["repeats"], "count": ["repeats", "daily_goal"],
        "speed": ["tempo"], "pace": ["tempo"],
        "duration": ["hold"], "seconds": ["hold"], "length": ["hold"], "pause": ["rest"], "name": ["title", "stretch"],
        "exercise": ["stretch", "steps"], "exercises": ["steps"], "stretches": ["steps", "stretch"],
        "id": ["stretch"], "description": ["movement"], "instructions": ["movement"], "goal": ["daily_goal"],
        "exclude": ["except"], "skip": ["except"], "holidays": ["except"], "timeout": ["window"],
        "interval": ["remind_every"], "import": ["include"],
        "conditions": ["avoid", "not_for"], "contraindications": ["avoid", "not_for"], "limits": ["avoid"],
        "alternative": ["instead"], "replacement": ["instead"], "substitute": ["instead"],
    ]

    /// A key that the table has.
    struct Known {
        let name: String
        /// The name, or the line its table begins with.
        let written: String
        /// An unknown key with such a value may mean it.
        let canMean: Bool
    }

    /// What to do about a key that its table does not have.
    ///
    /// - Parameter isIncluded: the file may have stretches and routines only.
    static func remedy(for key: String, among known: [Known], isIncluded: Bool) -> String {
        let word = plain(key)
        let meant = meanings[word] ?? []
        for name in meant {
            let known = known.first { $0.name == name && $0.canMean }
            if let known { return "write \(known.written) instead" }
        }
        if let near = Spelling.nearest(to: key, among: known.map(\.name)) {
            return "did you mean \(known.first { $0.name == near }?.written ?? near)?"
        }
        if ["id", "title"].contains(word), known.contains(where: { $0.name == "routine" }) {
            return "it belongs below [[routine]] or [[stretch]]"
        }
        for name in [word] + meant {
            let places = isIncluded ? tables.filter { $0.header.hasPrefix("[[") } : tables
            guard let header = places.first(where: { $0.keys.contains(name) })?.header else { continue }
            if name == "steps", known.contains(where: { $0.name == "routine" }) {
                return "write them below a [[routine]], as steps = [...] or [[routine.steps]]"
            }
            return name == word ? "it belongs below \(header)" : "write \(name) below \(header) instead"
        }
        if top.contains(word), !isIncluded { return "it belongs to the top of the file, above the first table" }
        return "allowed: \(known.map(\.name).joined(separator: ", "))"
    }

    /// Whether a key that no table has may be this one, which its table lacks.
    static func mayMean(_ unknown: String, _ key: String) -> Bool {
        !all.contains(unknown)
            && (meanings[plain(unknown)]?.contains(key) == true || Spelling.nearest(to: unknown, among: [key]) != nil)
    }

    private static func plain(_ key: String) -> String {
        key.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    }
}
