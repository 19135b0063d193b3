import EventModel
import Testing

@Suite struct DayTests {
  @Test func daysAgreeWithACalendarCountedDayByDay() {
    var (year, month, day) = (1600, 1, 1)
    // Python 3.11: (date(1600, 1, 1) - date(1970, 1, 1)).days
    var number: Int32 = -135_140
    var wrong = 0
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while year <= 2400 {
      let counted = Day(daysSinceEpoch: number)
      let date = counted.date
      if Day(year: year, month: month, day: day) != counted || date != (year, month, day) { wrong += 1 }
      number += 1
      day += 1
      let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
      if day > lengths[month - 1] + (isLeap && month == 2 ? 1 : 0) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(wrong == 0)
    // Python 3.11: (date(2401, 1, 1) - date(1970, 1, 1)).days
    #expect(number == 157_420)
  }

  @Test(arguments: [
    "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-10", "2021-04-31", "0000-01-01", "2021-1-01",
    "2021-01-01 ", "2021/01/01", "", "２021-01-01",
  ])
  func datesThatDoNotExistAreRefused(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: ["2000-02-29", "0001-01-01", "9999-12-31", "1969-12-31", "2021-12-09"])
  func datesReadBackAsTheyAreWritten(text: String) {
    #expect(Day(text)?.description == text)
  }

  @Test func distancesAndAdditionAgree() throws {
    let first = try #require(Day("2020-02-28"))
    #expect(first.adding(days: 2).description == "2020-03-01")
    #expect(first.days(until: first.adding(days: -800)) == -800)
  }
}

@Suite struct PeriodTests {
  // Python 3.11: date.isocalendar()
  @Test(arguments: [
    ("1600-01-01", "1599-W52", 6),
    ("1600-12-31", "1600-W52", 7),
    ("1799-01-01", "1799-W01", 2),
    ("1799-12-31", "1800-W01", 2),
    ("1900-01-01", "1900-W01", 1),
    ("1900-12-31", "1901-W01", 1),
    ("1969-01-01", "1969-W01", 3),
    ("1969-12-31", "1970-W01", 3),
    ("1970-01-01", "1970-W01", 4),
    ("1970-12-31", "1970-W53", 4),
    ("1976-01-01", "1976-W01", 4),
    ("1976-12-31", "1976-W53", 5),
    ("1977-01-01", "1976-W53", 6),
    ("1977-12-31", "1977-W52", 6),
    ("1980-01-01", "1980-W01", 2),
    ("1980-12-31", "1981-W01", 3),
    ("1981-01-01", "1981-W01", 4),
    ("1981-12-31", "1981-W53", 4),
    ("1992-01-01", "1992-W01", 3),
    ("1992-12-31", "1992-W53", 4),
    ("1998-01-01", "1998-W01", 4),
    ("1998-12-31", "1998-W53", 4),
    ("2004-01-01", "2004-W01", 4),
    ("2004-12-31", "2004-W53", 5),
    ("2005-01-01", "2004-W53", 6),
    ("2005-12-31", "2005-W52", 6),
    ("2008-01-01", "2008-W01", 2),
    ("2008-12-31", "2009-W01", 3),
    ("2009-01-01", "2009-W01", 4),
    ("2009-12-31", "2009-W53", 4),
    ("2010-01-01", "2009-W53", 5),
    ("2010-12-31", "2010-W52", 5),
    ("2015-01-01", "2015-W01", 4),
    ("2015-12-31", "2015-W53", 4),
    ("2016-01-01", "2015-W53", 5),
    ("2016-12-31", "2016-W52", 6),
    ("2020-01-01", "2020-W01", 3),
    ("2020-12-31", "2020-W53", 4),
    ("2021-01-01", "2020-W53", 5),
    ("2021-12-31", "2021-W52", 5),
    ("2026-01-01", "2026-W01", 4),
    ("2026-12-31", "2026-W53", 4),
    ("2032-01-01", "2032-W01", 4),
    ("2032-12-31", "2032-W53", 5),
    ("2399-01-01", "2398-W53", 5),
    ("2399-12-31", "2399-W52", 5),
  ]) func weeksAreThoseOfPython(date: String, week: String, weekday: Int) throws {
    let day = try #require(Day(date))
    #expect(Period(.week, holding: day).description == week)
    #expect(day.weekday == weekday)
  }

