/// How long a period is.
public enum PeriodLength: String, Sendable, CaseIterable, BitwiseCopyable {
  case day, week, month, quarter, year
}

/// One stretch of the calendar: a day, an ISO week (from Monday), a month, a quarter or a year.
public struct Period: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// How long it is.
  public var length: PeriodLength
  /// Its number in the count of periods of this length; that of the period of 1970-01-01 is zero.
  public var index: Int32

  /// Makes a period from its number.
  @inlinable public init(length: PeriodLength, index: Int32) {
    self.length = length
    self.index = index
  }
  /// Makes the period that holds a day.
  @inlinable public init(_ length: PeriodLength, holding day: Day) {
    self.init(length: length, index: length.index(of: day))
  }

  /// Its first day.
  @inlinable public var firstDay: Day { length.firstDay(ofIndex: index) }
  /// Its last day.
  @inlinable public var lastDay: Day { length.firstDay(ofIndex: index + 1).adding(days: -1) }
  /// How many days it has.
  @inlinable public var days: Int { firstDay.days(until: lastDay) + 1 }
  /// Orders periods of one length by time.
  @inlinable public static func < (left: Period, right: Period) -> Bool { left.index < right.index }
}

extension PeriodLength {
  /// The number of the period that holds a day; that of 1970-01-01 is zero.
  @inlinable public func index(of day: Day) -> Int32 {
    switch self {
    case .day: return day.daysSinceEpoch
    // 1970-01-01 was a Thursday: its week began three days earlier.
    case .week: return floorDivide(day.daysSinceEpoch + 3, by: 7)
    case .month:
      let date = day.date
      return Int32((date.year - 1970) * 12 + date.month - 1)
    case .quarter:
      let date = day.date
      return Int32((date.year - 1970) * 4 + (date.month - 1) / 3)
    case .year: return Int32(day.date.year - 1970)
    }
  }

  /// The first day of the period with a number.
  @inlinable public func firstDay(ofIndex index: Int32) -> Day {
    switch self {
    case .day: return Day(daysSinceEpoch: index)
    case .week: return Day(daysSinceEpoch: index * 7 - 3)
    case .month:
      let year = floorDivide(index, by: 12)
      return Day(civilYear: 1970 + Int(year), month: Int(index - year * 12) + 1, day: 1)
    case .quarter:
      let year = floorDivide(index, by: 4)
      return Day(civilYear: 1970 + Int(year), month: Int(index - year * 4) * 3 + 1, day: 1)
    case .year: return Day(civilYear: 1970 + Int(index), month: 1, day: 1)
    }
  }
}

/// The largest integer not above the quotient.
@inlinable func floorDivide(_ dividend: Int32, by divisor: Int32) -> Int32 {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}

extension Period: CustomStringConvertible {
  /// The period's name: `2021-12-09`, `2021-W49`, `2021-12`, `2021-Q4` or `2021`.
  public var description: String {
    let date = firstDay.date
    switch length {
    case .day: return firstDay.description
    case .week:
      // The ISO year of a week is the year of its Thursday.
      let thursday = firstDay.adding(days: 3)
      let year = thursday.date.year
      let firstThursdayWeek = Period(.week, holding: Day(civilYear: year, month: 1, day: 4))
      return "\(padded(year, to: 4))-W\(padded(Int(index - firstThursdayWeek.index) + 1, to: 2))"
    case .month: return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))"
    case .quarter: return "\(padded(date.year, to: 4))-Q\((date.month - 1) / 3 + 1)"
    case .year: return padded(date.year, to: 4)
    }
  }
}
