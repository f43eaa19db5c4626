import StretchBase
import StretchCore
import StretchDaemon

/// The report: one file in HTML that needs nothing else, now or in ten years, on a screen or on paper.
struct ReportPage {
    let routines: [RoutineReport]
    let span: ClosedRange<Day>
    let made: Instant
    let zone: Zone

    /// - Parameter picture: the PNG of a stretch; nil: there is none.
    func html(_ picture: (Stretch) -> [UInt8]?) -> [UInt8] {
        var page: [UInt8] = []
        let title = "Stretching report, \(period)"
        Markup.parts([
            .verbatim("<!DOCTYPE html>\n"),
            .tag(
                "html", ["lang": "en"],
                .tag(
                    "head", [:],
                    .tag("meta", ["charset": "utf-8"]),
                    // It loads nothing from anywhere and runs nothing, whatever its texts say.
                    .tag(
                        "meta",
                        [
                            "http-equiv": "Content-Security-Policy",
                            "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                + "base-uri 'none'; form-action 'none'",
                        ]),
                    .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                    .tag("meta", ["name": "referrer", "content": "no-referrer"]),
                    .tag("meta", ["name": "generator", "content": "stretchd \(version)"]),
                    .tag("title", [:], .text(title)),
                    .tag("style", [:], .verbatim(ReportPage.style))),
                .tag(
                    "body", [:], header,
                    .element(
                        "main", [:], routines.map { $0.section(picture) } + [safety, numbers]),
                    footer)),
        ]).write(to: &page)
        return page
    }

    private var period: String {
        let last = HumanTime.fullDate(span.upperBound)
        return span.lowerBound == span.upperBound ? last : "\(HumanTime.fullDate(span.lowerBound)) to \(last)"
    }

    private var header: Markup {
        let now = zone.civil(made)
        let clock = HumanTime.clock(CivilTime(day: now.day, hour: now.hour, minute: now.minute))
        return .tag(
            "header", [:], .tag("h1", [:], "Stretching report"), .tag("p", ["class": "period"], .text(period)),
            .tag(
                "p", ["class": "small"],
                .text(
                    "Made on \(HumanTime.fullDate(now.day)) at \(clock) from what was recorded with stretchd: what was asked on the screen, and what the person "
                        + "answered. Nobody else has checked it.")),
            routines.count < 2
                ? .nothing
                : .tag(
                    "nav", ["aria-label": "Routines"],
                    .element(
                        "ul", [:],
                        routines.map { report in
                            .tag(
                                "li", [:],
                                .tag("a", ["href": "#\(report.name("routine"))"], .text(report.routine.title)))
                        })))
    }

    private var safety: Markup {
        .tag(
            "section", ["class": "safety", "aria-labelledby": "safety"],
            .tag("h2", ["id": "safety"], "When not to stretch"),
            .tag("p", [:], "Do not stretch, and get urgent care, with any of these:"), .list(Safety.warningSigns),
            .tag("p", [:], .text(Safety.stopRule)), .tag("p", [:], .text(Safety.noCure)), sources(Safety.sources))
    }

    private var numbers: Markup {
        if routines.allSatisfy(\.days.isEmpty) { return .nothing }
        return .element(
            "section", ["class": "numbers", "aria-labelledby": "numbers"],
            [.tag("h2", ["id": "numbers"], "The numbers behind the pictures")] + routines.map(\.tables))
    }

    private var footer: Markup {
        .tag(
            "footer", ["class": "small"],
            .tag(
                "p", [:],
                .text(
                    "This file is complete in itself. It loads nothing and sends nothing; who may read it is decided by whoever "
                        + "hands it on.")))
    }
}