  @Test(arguments: PeriodLength.allCases) func periodsPartitionTime(length: PeriodLength) throws {
    let start = try #require(Day("1899-12-20"))
    let end = try #require(Day("2101-01-10"))
    var period = Period(length, holding: start)
    var day = start
    while day <= end {
      if day > period.lastDay {
        let next = Period(length: length, index: period.index + 1)
        try #require(next.firstDay == period.lastDay.adding(days: 1) && next > period)
        period = next
      }
      try #require(Period(length, holding: day) == period)
      try #require(period.firstDay <= day && day <= period.lastDay)
      day = day.adding(days: 1)
    }
  }

  @Test(arguments: [
    (PeriodLength.day, "2021-12-09", "2021-12-09", "2021-12-09", 1), (.week, "2021-W49", "2021-12-06", "2021-12-12", 7),
    (.month, "2021-12", "2021-12-01", "2021-12-31", 31), (.quarter, "2021-Q4", "2021-10-01", "2021-12-31", 92),
    (.year, "2021", "2021-01-01", "2021-12-31", 365),
  ]) func periodsHaveNamesAndEdges(length: PeriodLength, name: String, first: String, last: String, days: Int) throws {
    let period = Period(length, holding: try #require(Day("2021-12-09")))
    #expect(period.description == name)
    #expect(period.firstDay.description == first)
    #expect(period.lastDay.description == last)
    #expect(period.days == days)
  }
}

@Suite struct CoveredDaysTests {
  private func days(_ from: Int, _ to: Int) -> (from: Day, to: Day) {
    (Day(daysSinceEpoch: Int32(from)), Day(daysSinceEpoch: Int32(to)))
  }
  private func coverage(_ source: String, _ from: Int, _ to: Int) -> Coverage {
    let range = days(from, to)
    return Coverage(source: source, from: range.from, to: range.to)
  }

  @Test(arguments: 1...20) func unionAndIntersectionAgreeWithSetsOfDays(seed: Int) {
    var random = Noise(UInt64(seed))
    let entries = (0..<6).map { _ -> Coverage in
      let from = random.below(200) - 100
      return coverage("source \(random.below(3))", from, from + random.below(80) - 3)
    }
    var sets: [String: Set<Int>] = [:]
    for entry in entries {
      var days = sets[entry.source] ?? []
      if entry.from <= entry.to { days.formUnion(Int(entry.from.daysSinceEpoch)...Int(entry.to.daysSinceEpoch)) }
      sets[entry.source] = days
    }
    let some = sets.values.reduce(Set<Int>()) { $0.union($1) }
    let every = sets.values.reduce(some) { $0.intersection($1) }
    for (covered, expected) in [(CoveredDays(byAny: entries), some), (CoveredDays(byAll: entries), every)] {
      #expect((-150..<250).filter { covered.contains(Day(daysSinceEpoch: Int32($0))) } == expected.sorted())
      for length in [PeriodLength.week, .month] {
        let periods = Set(expected.map { Period(length, holding: Day(daysSinceEpoch: Int32($0))) })
        #expect(covered.periods(length) == periods.sorted())
        for period in periods {
          let held = expected.count { Period(length, holding: Day(daysSinceEpoch: Int32($0))) == period }
          #expect(covered.count(in: period) == held)
          #expect(covered.contains(period) == (held == period.days))
        }
      }
    }
  }

  @Test func nothingIsCoveredWithoutCoverage() {
    #expect(CoveredDays(byAll: []).stretches.isEmpty)
    #expect(CoveredDays(byAny: [coverage("a", 5, 4)]).periods(.day).isEmpty)
    #expect(CoveredDays([days(1, 3), days(4, 6)]).stretches.count == 1)
  }
}
