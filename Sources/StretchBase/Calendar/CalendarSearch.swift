/// The search for the next nominal time: pure calendar arithmetic, field by field, without a zone.
extension CalendarEvent {
    /// The first nominal time at `start` or later, until the end of 2199.
    func first(from start: CivilTime) -> CivilTime? {
        guard let day = firstDay(from: start.day) else { return nil }
        if day == start.day, let time = firstTime(from: Int(start.microsecondOfDay)) {
            return CivilTime(day: day, microsecondOfDay: Int64(time))
        }
        guard let later = day == start.day ? firstDay(from: day + 1) : day, let time = firstTime(from: 0) else {
            return nil
        }
        return CivilTime(day: later, microsecondOfDay: Int64(time))
    }

    private func firstDay(from start: Day) -> Day? {
        let (startYear, startMonth, startDay) = start.components
        var (fromYear, fromMonth, fromDay) = (startYear, startMonth, startDay)
        if fromYear < CalendarUnit.year.range.lowerBound {
            (fromYear, fromMonth, fromDay) = (CalendarUnit.year.range.lowerBound, 1, 1)
        }
        while let year = years.first(from: fromYear, through: CalendarUnit.year.range.upperBound) {
            if year > fromYear { (fromMonth, fromDay) = (1, 1) }
            while let month = months.first(from: fromMonth, through: 12) {
                if month > fromMonth { fromDay = 1 }
                if let day = firstDay(from: fromDay, month: month, year: year) { return day }
                (fromMonth, fromDay) = (month + 1, 1)
            }
            (fromYear, fromMonth, fromDay) = (year + 1, 1, 1)
        }
        return nil
    }

    private func firstDay(from first: Int, month: Int, year: Int) -> Day? {
        let length = Day.length(ofMonth: month, year: year)
        let days = days(inMonthWith: length)
        var from = first
        while let date = days.first(from: from, through: length) {
            if let day = Day(year: year, month: month, day: date), weekdays & (1 << UInt8(day.weekday)) != 0 {
                return day
            }
            from = date + 1
        }
        return nil
    }

    /// Microseconds since midnight.
    private func firstTime(from start: Int) -> Int? {
        var (fromHour, inHour) = start.quotientAndRemainder(dividingBy: 3_600_000_000)
        while let hour = hours.first(from: fromHour, through: 23) {
            if hour > fromHour { inHour = 0 }
            if let rest = firstTimeInHour(from: inHour) { return hour * 3_600_000_000 + rest }
            (fromHour, inHour) = (hour + 1, 0)
        }
        return nil
    }

    private func firstTimeInHour(from start: Int) -> Int? {
        var (fromMinute, inMinute) = start.quotientAndRemainder(dividingBy: 60_000_000)
        while let minute = minutes.first(from: fromMinute, through: 59) {
            if minute > fromMinute { inMinute = 0 }
            if let second = seconds.first(from: inMinute, through: 59_999_999) { return minute * 60_000_000 + second }
            (fromMinute, inMinute) = (minute + 1, 0)
        }
        return nil
    }
}
