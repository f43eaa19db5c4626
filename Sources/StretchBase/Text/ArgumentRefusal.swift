/// Why words on the command line are refused, and what is allowed; one line.
package struct ArgumentRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = oneLine(description) }
}
