import StretchBase
import StretchCore
import TestSupport
import Testing

/// Random lives with every kind of sleep, step and flight, beside an oracle that knows the real time: what was open while
/// somebody was there was asked for, nothing was asked for too often, and the timer never stood in the past.
struct RandomLifeTests {
    @Test(arguments: UInt64(1)...12)
    func nothingIsSkippedAndNothingAskedTwice(seed: UInt64) {
        var world = World(seed: seed)
        for _ in 0..<150 where world.complaint == nil { world.act() }
        #expect(world.complaint == nil)
    }

    /// Half an hour of sleep and steps, over and over around one prompt.
    @Test(arguments: UInt64(1)...8)
    func nothingIsSkippedAroundOnePrompt(seed: UInt64) {
        var world = World(seed: seed + 1000, routines: [.daily("morning", "07:30")], from: "2026-11-23 07:25")
        for _ in 0..<60 where world.complaint == nil { world.act(longest: .minutes(12)) }
        #expect(world.complaint == nil)
    }
}

/// A session, the real time, and what should be.
private struct World {
    private var life: Simulation
    private var real = Instant(seconds: 0)
    private var random: SplitMix64
    private let routines: [Routine]
    private var isPresent = true
    /// When the person came, in real time; and when the session may think so.
    private var arrived = Instant(seconds: -3600)
    private var arrivedMaybe = Instant(seconds: -3600)
    private var wishes = false

    /// Since when somebody could be asked, in real time, without a change of clock, zone or presence.
    private var askableSince: [OccurrenceID: Instant] = [:]
    /// When they came up since their snooze ended, by the session's clock: what that clock did not reach yet does not
    /// count, and nothing does once a prompt went with its time, unless time just went by.
    private var asked: [OccurrenceID: [Instant]] = [:]
    private var shows: [OccurrenceID: Int] = [:]
    /// How often each may come up because of what happened, beside the prompt and its reminders.
    private var extra = 0
    private var timers = 0
    private var timersAllowed = 20.0
    private(set) var complaint: String?
    private var log: [String] = []

    private static let settle: Duration = .minutes(1)
    private static let zones = [Zone.berlin, .newYork, .honolulu, .kiritimati, .utc]

    init(
        seed: UInt64,
        routines: [Routine] = [
            .daily("morning", "07:30", "12:00"), .daily("desk", "*-*-* 09,11,15:00", window: .hours(1)),
            .daily("evening", "22:15", window: .hours(9)),
        ], from start: String = "2026-10-24 00:00"
    ) {
        self.routines = routines
        random = SplitMix64(seed: seed)
        var configuration = Configuration(routines: routines)
        configuration.prompt.reminders = Int.random(in: 0...3, using: &random)
        life = Simulation(configuration, from: start, zone: .berlin, journal: [.longAgo], seed: seed)
        arrived = real
        arrivedMaybe = real
        observe([])
    }

    private var timetable: Timetable { life.session.timetable }
    private var limit: Int { timetable.configuration.prompt.reminders + 1 }

    mutating func act(longest: Duration = .hours(8)) {
        let minutes = Int(longest / .minutes(1))
        log.append(
            "\(timetable.zone.civil(life.now)), really \(real.seconds) s, on the screen: \(life.screen.keys.map(\.diaryName))"
        )
        switch Int.random(in: 0..<22, using: &random) {
        case 0..<7: wait(.seconds(Int.random(in: 1...minutes * 60, using: &random)))
        case 7, 8: stepClock()
        case 9: fly()
        case 10: sleep(.minutes(Int.random(in: 1...minutes * 2, using: &random)))
        case 11: move(to: false)
        case 12, 13: move(to: true)
        case 14: happen("server") { $0.obstacle == nil ? $0.serverDies() : $0.serverAppears() }
        case 15: happen("server back") { if $0.obstacle != nil { $0.serverAppears() } }
        case 16: happen("close") { $0.close() }
        case 17:
            let trouble: WriteTrouble? = [nil, .busy, .failed("full")].randomElement(using: &random) ?? nil
            happen("journal \(String(describing: trouble))") { $0.writeTrouble = trouble }
        case 18 where isPresent && life.outlook.due.isEmpty:
            wishes = true
            extra += 2
            happen("ask now") { $0.happen(.askNow) }
        case 20: happen("do not disturb") { if $0.obstacle == nil { $0.obstacle = .doNotDisturb } }
        case 21: happen("disturb again") { if $0.obstacle == .doNotDisturb { $0.quietEnds() } }
        default: answer()
        }
    }

