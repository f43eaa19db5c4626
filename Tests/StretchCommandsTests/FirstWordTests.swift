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
        (["version"], "no command \"version\"; stretchd --version says which this is"),
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
        (["import"], "missing expected argument '<file>'; see: stretchd help import"),
        (["undo", "this"], "unexpected argument 'this'; see: stretchd help undo"),
        (["journal", "verfy"], "unexpected argument 'verfy'; see: stretchd help journal"),
        (["status", "--jsno"], "unknown option '--jsno'. Did you mean '--json'?; see: stretchd help status"),
        (["--nonsense"], "unknown option '--nonsense'; see: stretchd help"),
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
        let heads = lines.filter { $0.hasSuffix(":") || $0.contains("SUBCOMMANDS") }.map(String.init)
        #expect(heads.last?.contains("DAEMON") == true, "\(heads)")
    }
}
