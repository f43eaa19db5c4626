import StretchBase
import StretchCore
import TestSupport
import Testing

/// The short way through the program's own lines leads to where the long one does.
@Suite struct OwnLineTests {
    private static let records: [Record] = {
        var records: [Record] = []
        for kind in Record.Kind.samples {
            for via in [nil, Record.Via.notification, .cli, .guide] {
                for routine in ["morning", "a\"b", "Rücken", "a@b", "\\", "a routine of many letters"] {
                    let nominal = CivilTime(
                        day: DailyRecords.today, hour: 7, minute: 30, second: records.count % 2 * 15)
                    let occurrence = OccurrenceID(routine: routine, nominal: nominal)
                    var record = Record.sample(kind, of: .occurrence(occurrence))
                    record.day = records.count % 5 == 0 ? nil : DailyRecords.today
                    record.goal = records.count % 7 == 0 ? 2 : 1
                    record.pain = records.count % 3 == 0 ? 4 : nil
                    record.via = via
                    switch kind {
                    case .done, .skip: record.late = [nil, true, false][records.count % 3]
                    case .prompted where records.count % 2 == 0:
                        record.waited = Hindrance.allCases[records.count % Hindrance.allCases.count]
                        record.waitedUntil = records.count % 4 == 0 ? nil : .sample - .seconds(90)
                    default: break
                    }
                    records.append(record)
                }
            }
        }
        return records
    }()

    @Test func everyRecordIsReadTheSame() {
        var scanner = RecordScanner()
        for record in Self.records {
            #expect(scanner.scan(record.line.span) == .record(record))
            #expect(scanner.scanFully(record.line.span) == .record(record))
        }
    }

    @Test("whatever is wrong with it", arguments: 0..<8)
    func everyMutilatedLineIsReadTheSame(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var scanner = RecordScanner()
        for _ in 0..<3000 {
            var line = try #require(Self.records.randomElement(using: &random)).line
            let place = Int.random(in: 0..<line.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: line[place] = UInt8.random(in: 0...255, using: &random)
            case 1: line.remove(at: place)
            case 2: line.insert(line[Int.random(in: 0..<line.count, using: &random)], at: place)
            case 3: line.removeLast(place)
            default:
                let begin = Int.random(in: 0...place, using: &random)
                line.insert(contentsOf: Array(line[begin...place]), at: place)
            }
            let text = String(decoding: line, as: UTF8.self)
            #expect(scanner.scan(line.span) == scanner.scanFully(line.span), "\(text)")
        }
    }
}
