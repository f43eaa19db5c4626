internal import Foundation
internal import StretchBase
internal import StretchCore
internal import TestSupport

// Random input for the parsers. With libFuzzer (`scripts/fuzz`) it makes the inputs up; built without, the program runs the
// files it is given, which is how a found case is looked at: `fuzz --calendar FILE...`

/// The parser that an argument such as `--calendar` names; libFuzzer lets arguments with two dashes pass.
private let parser: FuzzedParser = {
    guard let named = FuzzedParser.allCases.first(where: { CommandLine.arguments.contains("--\($0.rawValue)") }) else {
        print("name a parser: \(FuzzedParser.allCases.map { "--\($0.rawValue)" }.joined(separator: ", "))")
        exit(64)
    }
    return named
}()

#if FUZZER
    @_cdecl("LLVMFuzzerTestOneInput")
    public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let findings = parser.findings(Array(UnsafeBufferPointer(start: start, count: count)))
        guard findings.isEmpty else {
            for finding in findings { print("FOUND: \(finding)") }
            fflush(nil)
            abort()
        }
        return 0
    }
#else
    @main struct Fuzz {
        static func main() throws {
            var found = false
            for file in CommandLine.arguments.dropFirst() where !file.hasPrefix("--") {
                for finding in parser.findings(Array(try Data(contentsOf: URL(filePath: file)))) {
                    print("\(file): \(finding)")
                    found = true
                }
            }
            exit(found ? 1 : 0)
        }
    }
#endif