    // MARK: What happens

    /// Time goes by, and the timer rings.
    private mutating func wait(_ span: Duration) {
        log.append("wait \(span)")
        let end = life.now + span
        timersAllowed += Double(span.microseconds) / 3.6e9 * 100 + 10
        while let wake = life.wake, wake <= end, complaint == nil {
            pass(wake - life.now)
            timers += 1
            happen("timer") { $0.run(until: wake) }
        }
        pass(end - life.now)
        life.run(until: end)
        if Double(timers) > timersAllowed { complain("the timer rang \(timers) times") }
    }

    private mutating func pass(_ span: Duration) {
        real = real + span
        for (id, since) in askableSince where !isAsked(id) {
            // At most one new prompt a minute.
            let patience = Duration.minutes(routines.count + 1) + .seconds(10)
            if real - since > patience { complain("\(id) was not asked for since \(since)") }
        }
    }

    /// Not only before its time.
    private func isAsked(_ id: OccurrenceID) -> Bool {
        guard let opens = timetable.zone.resolve(id.nominal)?.instant else { return true }
        return asked[id, default: []].contains { opens - $0 < .minutes(1) }
    }

    private mutating func stepClock() {
        let most = [60, 3600, 86_400, 86_400 * 70].randomElement(using: &random) ?? 60
        let step = Duration.seconds(Int.random(in: -most...most, using: &random))
        log.append("step \(step)")
        if step < .zero { extra += limit }
        // A timer that rings first would have to be believed that the time to settle is over.
        let hasSettled = real - arrived >= Self.settle
        // By the clock, the time to settle is shorter then.
        if step > .zero, real - arrived + step < Self.settle { arrived = arrived - step }
        let orders: [[Event]] = [[.clockChanged()], [.clockChanged(), .timer], [.timer, .clockChanged()]]
        change(to: life.now + step, tells: hasSettled ? orders : orders.dropLast())
    }

    private mutating func fly() {
        let zone = Self.zones.randomElement(using: &random) ?? .utc
        log.append("fly to \(zone.identifier)")
        extra += limit
        askableSince = [:]
        happen("zone") { $0.happen(.zone(zone)) }
    }

    /// With or without an announcement.
    private mutating func sleep(_ span: Duration) {
        let isAnnounced = Bool.random(using: &random)
        // A timer that is a little late tells nobody of a sleep.
        let mayRingFirst = life.wake.map { life.now + span < $0 || life.now + span - $0 > .seconds(10) } ?? true
        log.append("sleep \(span), announced: \(isAnnounced)")
        if isAnnounced { happen("going to sleep") { $0.happen(.presence(.away(.asleep))) } }
        real = real + span
        arrived = real
        extra += 1
        let back = Event.presence(isPresent ? .present : .away(.locked))
        var tells: [[Event]] =
            isAnnounced
            ? [[.resumed, back], [back, .resumed], [.timer, .resumed, back], [.resumed, .timer, back, .resumed]]
            : [[.resumed], [.resumed, .timer]]
        if mayRingFirst { tells += [[.timer, .resumed], [.journal([]), .resumed]].map { $0 + [back] } }
        change(to: life.now + span, tells: tells)
    }

    /// The clock shows another time now, and the session hears of it in one of several ways.
    private mutating func change(to time: Instant, tells: [[Event]]) {
        askableSince = [:]
        arrivedMaybe = real
        for event in tells.randomElement(using: &random) ?? [] {
            happen("\(event)") { $0.jump(to: time, event) }
        }
    }

