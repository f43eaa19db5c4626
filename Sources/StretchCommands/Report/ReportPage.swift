import StretchBase
import StretchCore
import StretchDaemon

/// The report: one HTML file that needs no other files, for screen and paper.
struct ReportPage {
    let routines: [RoutineReport]
    let span: ClosedRange<Day>
    let made: Instant
    let zone: Zone

    /// - Parameter picture: gives the PNG for a step, or nil when there is none.
    func html(_ picture: (Step) -> [UInt8]?) -> [UInt8] {
        // The page must load nothing and run nothing, whatever its texts say.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
        let head = Markup.tag(
            "head", [:], .tag("meta", ["charset": "utf-8"]),
            .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
            .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .tag("meta", ["name": "referrer", "content": "no-referrer"]),
            .tag("meta", ["name": "generator", "content": "stretchd \(version)"]),
            .tag("title", [:], "Stretching report, \(period)"), .tag("style", [:], .verbatim(ReportPage.style)))
        let main = Markup.element("main", [:], routines.map { $0.section(picture) } + [safety, numbers])
        let html = Markup.tag("html", ["lang": "en"], head, .tag("body", [:], header, main, footer))
        var page: [UInt8] = []
        Markup.parts([.verbatim("<!DOCTYPE html>\n"), html]).write(to: &page)
        return page
    }

    private var period: String {
        let last = HumanTime.fullDate(span.upperBound)
        return span.lowerBound == span.upperBound ? last : "\(HumanTime.fullDate(span.lowerBound)) to \(last)"
    }

    private var header: Markup {
        let now = zone.civil(made)
        let clock = HumanTime.clock(now.wholeMinute)
        let origin =
            "Made on \(HumanTime.fullDate(now.day)) at \(clock) from what was recorded with stretchd: what was asked on the screen, and what the person "
            + "answered. Nobody else has checked it."
        let links = routines.map { report in
            Markup.tag("li", [:], .tag("a", ["href": "#\(report.name("routine"))"], .text(report.routine.title)))
        }
        return .tag(
            "header", [:], .tag("h1", [:], "Stretching report"), .tag("p", ["class": "period"], .text(period)),
            .tag("p", ["class": "small"], .text(origin)),
            links.count < 2 ? .nothing : .tag("nav", ["aria-label": "Routines"], .element("ul", [:], links)))
    }

    private var safety: Markup {
        .tag(
            "section", ["class": "safety", "aria-labelledby": "safety"],
            .tag("h2", ["id": "safety"], "When not to stretch"),
            .tag("p", [:], .text(Safety.signsTitle)), .list(Safety.warningSigns),
            .tag("p", [:], .text(Safety.stopRule)), .tag("p", [:], .text(Safety.noCure)), sources(Safety.sources))
    }

    private var numbers: Markup {
        if routines.allSatisfy(\.days.isEmpty) { return .nothing }
        return .element(
            "section", ["class": "numbers", "aria-labelledby": "numbers"],
            [.tag("h2", ["id": "numbers"], "The numbers behind the pictures")] + routines.map(\.tables))
    }

    private var footer: Markup {
        let text =
            "This file is complete in itself. It loads nothing and sends nothing; who may read it is decided by whoever "
            + "hands it on."
        return .tag("footer", ["class": "small"], .tag("p", [:], .text(text)))
    }
}

extension ReportPage {
    /// The style sheet: on a screen, light or dark as the person prefers; on paper, always dark on light.
    ///
    /// Every colour has a contrast to its background of at least 4.5 for text and 3 for shapes.
    static let style: StaticString = """
        :root{color-scheme:light dark;--ground:#fff;--text:#1b2127;--faint:#56606a;--rule:#d5dade;--panel:#f4f6f7;
        --done:#1d7044;--missed:#b3261e;--skipped:#5b6670;--free:#7a858f;--pending:#8a5a00;--line:#1d5fa8;--area:#dbe8f6;
        --before:#9a4d00;--after:#1d5fa8;--care:#fff6e5;--edge:#b57400;--link:#1a56a0}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#14181c;--text:#e7eaed;--faint:#a9b3bc;
        --rule:#363e46;--panel:#1d2329;--done:#63c98d;--missed:#ff8a80;--skipped:#a9b3bc;--free:#7f8a94;--pending:#e3b341;
        --line:#7db8f7;--area:#1f344b;--before:#f0a35e;--after:#7db8f7;--care:#2c2515;--edge:#d9a441;--link:#8ec2fb}}
        @media screen and (prefers-contrast:more){:root{--ground:#fff;--text:#000;--faint:#2b3036;--rule:#70777d;
        --done:#0c4f2c;--missed:#8c0f08;--skipped:#2b3036;--free:#4a5157;--pending:#5c3a00;--line:#0b3f7a;--before:#6b3300;
        --after:#0b3f7a;--edge:#6b3300;--link:#0a3a73}}
        @media screen and (prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ground:#000;--text:#fff;
        --faint:#dfe4e8;--rule:#8f979e;--done:#8ff0b5;--missed:#ffb3ab;--skipped:#dfe4e8;--free:#b9c0c6;--pending:#ffd76b;
        --line:#a9d2ff;--before:#ffc48f;--after:#a9d2ff;--edge:#ffd76b;--link:#b3d8ff}}
        @media (forced-colors:active){:root{--ground:Canvas;--text:CanvasText;--faint:CanvasText;--rule:GrayText;
        --done:Highlight;--missed:CanvasText;--skipped:CanvasText;--free:GrayText;--pending:CanvasText;--line:Highlight;
        --area:Canvas;--before:CanvasText;--after:Highlight;--care:Canvas;--edge:CanvasText;--link:LinkText}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:48rem;background:var(--ground);color:var(--text);
        font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        h1,h2,h3,h4{line-height:1.25;margin:0;break-after:avoid}
        h1{font-size:1.9rem}h2{font-size:1.5rem;margin-top:2.2rem;padding-top:.9rem;border-top:2px solid var(--text)}
        h3{font-size:1.15rem;margin-top:1.7rem}h4{font-size:1.05rem}
        p{margin:.5rem 0}ul,ol{margin:.4rem 0;padding-left:1.4rem}a{color:var(--link)}
        .period{font-size:1.15rem;margin:.1rem 0}.small{font-size:.85rem;color:var(--faint)}.year{margin:.8rem 0 0;font-weight:600}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .standing{margin:.6rem 0}.standing div{display:grid;grid-template-columns:8rem 10rem 1fr;gap:.2rem 1rem;
        align-items:baseline;padding:.35rem 0;border-bottom:1px solid var(--rule);break-inside:avoid}
        dt{color:var(--faint)}dd{margin:0}.value{font-weight:650}
        figure{margin:0;break-inside:avoid}.wide,.scroll{overflow-x:auto}.wide{margin-top:.6rem;direction:rtl}
        .wide>svg{direction:ltr;display:block;margin-right:auto}
        svg text{font:11px system-ui,"Noto Sans","DejaVu Sans",sans-serif;fill:var(--faint)}
        svg text.title{font-weight:600;fill:var(--text)}
        .mark{width:.85rem;height:.85rem;margin-right:.4rem;vertical-align:-.1rem;overflow:visible}
        .done{fill:var(--done)}.missed{fill:none;stroke:var(--missed);stroke-width:1.5}
        .skipped{stroke:var(--skipped);stroke-width:2.4}.free{fill:var(--free)}
        .pending{fill:none;stroke:var(--pending);stroke-width:1.5;stroke-dasharray:2 1.6}
        .grid{stroke:var(--rule);stroke-width:1}.tick{stroke:var(--faint);stroke-width:1}
        .area{fill:var(--area)}.strength,.streak{fill:none;stroke:var(--line);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        path.before,path.after{fill:none;stroke-width:1.6;stroke-linejoin:round}
        path.before{stroke:var(--before);stroke-dasharray:4 3}path.after{stroke:var(--after)}
        circle.before{fill:var(--ground);stroke:var(--before);stroke-width:1.6}rect.after{fill:var(--after)}
        .bar{fill:var(--done)}
        .legend{list-style:none;margin:.6rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;font-size:.85rem;
        color:var(--faint)}.legend b{color:var(--text);font-weight:600}
        .link{font-size:.85rem;margin:.2rem 0}
        table{border-collapse:collapse;font-size:.85rem;line-height:1.3;width:100%}
        caption{text-align:left;color:var(--faint);padding:.3rem 0}
        th,td{text-align:left;vertical-align:top;padding:.2rem .7rem .2rem 0;border-bottom:1px solid var(--rule);
        font-variant-numeric:tabular-nums}
        th{font-weight:600}tbody th{font-weight:400;white-space:nowrap}thead{break-inside:avoid}thead th{overflow-wrap:normal}tr{break-inside:avoid}
        td p{margin:0}.notes tbody th{width:7rem}details{margin:.5rem 0}summary{cursor:pointer;padding:.3rem 0;color:var(--link)}
        .steps{list-style:none;padding:0}.steps>li{margin-top:1.2rem}
        .step{display:grid;grid-template-columns:10rem 1fr;gap:1.2rem;margin-top:.5rem}
        .step>div:only-child{grid-column:1/-1}.step p:first-child{margin-top:0}
        img{display:block;width:10rem;height:10rem}pre{font:.75rem/1.15 monospace;margin:0;overflow-x:auto}.step pre,pre+div{grid-column:1/-1}
        .care{break-inside:avoid}.care,.safety{border-left:.3rem solid var(--edge);background:var(--care);padding:.6rem .9rem;margin:.6rem 0}
        .safety{margin-top:2rem;break-inside:avoid}.safety h2{border:0;margin:0;padding:0}
        .sources ul{margin:.1rem 0}
        footer{margin-top:2rem;border-top:1px solid var(--rule)}
        @media screen and (max-width:40rem){.step{grid-template-columns:1fr}.standing div{grid-template-columns:1fr 1fr}
        .standing .small{grid-column:1/-1}}
        @media print{@page{size:A4;margin:15mm}:root{color-scheme:light}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{max-width:none;padding:0;font-size:9.5pt;line-height:1.35}section+section:not(.safety){break-before:page}
        section+section h2{margin-top:0}
        .wide,.scroll{overflow:visible}.wide>svg{max-width:100%;height:auto}.link,nav{display:none}
        details::details-content{content-visibility:visible;display:block}summary{list-style:none;color:var(--text);
        font-weight:600;break-after:avoid}summary::-webkit-details-marker{display:none}
        table{font-size:7.5pt;line-height:1.22}th,td{padding:.08rem .5rem .08rem 0}.small,.legend{font-size:8pt}.standing div{padding:.15rem 0}.step{grid-template-columns:34mm 1fr}
        img{width:34mm;height:34mm}a{color:inherit;text-decoration:none}}
        """
}
