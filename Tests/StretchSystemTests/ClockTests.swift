import Foundation
import StretchBase
import StretchCore
@testable import StretchSystem
import TestSupport
import Testing

@MainActor
struct ClockTests {
    @Test func nowIsTheTimeOfDay() {
        let difference = Date().timeIntervalSince1970 - Double(SystemClock.now().microseconds) / 1e6
        #expect(abs(difference) < 5)
    }

    @Test(arguments: [
        // wall, monotonic, boot elapsed; stepped, suspended
        (60, 60, 60, 0, 0),
        (3660, 60, 60, 3600, 0),
        (-3540, 60, 60, -3600, 0),
        (3660, 60, 3660, 0, 3600),
        (0, 60, 3660, -3660, 3600),
    ])
    func twoSamplesTellStepFromSuspend(_ wall: Int, _ monotonic: Int, _ boot: Int, _ stepped: Int, _ suspended: Int) {
        let start = Instant(seconds: 1_700_000_000)
        let before = ClockSample(wall: start, monotonic: Instant(seconds: 100), boot: Instant(seconds: 500))
        let after = ClockSample(
            wall: start + .seconds(wall), monotonic: before.monotonic + .seconds(monotonic),
            boot: before.boot + .seconds(boot))
        #expect(after.stepped(since: before) == .seconds(stepped))
        #expect(after.suspended(since: before) == .seconds(suspended))
    }

    /// CAP_SYS_TIME, bit 25 of the effective capabilities.
    nonisolated private static var mayClockBeSet: Bool {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let bits = UInt64(line.split(separator: "\t")[1], radix: 16)
        else { return false }
        return bits & 1 << 25 != 0
    }

    @Test(.enabled(if: mayClockBeSet, "the test needs CAP_SYS_TIME"))
    func everySettingOfTheClockIsReported() async throws {
        var reports: [(stepped: Duration, suspended: Duration)] = []
        let watch = try ClockWatch { reports.append(($0, $1)) }
        for count in 1...3 {
            // To the time it shows: it moves by the microsecond this takes.
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            try #require(clock_settime(CLOCK_REALTIME, &time) == 0)
            // Others may set it, too.
            #expect(await eventually { reports.count >= count }, "\(reports.count)")
        }
        withExtendedLifetime(watch) {}
        for report in reports {
            #expect(abs(report.stepped.microseconds) < 100_000)
            #expect(abs(report.suspended.microseconds) < 100_000)
        }
    }

    @Test(.enabled(if: mayClockBeSet, "the test needs CAP_SYS_TIME"))
    func whoLooksSeesTheSettingBeforeTheMainQueueTurns() throws {
        var reports = 0
        let watch = try ClockWatch { _, _ in reports += 1 }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        try #require(clock_settime(CLOCK_REALTIME, &time) == 0)
        watch.check()
        #expect(reports == 1)
    }

    @Test(arguments: [(0, false), (999_999, false), (1_000_001, true), (-1_000_001, true)])
    func aSecondIsMoreThanNoise(_ microseconds: Int, _ isChange: Bool) {
        #expect(Duration.microseconds(microseconds).isChange == isChange)
    }

    @Test(arguments: [
        ("Sun Nov 22 07:30:00 2026", "2026-11-22"), ("Wed Feb  3 23:59:59 2027", "2027-02-03"),
        ("??? ??? ?? ??:??:?? ????", "1970-01-01"),
    ])
    func dateOfTheCompilerIsRead(_ text: String, _ day: String) throws {
        let expected = try #require(Day(day)).ordinal
        #expect(BuildDate.instant(of: text) == Instant(seconds: Int64(expected) * 86_400))
    }

    @Test func thisProgramWasBuiltInThePast() {
        #expect(BuildDate.midnight - .days(1) < SystemClock.now())
        #expect(BuildDate.midnight > Instant(seconds: 1_700_000_000))
    }
}
