import StretchBase
import StretchCore

/// The first word of a command line, which names the command.
///
/// ArgumentParser would take a word that is no command for a surplus argument of `stretchd` itself.
struct FirstWord {
    private let word: String

    /// Nil if the command line begins with a command or an option.
    init?(of arguments: [String], among commands: [String]) {
        var words = arguments[...]
        if words.first == "help" { words.removeFirst() }
        guard let word = words.first, !word.hasPrefix("-"), !word.isEmpty, word != "help", !commands.contains(word)
        else {
            return nil
        }
        self.word = word
    }

    /// What to type instead, in one line.
    ///
    /// - Parameter routines: the ids of the routines that can be named.
    func remedy(commands: [String], routines: [String]) -> String {
        let quoted = "\"\(oneLine(word))\""
        if routines.contains(word) {
            return "\(quoted) is a routine; write what to do with it: stretchd guide \(word), stretchd done \(word)"
        }
        if let meant = Self.meanings[word.lowercased()] { return "no command \(quoted); \(meant)" }
        let near = Spelling.nearest(to: word, among: commands + routines).map { "; did you mean \($0)?" }
        return "no command \(quoted)\(near ?? "")\(near == nil ? "; stretchd help lists all of them" : "")"
    }

    /// What people call a command that has another name here.
    private static let meanings: [String: String] = [
        "config": settings, "configure": settings, "settings": settings, "preferences": settings, "setup": settings,
        "list": lists, "ls": lists, "show": lists, "routines": lists,
        "today": "stretchd status shows today, and stretchd next what comes",
        "tomorrow": "stretchd next shows what comes",
        "yesterday": "stretchd log --from yesterday tells of it; stretchd done --day yesterday records it",
        "stats": numbers, "statistics": numbers, "streak": numbers, "streaks": numbers,
        "start": "stretchd guide leads you through; the daemon is started with: systemctl --user start stretchd",
        "stop": "stretchd pause asks nothing for a while; the daemon is stopped with: systemctl --user stop stretchd",
        "restart": "the daemon is started anew with: systemctl --user restart stretchd",
        "later": "stretchd snooze hides what is due for a while",
        "holiday": holidays, "holidays": holidays, "vacation": holidays,
    ]
    private static let settings = "stretchd edit opens your settings, and stretchd check says what they mean"
    private static let lists = "stretchd next lists what comes, and stretchd stretches what there is to do"
    private static let numbers = "stretchd status has the streak, and stretchd history shows how it went"
    private static let holidays = "stretchd pause until 2026-12-27 is for holidays"
}
