internal import StretchBase

/// Why an included file is refused; follows its path and a colon.
package struct IncludeRefusal: Error {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
}

extension ConfigurationReader {
    /// For a text that lies nowhere, beside which there can be no file.
    package static func noFile(_ path: String) throws(IncludeRefusal) -> String {
        throw IncludeRefusal("there is no such file; create it or take it out")
    }

    /// The paths to include; none when there are too many, so that nobody reads them.
    static func includes(_ root: KeyedTable) -> [String] {
        var paths: [String] = []
        var seen: Set<String> = []
        root.list("include", into: &paths, allowed: pathRule) { path throws(KeyedTable.Refusal) in
            guard isPath(path) else { throw KeyedTable.Refusal("allowed: \(pathRule)") }
            guard seen.insert(path).inserted else { throw KeyedTable.Refusal("is there twice; take one out") }
            return path
        }
        guard paths.count > mostIncludes else { return paths }
        root.note("include", "has \(paths.count) files; allowed: up to \(mostIncludes)")
        return []
    }

    private static let mostIncludes = 16
    private static let pathRule = "paths below this file's directory such as \"physio.toml\", without . and .."

    /// One way to write each path, so that nothing is read twice, and none that leads up.
    ///
    /// Compared byte by byte, as the kernel does: for Swift a slash with a combining mark is no slash.
    private static func isPath(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path == oneLine(path)
            && !names.contains { name in name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) }
    }

    /// What an included file is called in messages.
    static func name(of path: String, beside file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return file[..<file.utf8.index(after: slash)] + path
    }
}
