import TestHome
import Testing

/// What `help` shows fits the smallest terminals that people have, with the prompt of the shell below it.
struct HelpTests {
    @Test func everyPageFitsATerminalOfEightyByTwentyFour() throws {
        let home = try CommandLineHome()
        let program = try HelpDocument(of: home).command
        for words in [[], ["journal"]] + program.runnable.map(\.words) where words != ["help"] {
            let result = try home.run(["help"] + words)
            #expect(result.code == 0 && result.err == "", "\(words)")
            // The list of all commands leaves no line for the prompt.
            #expect(result.lines.dropLast().count <= (words.isEmpty ? 24 : 23), "\(result.out)")
            for line in result.lines { #expect(line.count <= 80, "\(line)") }
            #expect(try home.run(words + ["--help"]).out == result.out)
            #expect(result.out.contains("Usage: stretchd\(words.map { " \($0)" }.joined())"))
            #expect(result.out.contains("man stretchd"))
        }
    }

    @Test func everyCommandIsListedInOneLineAndHasAnExample() throws {
        let home = try CommandLineHome()
        let overview = try home.run("help").lines
        for (words, command) in try HelpDocument(of: home).command.runnable where words != ["help"] {
            #expect(overview.contains { $0.contains(" \(words[0]) ") }, "\(words)")
            let page = try home.run(["help"] + words).lines
            let start = try #require(page.firstIndex(of: "Examples:"), "\(words)")
            let examples = page[(start + 1)...].prefix { !$0.isEmpty }
            #expect(examples.allSatisfy { $0.contains("stretchd \(words.joined(separator: " "))") }, "\(examples)")
            // Each option is explained, and a placeholder says what its value is.
            for option in command.options where !["--help", "-h", "--version"].contains(option) {
                #expect(page.contains { $0.hasPrefix("  ") && $0.contains(option) }, "\(words) \(option)")
            }
            #expect(!page.contains { $0.contains(/--(from|to|at|output|count|note) <\1>/) }, "\(words)")
        }
    }

    @Test func aPageSaysHowToTypeTheCommand() throws {
        let page = """
            Records that you did it: what is due, or comes next.

            Usage: stretchd done [<routine>] [--day <day>] [--pain <0-10>] [--note <text>]

              <routine>      Needed where several may be meant.
              --day <day>    The day it is for: yesterday, monday, 2026-11-22.
              --pain <0-10>  How much your back hurt; 0 is not at all.
              --note <text>  A note to keep with it.

            What is done already stays as it is. Outside the schedule it counts as a bonus.

            Examples:
              stretchd done                              what is due
              stretchd done --day yesterday --pain 3     what you forgot to say

            All of it: man stretchd

            """
        #expect(try CommandLineHome().run("help", "done").out == page)
    }

    @Test func aLongUsageGoesOnBelowItsArguments() throws {
        let lines = try CommandLineHome().run("next", "--help").lines
        #expect(lines[2] == "Usage: stretchd next [<routine>] [--count <number>] [--from <time>]")
        #expect(lines[3] == "                     [--schedule <event>] [--zone <zone>] [--json]")
    }

    @Test func theVersionIsAnOptionAndAWord() throws {
        let home = try CommandLineHome()
        #expect(try home.run("version").out == home.run("--version").out)
        #expect(try home.run("version").code == 0)
    }
}
