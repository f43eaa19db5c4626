import Foundation
import TestHome
import TestSupport
import Testing

/// `stretchd edit` in a terminal; the editors are small shell scripts.
struct EditTests {
    @Test func settingsBeginWithTheExample() async throws {
        let home = try CommandLineHome.atNoon()
        try await edit(in: home, editor: #"sed -i 's/Mon..Fri 07:30/Mon..Fri 06:15/' "$1""#) { terminal in
            try await terminal.shows("is fine: 1 routine")
            try await terminal.shows("Mon..Fri 06:15")
            #expect(try await terminal.finish() == 0)
        }
        let text = try String(contentsOfFile: home.configurationFile, encoding: .utf8)
        #expect(text.hasPrefix("# stretchd's settings."))
        let mode = try FileManager.default.attributesOfItem(atPath: home.configurationFile)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func theExampleGoesIfNothingChanges() async throws {
        let home = try CommandLineHome.atNoon()
        try await edit(in: home, editor: "test -s \"$1\"") { terminal in
            try await terminal.shows("nothing changed; the defaults stay in force")
            #expect(try await terminal.finish() == 0)
        }
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    @Test func aMistakeIsShownAndEditedAgain() async throws {
        let home = try CommandLineHome.atNoon("[prompt]\nsnooze = \"10min\"\n")
        // It mistypes at first, and mends that at the second time.
        let editor = #"if grep -q snoze "$1"; then sed -i s/snoze/snooze/ "$1"; else sed -i s/snooze/snoze/ "$1"; fi"#
        try await edit(in: home, editor: editor) { terminal in
            try await terminal.shows("snoze")
            try await terminal.shows("Edit again? [Y/n]")
            terminal.type("\r")
            try await terminal.shows("is fine: 1 routine")
            #expect(try await terminal.finish() == 0)
        }
    }

    @Test(arguments: ["n\r", "\u{4}"])
    func aMistakeCanBeLeft(key: String) async throws {
        let home = try CommandLineHome.atNoon("[prompt]\nsnooze = \"10min\"\n")
        try await edit(in: home, editor: #"echo 'snoze = "5min"' >>"$1""#) { terminal in
            try await terminal.shows("Edit again? [Y/n]")
            terminal.type(key)
            try await terminal.shows("left as it is")
            #expect(try await terminal.finish() == 78)
        }
        #expect(try String(contentsOfFile: home.configurationFile, encoding: .utf8).contains("snoze"))
    }

    @Test func ctrlCBelongsToTheEditor() async throws {
        let home = try CommandLineHome.atNoon("[prompt]\nsnooze = \"10min\"\n")
        try await edit(in: home, editor: "trap 'exit 0' INT; echo editing; while :; do sleep 0.1; done") { terminal in
            try await terminal.shows("editing")
            terminal.type("\u{3}")
            try await terminal.shows("is fine: 1 routine")
            #expect(try await terminal.finish() == 0)
        }
    }

    @Test func anEditorThatFailsLeavesNothingBehind() async throws {
        let home = try CommandLineHome.atNoon()
        try await edit(in: home, variables: ["EDITOR": "\(home.path)/nowhere --wait"]) { terminal in
            try await terminal.shows("failed with 127; name another, such as: EDITOR=nano stretchd edit")
            #expect(try await terminal.finish() == 65)
        }
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    @Test func withoutAnEditorItSaysHowToNameOne() async throws {
        let home = try CommandLineHome.atNoon()
        try await edit(in: home, variables: ["PATH": "\(home.path)/run"]) { terminal in
            try await terminal.shows("no editor was found; name yours, such as: EDITOR=nano stretchd edit")
            #expect(try await terminal.finish() == 65)
        }
    }

    @Test func withoutATerminalItNamesTheFile() async throws {
        let home = try CommandLineHome.atNoon()
        let result = try await home.runProgram(["edit"])
        #expect(result.code == 65)
        #expect(result.err == "stretchd: edit needs a terminal; your settings are \(home.configurationFile)\n")
        #expect(!FileManager.default.fileExists(atPath: home.configurationFile))
    }

    /// Edits with a script, whose first argument is the file.
    private func edit(
        in home: CommandLineHome, editor script: String, _ body: (PseudoTerminal) async throws -> Void
    ) async throws {
        try home.write(script, to: "\(home.path)/an editor")
        try await edit(in: home, variables: ["VISUAL": "sh '\(home.path)/an editor'", "EDITOR": "false"], body)
    }

    private func edit(
        in home: CommandLineHome, variables: [String: String], _ body: (PseudoTerminal) async throws -> Void
    ) async throws {
        let environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        let terminal = try PseudoTerminal(
            [builtProgram("stretchd"), "edit"],
            environment: home.environment.merging(environment) { $1 }.merging(variables) { $1 }, columns: 120)
        do { try await body(terminal) } catch {
            await terminal.end()
            throw error
        }
        await terminal.end()
    }
}
