import StretchBase
import StretchCore
import StretchTerminal
import TestSupport
import Testing

/// Strokes for before, bars for after.
@Suite struct PainChartTests {
    @Test func barsGrowAndStrokesRiseWithPain() {
        // Each week one day: before, after.
        let text = chart([(0, 0), (1, 0), (5, 4), (7, 5), (10, 10), (nil, nil), (2, nil), (nil, 2), (3, 8)])
        #expect(
            text == """
                        ⠉█
                      ⠤  █       █
                    ⠤  ▄ █       █
                     █ █ █      ⠤█
                ⣀▁⠤▁ █ █ █  ⠉  █ █
                """)
    }

    @Test func withoutSymbolsItHasAStepForEachNumber() {
        let text = chart([(0, 0), (1, 1), (5, 4), (7, 5), (10, 10), (2, nil)], hasSymbols: false)
        #expect(
            text == """
                        =:
                      =  :
                    =  . :
                     : : :
                =.=. : : :=
                """)
    }

    @Test(arguments: 0...10)
    func everyPainIsSeenOnceBeforeAndAtLeastOnceAfter(pain: Int) {
        for hasSymbols in [true, false] {
            let text = chart([(pain, pain)], hasSymbols: hasSymbols)
            #expect(text.filter { "=⣀⠤⠒⠉".contains($0) }.count == 1)
            #expect(text.filter { ".:▁▂▃▄▅▆▇█".contains($0) }.count == max(1, (pain + 1) / 2))
        }
    }

    /// Weeks in which one day was remarked on; the lines end with their last sign.
    private func chart(_ weeks: [(before: Int?, after: Int?)], hasSymbols: Bool = true) -> String {
        var diary = DailyRecords("N")
        let first = DailyRecords.today - 7 * weeks.count
        for (index, week) in weeks.enumerated() {
            let day = first + 7 * index
            diary.answer(.done, day)
            diary.remark(day, pain: week.after, before: week.before)
        }
        let days = diary.history.days(in: first...DailyRecords.today - 1)
        let chart = PainChart(of: HistoryCalendar(of: days, width: 200).blocks[0].weeks, hasSymbols: hasSymbols)
        return chart.lines.map { line in
            String(line.text.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

extension DailyRecords {
    /// Adds to what was done on a day how much it hurt.
    mutating func remark(_ day: Day, pain: Int?, before: Int?) {
        for index in records.indices where records[index].day == day && records[index].kind == .done {
            records[index].pain = pain
            records[index].painBefore = before
        }
    }
}
