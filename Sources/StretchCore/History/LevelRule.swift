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
    /// After so many days without the routine a step down is proposed, and what was before them does not count.
    static let pause = 14
    /// The done days that it takes must lie within so many days.
    static let longestSpan = 28

    private let diary: Diary
    private let routine: Routine
    private let history: History
    private let now: Instant
    /// The steps that have levels, one for each stretch.
    private let steps: [Step]

    /// - Parameter routine: as it is configured, with the verdict of its guide in the diary.
    package init(of routine: Routine, in diary: Diary, at now: Instant) {
        self.diary = diary
        self.routine = routine
        self.now = now
        history = History(of: routine, in: diary, at: now)
        steps =
            routine.id == Routine.gentle.id
            ? []
            : routine.steps.reduce(into: []) { steps, step in
                let isNew = !steps.contains { $0.stretch.id == step.stretch.id }
                if isNew, step.highestLevel > 0 { steps.append(step) }
            }
    }

    /// What to ask at the end of a guide; nil if nothing is to be asked.
    ///
    /// A guide that was stopped halfway, or led through the gentle steps instead, says nothing about these steps. With
    /// much pain after it there is advice and no question.
    package func offer(after guide: Guide) -> LevelOffer? {
        guard guide.nextPhase == nil, guide.steps == diary.steps(of: routine), !guide.pain.isHighAfter else {
            return nil
        }
        return offer(painRose: guide.pain.hasRisen)
    }

    /// - Parameter painRose: whether it hurts more than before the guide, or than the day before.
    func offer(painRose: Bool) -> LevelOffer? {
        if painRose { return stepBack }
        return stepDown ?? stepUp
    }

    /// After a rise of the pain: one step back for the stretch that was raised last, and no more than one a day.
    private var stepBack: LevelOffer? {
        guard !steps.contains(where: hasSteppedBackToday) else { return nil }
        let raised = steps.filter { diary.level(of: $0) > 0 }.compactMap { step in
            diary.ledger.lastRaise(of: step.stretch.id).map { (step: step, record: $0) }
        }
        let last = raised.max { Record.isEarlier($0.record, than: $1.record) }
        return last.map { LevelOffer(.painRose, [change(of: $0.step, by: -1)]) }
    }

    /// Whether the person agreed today to less of a stretch, or said "not yet".
    private func hasSteppedBackToday(_ step: Step) -> Bool {
        day(of: step) == history.today
            && diary.ledger.level(of: step.stretch.id) != diary.ledger.lastRaise(of: step.stretch.id)
    }

    /// After weeks without the routine: one step down for each stretch that was raised.
    ///
    /// A stretch that the person has done in another routine meanwhile stays.
    private var stepDown: LevelOffer? {
        let before = history.entries.last { $0.tally.done > 0 && $0.day < history.today }?.day
        guard let before, history.today - before >= Self.pause else { return nil }
        let others = diary.configuration.routines.filter { other in
            other.id != routine.id
                && History(of: other, in: diary, at: now).entries.contains {
                    $0.tally.done > 0 && history.today - $0.day < Self.pause
                }
        }
        let kept = Set(others.flatMap(\.steps).map(\.stretch.id))
        let raised = steps.filter { step in
            diary.level(of: step) > 0 && day(of: step) != history.today && !kept.contains(step.stretch.id)
        }
        guard !raised.isEmpty else { return nil }
        return LevelOffer(.pause(weeks: (history.today - before) / 7), raised.map { change(of: $0, by: -1) })
    }

    /// After a good week: one step more for one stretch, that with the lowest level, the first of them.
    private var stepUp: LevelOffer? {
        let candidates = steps.filter { diary.level(of: $0) < $0.highestLevel }
        guard let step = candidates.min(by: { diary.level(of: $0) < diary.level(of: $1) }), let days = goodDays else {
            return nil
        }
        return LevelOffer(.goneWell(weeks: max(1, days / 7)), [change(of: step, by: 1)])
    }

    /// How many days it took to do the routine often enough, and well, since anything was changed or asked; nil if it
    /// was not so.
    ///
    /// Pain counts on rest days, too: they are no reason for more.
    private var goodDays: Int? {
        let asked = steps.compactMap(day).max()
        let done = history.entries.filter { entry in
            entry.state == .done && asked.map { $0 < entry.day } ?? true
        }.suffix(Self.doneDays)
        guard let first = done.first?.day, done.count == Self.doneDays, done.last?.day == history.today,
            history.today - first < Self.longestSpan
        else { return nil }
        let days = history.entries.filter { $0.day >= first }
        let active = days.filter { $0.tally.done > 0 }.map(\.day)
        guard zip(active, active.dropFirst()).allSatisfy({ $1 - $0 < Self.pause }) else { return nil }
        let pains = days.flatMap { entry in
            entry.tally.pains.map {
                PainAdvice(yesterday: history.painBefore(on: entry.day - 1), before: $0.before, after: $0.after)
            }
        }
        let told = done.count { $0.tally.painBefore != nil || $0.tally.pain != nil }
        let isGood = pains.allSatisfy { pain in
            !pain.hasRisen && [pain.before, pain.after].compactMap(\.self).allSatisfy { $0 <= Self.highestPain }
        }
        return told >= Self.painDays && isGood ? history.today - first + 1 : nil
    }

    /// The day on which the level of a step was last changed or asked for.
    ///
    /// Nil for a day to come, which only a machine with a fast clock can have recorded.
    private func day(of step: Step) -> Day? {
        let day = diary.ledger.level(of: step.stretch.id)?.day(startingAt: diary.configuration.dayStart)
        return day.flatMap { $0 <= history.today ? $0 : nil }
    }

    private func change(of step: Step, by steps: Int) -> LevelOffer.Change {
        let level = diary.level(of: step)
        return .init(step, from: level, to: level + steps)
    }
}
