extension CalendarEvent: CustomStringConvertible {
    /// The normal form, as `systemd-analyze calendar` writes it: `Mon..Fri *-*-* 07:30:00`.
    package var description: String {
        let month = "\(years.text(width: 4))-\(months.text(width: 2))"
        let date = month + (daysCountFromEnd ? "~" : "-") + days.text(width: 2)
        let time = "\(hours.text(width: 2)):\(minutes.text(width: 2)):\(seconds.secondsText)"
        let names = weekdays == Self.everyWeekday ? nil : Weekdays.text(weekdays)
        return [names, date, time, zone].compactMap(\.self).joined(separator: " ")
    }
}

extension CalendarField {
    func text(width: Int) -> String {
        steps.isEmpty ? "*" : list(whole: 1) { padded($0, width) }
    }

    var secondsText: String {
        if steps == [Step(start: 0, stop: nil, every: 1_000_000)] { return "*" }
        return list(whole: 1_000_000) { Self.seconds($0, width: 2) }
    }

    /// `whole` is the repetition that a range need not name.
    private func list(whole: Int, number: (Int) -> String) -> String {
        steps.map { step in
            let range = number(step.start) + (step.stop.map { "..\(number($0))" } ?? "")
            guard step.every > 0, step.stop == nil || step.every != whole else { return range }
            return range + "/" + (whole == 1 ? String(step.every) : Self.seconds(step.every, width: 1))
        }
        .joined(separator: ",")
    }

    private static func seconds(_ microseconds: Int, width: Int) -> String {
        let (second, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return padded(second, width) + (fraction == 0 ? "" : ".\(padded(fraction, 6))")
    }
}

/// The names of the weekdays.
enum Weekdays {
    static let short = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let long = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// `Mon..Fri`, `Sat,Sun`: runs of three and more are written as ranges.
    static func text(_ set: UInt8) -> String {
        let days = (0..<7).filter { set & (1 << UInt8($0)) != 0 }
        var runs: [ClosedRange<Int>] = []
        for day in days {
            if let run = runs.last, run.upperBound == day - 1 {
                runs[runs.count - 1] = run.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
        return runs.map { run in
            run.count > 2
                ? "\(short[run.lowerBound])..\(short[run.upperBound])"
                : run.map { short[$0] }.joined(separator: ",")
        }
        .joined(separator: ",")
    }

    /// The weekday at the beginning of a text, in full or short, whatever its case, and the length of its name.
    static func prefix(of bytes: ArraySlice<UInt8>) -> (day: Int, length: Int)? {
        for names in [long, short] {
            for (day, name) in names.enumerated()
            where bytes.count >= name.utf8.count && zip(bytes, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                return (day, name.utf8.count)
            }
        }
        return nil
    }
}
