import StretchBase
import StretchCore
import TestSupport
import Testing

/// A click on a notification, which on many desktops is all there is: it starts and goes on, and never decides.
struct ClickTests: GuidedMorning {
    @Test func aClickOnAPromptStarts() {
        #expect(prompted().screen[.occurrence(occurrence)]?.click == .start)
    }

    @Test func aClickOnWhatOnlyAsksIsNothing() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        #expect(day.screen[.occurrence(occurrence)]?.click == nil)
    }

    @Test func everyPageHasAClickThatDecidesNothing() {
        var day = started()
        var clicks: [String] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            guard let page = day.screen[.guide] else { break }
            let click = "\(page.title.prefix { $0 != " " }) \(page.click.map(\.rawValue) ?? "none")"
            // The timer also rings for sounds, without another page.
            if clicks.last != click { clicks.append(click) }
            day.run(until: wake)
        }
        #expect(
            clicks == [
                "morning next", "Hip next", "left again", "change next", "right again", "Bridge next", "hold again",
            ])
    }

    @Test func aClickGoesOnAfterAPauseAndAStop() {
        for action in [Prompt.Action.pause, .stop] {
            var day = started()
            day.run(until: "07:31:35")
            day.press(action)
            #expect(day.screen[.guide]?.click == .resume)
        }
    }

    @Test func aClickOnTheWarningsShowsThemAgain() {
        var day = Simulation(configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        #expect(day.screen[.guide]?.click == .again)
        day.press(.again)
        #expect(day.screen[.guide]?.title == "Before you begin")
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.next, .stop])
    }

    /// How to get down, what to take care of, and getting into position.
    @Test func aClickGoesPastNothingThatWaitsForThePerson() {
        let careful = configuration { configuration in
            var new = Stretch(id: "new")
            new.title = "New"
            new.cautions = ["Slowly."]
            configuration.routines[0].steps = [Step(new)]
        }
        var day = started(careful)
        for title in ["Morning", "New: take care", "New"] {
            #expect(day.screen[.guide]?.title.lowercased().hasPrefix(title.lowercased()) == true)
            #expect(day.screen[.guide]?.click == .again)
            day.press(.next)
        }
    }

    @Test func aClickDuringAHoldSkipsNothing() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.again)
        #expect(day.screen[.guide]?.title.hasPrefix("left side") == true)
        day.run(until: "07:31:44")
        #expect(day.screen[.guide]?.title.hasPrefix("left side") == true)
        day.run(until: "07:31:45")
        #expect(day.screen[.guide]?.title.hasPrefix("change sides") == true)
    }

    @Test func aClickWhereThePainIsAskedSaysNothing() {
        let day = started(configuration { $0.guide.pain = .always })
        #expect(day.screen[.guide]?.click == .next)
        #expect(day.screen[.guide]?.body.hasPrefix("0 of 10\n") == true)
    }

    @Test func aSnoozeFromElsewhereEndsTheGuide() {
        var day = started()
        day.run(until: "07:31:40")
        let snooze = Record.made(
            .snooze(until: Zone.berlin.instant("2026-11-23 07:50")), occurrence, at: "2026-11-23 07:31:40", in: .berlin)
        day.happen(.journal([snooze]))
        #expect(day.screen.isEmpty)
        day.run(until: "07:49:59")
        #expect(day.screen.isEmpty)
        day.run(until: "07:50")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
    }

    @Test func theWarningsHaveABriefFormWithTheWayOn() throws {
        var day = Simulation(configuration(), from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        day.press(.start)
        let brief = try #require(day.screen[.guide]?.brief)
        #expect(brief.body == Safety.briefWarning && brief.hint == "None? stretchd guide --next")
        day.press(.next)
        #expect(day.screen[.guide]?.brief == nil)
    }

    @Test func anotherPromptIsHiddenWhileAGuideRunsAndComesBack() {
        var two = configuration()
        two.routines.append(.daily("desk", "07:25"))
        var day = prompted(two)
        #expect(day.screen.count == 2)
        #expect(day.screen[.occurrence(occurrence)]?.routine == "morning")
        day.press(.start, on: .occurrence(occurrence))
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "07:36")
        #expect(day.screen.keys.map(\.diaryName).contains("desk@2026-11-23T07:25"))
        #expect(kinds(day).filter { $0 == "done" }.count == 1)
    }

    @Test func aPageThatTheServerRefusesComesAgain() {
        var day = started()
        day.run(until: "07:31:35")
        day.obstacle = .refused("too many")
        day.press(.again)
        #expect(day.screen.isEmpty)
        day.obstacle = nil
        day.run(until: "07:31:38")
        #expect(day.screen[.guide]?.title.hasPrefix("left side") == true)
    }

    @Test func aCommandForThePageThatIsThereChangesNothing() {
        var day = started()
        day.run(until: "07:31:35")
        let shown = day.shown.count
        for action in [Prompt.Action.gentle, .done, .start, .again] { day.happen(.steered(action)) }
        #expect(day.shown.count == shown && day.withdrawn.count { $0.hasSuffix("guide") } == 0)
        day.happen(.steered(.pause))
        #expect(day.screen[.guide]?.title.hasPrefix("Paused") == true)
    }

    // MARK: Room

    @Test func whoWasRemindedIsOfferedANoRatherThanAnotherSnooze() {
        var day = prompted()
        #expect(day.screen[.occurrence(occurrence)]?.dispensable == .skip)
        day.run(until: "07:47")
        #expect(day.screen[.occurrence(occurrence)]?.dispensable == .snooze)
    }

    @Test func manyStepsAreCounted() throws {
        let body = try #require(summary(of: 50, titled: "Stretch, as the physiotherapist wrote it down in long words"))
        #expect(body.count <= 200)
        #expect(body.hasPrefix("Stretch, as the physiotherapist wrote it down in long words 1 · Stretch"))
        #expect(body.hasSuffix(" … and 48 more · 29 min"))
    }

    @Test func fewStepsAreNamed() {
        #expect(summary(of: 2, titled: "Hip") == "Hip 1 · Hip 2 · 1 min")
    }

    @Test func oneEndlessTitleIsCut() throws {
        let body = try #require(summary(of: 1, titled: String(repeating: "endless ", count: 100)))
        #expect(body.count <= 200)
        #expect(body.hasSuffix("… · 1 min"))
    }

    private func summary(of count: Int, titled title: String) -> String? {
        let steps = (1...count).map { number in
            var stretch = Stretch(id: "s\(number)")
            stretch.title = "\(title) \(number)"
            return Step(stretch)
        }
        return prompted(configuration { $0.routines[0].steps = steps }).screen[.occurrence(occurrence)]?.body
    }
}
