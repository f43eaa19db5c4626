import StretchBase
import StretchCore
import Testing

@Suite struct RecordIDsTests {
    @Test func anIDIsAUUIDOfVersionSevenWithTheMillisecond() throws {
        var ids = RecordIDs(seed: 1)
        for _ in 0..<1000 {
            let id = ids.next(at: Instant(microseconds: 0x01A2_071A_29DA * 1000 + 999))
            let form = /01a2071a-29da-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
            #expect(try form.wholeMatch(in: id.description) != nil)
        }
    }

    @Test func idsAscendWithTimeAndWithinAMillisecond() {
        var ids = RecordIDs(seed: 7)
        let made = (0..<5000).map {
            ids.next(at: Instant(microseconds: 1_795_415_484_000_000 + Int64($0 / 2500) * 1000))
        }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
    }

    @Test func theSeedDecides() {
        var (one, same, other) = (RecordIDs(seed: 1), RecordIDs(seed: 1), RecordIDs(seed: 2))
        let id = one.next(at: .sample)
        #expect(id == same.next(at: .sample))
        #expect(id != other.next(at: .sample))
    }

    @Test func idsAscendWhenTheClockGoesBack() {
        var ids = RecordIDs(seed: 3)
        let made = (0..<1000).map { ids.next(at: Instant(microseconds: Int64(1000 - $0 % 10) * 1000)) }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
    }

    @Test func aTimeBeforeTheEpochStillMakesAnID() {
        var ids = RecordIDs(seed: 3)
        #expect(ids.next(at: Instant(microseconds: -5)).description.hasPrefix("00000000-0000-7"))
    }

    @Test func anIDReadsBackAndTellsItsTime() {
        var ids = RecordIDs(seed: 5)
        let made = (0..<200).map { ids.next(at: .sample + .milliseconds($0)) }
        #expect(made.map(\.description) == made.map(\.description).sorted())
        #expect(made.allSatisfy { Record.ID($0.description) == $0 })
        #expect(made.map(\.time) == (0..<200).map { .sample + .milliseconds($0) })
    }
}
