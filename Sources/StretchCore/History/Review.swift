internal import StretchBase

/// How it went after two weeks and after six, from what is recorded already (docs/rules.md, 20).
package struct Review: Sendable {
    package let weeks: Int
    /// The done days, and the days that were done or missed.
    package let done: Int
    package let due: Int
    /// 0 to 1.
    package let strength: Double
    /// The mean pain in the first week and in the last; nil if it was told too rarely.
    package let pain: (first: Double, last: Double)?

    /// After so many weeks; sources in docs/sources.md.
    private static let marks = [2, 6]
    /// On how many days of a week the pain must be told.
    private static let painDays = 2
    /// What counts as better.
    private static let betterBy = 1.0

    /// Nil unless something was just recorded as done for the first time after two weeks, or after six, so that it is
    /// told once.
    ///
    /// What a button recorded does not count, because a button tells nothing: then the next guide or `done` tells it.
    package init?(of history: History) {
        guard let first = history.entries.first(where: { $0.tally.done > 0 })?.day,
            Review.marks.contains(where: { mark in
                let due = first + 7 * mark
                return due <= history.today
                    && history.entries.lazy.filter { $0.day >= due }.reduce(0) { $0 + $1.tally.told } == 1
            })
        else { return nil }
        weeks = (history.today - first) / 7
        done = history.entries.count { $0.state == .done }
        due = history.entries.count(where: \.isDue)
        strength = history.strength
        let begin = Review.pain(of: history.entries.filter { $0.day < first + 7 })
        let end = Review.pain(of: history.entries.filter { $0.day > history.today - 7 })
        pain = begin.flatMap { begin in end.map { (begin, $0) } }
    }

    /// The mean pain of some days: that before stretching or, if only that was told, that after it.
    private static func pain(of days: [History.Entry]) -> Double? {
        let told = days.compactMap { $0.tally.painBefore ?? $0.tally.pain }
        return told.count >= painDays ? mean(told) : nil
    }

    package var text: String {
        let pains = pain.map { "; pain \(rounded($0.first)) in the first week, \(rounded($0.last)) in the last" } ?? ""
        let percent = Int((strength * 100).rounded())
        let account = "After \(weeks) weeks: \(done) of \(due) days done, strength \(percent) %\(pains)."
        return [account, advice].compactMap(\.self).joined(separator: " ")
    }

    private var advice: String? {
        let show =
            "time to show this to a physiotherapist or doctor; to print it: stretchd report --output report.html"
        guard let pain else { return "If your back is no better: \(show)" }
        if pain.first - pain.last >= Review.betterBy || pain.last < 1 { return nil }
        return "Old pain eases slowly, but it is not better yet: \(show)"
    }
}

/// With one digit after the point.
private func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }
