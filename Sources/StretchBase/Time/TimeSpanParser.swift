/// Reads a time span byte by byte.
struct TimeSpanParser {
    private let text: String
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = text
        self.bytes = Array(text.utf8)
    }

    mutating func parse() throws(SyntaxError) -> Duration {
        skipBlanks()
        if bytes[position...].starts(with: "infinity".utf8) {
            throw failure("infinity is not possible here: a span must end")
        }
        guard position < bytes.count else { throw failure("a time span such as 1h 30min is missing") }
        var total: Int64 = 0
        while position < bytes.count {
            let (sum, overflow) = total.addingReportingOverflow(try parseTerm())
            guard !overflow else { throw failure("the span is too long") }
            total = sum
            skipBlanks()
        }
        return .microseconds(total)
    }

    /// A number and its unit, in microseconds.
    private mutating func parseTerm() throws(SyntaxError) -> Int64 {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { throw failure("a span cannot be negative") }
        if bytes[position] == UInt8(ascii: "+") { position += 1 }
        let whole = digits()
        if whole.isEmpty, position > start { throw failure("a number must follow the sign") }
        var fraction: ArraySlice<UInt8> = []
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            fraction = digits()
            if fraction.isEmpty { throw failure("digits must follow the decimal point") }
        } else if whole.isEmpty {
            throw failure("a number is expected: write a span as 10min, 1h 30min, 90s or 2 days")
        }
        let unit = try parseUnit()
        let number = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))
        let (product, overflow) = (number ?? .max).multipliedReportingOverflow(by: unit)
        let (length, isTooLong) = product.addingReportingOverflow(fractionLength(fraction, of: unit))
        guard number != nil, !overflow, !isTooLong else { throw failure("the span is too long", at: start) }
        return length
    }

    /// One second when there is no unit; blanks may stand before it.
    private mutating func parseUnit() throws(SyntaxError) -> Int64 {
        let end = position
        skipBlanks()
        for (names, length) in TimeSpan.units {
            for name in names where bytes[position...].starts(with: name.utf8) {
                position += name.utf8.count
                return length
            }
        }
        guard position > end || position == bytes.count else {
            throw failure("this is no unit", hint: "units are us, ms, s, min, h, d, w, month and y")
        }
        return TimeSpan.second
    }

    /// Each digit counts a tenth of the one before, every time cut to the microsecond as systemd does.
    private func fractionLength(_ digits: ArraySlice<UInt8>, of unit: Int64) -> Int64 {
        var tenth = unit / 10
        var sum: Int64 = 0
        for digit in digits {
            sum += Int64(digit - UInt8(ascii: "0")) * tenth
            tenth /= 10
        }
        return sum
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let found = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        position = found.endIndex
        return found
    }

    private mutating func skipBlanks() {
        while position < bytes.count, " \t\n\r".utf8.contains(bytes[position]) { position += 1 }
    }

    private func failure(_ problem: String, at place: Int? = nil, hint: String? = nil) -> SyntaxError {
        SyntaxError(text: text, byte: place ?? position, problem: problem, hint: hint)
    }
}
