import StretchBase
import StretchCore

/// A part of a page in HTML, with drawings in SVG.
///
/// Every text is escaped when it is written. So nothing from a journal or a configuration can become markup.
indirect enum Markup {
    case text(String)
    case element(String, KeyValuePairs<String, String>, [Markup])
    /// Several parts in order.
    case parts([Markup])
    /// A text that is not escaped; a `StaticString`, so that it can only come from this program.
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

    /// The elements that have no content and no end tag.
    private static let void: Set = ["meta", "img", "br"]
    /// The elements that are followed by a newline, so that people can read the file.
    private static let ending: Set = [
        "title", "style", "head", "body", "header", "main", "section", "footer", "h1", "h2", "h3", "h4", "p", "li",
        "ul", "ol", "dl", "div", "figure", "svg", "tr", "table", "details",
    ]
}

extension Markup: ExpressibleByStringInterpolation {
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

    /// A table with a caption and a head.
    static func table(
        _ caption: String, head: [String], _ rows: [[Markup]], _ attributes: KeyValuePairs<String, String>
    ) -> Markup {
        .tag(
            "table", attributes, .tag("caption", [:], .text(caption)),
            .tag("thead", [:], .element("tr", [:], head.map { .tag("th", ["scope": "col"], .text($0)) })),
            .element("tbody", [:], rows.map(row)))
    }

    /// A table row; its first cell is its heading.
    private static func row(_ cells: [Markup]) -> Markup {
        let heading = Markup.element("th", ["scope": "row"], Array(cells.prefix(1)))
        return .element("tr", [:], [heading] + cells.dropFirst().map { .tag("td", [:], $0) })
    }

    /// A date for tables, such as `15 Dec 2025`.
    static func date(_ day: Day) -> Markup {
        let (year, _, dayOfMonth) = day.components
        return .tag("time", ["datetime": day.description], "\(dayOfMonth) \(HumanTime.month(day)) \(year)")
    }
}

/// A length in an SVG, with one decimal at most.
func length(_ value: Double) -> String { decimal(value, whole: true) }

/// A number with one decimal, such as `3.4`; with `whole`, 3.0 is `3`.
func decimal(_ value: Double, whole: Bool = false) -> String {
    let text = "\((value * 10).rounded() / 10)"
    return whole && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A ratio from 0 to 1 in percent, such as `81 %`, without a line break in it.
func percentage(_ ratio: Double) -> String { percent(ratio).replacing(" ", with: "\u{A0}") }

/// A picture, with a description for those who cannot see it.
///
/// If it is wider than the screen, it can be scrolled sideways, also with the keyboard. At first it shows its right
/// end, where the newest days are.
struct Picture {
    /// Unique on the page.
    let name: String
    let size: (width: Double, height: Double)
    let title: String
    /// What the picture shows, in words.
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
                    // Screen readers skip the parts, because the table says the same better.
                    .element("g", ["aria-hidden": "true"], content),
                ]))
    }
}

/// A place in a picture; y grows downwards.
typealias Point = (x: Double, y: Double)

extension Markup {
    static func label(_ text: String, at place: Point, anchor: String = "start") -> Markup {
        .tag("text", ["x": length(place.x), "y": length(place.y), "text-anchor": anchor], .text(text))
    }

    static func circle(_ kind: String, at middle: Point, _ radius: Double) -> Markup {
        .tag("circle", ["class": kind, "cx": length(middle.x), "cy": length(middle.y), "r": length(radius)])
    }

    static func rectangle(_ kind: String, at corner: Point, _ width: Double, _ height: Double) -> Markup {
        let (x, y) = (length(corner.x), length(corner.y))
        return .tag("rect", ["class": kind, "x": x, "y": y, "width": length(width), "height": length(height)])
    }

    /// A horizontal line, from its left end.
    static func rule(_ kind: String, from start: Point, _ width: Double) -> Markup {
        .tag("path", ["class": kind, "d": "M\(length(start.x)) \(length(start.y))h\(length(width))"])
    }

    /// Marks, each with its name and its meaning.
    static func legend(_ entries: [(mark: [Markup], name: String, meaning: String)]) -> Markup {
        let items = entries.map { mark, name, meaning in
            Markup.tag(
                "li", [:], .element("svg", ["class": "mark", "viewBox": "0 0 11 11", "aria-hidden": "true"], mark),
                .tag("b", [:], .text(name)), " \(meaning)")
        }
        return .element("ul", ["class": "legend"], items)
    }

    /// A line through points.
    static func line(_ kind: String, _ points: [Point]) -> Markup {
        // A single point becomes a line of length zero. Its round ends show as a dot.
        let points = points.count == 1 ? points + points : points
        let path = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(length($1.x)) \(length($1.y))" }.joined()
        return .tag("path", ["class": kind, "d": path])
    }
}
