import StretchBase
import StretchCore
import TestSupport
import Testing

/// The guide on the desktop asks, after a good week, whether to do more of a stretch (rule 19).
struct LevelQuestionTests: GuidedMorning {
    /// The hip stretch can be held for 20 s later; the pain is asked.
    private var growing: Configuration {
        configuration { configuration in
            var hip = steps[0].stretch
            var longer = hip.dose
            longer.hold = .seconds(20)
            hip.levels = [longer]
            configuration.routines[0].steps = [Step(hip), steps[1]]
            configuration.guide.pain = .always
        }
    }

    /// Done on the six days before, with little pain.
    private var goodWeek: [Record] {
        (17...22).map { day in
            var done = Record.made(
                .done, .morning("2026-11-\(day)T07:30"), at: "2026-11-\(day) 07:40", in: .berlin)
            (done.painBefore, done.pain) = (2, 1)
            return done
        }
    }

    /// Led to the end with this pain after it; the pain before is 2.
    private func guided(pain: Int = 2, journal: [Record]? = nil) -> Simulation {
        var day = prompted(growing, journal: journal ?? goodWeek)
        day.press(.start)
        answer(2, in: &day)
        day.run(until: "07:34")
        answer(pain, in: &day, from: 2)
        return day
    }

    private func answer(_ pain: Int, in day: inout Simulation, from start: Int = 0) {
        for _ in start..<pain { day.press(.more) }
        day.press(.answer)
    }

    private func levels(_ day: Simulation) -> [Record.Kind] {
        day.journal.map(\.kind).filter { if case .level = $0 { true } else { false } }
    }

    @Test func yesCountsFromTomorrow() throws {
        var day = guided()
        let question = try #require(day.screen[.guide])
        #expect(question.title == "It has gone well for a week")
        #expect(question.body == "Hip: 5 s longer from tomorrow?")
        #expect(question.buttons.map(\.label) == ["Yes", "Not yet"] && question.click == .again)
        #expect(levels(day) == [] && kinds(day).suffix(2) == ["done", "done"], "what was done is recorded already")
        day.press(.again)
        #expect(day.screen[.guide]?.title == "It has gone well for a week")
        day.press(.yes)
        #expect(levels(day) == [.level(1, stretch: "hip")])
        #expect(day.journal.last?.day == Day("2026-11-23") && day.journal.last?.via == .guide)
        #expect(day.screen[.guide]?.body.contains("from tomorrow: Hip, once 20s") == true)
        day.run(until: "2026-11-24 07:31")
        day.press(.start, on: .occurrence(.morning("2026-11-24T07:30")))
        day.press(.next)
        day.run(until: "2026-11-24 07:31:31")
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 20 s")
    }

    @Test func notYetIsRecordedAsThePresentLevel() {
        var day = guided()
        day.press(.next)
        #expect(levels(day) == [.level(0, stretch: "hip")])
        #expect(day.screen[.guide]?.title.hasPrefix("Done") == true)
        #expect(day.screen[.guide]?.body.contains("from tomorrow") == false)
    }

    @Test func withoutAnAnswerItIsAskedAgainTheNextDay() {
        var day = guided()
        day.run(until: "07:50")
        #expect(day.screen.isEmpty && levels(day) == [], "it does not wait for ever")
        #expect(day.outlook.due.isEmpty, "the routine is done all the same")
    }

    private var raised: Record {
        Record(
            id: RecordID("level"), ts: Timestamp(Zone.berlin.instant("2026-11-20 07:45"), in: .berlin),
            kind: .level(1, stretch: "hip"), subject: .all)
    }

    @Test func afterMuchPainThereIsAdviceAndNoQuestion() {
        let day = guided(pain: 9, journal: goodWeek + [raised])
        #expect(day.screen[.guide]?.title.hasPrefix("Done") == true && day.screen[.guide]?.isPassing == false)
        #expect(day.screen[.guide]?.body.contains("It hurts more than before: take the gentle routine") == true)
        #expect(day.screen[.guide]?.body.contains(Safety.warning) == true)
    }

    @Test func theAdviceIsInSightAndStaysWhenNobodyAnswers() {
        var day = guided(pain: 4, journal: goodWeek + [raised])
        #expect(day.screen[.guide]?.body.hasPrefix("It hurts more than before: take") == true)
        day.run(until: "07:50")
        #expect(day.screen[.guide]?.title.hasPrefix("Done") == true)
        #expect(day.screen[.guide]?.body.contains("It hurts more than before: take") == true)
        #expect(levels(day).count == 1 && day.outlook.due.isEmpty)
    }

    @Test func theAdviceWaitsUntilSomebodySeesIt() {
        var day = guided(pain: 4, journal: goodWeek + [raised])
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:30")
        #expect(day.screen[.guide] == nil)
        day.happen(.presence(.present))
        day.run(until: "08:32")
        #expect(day.screen[.guide]?.body.contains("It hurts more than before: take") == true)
    }

    @Test func theQuestionWaitsTheFullTimeHoweverLongThePainDid() {
        var day = prompted(growing, journal: goodWeek)
        day.press(.start)
        answer(2, in: &day)
        day.run(until: "07:37")
        #expect(day.screen[.guide]?.title == "How much does your back hurt after it?")
        answer(2, in: &day, from: 2)
        day.run(until: "07:41")
        #expect(day.screen[.guide]?.title == "It has gone well for a week")
    }

    @Test func aRiseAWeekThatIsTooShortOrAGuideStoppedHalfwayAskNothing() {
        #expect(guided(pain: 4).screen[.guide]?.title.hasPrefix("Done") == true)
        #expect(guided(journal: Array(goodWeek.dropFirst())).screen[.guide]?.title.hasPrefix("Done") == true)
        var halfway = prompted(growing, journal: goodWeek)
        halfway.press(.start)
        answer(2, in: &halfway)
        halfway.run(until: "07:32")
        halfway.press(.stop)
        halfway.press(.done)
        #expect(halfway.screen[.guide]?.title.hasPrefix("Done") == true)
    }

    /// A routine outside its schedule has no occurrence, so its verdict is another record after the pain.
    @Test func anExtraOneAsksToo() {
        var day = Simulation(
            growing, from: "2026-11-23 07:00", zone: .berlin,
            journal: [.longAgo, .known("hip"), .known("bridge")] + goodWeek
                + [.made(.done, .morning("2026-11-23T07:30"), at: "2026-11-23 06:50", in: .berlin)])
        day.happen(.askNow)
        day.press(.start, on: .bonus(routine: "morning"))
        answer(2, in: &day)
        day.run(until: "07:04")
        answer(2, in: &day, from: 2)
        #expect(day.screen[.guide]?.title == "It has gone well for a week")
        day.press(.yes)
        #expect(levels(day) == [.level(1, stretch: "hip")])
    }

    @Test func afterARiseOneStepBackIsOffered() {
        var day = guided(pain: 4, journal: goodWeek + [raised])
        #expect(day.screen[.guide]?.title == "It hurts more than before")
        #expect(day.screen[.guide]?.body.hasSuffix("\nHip: 5 s shorter from tomorrow?") == true)
        day.press(.yes)
        #expect(levels(day).last == .level(0, stretch: "hip"))
    }
}
