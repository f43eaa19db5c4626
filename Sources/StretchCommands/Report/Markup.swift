import StretchBase
import StretchCore

/// A part of a page in HTML, with drawings in SVG.
///
/// A text is escaped when it is written, whoever it comes from: nothing that a journal or a configuration says can become
/// markup.
indirect enum Markup {
    case text(String)
    case element(String, KeyValuePairs<String, String>, [Markup])
    /// One after the other.
    case parts([Markup])
    /// As it is: only what stands in this program.
    case verbatim(StaticString)

    static let nothing = Markup.parts([])

    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: Markup...) -> Markup {
        .element(name, attributes, content)
    }

    func write(to page: inout [UInt8]) {
        switch self {
        case .text(let text): page.append(escaped: oneLine(text))
        case .parts(let parts): for part in parts { part.write(to: &page) }
        case .verbatim(let text): text.withUTF8Buffer { page.append(contentsOf: $0) }
        case .element(let name, let attributes, let content):
            page.append(contentsOf: "<\(name)".utf8)
            for (key, value) in attributes {
                page.append(contentsOf: " \(key)=\"".utf8)
                page.append(escaped: oneLine(value))
                page.append(UInt8(ascii: "\""))
            }
            page.append(UInt8(ascii: ">"))
            if Markup.void.contains(name) { return }
            for part in content { part.write(to: &page) }
            page.append(contentsOf: "</\(name)>".utf8)
            if Markup.ending.contains(name) { page.append(UInt8(ascii: "\n")) }
        }
    }

    /// They have no content and no end.
    private static let void: Set = ["meta", "img", "br"]
    /// A line ends behind them, so that the file can be read.
    private static let ending: Set = [
        "title", "style", "head", "body", "header", "main", "section", "footer", "h1", "h2", "h3", "h4", "p", "li",
        "ul",
        "ol", "dl", "div", "figure", "svg", "tr", "table", "details",
    ]
}

extension Markup: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    init(stringLiteral text: String) { self = .text(text) }
}

extension [UInt8] {
    fileprivate mutating func append(escaped text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            default: append(byte)
            }
        }
    }
}

// MARK: - What pages are made of

extension Markup {
    static func list(_ items: [String], _ attributes: KeyValuePairs<String, String> = [:]) -> Markup {
        .element("ul", attributes, items.map { .tag("li", [:], .text($0)) })
    }

    /// A table behind a picture, or of what has no picture.
    static func table(
        _ caption: String, head: [String], _ rows: [[Markup]], _ attributes: KeyValuePairs<String, String>
    )
        -> Markup
    {
        .element(
            "table", attributes,
            [
                .tag("caption", [:], .text(caption)),
                .tag("thead", [:], .element("tr", [:], head.map { .tag("th", ["scope": "col"], .text($0)) })),
                .element("tbody", [:], rows.map(row)),
            ])
    }

    /// Its first cell is its heading.
    private static func row(_ cells: [Markup]) -> Markup {
        .element(
            "tr", [:],
            cells.enumerated().map { index, cell in
                index == 0 ? .tag("th", ["scope": "row"], cell) : .tag("td", [:], cell)
            })
    }

    /// `15 Dec 2025`, for tables.
    static func date(_ day: Day) -> Markup {
        let (year, _, dayOfMonth) = day.components
        return .tag("time", ["datetime": day.description], "\(dayOfMonth) \(HumanTime.month(day)) \(year)")
    }
}

/// A length in an SVG: with one decimal at most.
func length(_ value: Double) -> String { decimal(value, whole: true) }

/// `3.4`; `whole`: `3` for 3.0.
func decimal(_ value: Double, whole: Bool = false) -> String {
    let text = "\((value * 10).rounded() / 10)"
    return whole && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// `81 %`, which stays on one line.
func percentage(_ ratio: Double) -> String { percent(ratio).replacing(" ", with: "\u{A0}") }

/// A picture with its words for those who do not see it.
///
/// It may be wider than the screen: then it is moved sideways, with the keyboard, too, and begins at its end, which is what
/// is new.
struct Picture {
    /// Unique on the page.
    let name: String
    let size: (width: Double, height: Double)
    let title: String
    /// What is to be seen in it.
    let description: String
    let content: [Markup]

    var markup: Markup {
        .tag(
            "div", ["class": "wide", "tabindex": "0", "role": "group", "aria-label": title],
            .element(
                "svg",
                [
                    "role": "img", "id": name, "aria-labelledby": "\(name)-title", "aria-describedby": "\(name)-desc",
                    "viewBox": "0 0 \(length(size.width)) \(length(size.height))", "width": length(size.width),
                    "height": length(size.height),
                ],
                [
                    .tag("title", ["id": "\(name)-title"], .text(title)),
                    .tag("desc", ["id": "\(name)-desc"], .text(description)),
                    // Its parts say nothing that the table does not say better: a reader of screens passes over them.
                    .element("g", ["aria-hidden": "true"], content),
                ]))
    }
}

extension Markup {
    static func label(_ text: String, at place: (x: Double, y: Double), anchor: String = "start") -> Markup {
        .tag("text", ["x": length(place.x), "y": length(place.y), "text-anchor": anchor], .text(text))
    }

    /// A line through points.
    static func line(_ kind: String, _ points: [(x: Double, y: Double)]) -> Markup {
        // A single point is a dot: its line ends where it begins, and the ends are round.
        let points = points.count == 1 ? points + points : points
        let path = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(length($1.x)) \(length($1.y))" }.joined()
        return .tag("path", ["class": kind, "d": path])
    }
}
