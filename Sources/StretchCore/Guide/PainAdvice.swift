/// What the pain that a person told means for today and for the next time.
///
/// The thresholds are `Guide.highPain` and `Guide.painRise`.
package struct PainAdvice: Hashable, Sendable {
    /// The pain before the routine on the day before; nil if it is not known.
    var yesterday: Int?
    package var before: Int?
    package var after: Int?

    package init(yesterday: Int? = nil, before: Int? = nil, after: Int? = nil) {
        self.yesterday = yesterday
        self.before = before
        self.after = after
    }

    /// The phase that suggests a gentler day before the routine; nil if nothing speaks for one.
    var suggestion: Phase.Kind? {
        if isHigh(before) { return .highPain }
        return rose(from: yesterday, to: before) ? .painRose : nil
    }

    /// Whether it hurts more after than before, or more before than on the day before.
    package var hasRisen: Bool { rose(from: before, to: after) || rose(from: yesterday, to: before) }

    /// Whether the pain after the routine is high.
    var isHighAfter: Bool { isHigh(after) }

    /// What to do today, before the routine.
    ///
    /// - Parameter hasGentle: whether the gentle routine is on offer.
    func adviceBefore(hasGentle: Bool) -> String {
        guard !isHigh(before) else { return "\(today(hasGentle))\n\(Safety.warning)" }
        guard let yesterday, let before else { return today(hasGentle) }
        return "It was \(yesterday) then, and is \(before) now. \(today(hasGentle))"
    }

    /// Advice for the next time, after the routine; nil unless the pain is high or rose.
    ///
    /// With high pain the warning signs follow.
    package func advice(hasGentle: Bool) -> String? {
        let rose = rose(from: before, to: after)
        guard rose || isHighAfter else { return nil }
        let advice =
            "\(rose ? "It hurts more than before" : "That is a lot of pain"): take \(gentlerDay(hasGentle)) next time. "
            + PainAdvice.doctor
        return isHighAfter ? "\(advice)\n\(Safety.warning)" : advice
    }

    private func today(_ hasGentle: Bool) -> String {
        "Take \(gentlerDay(hasGentle)) today. On a rest day: leave the exercises out; keep moving, such as short walks. \(PainAdvice.doctor)"
    }

    private func gentlerDay(_ hasGentle: Bool) -> String {
        hasGentle ? "the gentle routine or a rest day" : "a rest day"
    }

    private func isHigh(_ pain: Int?) -> Bool { pain.map { $0 >= Guide.highPain } ?? false }

    private func rose(from earlier: Int?, to later: Int?) -> Bool {
        guard let earlier, let later else { return false }
        return later - earlier >= Guide.painRise
    }

    /// What a rest day is: nobody with a sore back is told to lie down.
    static let restDay = "Leave the exercises out today; keep moving, such as short walks."

    private static let doctor = "If it does not get better, see a doctor."
}

extension Phase {
    /// Whether a gentler routine or a rest day is suggested.
    var suggestsGentlerDay: Bool { kind == .painRose || kind == .highPain }
}
