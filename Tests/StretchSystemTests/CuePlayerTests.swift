import Foundation
import StretchSystem
import TestSupport
import Testing

/// Sounds and words, each in a process of its own.
///
/// Whoever starts one ignores SIGCHLD, which other tests cannot stand: in processes of their own.
struct CuePlayerTests {
    @Test func wordsAreOneArgumentOfAProgramThatGetsNothingElse() async {
        await #expect(processExitsWith: .success) { try await speak() }
    }

    @Test func whatHangsIsNotPiledUp() async {
        await #expect(processExitsWith: .success) { try await hang() }
    }

    @Test func nothingIsSpokenWithoutASpeaker() async {
        await #expect(processExitsWith: .success) {
            setenv("PATH", "/nowhere", 1)
            await CuePlayer(environment: [:]).speak("hello")
            #expect(waitpid(-1, nil, WNOHANG) == -1)
        }
    }

    @Test func withoutAnySoundsTheBellIsLeftToTheCaller() async {
        await #expect(processExitsWith: .success) {
            let player = await CuePlayer(environment: ["XDG_DATA_HOME": "/nowhere", "XDG_DATA_DIRS": "/nowhere"])
            #expect(await !player.play("message"))
        }
    }

    @Test(.enabled(if: hasLibrary)) func soundIsPlayedByTheProgram() async {
        await #expect(processExitsWith: .success) { try await play() }
    }

    @Test(.enabled(if: hasLibrary)) func oneSoundAtATimeIsHeardAndWordsWaitForItsEnd() async {
        await #expect(processExitsWith: .success) { try await oneAfterTheOther() }
    }

    /// As ALSA writes it to a file.
    @Test(.enabled(if: hasLibrary && hasMessage)) func cueIsHeardAndEnds() async throws {
        try await withBus { bus in
            let file = bus.directory.appending(path: "heard").path
            try "pcm.!default { type file slave.pcm { type null } file \"\(file)\" format raw }"
                .write(to: bus.directory.appending(path: "asound.conf"), atomically: true, encoding: .utf8)
            let cue = try bus.start(
                [builtProgram("stretchd"), "cue", "--", "message"],
                adding: [
                    "CANBERRA_DRIVER": "alsa", "ALSA_CONFIG_PATH": bus.directory.appending(path: "asound.conf").path,
                ])
            #expect(try await cue.finish() == 0)
            let samples = try Data(contentsOf: URL(fileURLWithPath: file))
            #expect(samples.contains { $0 != 0 })
        }
    }

    @Test func soundThatCannotBePlayedIsAFailure() async throws {
        try await withBus { bus in
            let cue = try bus.start(
                [builtProgram("stretchd"), "cue", "--", "no-such-sound"], adding: ["CANBERRA_DRIVER": "none"])
            #expect(try await cue.finish() == 1)
        }
    }

    private static let hasLibrary = dlopen("libcanberra.so.0", RTLD_LAZY) != nil
    private static let hasMessage = access("/usr/share/sounds/freedesktop/stereo/message.oga", R_OK) == 0
}

@MainActor
private func speak() async throws {
    let scratch = try Scratch()
    try scratch.program(
        "spd-say",
        """
        { printf '%s\\n' $# "$@"
          while read -r line; do case $line in SigBlk*|SigIgn*) echo "$line";; esac; done < /proc/$$/status
          readlink /proc/$$/fd/*; } > \(scratch("draft"))
        mv \(scratch("draft")) \(scratch("heard"))
        """)
    setenv("PATH", "\(scratch.path):/usr/bin:/bin", 1)
    signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    sigaddset(&signals, SIGUSR1)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    try scratch.write("", to: "leak")
    let leak = open(scratch("leak"), O_RDONLY)
    defer { close(leak) }

    let player = CuePlayer(environment: [:])
    player.speak("-1 of 4; $HOME 'left'")
    let heard = try await eventually { try? String(contentsOfFile: scratch("heard"), encoding: .utf8) }
    let lines = (heard ?? "").split(separator: "\n")
    try #require(lines.count > 6)
    #expect(lines[..<3] == ["2", "--", "-1 of 4; $HOME 'left'"])
    // Two of the C library's own come after these.
    #expect(lines[3...4].allSatisfy { $0.suffix(8).allSatisfy { "08".contains($0) } && $0.suffix(7) == "0000000" })
    #expect(lines[5] == "/dev/null" && !lines.contains { $0.hasSuffix("/leak") })
    // Nothing is left of it.
    let gone = try await eventually { waitpid(-1, nil, WNOHANG) == -1 ? true : nil }
    #expect(gone == true)
}

