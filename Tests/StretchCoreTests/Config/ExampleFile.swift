import Foundation

/// `config.toml.example` as it lies at the top of the repository.
let exampleFile: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    do {
        return try String(contentsOf: root.appending(path: "config.toml.example"), encoding: .utf8)
    } catch {
        return "not read: \(error)"
    }
}()
