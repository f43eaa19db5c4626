package import StretchBase

/// When a guide asks, at its end, whether to do more or less of a stretch (docs/rules.md, 19).
///
/// The doses between the first and the last level, and why these numbers, are in docs/sources.md.
package struct LevelRule {
    /// Done days that it takes until more is proposed.
    static let doneDays = 7
    /// On how many of them the pain was told.
    static let painDays = 4
    /// The highest pain on them.
    static let highestPain = 4
    /// After so many days without the routine a step down is proposed.
    static let pause = 14

    private let diary: Diary
    private let routine: Routine
    private let history: History
    /// The steps that have levels.
    private let steps: [Step]

    /// - Parameter routine: as it is configured, with the verdict of its guide in the diary.
    package init(of routine: Routine, in diary: Diary, at now: Instant) {
        self.diary = diary
        self.routine = routine
        history = History(of: routine, in: diary, at: now)
        steps = routine.id == Routine.gentle.id ? [] : routine.steps.filter { $0.highestLevel > 0 }
    }

    /// What to ask at the end of a guide; nil if nothing is to be asked.
    ///
    /// A guide that was stopped halfway, or led through the gentle steps instead, says nothing about these steps.
    package func offer(after guide: Guide) -> LevelOffer? {
        guard guide.nextPhase == nil, guide.steps == diary.steps(of: routine) else { return nil }
        return offer(painRose: guide.pain.hasRisen)
    }

    /// - Parameter painRose: whether it hurts more than before the guide, or than the day before.
    func offer(painRose: Bool) -> LevelOffer? {
        if painRose { return stepBack }
        return stepDown ?? stepUp
    }

    /// After a rise of the pain: one step back for the stretch that was raised last.
    private var stepBack: LevelOffer? {
        let raised = steps.filter { diary.level(of: $0) > 0 }.compactMap { step in
            diary.ledger.level(of: step.stretch.id).map { (step: step, record: $0) }
        }
        let last = raised.max { Record.isEarlier($0.record, than: $1.record) }
        return last.map { LevelOffer(.painRose, [change(of: $0.step, by: -1)]) }
    }

    /// After weeks without the routine: one step down for each stretch that was raised.
    private var stepDown: LevelOffer? {
        let before = doneDays.last { $0.day < history.today }?.day
        guard let before, history.today - before >= Self.pause else { return nil }
        let raised = steps.filter { diary.level(of: $0) > 0 && day(of: $0).map { $0 < history.today } ?? true }
        guard !raised.isEmpty else { return nil }
        return LevelOffer(.pause(weeks: (history.today - before) / 7), raised.map { change(of: $0, by: -1) })
    }

    /// After a good week: one step more for one stretch, that with the lowest level, the first of them.
    private var stepUp: LevelOffer? {
        let candidates = steps.filter { diary.level(of: $0) < $0.highestLevel }
        guard let step = candidates.min(by: { diary.level(of: $0) < diary.level(of: $1) }), hasGoneWell else {
            return nil
        }
        return LevelOffer(.goneWell, [change(of: step, by: 1)])
    }

    /// The last done days, since anything was changed or asked and without a long pause, were enough and good.
    private var hasGoneWell: Bool {
        let asked = steps.compactMap(day).max()
        var week: [History.Entry] = []
        for entry in doneDays.reversed() {
            if let asked, entry.day <= asked { break }
            if let later = week.last?.day, later - entry.day >= Self.pause { break }
            week.append(entry)
            if week.count == Self.doneDays { break }
        }
        let pains = week.map { entry in
            PainAdvice(
                yesterday: history.painBefore(on: entry.day - 1), before: entry.tally.painBefore,
                after: entry.tally.pain)
        }
        let told = pains.map { [$0.before, $0.after].compactMap(\.self) }.filter { !$0.isEmpty }
        return week.count == Self.doneDays && week[0].day == history.today && told.count >= Self.painDays
            && told.joined().allSatisfy { $0 <= Self.highestPain } && !pains.contains(where: \.hasRisen)
    }

    private var doneDays: [History.Entry] { history.entries.filter { $0.state == .done } }

    /// The day on which the level of a step was last changed or asked for.
    private func day(of step: Step) -> Day? {
        diary.ledger.level(of: step.stretch.id).map { $0.day(startingAt: diary.configuration.dayStart) }
    }

    private func change(of step: Step, by steps: Int) -> LevelOffer.Change {
        let level = diary.level(of: step)
        return .init(step, from: level, to: level + steps)
    }
}
