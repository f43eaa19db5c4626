/// Reads the members of a small JSON object that `JSON` has written.
///
/// A member that is missing, `null` or of another type is read as nil.
package struct JSONObject {
    private let bytes: [UInt8]
    private var members: [String: JSONValue] = [:]

    /// Nil if the bytes are not exactly one complete object.
    package init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let text = bytes.span
        var index = 0
        text.skipBlanks(&index)
        guard text.has("{", at: index) else { return nil }
        do {
            try text.forEachMember(&index) { name, value in
                if let name = text.string(name) { members[name] = value }
            }
        } catch { return nil }
        text.skipBlanks(&index)
        guard index == text.count else { return nil }
    }

    package func text(_ name: String) -> String? { members[name].flatMap(text(of:)) }
    package func texts(_ name: String) -> [String]? { elements(name, text(of:)) }
    package func object(_ name: String) -> JSONObject? { members[name].flatMap(object(of:)) }
    package func objects(_ name: String) -> [JSONObject]? { elements(name, object(of:)) }

    package func integer(_ name: String) -> Int? {
        members[name].flatMap { $0.kind == .number ? Int(String(decoding: bytes[$0.range], as: UTF8.self)) : nil }
    }

    package func isTrue(_ name: String) -> Bool { members[name]?.kind == .true }

    private func text(of value: JSONValue) -> String? { value.kind == .string ? bytes.span.string(value) : nil }
    private func object(of value: JSONValue) -> JSONObject? { JSONObject(Array(bytes[value.range])) }

    /// The elements of an array; nil if there is no such array, or if `read` returns nil for an element.
    private func elements<Element>(_ name: String, _ read: (JSONValue) -> Element?) -> [Element]? {
        guard let value = members[name], value.kind == .array else { return nil }
        var index = value.range.lowerBound
        var found: [Element?] = []
        do {
            try bytes.span.forEachElement(&index) { element throws(LineFlaw) in found.append(read(element)) }
        } catch { return nil }
        return found.contains { $0 == nil } ? nil : found.compactMap(\.self)
    }
}
