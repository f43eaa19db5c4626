import Foundation
import TestHome
import TestSupport
import Testing

/// The Tab key in the shells that people have, each as it is when it was only installed.
struct ShellCompletionTests {
    @Test func inBash() async throws {
        try await complete(in: ["bash", "-i"], prompted: "$ ") { home in
            try home.write(". /usr/share/bash-completion/bash_completion\nPS1='$ '\n", to: "\(home.path)/.bashrc")
            try install("stretchd.bash", as: "bash-completion/completions/stretchd", in: home)
        }
    }

    @Test func inZsh() async throws {
        try await complete(in: ["zsh", "-i"], prompted: "$ ") { home in
            let settings =
                "fpath=($XDG_DATA_HOME/zsh/site-functions $fpath)\nautoload -Uz compinit\ncompinit -u\nPS1='$ '\n"
            try home.write(settings, to: "\(home.path)/.zshrc")
            try install("_stretchd", as: "zsh/site-functions/_stretchd", in: home)
        }
    }

    @Test func inFish() async throws {
        // What it proposes by itself would look like what Tab does.
        let settings = "set fish_autosuggestion_enabled 0; function fish_prompt; echo '$ '; end"
        try await complete(in: ["fish", "-C", settings], prompted: "$ ") { home in
            try install("stretchd.fish", as: "fish/vendor_completions.d/stretchd.fish", in: home)
            // Otherwise it reads all manual pages when it starts for the first time.
            try makeDirectory("\(home.path)/data/fish/generated_completions")
        }
    }

    /// What is typed before the Tab key, and what it adds.
    private static let words: [(typed: String, added: String)] = [
        ("hist", "ory"), ("stretches gl", "ute-bridge"), ("done --pa", "in"), ("skip --day yest", "erday"),
        ("skip --day=yest", "erday"), ("next --zone Europe/Berl", "in"), ("simulate --awake 06", ":40..23:00"),
        ("simulate --awake=06:4", "0..23:00"), ("export --format j", "son"), ("pause from yesterday un", "til"),
        ("help jour", "nal"), ("journal ver", "ify"),
        // A directory has the name of the routine.
        ("done morn", "ing"),
        ("check ph", "ysio.toml"), ("check ~/documents/ph", "ysio.toml"), ("report --output=ol", "d.html"),
    ]

    private func complete(
        in shell: [String], prompted prompt: String, prepare: (CommandLineHome) throws -> Void
    ) async throws {
        let home = try CommandLineHome(configuration: routine("morning", "07:30") + routine("desk", "15:00"))
        let documents = "\(home.path)/documents"
        try makeDirectory("\(documents)/morning")
        for name in ["physio.toml", "physio.txt", "old.html", "old.pdf"] {
            try home.write("", to: "\(documents)/\(name)")
        }
        try prepare(home)
        let program = URL(filePath: builtProgram("stretchd")).deletingLastPathComponent().path
        let variables = ["PATH": "\(program):/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "ZDOTDIR": home.path]
        let terminal = try PseudoTerminal(
            ["/bin/sh", "-c", #"cd "$HOME/documents" && exec "$@""#, "sh"] + shell,
            environment: home.environment.merging(variables) { $1 })
        do {
            try await terminal.shows(prompt)
            for (typed, added) in Self.words {
                terminal.type("stretchd \(typed)\t")
                try await terminal.shows("\(typed)\(added)")
                // The next one begins with an empty line.
                terminal.type("\u{15}")
            }
        } catch {
            await terminal.end()
            throw error
        }
        await terminal.end()
    }

    private func install(_ file: String, as path: String, in home: CommandLineHome) throws {
        let target = URL(filePath: "\(home.path)/data/\(path)")
        try makeDirectory(target.deletingLastPathComponent().path)
        try FileManager.default.copyItem(at: repository.appending(path: "completions/\(file)"), to: target)
    }

    private func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
}
