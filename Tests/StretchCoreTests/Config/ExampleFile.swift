import Foundation

/// `config.toml.example` with the examples in it that are commented out.
let exampleFileWithExamples = exampleFile.replacing(/(?m)^#(?=\S)/, with: "")

/// `config.toml.example` as it lies at the top of the repository.
let exampleFile: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    do {
        return try String(contentsOf: root.appending(path: "config.toml.example"), encoding: .utf8)
    } catch {
        return "not read: \(error)"
    }
}()
