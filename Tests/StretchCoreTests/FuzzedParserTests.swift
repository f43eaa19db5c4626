import Foundation
import TestSupport
import Testing

/// What the fuzzer begins with and what it found (`scripts/fuzz`), run through the same as it does.
struct FuzzedParserTests {
    @Test(arguments: FuzzedParser.allCases)
    func everySeedAndFoundCaseHolds(_ parser: FuzzedParser) throws {
        let seeds = URL(filePath: #filePath).appending(path: "../../fuzz/seeds/\(parser.rawValue)").standardized
        let files = try FileManager.default.contentsOfDirectory(at: seeds, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = Array(try Data(contentsOf: file))
            for length in [bytes.count / 3, bytes.count / 2, bytes.count] {
                let findings = parser.findings(Array(bytes.prefix(length)))
                #expect(findings.isEmpty, "\(file.lastPathComponent), the first \(length) bytes")
            }
        }
    }
}
