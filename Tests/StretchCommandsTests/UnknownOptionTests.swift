import TestHome
import Testing

/// Options that a command does not have, but that people try.
struct UnknownOptionTests {
    @Test(arguments: [
        ("history --csv", "history has no --csv; stretchd export writes CSV"),
        ("status --csv", "status has no --csv; stretchd export writes CSV"),
        ("export --csv", "export has no --csv; write --format csv"),
        ("export --json", "export has no --json; write --format json"),
        ("done --json", "done has no --json; stretchd status --json says how things stand"),
        ("export -o days.csv", "export has no -o; write it to a file with >, such as stretchd export >history.csv"),
        ("history --since yesterday", "history has no --since; write --from"),
        ("simulate --until 2026-12-01", "simulate has no --until; write --to"),
        ("pause --until 2026-12-01", "pause has no --until; write it without dashes: until"),
        ("pause --for 3d", "pause has no --for; give the span alone, such as 20min"),
        ("done --yesterday", "done has no --yesterday; write --day yesterday"),
        ("history --yesterday", "history has no --yesterday; write --from yesterday"),
        ("history --days 7", "history has no --days; name the first day, such as --from yesterday"),
        ("done --date today", "done has no --date; write --day"),
        ("log --day monday", "log has no --day; write --from monday --to monday"),
        ("log --day 23 Nov", "log has no --day; write --from \"23 Nov\" --to \"23 Nov\""),
        ("status --day yesterday", "status has no --day; write --at yesterday"),
        ("history --routine morning", "history has no --routine; name the routine without an option"),
        ("skip --comment travelling", "skip has no --comment; write --note"),
        ("next --tz Asia/Tokyo", "next has no --tz; write --zone"),
        ("next -n 3", "next has no -n; write --count"),
        ("journal verify --csv", "journal verify has no --csv; stretchd export writes CSV"),
    ])
    func whatWasMeantIsSaid(line: String, complaint: String) throws {
        let result = try CommandLineHome().run(line.split(separator: " ").map(String.init))
        #expect(result.code == 64)
        #expect(result.out == "")
        #expect(result.err == "stretchd: \(complaint)\n")
    }

    @Test func ofOthersTheMostSimilarIsNamed() throws {
        let result = try CommandLineHome().run("done", "--pian", "3")
        #expect(result.code == 64)
        #expect(result.err == "stretchd: done has no --pian; did you mean --pain?\n")
    }
}
