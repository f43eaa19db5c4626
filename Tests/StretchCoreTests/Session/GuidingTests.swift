import StretchBase
import StretchCore
import TestSupport
import Testing

/// A guide by notifications: from Start to the verdict (rule 15).
struct GuidingTests: GuidedMorning {
    // MARK: The way through

    @Test func thePromptOffersStartFirstAndShowsThePicture() {
        let prompt = prompted().screen[.occurrence(occurrence)]
        #expect(prompt?.buttons.map(\.action) == [.start, .done, .snooze, .skip])
        #expect(prompt?.picture == .init(of: "hip", side: .left))
    }

    @Test func whatOnlyAsksHasNoStart() {
        var day = Simulation(.morningRoutine, from: "2026-11-23 07:00", zone: .berlin, journal: [.longAgo])
        day.run(until: "07:31")
        #expect(day.screen[.occurrence(occurrence)]?.buttons.map(\.action) == [.done, .snooze, .skip])
    }

    @Test func startReplacesThePromptByTheStepsAndEndsWithTheStreak() throws {
        var day = started()
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.pause, .next, .stop])
        var titles: [String] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            let title = day.screen[.guide]?.title ?? "none"
            if titles.last != title { titles.append(title) }
            day.run(until: wake)
        }
        titles.append(day.screen[.guide]?.title ?? "none")
        #expect(
            titles == [
                "morning · 10 s to get ready", "Hip · 1 of 2 · 20 s to get ready", "left side · 1 of 2 · hold 15 s",
                "change sides · 1 of 2 · for 10 s", "right side · 1 of 2 · hold 15 s",
                "Bridge · 2 of 2 · 20 s to get ready", "hold · 2 of 2 · for 10 s", "Done · day 1",
            ])
        #expect(kinds(day) == ["prompted", "started", "done"])
        let done = try #require(day.journal.last)
        #expect(done.via == .guide && done.occurrence == occurrence && done.day == Day("2026-11-23"))
        #expect(done.ts.instant == Zone.berlin.instant("2026-11-23 07:32:40"))
        #expect(day.screen[.guide]?.buttons.isEmpty == true && day.screen[.guide]?.isPassing == true)
        day.run(until: "2026-11-24 07:00")
        #expect(day.withdrawn == [])
        #expect(day.outlook.due.isEmpty)
    }

    @Test func theStartedRecordHoldsForItsLengthAndFiveMinutes() throws {
        let record = try #require(started().journal.last)
        #expect(record.kind == .started(until: Zone.berlin.instant("2026-11-23 07:31") + .seconds(100 + 300)))
        #expect(record.via == .notification && record.subject == .occurrence(occurrence))
    }

    @Test func theScreenMayNotLockBetweenStartAndEnd() {
        var day = started()
        #expect(day.isIdleInhibited)
        day.run(until: "07:40")
        #expect(!day.isIdleInhibited)
        var stopped = started()
        stopped.press(.stop)
        #expect(!stopped.isIdleInhibited)
    }

    @Test func aServerWithBarsIsToldEverySecondAndAnotherOnlyWhatChanges() {
        var plain = started()
        plain.run(until: "07:33")
        #expect(plain.shown.count { $0.hasSuffix("guide") } == 8)
        #expect(plain.screen[.guide]?.progress == nil)
        var bars = started(drawsProgress: true)
        bars.run(until: "07:31:33")
        #expect(bars.screen[.guide]?.progress == 0.2)
        #expect(bars.screen[.guide]?.title == "left side · 1 of 2 · 12 s")
        bars.run(until: "07:33")
        #expect(bars.shown.count { $0.hasSuffix("guide") } == 101)
    }

    @Test func onlyChangesAreHeard() {
        var day = started(drawsProgress: true)
        var sounds: [String] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            day.run(until: wake)
            for case .show(let prompt) in day.effects where !prompt.sound.isEmpty { sounds.append(prompt.sound) }
        }
        #expect(
            sounds == [Cue.holdBegins, .sidesChange, .holdBegins, .holdEnds, .holdBegins, .finished].map(\.soundName))
        let silent = configuration { $0.guide.sound = false }
        var quiet = started(silent)
        quiet.run(until: "07:31:31")
        #expect(quiet.screen[.guide]?.sound == "" && quiet.screen[.guide]?.speech == nil)
    }

    /// The last three seconds of each hold, without a notification of their own.
    @Test(arguments: [true, false])
    func theEndOfAHoldIsCountedAndNothingIsPostedForIt(drawsProgress: Bool) {
        func counted(_ configuration: Configuration) -> (sounds: [String], posts: Int) {
            var day = started(configuration, drawsProgress: drawsProgress)
            let (begin, posts) = (day.now, day.shown.count)
            var sounds: [String] = []
            while let wake = day.wake, wake <= Zone.berlin.instant("2026-11-23 07:31:45") {
                day.run(until: wake)
                for case .play(let cue) in day.effects {
                    sounds.append("\((day.now - begin).components.seconds) \(cue)")
                }
            }
            return (sounds, day.shown.count - posts)
        }
        let heard = counted(configuration())
        #expect(heard.sounds == ["42 countdown", "43 countdown", "44 countdown"])
        let quiet = counted(configuration { $0.guide.sound = false })
        #expect(quiet.sounds.isEmpty && quiet.posts == heard.posts)
    }

    @Test func thePictureShowsTheSideThatIsMeant() {
        var day = started()
        var pictures: [Prompt.Picture?] = []
        while let wake = day.wake, wake < Zone.berlin.instant("2026-11-23 07:33:00") {
            let picture = day.screen[.guide]?.picture
            if pictures.last != picture { pictures.append(picture) }
            day.run(until: wake)
        }
        #expect(
            pictures == [
                .init(of: "hip", side: .left), .init(of: "hip", side: .right), .init(of: "bridge", side: nil),
            ])
    }

    @Test func speechSaysWhatIsNewAndNothingTwice() {
        var day = started(configuration { $0.guide.speech = true }, drawsProgress: true)
        day.run(until: "07:31:30")
        #expect(day.screen[.guide]?.speech?.words == "left side. Lean forward.")
        #expect(day.screen[.guide]?.speech?.delay == Cue.holdBegins.length)
        day.run(until: "07:31:31")
        #expect(day.screen[.guide]?.speech == nil)
    }

    // MARK: Its buttons

    @Test func pauseAndGoOnLoseNoTime() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.resume, .next, .info, .stop])
        #expect(day.screen[.guide]?.title == "Paused · left side · 1 of 2 · 10 s left")
        day.run(until: "07:33:35")
        day.press(.resume)
        day.run(until: "07:33:44")
        #expect(day.screen[.guide]?.title == "left side · 1 of 2 · hold 15 s")
        day.run(until: "07:33:45")
        #expect(day.screen[.guide]?.title == "change sides · 1 of 2 · for 10 s")
    }

    @Test func whoStopsHalfwayIsAskedAndDoneCounts() {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        #expect(day.screen[.guide]?.buttons.map(\.action) == [.done, .later, .resume])
        #expect(kinds(day) == ["prompted", "started"])
        day.press(.done)
        #expect(kinds(day) == ["prompted", "started", "done"])
        #expect(day.screen[.guide]?.title == "Done · day 1")
    }

    @Test func laterIsASnoozeAndItIsAskedAgain() throws {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        day.press(.later)
        #expect(kinds(day) == ["prompted", "started", "undo", "snooze"])
        #expect(day.screen.isEmpty)
        day.run(until: "07:42")
        #expect(day.screen[.occurrence(occurrence)]?.buttons.first?.action == .start)
    }

    @Test func aQuestionNobodyAnswersEndsWithTheHoldAndItIsDueAgain() {
        var day = started()
        day.run(until: "07:31:40")
        day.press(.stop)
        day.run(until: "07:37:39")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "08:00")
        #expect(day.screen.keys.map(\.diaryName) == ["\(occurrence)"])
        #expect(day.session.ledger.verdict(of: occurrence) == nil)
        #expect(!day.isIdleInhibited)
    }

    @Test func whoGoesOnAfterALongPauseIsNotAskedMeanwhile() {
        var day = started()
        day.run(until: "07:31:35")
        day.press(.pause)
        day.run(until: "07:37:30")
        day.press(.resume)
        day.run(until: "07:38:34")
        #expect(day.screen.keys.map(\.diaryName) == ["guide"])
        day.run(until: "07:38:35")
        #expect(kinds(day) == ["prompted", "started", "started", "done"])
    }

    @Test func aClosedNotificationIsNoAnswerAndComesBackWithTheNextPhase() {
        var day = started(drawsProgress: true)
        day.run(until: "07:31:35")
        day.close()
        day.run(until: "07:31:44")
        #expect(day.screen.isEmpty)
        day.run(until: "07:31:45")
        #expect(day.screen[.guide]?.title == "change sides · 1 of 2 · 10 s")
    }
}
