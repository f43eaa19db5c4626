import StretchCore
import TestSupport
import Testing

/// One id with several contents, as hand edits and sync tools make it: every machine keeps the same one.
@Suite struct LedgerUnionTests {
    static let morning = OccurrenceID.morning("2026-11-23T07:30")
    static let evening = OccurrenceID.morning("2026-11-23T19:30")
    /// The done, written `"type":"done"`, is the lexically smallest.
    static let variants: [Record] = [
        .sample(.done, of: .occurrence(morning), id: "x"), .sample(.skip, of: .occurrence(evening), id: "x"),
        .sample(.pause(from: .sample, until: nil), of: .all, id: "x"), .sample(.undo(["y"]), of: .all, id: "x"),
    ]
    static let other = Record.sample(.done, of: .occurrence(evening), id: "y")

    @Test("the lexically smallest line wins in any order", arguments: 0..<24)
    func smallestWins(order: Int) {
        var records = Self.variants
        var order = order
        for index in (1..<4).reversed() {
            records.swapAt(index, order % (index + 1))
            order /= index + 1
        }
        for place in 0...4 {
            var mixed = records
            mixed.insert(Self.other, at: place)
            let ledger = Ledger(mixed + mixed)
            #expect(ledger.count == 2)
            #expect(ledger.records(of: Self.morning) == [Self.variants[0]])
            #expect(ledger.records(of: Self.evening) == [Self.other], "the undo that lost takes nothing back")
            #expect(ledger.looseRecords == [])
        }
    }
}
