/// The members of a small JSON object, by name; reads what `JSON` writes.
///
/// A member that is missing, null or of another type is nil.
package struct JSONObject {
    private let bytes: [UInt8]
    private var members: [String: JSONValue] = [:]

    /// Nil for anything but one complete object.
    package init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let text = bytes.span
        var index = 0
        text.skipBlanks(&index)
        guard text.has("{", at: index) else { return nil }
        var found: [String: JSONValue] = [:]
        do throws(LineFlaw) {
            try text.forEachMember(&index) { name, value in
                if let name = text.string(name) { found[name] = value }
            }
        } catch {
            return nil
        }
        text.skipBlanks(&index)
        guard index == text.count else { return nil }
        members = found
    }

    package func text(_ name: String) -> String? {
        guard let value = members[name], value.kind == .string else { return nil }
        return bytes.span.string(value)
    }

    package func integer(_ name: String) -> Int? {
        guard let value = members[name], value.kind == .number else { return nil }
        return Int(String(decoding: bytes[value.range], as: UTF8.self))
    }

    package func object(_ name: String) -> JSONObject? {
        guard let value = members[name] else { return nil }
        return JSONObject(Array(bytes[value.range]))
    }

    package func texts(_ name: String) -> [String]? {
        elements(name) { element in element.kind == .string ? bytes.span.string(element) : nil }
    }

    package func objects(_ name: String) -> [JSONObject]? {
        elements(name) { element in JSONObject(Array(bytes[element.range])) }
    }

    /// Nil: there is no such array, or `read` returns nil for an element.
    private func elements<Element>(_ name: String, _ read: (JSONValue) -> Element?) -> [Element]? {
        guard let value = members[name], value.kind == .array else { return nil }
        var index = value.range.lowerBound
        var found: [Element?] = []
        do throws(LineFlaw) {
            try bytes.span.forEachElement(&index) { element throws(LineFlaw) in found.append(read(element)) }
        } catch {
            return nil
        }
        return found.contains { $0 == nil } ? nil : found.compactMap(\.self)
    }
}
