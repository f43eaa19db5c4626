internal import StretchBase
internal import StretchCore

/// A parser of input from people, other machines or other programs, with properties that must hold for any input.
///
/// `scripts/fuzz` generates the bytes. The tests run the same checks on the seeds and on earlier findings
/// (`Tests/fuzz`).
package enum FuzzedParser: String, CaseIterable, Sendable {
    case journal, configuration, calendar, zone

    /// The properties that do not hold for these bytes, one line each; a crash or a hang shows itself.
    package func findings(_ bytes: [UInt8]) -> [String] {
        var findings = Findings()
        switch self {
        case .journal: findings.journal(bytes)
        case .configuration: findings.configuration(String(decoding: bytes, as: UTF8.self))
        case .calendar: findings.calendar(String(decoding: bytes, as: UTF8.self))
        case .zone: findings.zone(bytes)
        }
        return findings.list
    }
}

private struct Findings {
    private(set) var list: [String] = []

    private mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { list.append(oneLine(what())) }
    }

    private mutating func expectOneLine(_ text: String, _ name: String) {
        expect(text == oneLine(text), "\(name) is not one line: \(text.debugDescription)")
    }

    private let zone = Zone.berlin
    /// A quarter of an hour before the clock is put back.
    private let now = Zone.berlin.instant("2026-10-25 01:45")
}

// MARK: The journal

extension Findings {
    /// Checks a journal file: each line alone, then all of them together.
    mutating func journal(_ bytes: [UInt8]) {
        var scanner = RecordScanner()
        var records: [Record] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) {
            expect(scanner.scan(line.span) == scanner.scanFully(line.span), "the short way leads elsewhere")
            switch scanner.scan(line.span) {
            case .record(let record):
                records.append(record)
                expect(!record.line.contains(UInt8(ascii: "\n")), "a record is written on two lines")
                expect(scanner.scan(record.line.span) == .record(record), "what is written reads back differently")
            case .quarantined(let reason):
                expectOneLine(reason, "the reason of a quarantine")
                expect(reason.utf8.count <= 200, "the reason of a quarantine is too long: \(reason)")
            case .newer(let version): expect(version > RecordScanner.version, "version \(version) is not newer")
            case .blank: break
            }
        }
        fold(records)
    }

    /// Records of other machines are merged in any order, and more than once; a daemon must handle that.
    private mutating func fold(_ records: [Record]) {
        let ledger = Ledger(records)
        let other = Ledger(records.reversed() + records)
        expect(ledger.count == other.count, "the fold depends on the order: its count")
        var configuration = Configuration.morningRoutine
        let others = Set(records.compactMap(\.routine)).subtracting(["morning"]).sorted().prefix(4)
        configuration.routines += others.map { .daily($0, "*:0/30") }
        let timetable = Timetable(configuration, zone: zone)
        for routine in configuration.routines {
            let history = History(of: routine, in: Diary(timetable, ledger), at: now)
            expect(
                history == History(of: routine, in: Diary(timetable, other), at: now),
                "the fold depends on the order: the history of \(routine.id)")
            expect(
                ledger.pauses(of: routine.id) == other.pauses(of: routine.id), "the fold depends on the order: pauses")
            expect((0...1).contains(history.strength), "the strength is \(history.strength)")
        }
        live(configuration, records, until: now + .hours(2))
    }

    private mutating func live(_ configuration: Configuration, _ records: [Record], until end: Instant) {
        var life = Simulation(Diary(Timetable(configuration, zone: zone)), from: now, journal: records)
        life.run(until: end)
        expect(life.wake.map { $0 > end } ?? true, "the timer was left in the past")
    }
}

// MARK: The configuration

extension Findings {
    /// Checks the text as `config.toml` and as every file that it includes.
    mutating func configuration(_ text: String) {
        func read() -> Result<Configuration, ConfigurationError> {
            Result { () throws(ConfigurationError) in
                try ConfigurationReader.read(text, file: "config.toml") { _ throws(TextRefusal) in text }
            }
        }
        let first = read()
        expect(first == read(), "read twice, it means something else")
        switch first {
        case .failure(let error):
            expect(!error.problems.isEmpty, "it is refused without a reason")
            for problem in error.problems {
                expectOneLine(problem.description, "a problem")
                expect(problem.description.utf8.count <= 5000, "a problem is too long: \(problem)")
            }
        case .success(let configuration):
            for line in ConfigurationSummary(configuration, file: "config.toml", at: now, in: zone).lines {
                expectOneLine(line, "a line of the summary")
            }
            live(configuration, [], until: now + .hours(2))
        }
    }
}

// MARK: Calendar events, and the other times that people write

extension Findings {
    mutating func calendar(_ text: String) {
        event(text)
        span(text)
        moment(text)
        pause(text)
    }

