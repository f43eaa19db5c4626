import StretchBase
import StretchCore
import StretchSystem
import TestSupport
import Testing

@MainActor
struct WakeTimerTests {
    @Test(arguments: [Int64.min, -1, 0, 1, 1_700_000_000_000_000])
    func aTimeInThePastCallsAtOnce(_ microseconds: Int64) async {
        var calls = 0
        let timer = WakeTimer { calls += 1 }
        timer.arm(at: Instant(microseconds: microseconds))
        #expect(await eventually { calls == 1 })
    }

    @Test func itCallsOnceAndNotBeforeItsTime() async {
        var calls: [Instant] = []
        let timer = WakeTimer { calls.append(SystemClock.now()) }
        let moment = SystemClock.now() + .milliseconds(50)
        timer.arm(at: moment)
        #expect(await eventually { !calls.isEmpty })
        #expect(calls.allSatisfy { $0 >= moment })
        await later(.milliseconds(50))
        #expect(calls.count == 1)
    }

    @Test(arguments: [nil, Int64.max, 4_611_686_018_427_387_904, 32_503_680_000_000_000])
    func neitherNoTimeNorAFarOneCalls(_ microseconds: Int64?) async {
        var calls = 0
        let timer = WakeTimer { calls += 1 }
        timer.arm(at: SystemClock.now() + .milliseconds(20))
        timer.arm(at: microseconds.map { Instant(microseconds: $0) })
        await later(.milliseconds(60))
        #expect(calls == 0)
        timer.arm(at: SystemClock.now())
        #expect(await eventually { calls == 1 })
    }

    @Test func aReleasedTimerCallsNoMore() async {
        var calls = 0
        var timer: WakeTimer? = WakeTimer { calls += 1 }
        timer?.arm(at: SystemClock.now() + .milliseconds(20))
        timer = nil
        await later(.milliseconds(60))
        #expect(calls == 0)
    }

    /// Waits for a second timer: what was due before it would have come.
    private func later(_ span: Duration) async {
        var passed = false
        let timer = WakeTimer { passed = true }
        timer.arm(at: SystemClock.now() + span)
        #expect(await eventually { passed })
    }
}
