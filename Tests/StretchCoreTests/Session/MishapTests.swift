import StretchBase
import StretchCore
import TestSupport
import Testing

/// What goes wrong in the middle of something else.
struct MishapTests {
    let occurrence = OccurrenceID.morning("2026-11-23T07:30")

    func morning(_ configuration: Configuration = .morningRoutine) -> Simulation {
        Simulation(configuration, from: "2026-11-23 06:00", zone: .berlin, journal: [.longAgo])
    }

    func prompted(_ configuration: Configuration = .morningRoutine) -> Simulation {
        var day = morning(configuration)
        day.run(until: "07:31")
        return day
    }

    // MARK: The journal

    @Test func anAnswerGivenWhileOthersAreBeingWrittenIsWrittenNext() {
        var day = morning()
        day.writeTrouble = .busy
        day.run(until: "07:30:00")
        var session = day.session
        let now = day.now
        // Another program's record comes in: what waits is handed over, and the word of it comes after the button's.
        let first = session.handle(.journal([]), at: now).appended
        #expect(first.count == 1)
        #expect(session.handle(.pressed(.occurrence(occurrence), .done), at: now).appended == [])
        #expect(session.handle(.written, at: now).appended.map(\.verdict) == [.done])
    }

    @Test func anAnswerIsShownAsSettledOnlyWhenItIsRecorded() {
        let day = prompted()
        var session = day.session
        let now = day.now
        let pressed = session.handle(.pressed(.occurrence(occurrence), .done), at: now)
        #expect(pressed.appended.map(\.verdict) == [.done])
        #expect(pressed.published == nil)
        #expect(session.handle(.timer, at: now).published == nil)
        #expect(session.handle(.written, at: now).published?.due.isEmpty == true)

        session = day.session
        _ = session.handle(.pressed(.occurrence(occurrence), .done), at: now)
        #expect(session.handle(.notWritten(.failed("full")), at: now).published?.journalTrouble == "full")
    }

    @Test func theTroubleOfTheJournalIsToldOnceHoweverOftenItIsDismissed() {
        var day = prompted()
        day.writeTrouble = .failed("full")
        day.press(.done)
        #expect(day.screen.keys.contains(.notice(.journal)))
        day.close()
        day.run(until: "09:00")
        #expect(day.screen.isEmpty)
        day.writeTrouble = nil
        day.run(until: "2026-11-24 07:31")
        day.writeTrouble = .failed("full")
        day.press(.done)
        #expect(day.shown.count(where: { $0.contains("journal") }) == 2)
    }

    @Test func theTroubleOfTheJournalWaitsForWhoIsAway() {
        var day = prompted()
        day.writeTrouble = .busy
        day.press(.done)
        day.happen(.presence(.away(.locked)))
        day.run(until: "07:40")
        day.serverDies()
        day.serverAppears()
        day.run(until: "07:50")
        #expect(day.shown.count == 1)
        day.happen(.presence(.present))
        day.run(until: "07:53")
        #expect(day.shown.last?.hasSuffix("journal") == true)
    }

    // MARK: Servers

    @Test func aHangingServerThatIsGoneIsNotWaitedFor() {
        var day = morning()
        day.obstacle = .noAnswer
        day.run(until: "07:40")
        day.happen(.server(present: false))
        // The bus starts another one when something is posted.
        day.obstacle = nil
        day.run(until: "07:42")
        #expect(day.shown == ["07:41 \(occurrence)"])
    }

    // MARK: Reloads

    @Test func aTimePassedOverStaysPassedOverWhenTheFileIsSavedAgain() {
        var day = Simulation(
            Configuration(routines: [.daily("morning", "12:00")]), from: "2026-11-23 09:00", zone: .berlin,
            journal: [.longAgo])
        day.run(until: "09:30")
        day.happen(.configuration(.morningRoutine))
        day.happen(.configuration(.morningRoutine.with { $0.prompt.reminders = 1 }))
        day.run(until: "2026-11-23 23:00")
        #expect(day.shown == [])
    }

    @Test func whoTurnsTheWaitingOffWhileAwayIsAsked() {
        var day = morning()
        day.happen(.presence(.away(.idle)))
        day.run(until: "08:00")
        day.happen(.configuration(.morningRoutine.with { $0.presence.wait = false }))
        #expect(day.shown == ["08:00 \(occurrence)"])
    }

    @Test func whoTurnsTheWaitingOnWhileAwayIsNotAsked() {
        var day = morning(.morningRoutine.with { $0.presence.wait = false })
        day.happen(.presence(.away(.locked)))
        day.happen(.configuration(.morningRoutine))
        day.run(until: "08:00")
        #expect(day.shown == [])
    }

    // MARK: At the person's wish

    @Test func anEarlyPromptWaitsAtItsRealTimeForWhoIsAway() {
        var day = morning()
        day.happen(.askNow)
        day.happen(.presence(.away(.locked)))
        day.run(until: "08:00")
        #expect(day.shown.map { $0.prefix(5) } == ["06:00"])
        day.happen(.presence(.present))
        day.run(until: "08:02")
        #expect(day.shown.map { $0.prefix(5) } == ["06:00", "08:01"])
    }

    @Test func askNowRaisesAtOnceWhatWasPromptedBefore() {
        let before = prompted()
        var day = Simulation(.morningRoutine, from: "2026-11-23 07:35", zone: .berlin, journal: before.journal)
        day.happen(.askNow)
        #expect(day.shown == ["07:35 \(occurrence)"])
    }

    // MARK: Clocks

    @Test func dismissedJustBeforeASmallStepBackItIsNotAskedAgainAtOnce() {
        var day = morning()
        day.run(until: "07:30:05")
        day.close()
        day.setClock(to: "07:29:58")
        day.run(until: "07:44")
        #expect(day.shown.count == 1)
    }

    @Test func aReminderJustBeforeASmallStepBackCounts() {
        var day = prompted()
        day.run(until: "07:45")
        day.setClock(to: "07:44:59")
        day.run(until: "2026-11-23 11:00")
        #expect(day.shown.count == 4)
    }
}

extension [Effect] {
    fileprivate var appended: [Record] {
        flatMap { effect -> [Record] in if case .append(let records) = effect { records } else { [] } }
    }

    fileprivate var published: Outlook? {
        compactMap { effect -> Outlook? in if case .publish(let outlook) = effect { outlook } else { nil } }.last
    }
}
