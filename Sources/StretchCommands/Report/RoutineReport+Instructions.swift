import StretchCore

/// The routine itself, as somebody else needs to know it: what is done, how much of it, and what to take care of.
extension RoutineReport {
    /// - Parameter picture: the PNG of a stretch; nil: there is none.
    func instructions(_ picture: (Stretch) -> [UInt8]?) -> Markup {
        .parts([
            .tag("h3", [:], "What is done"), .tag("p", [:], .text(plan)),
            .element(
                "ol", ["class": "steps"],
                routine.steps.enumerated().map { index, step in
                    .element("li", [:], [self.step(step, number: index + 1, picture(step.stretch))])
                }),
        ])
    }

    private var plan: String {
        let schedule = routine.schedule.words
        var sentences = [schedule.isEmpty ? "It is not planned for fixed times." : "Planned: \(schedule)."]
        if routine.dailyGoal > 1 { sentences.append("The goal is \(routine.dailyGoal) times a day.") }
        sentences.append(
            routine.steps.isEmpty
                ? "It has no steps of its own: it only asks."
                : "All of it takes about \(minutes(routine.length)).")
        return sentences.joined(separator: " ")
    }

    private func step(_ step: Step, number: Int, _ picture: [UInt8]?) -> Markup {
        let stretch = step.stretch
        return .parts([
            .tag("h4", ["dir": "auto"], .text("\(number). \(stretch.title)")),
            .tag(
                "div", ["class": "step"], drawing(of: stretch, picture),
                .tag(
                    "div", [:], .tag("p", [:], .tag("b", [:], "How much: "), .text(step.dose.words)),
                    paragraph(stretch.purpose),
                    .element(
                        "ol", [:], (stretch.preparation + [stretch.movement]).map { .tag("li", [:], .text($0)) }),
                    named("What to feel", [stretch.feel]), named("Needed", [stretch.needs.joined(separator: "; ")]),
                    named("Often done wrong", stretch.faults),
                    stretch.cautions.isEmpty
                        ? .nothing
                        : .tag("div", ["class": "care"], .tag("b", [:], "Take care"), .list(stretch.cautions)),
                    sources(stretch.sources))),
        ])
    }

    /// The picture, or the drawing in plain text, or neither.
    private func drawing(of stretch: Stretch, _ picture: [UInt8]?) -> Markup {
        if let picture {
            return .tag(
                "img",
                [
                    "src": "data:image/png;base64,\(base64(picture))", "width": "160", "height": "160",
                    "alt": "Drawing: \(stretch.title)",
                ])
        }
        if stretch.drawing.isEmpty { return .nothing }
        let lines = stretch.drawing.flatMap { [Markup.text($0), .verbatim("\n")] }
        return .element("pre", ["role": "img", "aria-label": "Drawing: \(stretch.title)"], lines)
    }

    private func paragraph(_ text: String) -> Markup { text.isEmpty ? .nothing : .tag("p", [:], .text(text)) }

    private func named(_ name: String, _ texts: [String]) -> Markup {
        let texts = texts.filter { !$0.isEmpty }
        return texts.isEmpty
            ? .nothing : .tag("p", [:], .tag("b", [:], .text("\(name): ")), .text(texts.joined(separator: " ")))
    }
}

/// Where something was read; the address at its end can be followed.
func sources(_ sources: [String]) -> Markup {
    if sources.isEmpty { return .nothing }
    return .tag(
        "div", ["class": "small sources"], .tag("b", [:], sources.count == 1 ? "Source" : "Sources"),
        .element("ul", [:], sources.map { .element("li", [:], linked($0)) }))
}

private func linked(_ source: String) -> [Markup] {
    let words = source.split(separator: " ", omittingEmptySubsequences: false)
    guard let address = words.last, address.hasPrefix("https://") || address.hasPrefix("http://") else {
        return [.text(source)]
    }
    return [
        .text(source.dropLast(address.count).description),
        .tag("a", ["href": String(address), "rel": "noreferrer"], .text(String(address))),
    ]
}

/// RFC 4648.
private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
        for index in 0..<4 {
            text.append(index <= group.count ? digits[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
