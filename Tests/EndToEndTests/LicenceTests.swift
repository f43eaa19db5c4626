import Foundation
import TestSupport
import Testing

/// The licences that are installed, against those of the packages that are linked in.
struct LicenceTests {
    @Test func eachPackageHasItsLicenceAmongThoseInstalled() throws {
        let resolved = try Data(contentsOf: repository.appending(path: "Package.resolved"))
        let packages = try JSONDecoder().decode(Resolved.self, from: resolved).pins.map(\.location)
        #expect(!packages.isEmpty)
        let overview = try licence("README")
        for package in packages { #expect(overview.contains(package.replacing(/\.git$/, with: ""))) }
    }

    @Test(arguments: [("TOMLKit.txt", "TOMLKit/LICENSE"), ("swift.txt", "swift-argument-parser/LICENSE.txt")])
    func installedLicenceIsThatOfThePackage(file: String, original: String) throws {
        let text = try String(contentsOf: Self.checkouts.appending(path: original), encoding: .utf8)
        #expect(try licence(file) == text)
    }

    /// TOMLKit brings it along as one file, whose head has its licence.
    @Test func installedLicenceOfTomlplusplusIsThatInItsHead() throws {
        let header = Self.checkouts.appending(path: "TOMLKit/Sources/CTOML/Sources/toml.hpp")
        let lines = try String(contentsOf: header, encoding: .utf8).split(
            separator: "\n", maxSplits: 60, omittingEmptySubsequences: false)
        let head = lines.dropLast().map { $0.replacing(/^\/\/ ?/, with: "") }.joined(separator: "\n")
        let text = try licence("tomlplusplus.txt")
        #expect(text.hasPrefix("MIT License\n\nCopyright (c) Mark Gillard"))
        #expect(head.contains(text))
    }

    private func licence(_ name: String) throws -> String {
        try String(contentsOf: repository.appending(path: "docs/licences/\(name)"), encoding: .utf8)
    }

    /// The sources of the packages that the tests were built with, beside what was built of them.
    private static let checkouts = URL(fileURLWithPath: builtProgram("stretchd"))
        .appending(path: "../../../checkouts").standardized

    private struct Resolved: Decodable {
        var pins: [Pin]
        struct Pin: Decodable { var location: String }
    }
}
