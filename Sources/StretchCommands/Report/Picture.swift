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