@MainActor
private func hang() async throws {
    let scratch = try Scratch()
    try scratch.program("spd-say", "echo $$ > \(scratch("")).$2\nexec sleep 60")
    setenv("PATH", "\(scratch.path):/usr/bin:/bin", 1)
    let player = CuePlayer(environment: [:])
    func pid(of words: String) async throws -> pid_t? {
        try await eventually {
            let text = try? String(contentsOfFile: scratch(".\(words)"), encoding: .utf8)
            return text.flatMap { pid_t($0.trimmingCharacters(in: .newlines)) }
        }
    }
    for words in ["one", "two", "three"] { player.speak(words) }
    let first = try #require(try await pid(of: "one"))
    let second = try #require(try await pid(of: "two"))
    defer { kill(second, SIGKILL) }
    kill(first, SIGKILL)
    _ = try await eventually { kill(first, 0) != 0 ? true : nil }
    player.speak("four")
    let fourth = try #require(try await pid(of: "four"))
    kill(fourth, SIGKILL)
    #expect(access(scratch(".three"), F_OK) != 0)
}

@MainActor
private func play() async throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("sounds/freedesktop")
    try scratch.write("[Sound Theme]\n", to: "sounds/freedesktop/index.theme")
    try scratch.program("player", "echo \"$@\" > \(scratch("draft"))\nmv \(scratch("draft")) \(scratch("heard"))")
    let player = CuePlayer(environment: ["XDG_DATA_HOME": scratch.path], program: scratch("player"))
    #expect(player.play("message"))
    let heard = try await eventually { try? String(contentsOfFile: scratch("heard"), encoding: .utf8) }
    #expect(heard == "cue -- message\n")
}

@MainActor
private func oneAfterTheOther() async throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("sounds/freedesktop")
    try scratch.write("[Sound Theme]\n", to: "sounds/freedesktop/index.theme")
    // A sound lasts until it is ended, or until this test is over.
    try scratch.program(
        "player",
        """
        trap 'echo "end of $3" >> \(scratch("heard")); exit' TERM
        echo "$3" >> \(scratch("heard"))
        while [ -e "$0" ]; do sleep 0.01; done
        """)
    try scratch.program("spd-say", "echo $2 >> \(scratch("heard"))")
    setenv("PATH", "\(scratch.path):/usr/bin:/bin", 1)
    func hear(_ line: String) async throws {
        let isHeard: Bool? = try await eventually {
            let text = try? String(contentsOfFile: scratch("heard"), encoding: .utf8)
            return text?.split(separator: "\n").contains(Substring(line)) == true ? true : nil
        }
        #expect(isHeard == true, "\(line)")
    }
    let player = CuePlayer(environment: ["XDG_DATA_HOME": scratch.path], program: scratch("player"))
    #expect(player.play("first"))
    try await hear("first")
    player.speak("late", after: .milliseconds(50))
    #expect(player.play("second"))
    try await hear("end of first")
    try await hear("second")
    player.speak("dropped", after: .milliseconds(50))
    player.speak("words", after: .milliseconds(100))
    try await hear("words")
    let heard = try String(contentsOfFile: scratch("heard"), encoding: .utf8)
    #expect(!heard.contains("late") && !heard.contains("dropped") && !heard.contains("end of second"))
}

extension Scratch {
    fileprivate func program(_ name: String, _ script: String) throws {
        try write("#!/bin/sh\n\(script)\n", to: name)
        chmod(self(name), 0o700)
    }
}
