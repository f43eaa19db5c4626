import Foundation
import FoundationNetworking
import Glibc
import Synchronization
import TestSupport
import Testing

/// A real Syncthing, which shares one directory with another on loopback: it announces itself to nobody, and asks nobody.
final class Syncthing: Sendable {
    /// Its public name.
    let device: String
    private let home: URL
    private let bus: PrivateBus
    private let port = freePort()
    private let restPort = freePort()
    private static let key = "test"

    /// Makes its keys; it ends with the bus.
    init(on bus: PrivateBus) async throws {
        self.bus = bus
        home = bus.directory.appending(path: "syncthing")
        try await Subprocess.run(
            ["syncthing", "generate", "--home", home.path, "--no-default-folder"], environment: quiet(bus.environment))
        let text = try String(contentsOf: home.appending(path: "config.xml"), encoding: .utf8)
        device = String(try #require(text.firstMatch(of: /<device id="([A-Z0-9-]+)"/)).1)
    }

    /// Starts it, and waits until it answers.
    ///
    /// As `docs/syncing.md` advises, changes are sent after one second and deleted files are kept; what else is not said
    /// here is as Syncthing has it for everybody.
    func share(_ directory: URL, with other: Syncthing, ignoringDeletions: Bool = false) async throws {
        let file = home.appending(path: "config.xml")
        var text = try String(contentsOf: file, encoding: .utf8)
        let defaults = try #require(text.firstMatch(of: /<folder (?s:.)*?<\/folder>/)).output
        let folder = defaults.replacing(#"id="" label="" path="~""#, with: #"id="journal" path="\#(directory.path)""#)
            .replacing(#"fsWatcherDelayS="10""#, with: #"fsWatcherDelayS="1""#)
            .replacing("<versioning>", with: #"<versioning type="trashcan">"#)
            .replacing("<ignoreDelete>false", with: "<ignoreDelete>\(ignoringDeletions)")
            .replacing("<filesystemType>", with: #"<device id="\#(other.device)"/><filesystemType>"#)
        let peer = #"<device id="\#(other.device)"><address>tcp://127.0.0.1:\#(other.port)</address></device>"#
        text.replace(/<configuration .*>/) { "\($0.output)\(folder)\(peer)" }
        for (name, value) in [
            "listenAddress": "tcp://127.0.0.1:\(port)", "globalAnnounceEnabled": "false",
            "localAnnounceEnabled": "false", "relaysEnabled": "false", "natEnabled": "false", "urAccepted": "-1",
            "crashReportingEnabled": "false", "autoUpgradeIntervalH": "0", "startBrowser": "false",
            // On a busy machine the first call may be missed.
            "reconnectionIntervalS": "5", "apikey": Self.key,
        ] {
            text.replace(try Regex("<\(name)>.*?</\(name)>")) { _ in "<\(name)>\(value)</\(name)>" }
        }
        text.replace("127.0.0.1:8384", with: "127.0.0.1:\(restPort)")
        try text.write(to: file, atomically: true, encoding: .utf8)

        _ = try bus.start(
            [
                "syncthing", "serve", "--home", home.path, "--no-browser", "--no-restart", "--logfile",
                "\(home.path)/log",
            ],
            adding: quiet([:]))
        _ = try await found("an answer of Syncthing") { try? await ask("system/ping") }
    }

    /// Returns when the connection is there, on this side.
    func connected() async throws { try await connection(true) }

    /// Takes the other away, as a network that is gone.
    func pause(_ other: Syncthing) async throws {
        _ = try await ask("system/pause?device=\(other.device)", by: "POST")
        try await connection(false)
    }

    func resume(_ other: Syncthing) async throws {
        _ = try await ask("system/resume?device=\(other.device)", by: "POST")
        try await connection(true)
    }

    /// Returns when it knows what is in the directory now: it waits a while before it believes that a file is gone.
    func scan() async throws { _ = try await ask("db/scan?folder=journal", by: "POST") }

    private func connection(_ isThere: Bool) async throws {
        _ = try await found(isThere ? "the connection" : "the end of the connection") {
            let answer = try await ask("system/connections")
            return answer.contains(/"connected": ?true/) == isThere ? true : nil
        }
    }

    /// Its answer to a call of its REST interface.
    private func ask(_ path: String, by method: String = "GET") async throws -> String {
        let url = try #require(URL(string: "http://127.0.0.1:\(restPort)/rest/\(path)"))
        var request = URLRequest(url: url, timeoutInterval: 20)
        request.httpMethod = method
        request.setValue(Self.key, forHTTPHeaderField: "X-API-Key")
        let (data, response) = try await URLSession.shared.data(for: request)
        let text = String(decoding: data, as: UTF8.self)
        try #require((response as? HTTPURLResponse)?.statusCode == 200, "Syncthing says \(text)")
        return text
    }
}

/// Some builds look for updates and go through proxies if nobody tells them not to.
private func quiet(_ environment: [String: String]) -> [String: String] {
    environment.merging(["STNOUPGRADE": "1", "no_proxy": "127.0.0.1"]) { $1 }
}

/// A port of loopback that nobody uses: none that the kernel gives to others, and none twice.
private func freePort() -> UInt16 {
    while true {
        let port = nextPort.withLock { port in
            defer { port = port < 32_000 ? port + 1 : 20_000 }
            return port
        }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let isFree = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isFree { return port }
    }
}

/// Runs of the tests beside each other begin elsewhere.
private let nextPort = Mutex(UInt16(20_000 + getpid() % 12_000))
