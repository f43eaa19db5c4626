internal import StretchBase

/// The keys of `config.toml` by their tables, for messages about a key that is somewhere else or has another name.
enum KeyNames {
    /// As in stretchd(5), but without `id` and `title`, which several tables have.
    static let tables: [(header: String, keys: [String])] = [
        ("[prompt]", ["snooze", "snooze_limit", "remind_every", "reminders", "urgency"]),
        ("[presence]", ["wait", "settle"]), ("[guide]", ["speech", "pain"]), ("[prompt] or [guide]", ["sound"]),
        ("[[routine]]", ["schedule", "except", "window", "daily_goal", "steps"]),
        (
            "[[routine.steps]] or [[stretch]]",
            ["sides", "order", "sets", "repeats", "hold", "tempo", "rest", "prepare", "change"]
        ),
        (
            "[[stretch]]",
            [
                "purpose", "muscles", "position", "needs", "preparation", "movement", "feel", "faults", "cautions",
                "flexion", "sources", "drawing", "level",
            ]
        ),
    ]
    static let headers = [
        "[prompt]", "[presence]", "[guide]", "[[routine]]", "[[routine.steps]]", "[[stretch]]", "[[stretch.level]]",
    ]
    private static let top = ["include", "day_start"]

    static let all = Set(tables.flatMap(\.keys) + top + ["id", "title", "stretch"])

    /// What a key of other programs is called here; the first that the table has counts.
    private static let meanings = [
        "time": ["schedule", "hold"], "times": ["schedule", "repeats"], "at": ["schedule"], "when": ["schedule"],
        "days": ["schedule"], "day": ["schedule"], "hour": ["schedule"], "hours": ["schedule"], "cron": ["schedule"],
        "weekdays": ["schedule"], "on_calendar": ["schedule"], "oncalendar": ["schedule"], "start": ["schedule"],
        "reps": ["repeats"], "rep": ["repeats"], "repeat": ["repeats"], "repetitions": ["repeats"],
        "count": ["repeats", "daily_goal"], "set": ["sets"], "speed": ["tempo"], "pace": ["tempo"],
        "duration": ["hold"], "seconds": ["hold"],
        "secs": ["hold"], "length": ["hold"], "pause": ["rest"], "break": ["rest"],
        "name": ["title", "stretch"], "label": ["title"], "exercise": ["stretch", "steps"], "exercises": ["steps"],
        "stretches": ["steps", "stretch"], "id": ["stretch"], "description": ["movement"],
        "instructions": ["movement"], "how": ["movement"], "goal": ["daily_goal"], "times_per_day": ["daily_goal"],
        "exclude": ["except"], "skip": ["except"], "holidays": ["except"], "exceptions": ["except"],
        "timeout": ["window"], "deadline": ["window"], "interval": ["remind_every"], "include_files": ["include"],
        "includes": ["include"], "import": ["include"],
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