    private mutating func event(_ text: String) {
        do throws(SyntaxError) {
            let event = try CalendarEvent(parsing: text)
            let form = event.description
            expectOneLine(form, "a normal form")
            guard let again = try? CalendarEvent(parsing: form) else { return expect(false, "not read: \(form)") }
            expect(again == event && again.description == form, "the normal form \(form) means \(again)")
            var base = now
            for _ in 0..<4 {
                let elapse = Schedule([event]).next(after: base, in: zone)
                expect(elapse == Schedule([again]).next(after: base, in: zone), "\(form) elapses at other times")
                guard let elapse else { break }
                expect(elapse.instant > base, "\(form) goes back from \(base) to \(elapse.instant)")
                base = elapse.instant
            }
            // The exception excludes every elapse, so the search runs to the end of all years.
            expect(Schedule([event], except: [event]).next(after: now, in: zone) == nil, "\(form) is not excepted")
        } catch {
            refusal(error)
        }
    }

    private mutating func span(_ text: String) {
        do throws(SyntaxError) {
            let span = try TimeSpan.parse(text)
            let form = TimeSpan.format(span)
            expect((try? TimeSpan.parse(form)) == span, "the span \(form) is not \(span)")
            expect(TimeSpan.doubt(about: form, unit: .minutes(1)) == nil, "the span \(form) is doubtful")
            if let doubt = TimeSpan.doubt(about: text, unit: .minutes(1)) { refusal(doubt) }
        } catch {
            refusal(error)
        }
    }

    private mutating func moment(_ text: String) {
        if let timestamp = Timestamp(text) {
            expect(Timestamp(timestamp.description) == timestamp, "\(timestamp) reads back differently")
        }
        if let nominal = CivilTime(text) { expect(CivilTime("\(nominal)") == nominal, "\(nominal) was \(text)") }
        if let day = Day(text) { expect("\(day)" == text, "\(day) was written \(text)") }
        let today = zone.civil(now).day
        for side in [DayArgument.Side.past, .after(today)] {
            do throws(ArgumentRefusal) {
                let argument = try TimeArgument(text, side, today: today, at: now, in: zone)
                _ = try argument.instant(in: zone, of: zone.midnight).rfc3339(in: zone)
            } catch {
                expectOneLine(error.description, "a refusal")
            }
        }
    }

    private mutating func pause(_ text: String) {
        do throws(ArgumentRefusal) {
            let pause = try PauseArgument.pause(of: [text], in: Timetable(.morningRoutine, zone: zone), at: now)
            expect(pause.end > pause.from, "a pause ends before it begins")
        } catch {
            expectOneLine(error.description, "a refusal")
        }
    }

    private mutating func refusal(_ error: SyntaxError) {
        expectOneLine(error.description, "a refusal")
        expect((0...error.text.count).contains(error.offset), "\(error): the place is outside")
    }
}

// MARK: Time zones

extension Findings {
    /// Checks the bytes as a zone file, or else as a value of `TZ`.
    mutating func zone(_ bytes: [UInt8]) {
        do throws(TZifError) {
            try zone(Zone(identifier: "fuzzed", tzif: bytes), mostPeriods: bytes.count + 700)
        } catch {
            guard let rule = ZoneRule(asGlibcReads: bytes) else { return }
            expect(rule.fault.map((0...bytes.count).contains) ?? true, "the fault is outside")
            zone(Zone(identifier: "fuzzed", rule: rule), mostPeriods: 1300)
        }
    }

    private mutating func zone(_ zone: Zone, mostPeriods: Int) {
        expect(zone.periods.count <= mostPeriods, "there are \(zone.periods.count) periods")
        for (period, next) in zip(zone.periods, zone.periods.dropFirst()) {
            expect(period.start < next.start, "the periods go back at \(next.start)")
            expect(period.offset != next.offset, "nothing changes at \(next.start)")
        }
        for period in zone.periods.dropFirst().suffix(20) {
            let change = Instant(seconds: period.start)
            for moment in [change - .days(1), change - .seconds(1), change, change + .days(1)] {
                let civil = zone.civil(moment)
                guard let meant = zone.resolve(civil) else { continue }
                expect(abs((meant.instant - moment).microseconds) < 4 * 86_400_000_000, "\(civil) is \(meant.instant)")
            }
            // Calendar events begin in 1970.
            if period.start > 2 * 86_400 { plan(from: change - .days(1), in: zone) }
        }
    }

    private mutating func plan(from start: Instant, in zone: Zone) {
        guard let event = try? CalendarEvent(parsing: "00/4:30") else { return expect(false, "an event is refused") }
        var base = start
        for _ in 0..<24 {
            guard let elapse = Schedule([event]).next(after: base, in: zone) else { return }
            expect(elapse.instant > base, "time goes back from \(base) to \(elapse.instant)")
            expect(elapse.instant - base < .days(6), "nothing comes from \(base) to \(elapse.instant)")
            if elapse.instant <= base { return }
            base = elapse.instant
        }
    }
}
