import Foundation
import TestSupport
import Testing

/// What `scripts/setup` says of the Swift that is there.
struct SetupTests {
    @Test(arguments: [
        "Swift version 6.3.1 (swift-6.3.1-RELEASE)\nTarget: x86_64-unknown-linux-gnu", "Swift version 6.3-dev",
        "Swift version 6.4-dev (LLVM 1c32a1e2b4d1b6a, Swift 5b2f6f0f2a0b2f1)", "Swift version 7.0 (swift-7.0-RELEASE)",
        "swift-driver version: 1.148.6 Apple Swift version 6.10 (swiftlang-6.10.0.1.2 clang-1700.0.13.3)",
    ])
    func swiftThatIsNewEnoughIsTaken(says: String) async throws {
        let answer = try await setup(withSwiftSaying: says)
        #expect(answer.status == 0 && answer.complaints == [])
    }

    @Test(arguments: [
        ("Swift version 6.0.3 (swift-6.0.3-RELEASE)", "6.0.3"), ("Swift version 6.2-dev (LLVM 0, Swift 0)", "6.2-dev"),
        ("Swift version 5.10.1 (swift-5.10.1-RELEASE)", "5.10.1"),
        ("swift-driver version: 1.120.5 Apple Swift version 6.1.2 (swiftlang-6.1.2.1.2)", "6.1.2"),
    ])
    func swiftThatIsTooOldIsRefusedInOneLine(says: String, version: String) async throws {
        let answer = try await setup(withSwiftSaying: says)
        #expect(answer.status == 1 && answer.complaints.count == 1)
        let complaint = answer.complaints.first ?? ""
        #expect(complaint.contains("is Swift \(version), which is too old. Install Swift 6.3 or later from https://"))
    }

    /// Such as OpenStack's client of that name.
    @Test func anotherProgramOfThatNameIsRefused() async throws {
        let answer = try await setup(withSwiftSaying: "python-swiftclient 4.1.0")
        #expect(answer.status == 1 && answer.complaints.count == 1)
        #expect(answer.complaints.first?.contains("does not say which Swift it is. Install Swift 6.3 or later") == true)
    }

    private func setup(withSwiftSaying words: String) async throws -> (status: Int32, complaints: [String]) {
        // In place of programs; nothing is to be installed.
        let run = """
            swift() { echo "$SAYS"; }; dpkg-query() { echo installed; }; apt-get() { :; }
            export -f swift dpkg-query apt-get
            "$0" build 2>&1
            """
        let script = repository.appending(path: "scripts/setup").path
        let process = try Subprocess(
            ["bash", "-c", run, script], environment: ["PATH": "/usr/bin:/bin", "SAYS": words])
        let status = try await process.finish()
        return (status, try await process.rest())
    }
}