    private mutating func move(to presence: Bool) {
        guard presence != isPresent else { return }
        isPresent = presence
        arrived = real
        arrivedMaybe = real
        askableSince = [:]
        extra += 1
        happen("presence \(presence)") { $0.happen(.presence(presence ? .present : .away(.locked))) }
    }

    private mutating func answer() {
        let action = [Prompt.Action.done, .skip, .snooze, .snooze].randomElement(using: &random) ?? .done
        let subjects = life.screen.keys.sorted { $0.diaryName < $1.diaryName }
        guard let subject = subjects.randomElement(using: &random) else { return }
        if action == .snooze, case .occurrence(let id) = subject {
            extra += limit
            asked[id] = nil
            askableSince[id] = nil
        }
        happen("\(action) \(subject.diaryName)") { $0.press(action, on: subject) }
    }

    // MARK: What should be

    private mutating func happen(_ name: String, _ change: (inout Simulation) -> Void) {
        if name != "timer" { log.append(name) }
        let before = life
        let wasOnScreen = life.screen.keys.compactMap(\.occurrence)
        change(&life)
        for line in life.shown.dropFirst(before.shown.count) { came(line, before) }
        if life.obstacle != before.obstacle { extra += 1 }
        wishes = false
        observe(wasOnScreen)
    }

    private mutating func came(_ line: String, _ before: Simulation) {
        log.append("shown \(line)")
        guard let id = OccurrenceID(line.split(separator: " ")[1]) else { return }
        shows[id, default: 0] += 1
        if shows[id, default: 0] > limit + extra { complain("\(id) came up \(shows[id, default: 0]) times") }
        if !wishes, !isPresent || real - arrived < Self.settle { complain("\(line): nobody had settled") }
        asked[id, default: []].append(life.now)
    }

    private mutating func observe(_ wasOnScreen: [OccurrenceID]) {
        if let wake = life.wake, wake <= life.now { complain("the timer is set to the past") }
        var open: Set<OccurrenceID> = []
        for routine in routines {
            guard let occurrence = timetable.open(routine, at: life.now) else { continue }
            open.insert(occurrence.id)
            let standing = life.session.diary.standing(of: occurrence, of: routine, at: life.now)
            let isSettled = isPresent && real - arrivedMaybe >= Self.settle && real - arrived >= Self.settle
            if case .due = standing, isSettled, life.obstacle == nil {
                askableSince[occurrence.id] = askableSince[occurrence.id] ?? real
            } else {
                askableSince[occurrence.id] = nil
            }
        }
        askableSince = askableSince.filter { open.contains($0.key) }
        let isOnScreen = life.screen.keys.compactMap(\.occurrence)
        for id in wasOnScreen where !isOnScreen.contains(id) && !open.contains(id) && !hasJustClosed(id) {
            asked[id] = nil
        }
        for (id, times) in asked {
            // What came up while it is open counts, whatever the clock says of when that was.
            asked[id] = times.map { open.contains(id) ? min($0, life.now) : $0 }
                .filter { $0 < life.now + .minutes(1) }
        }
        let routinesOnScreen = life.screen.keys.compactMap { $0.occurrence?.routine }
        if Set(routinesOnScreen).count < routinesOnScreen.count { complain("two prompts of one routine") }
    }

    /// In the course of time: what came up before counts should the clock go back.
    private func hasJustClosed(_ id: OccurrenceID) -> Bool {
        guard let routine = routines.first(where: { $0.id == id.routine }) else { return false }
        let closes = timetable.open(routine, at: life.now - .minutes(1)).flatMap { $0.id == id ? $0.closes : nil }
        return closes.map { $0 <= life.now } ?? false
    }

    private mutating func complain(_ what: String) {
        complaint = complaint ?? ([what] + log.suffix(25)).joined(separator: "\n")
    }
}

extension Prompt.Subject {
    fileprivate var occurrence: OccurrenceID? { if case .occurrence(let id) = self { id } else { nil } }
}
