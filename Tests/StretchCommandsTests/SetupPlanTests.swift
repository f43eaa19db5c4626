import StretchBase
import StretchCore
import Testing

@testable import StretchCommands

/// What `setup` makes of the answers.
struct SetupPlanTests {
    @Test func withoutMoreItIsTheMorning() throws {
        #expect(
            SetupPlan().toml == """
                # Made by stretchd setup. To change it: stretchd edit

                [[routine]]
                id = "morning"
                schedule = "07:00"

                """)
    }

    @Test(
        arguments: ["morning", "gentle", "chair", "backward", "forward"],
        [[], [.kneeling], [.floor], [.pregnancy, .osteoporosis, .hipReplacement]] as [[Avoidance]])
    func whatItWritesIsFineForEachRoutine(_ id: String, avoid: [Avoidance]) throws {
        let plan = SetupPlan(routine: id, avoid: avoid, time: "06:45", days: "Mon..Fri")
        let read = try ConfigurationReader.read(plan.toml, file: "config.toml")
        #expect(read.routines.map(\.id) == [id] && read.remarks == [] && read.avoid == avoid)
        let steps = read.routines[0].steps
        #expect(!steps.isEmpty && steps.allSatisfy { $0.stretch.notFor.allSatisfy { !avoid.contains($0) } })
        if avoid.isEmpty { #expect(steps == Routine.builtIn(id)?.steps) }
        #expect(read.routines[0].schedule.words == "Mon..Fri 06:45")
    }

    @Test(
        arguments: [
            ("00:15", "00:00"), ("01:00", "00:00"), ("03:59", "02:00"), ("04:00", nil), ("07:00", nil),
        ] as [(String, String?)])
    func whoGetsUpBeforeFourHasAnEarlierDay(time: String, start: String?) throws {
        let plan = SetupPlan(time: time)
        #expect(plan.toml.contains("day_start") == (start != nil))
        if let start { #expect(plan.toml.contains("\n\nday_start = \"\(start)\"\n\n[[routine]]\n")) }
        let read = try ConfigurationReader.read(plan.toml, file: "config.toml")
        let opens = try #require(SetupPlan.time(time))
        #expect(opens == time && read.dayStart <= .hours(Int(time.prefix(2)) ?? 0))
        // At night one is still in the evening.
        #expect(!SetupPlan(routine: "forward", time: time).toml.contains("day_start"))
    }

    @Test func whoCannotKneelStretchesTheHipStanding() throws {
        let plan = SetupPlan(avoid: [.kneeling])
        #expect(plan.toml.contains("[person]\navoid = [\"kneeling\"]\n\n[[routine]]\n"))
        let read = try ConfigurationReader.read(plan.toml, file: "config.toml")
        let ids = read.routines[0].steps.map(\.stretch.id)
        #expect(ids == ["pelvic-tilt", "standing-hip-flexor", "glute-bridge"])
    }

    @Test(
        arguments: [
            ("", ""), ("every day", ""), ("Daily", ""), ("weekdays", "Mon..Fri"), ("mon-fri", "Mon..Fri"),
            ("Mon..Fri", "Mon..Fri"), ("Mon to Fri", "Mon..Fri"), ("monday, wednesday and friday", "Mon,Wed,Fri"),
            ("sat sun", "Sat,Sun"), ("weekend", "Sat,Sun"), ("mon..sun", ""), ("someday", nil), ("07:30", nil),
            ("2026-11-23", nil), ("*-*-1", nil),
        ] as [(String, String?)])
    func daysAreReadAsPeopleTypeThem(words: String, days: String?) { #expect(SetupPlan.days(words) == days) }

    @Test(
        arguments: [
            ("7", "07:00"), ("7:30", "07:30"), ("07:05", "07:05"), ("23:59", "23:59"), ("24:00", nil), ("7:60", nil),
            ("", nil), ("7:", nil), ("-1", nil), ("seven", nil), ("7:30:00", nil),
        ] as [(String, String?)])
    func timesAreReadAsPeopleTypeThem(words: String, time: String?) { #expect(SetupPlan.time(words) == time) }
}
