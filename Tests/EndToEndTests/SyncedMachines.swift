import Foundation
import TestSupport
import Testing

/// One of two machines of the same person whose journals Syncthing keeps the same.
struct SyncedMachine {
    let machine: Machine
    let desktop: HeadlessDesktop
    let syncthing: Syncthing

    /// The name of its own file: every machine has another.
    let file: String

    /// Makes a machine with an id of its own; `ahead`: its clock, such as "+120s".
    fileprivate init(on desktop: HeadlessDesktop, id: Character, noon: Noon, ahead: String?) async throws {
        self.desktop = desktop
        let file = desktop.bus.directory.appending(path: "machine-id")
        try (String(repeating: id, count: 32) + "\n").write(to: file, atomically: true, encoding: .utf8)
        let clock = ahead.map { ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", $0] } ?? []
        var machine = try Machine(on: desktop.bus, noon: noon, under: SyncedMachine.identity(in: file.path) + clock)
        syncthing = try await Syncthing(on: desktop.bus)

        // Under another home it writes a file of the same name.
        let elsewhere = desktop.bus.directory.appending(path: "elsewhere")
        let done = try machine.launch([builtProgram("stretchd"), "done"], adding: ["XDG_DATA_HOME": elsewhere.path])
        try #require(try await done.finish() == 0, "a machine id of its own needs the right to mount")
        let written = try machine.ownFile(in: elsewhere.appending(path: "stretchd/journal"))
        self.file = try #require(written).lastPathComponent
        machine.ownName = self.file
        self.machine = machine
    }

    /// A path in its journal.
    func path(_ name: String) -> String { machine.journal.appending(path: name).path }

    /// What `status --json` says of the routines, in one line.
    func history() async throws -> String {
        let document = try JSONSerialization.jsonObject(with: try await machine.statusInJSON()) as? [String: Any]
        let data = try JSONSerialization.data(withJSONObject: document?["routines"] ?? [], options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }

    /// Runs a program for which the machine's id is another: in a mount namespace that goes with it.
    private static func identity(in file: String) -> [String] {
        MountNamespace.command + ["sh", "-c", #"mount --bind "$0" /etc/machine-id && exec "$@""#, file]
    }

    /// Without the right to mount there is no second machine, except where all must be tested.
    static func canBe() async throws -> Bool {
        let environment = ProcessInfo.processInfo.environment
        if environment["CI"] == "true" { return true }
        return try await Subprocess(identity(in: "/dev/null") + ["true"], environment: environment).finish() == 0
    }
}

/// Two machines, each with dunst, a daemon and Syncthing; both have the same routine, due now, and are asked.
///
/// - Parameters:
///   - deskAhead: how wrong the clock of the first one is, such as "+120s".
///   - ignoringDeletions: the first one keeps what the other deletes.
///   - laptopDue: when the routine of the second one is due, in seconds from now.
///   - laptopMore: more of the second one's configuration.
func withSyncedMachines(
    deskAhead: String? = nil, ignoringDeletions: Bool = false, laptopDue: Int = -1, laptopMore: String = "",
    _ body: (_ desk: SyncedMachine, _ laptop: SyncedMachine) async throws -> Void
) async throws {
    try await withDesktop { first in
        try await withDesktop { second in
            let noon = Noon()
            let desk = try await SyncedMachine(on: first, id: "d", noon: noon, ahead: deskAhead)
            let laptop = try await SyncedMachine(on: second, id: "1", noon: noon, ahead: nil)
            try #require(desk.file != laptop.file)
            try await desk.syncthing.share(
                desk.machine.journal, with: laptop.syncthing, ignoringDeletions: ignoringDeletions)
            try await laptop.syncthing.share(laptop.machine.journal, with: desk.syncthing)
            let now = time(nil)
            try desk.machine.configure(noon.daily(in: -1, from: now))
            try laptop.machine.configure(noon.daily(in: laptopDue, from: now), more: laptopMore)
            for side in [desk, laptop] {
                try await side.syncthing.connected()
                _ = try await side.desktop.startDunst()
                _ = try await side.machine.start()
            }
            for side in [desk, laptop] { try #require(try await side.desktop.settles(at: 1) == 1) }
            try await body(desk, laptop)
        }
    }
}
