import StretchBase
import StretchCore
import Testing

struct IncludeTests {
    private let physio = """
        [[stretch]]
        id = "calf"
        title = "Calf"
        movement = "Lean."
        [[routine]]
        id = "physio"
        title = "Prescribed"
        schedule = "08:00"
        steps = ["calf", "plank"]
        """
    private let own = """
        [[stretch]]
        id = "plank"
        title = "Plank"
        movement = "Hold."
        [[routine]]
        id = "own"
        title = "Own"
        schedule = "07:00"
        steps = ["calf"]
        """

    @Test func allFilesShareTheirStretchesAndRoutines() throws {
        let read = try read("include = [\"sub/physio.toml\"]\n" + own, including: ["sub/physio.toml": physio])
        #expect(read.includes == ["sub/physio.toml"])
        #expect(read.stretches.map(\.id) == ["plank", "calf"])
        #expect(read.routines.map(\.id) == ["own", "physio"])
        #expect(read.routine("physio")?.steps.map(\.stretch.title) == ["Calf", "Plank"])
        #expect(read.routine("own")?.steps.map(\.stretch.title) == ["Calf"])
    }

    @Test func oneFileMayStandWithoutBrackets() throws {
        #expect(try read("include = \"a.toml\"", including: ["a.toml": ""]).routines == [.morning])
    }

    @Test func anIncludedRoutineTakesThePlaceOfTheDefault() throws {
        let text = "[[routine]]\nid = \"desk\"\nschedule = \"11:00\""
        #expect(try read("include = \"a.toml\"", including: ["a.toml": text]).routines.map(\.id) == ["desk"])
    }

    @Test(arguments: [
        "/etc/passwd", "../physio.toml", "..", ".", "./physio.toml", "sub/../physio.toml", "sub//physio.toml", "sub/",
        "", "a\\nb.toml", "..\\u002F\\u0338x", "\\u001B[2J",
    ])
    func aPathThatMayLeadOutIsNotEvenTried(_ path: String) {
        var tried: [String] = []
        do throws(ConfigurationError) {
            _ = try ConfigurationReader.read("include = \"\(path)\"", file: "config.toml") { path in
                tried.append(path)
                return ""
            }
            Issue.record("accepted")
        } catch {
            #expect(error.problems.count == 1)
            let text = error.problems.first?.description ?? ""
            #expect(text.hasPrefix("config.toml: include: ") && text.contains("allowed: paths below"), "\(text)")
        }
        #expect(tried.isEmpty)
    }

    @Test func aFileThatCannotBeReadIsOneMistakeAndIsTold() {
        do throws(ConfigurationError) {
            // That a stretch in it is not known then is no mistake of its own.
            _ = try read("include = [\"physio.toml\"]\n" + own)
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.description) == ["config.toml: include: \"physio.toml\": is missing"])
            #expect(error.includes == ["physio.toml"])
        }
    }

    @Test func mistakesNameTheIncludedFileAsTheOtherIsNamed() {
        let files = ["sub/a.toml": "x = ", "b.toml": "[[stretch]]\nid = \"b\"\ntitle = \"B\""]
        do throws(ConfigurationError) {
            _ = try ConfigurationReader.read(
                "day_start = 4\ninclude = [\"sub/a.toml\", \"b.toml\"]", file: "/home/u/config.toml"
            ) { path in files[path] ?? "" }
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.file) == ["/home/u/config.toml", "/home/u/sub/a.toml", "/home/u/b.toml"])
            #expect(error.problems.map(\.place) == ["day_start", "line 1, column 5", "stretch \"b\": movement"])
            #expect(error.includes == ["sub/a.toml", "b.toml"])
        }
    }

    @Test(arguments: ["include = \"b.toml\"", "day_start = \"04:00\"", "[prompt]\nsnooze = \"5min\"", "[guide]"])
    func anIncludedFileHoldsNothingElse(_ text: String) {
        let found = problems("include = \"a.toml\"", including: ["a.toml": text, "b.toml": ""])
        let key = text.trimmingPrefix("[").prefix { $0 != "]" && $0 != " " }
        #expect(found == ["a.toml: \(key): unknown key in an included file; allowed: stretch, routine"])
    }

    @Test func anIDThatTwoFilesUseIsAMistake() {
        #expect(
            problems("include = [\"a.toml\", \"b.toml\"]\n" + own, including: ["a.toml": physio, "b.toml": physio]) == [
                "b.toml: stretch \"calf\": id: is used by an earlier stretch in a.toml too; allowed: an id of its own for each",
                "b.toml: routine \"physio\": id: is used by an earlier routine in a.toml too; allowed: an id of its own for each",
            ])
    }

    @Test func aFileIncludedTwiceIsAMistake() {
        #expect(
            problems("include = [\"a.toml\", \"b.toml\", \"a.toml\"]", including: ["a.toml": "", "b.toml": ""]) == [
                "config.toml: include[3]: \"a.toml\": is there twice; take one out"
            ])
    }

    @Test(arguments: [(16, []), (17, ["config.toml: include: has 17 files; allowed: up to 16"])])
    func sixteenFilesAreEnough(_ count: Int, _ expected: [String]) {
        let names = (1...count).map { "\($0).toml" }
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, "") })
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(problems("include = [\(list)]", including: files) == expected)
    }

    @Test func aTextWithoutAPlaceIncludesNothing() {
        #expect(throws: ConfigurationError.self) { try ConfigurationReader.read("include = \"a.toml\"", file: "f") }
    }
}
