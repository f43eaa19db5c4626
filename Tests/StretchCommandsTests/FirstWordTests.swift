import TestHome
import Testing

/// What is said about command lines that do not begin with a command, or cannot be read.
struct FirstWordTests {
    @Test func aloneItShowsTheStatusAndWhereTheCommandsAre() throws {
        let home = try CommandLineHome()
        let (alone, status) = (try home.run(), try home.run("status"))
        #expect(alone.code == 0)
        #expect(alone.out == status.out + "stretchd help lists all commands\n")
    }

    @Test(arguments: [
        (["dnoe"], "no command \"dnoe\"; did you mean done?"),
        (["snoze", "10min"], "no command \"snoze\"; did you mean snooze?"),
        (
            ["morning"],
            "\"morning\" is a routine; write what to do with it: stretchd guide morning, stretchd done morning"
        ),
        (["mornign"], "no command \"mornign\"; did you mean morning?"),
        (
            ["config"],
            "no command \"config\"; stretchd edit opens your settings, and stretchd check says what they mean"
        ),
        (["list"], "no command \"list\"; stretchd next lists what comes, and stretchd stretches what there is to do"),
        (["today"], "no command \"today\"; stretchd status shows today, and stretchd next what comes"),
        (
            ["yesterday"],
            "no command \"yesterday\"; stretchd log --from yesterday tells of it; "
                + "stretchd done --day yesterday records it"
        ),
        (
            ["streak"],
            "no command \"streak\"; stretchd status has the streak, and stretchd history shows how it went"
        ),
        (["help", "nosuch"], "no command \"nosuch\"; stretchd help lists all of them"),
        (["a\nb"], "no command \"a\u{FFFD}b\"; stretchd help lists all of them"),
    ])
    func aWordThatIsNoCommandIsAnswered(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(arguments)
        #expect(result.code == 64 && result.out == "")
        #expect(result.err == "stretchd: \(complaint)\n")
    }

    @Test(arguments: [
        (["next", "--count", "0"], "--count is 0; allowed: 1 to 10000; see: stretchd help next"),
        (["report", "--force"], "--force is for --output; see: stretchd help report"),
        (["import"], "import needs <file>; see: stretchd help import"),
        (["undo", "this"], "undo takes no \"this\"; see: stretchd help undo"),
        (["journal", "verfy"], "journal takes no \"verfy\"; did you mean verify?"),
        (["status", "--jsno"], "status has no --jsno; did you mean --json?"),
        (["--nonsense"], "stretchd has no --nonsense; see: stretchd help"),
        (["--vresion"], "stretchd has no --vresion; did you mean --version?"),
        (["status", "a", "b"], "status takes no \"b\"; see: stretchd help status"),
        (["export", "--format", "jsn"], "--format is \"jsn\"; did you mean json?"),
        (["export", "--format", "xml"], "--format is \"xml\"; allowed: csv, json; see: stretchd help export"),
        (["next", "-c", "x"], "-c is \"x\"; allowed: a number; see: stretchd help next"),
        (["done", "--pain", "much"], "--pain is \"much\"; allowed: 0 to 10; see: stretchd help done"),
        (["done", "--day"], "--day needs a value, <day>; see: stretchd help done"),
        (["report", "-o"], "-o needs a value, <file>; see: stretchd help report"),
        (["guide", "--pause", "--next"], "--pause and --next exclude each other; see: stretchd help guide"),
    ])
    func aUsageMistakeIsOneLine(arguments: [String], complaint: String) throws {
        let result = try CommandLineHome().run(arguments)
        #expect(result.code == 64 && result.out == "")
        #expect(result.err == "stretchd: \(complaint)\n")
    }

    @Test(arguments: [["help"], ["--help"], ["help", "done"], ["done", "--help"], ["--version"], ["help", "help"]])
    func helpIsAnAnswer(arguments: [String]) throws {
        let result = try CommandLineHome().run(arguments)
        #expect(result.code == 0 && result.err == "" && !result.out.isEmpty)
        #expect(result.lines.allSatisfy { $0.count <= 80 }, "\(result.out)")
    }

    @Test func helpIsInGroupsWithTheDaemonLast() throws {
        let lines = try CommandLineHome().run("help").lines
        let groups = lines.dropFirst().compactMap { $0.firstMatch(of: /^[A-Z][a-z]+/).map { String($0.0) } }
        #expect(groups == ["Looking", "Stretching", "Answering", "Settings", "Journal", "Daemon"])
    }
}
