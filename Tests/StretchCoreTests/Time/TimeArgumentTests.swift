import StretchBase
import StretchCore
import Testing

struct TimeArgumentTests {
    /// An hour east of UTC, two from 2026-03-29 01:00 UTC.
    private let zone = Zone(
        identifier: "Europe/Berlin", offset: 3600, transitions: [Zone.Period(start: 1_774_746_000, offset: 7200)])

    @Test(arguments: [
        ("2026-11-23T07:30:00+01:00", 1_795_415_400_000_000), ("2026-11-23T06:30:00Z", 1_795_415_400_000_000),
        ("2026-11-23T06:30:00.25Z", 1_795_415_400_250_000), ("2026-11-23t06:30z", 1_795_415_400_000_000),
        ("2026-11-22 22:30:00-08:00", 1_795_415_400_000_000), ("2026-11-23 08:30", 1_795_415_400_000_000),
        ("2026-11-23 08:30:15", 1_795_415_415_000_000), ("@1795415400", 1_795_415_400_000_000),
        ("@1795415400.5", 1_795_415_400_500_000), ("@0", 0), ("2026-03-29 02:30", 1_774_747_800_000_000),
    ])
    func momentsAreReadInAllThreeWays(text: String, microseconds: Int64) throws {
        #expect(try TimeArgument.parse(text, in: zone) == Instant(microseconds: microseconds))
    }

    @Test(arguments: [
        ("", 0), ("tomorrow", 0), ("2026-02-30 07:30", 0), ("2026-11-23", 10), ("2026-11-23_07:30", 10),
        ("2026-11-23 24:00", 11),
        ("2026-11-23 7:30", 11), ("2026-11-23T07:30:00+1", 19), ("2026-11-23T07:30+25:00", 16), ("@", 1), ("@12x", 1),
        ("@1.", 1), ("@-5", 1), ("2026-11-23 07:30.5", 11),
    ])
    func errorsPointAtThePlace(text: String, offset: Int) {
        let error = #expect(throws: SyntaxError.self) { try TimeArgument.parse(text, in: zone) }
        #expect(error?.offset == offset)
    }
}
