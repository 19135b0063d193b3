public import EventModel

/// How a file writes its dates: `yyyy-mm-dd`, `dd/mm/yyyy`, `yyyymmdd`, `d MMM yyyy`, `yyyy-mm-dd* | d MMMM yyyy`.
///
/// `yyyy` is the year in four digits, `mm` and `dd` month and day in two, `m` and `d` in one or two, `MMM` the first three
/// letters of the English month and `MMMM` its whole name, `EEEE` that of the day of the week, in upper or lower case.
/// `HHMMSS` stands for a time of day in six digits. `*` at the end stands for a time of day: nothing, or `T` or a space and whatever follows. Every other character stands
/// for itself. Year, month and day each occur once. ` | ` divides several ways, of which the first that fits is taken.
public struct DateFormat: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case year
    case month(isPadded: Bool)
    case monthName(isWhole: Bool)
    case weekday
    case day(isPadded: Bool)
    case time
    case clock
    case literal(UInt8)
  }
  /// The pattern as written.
  public let pattern: String
  /// The ways in which a date may be written.
  let ways: [[Part]]

  /// The format of ISO 8601, `yyyy-mm-dd`.
  public static let iso = DateFormat(pattern: "yyyy-mm-dd", ways: [isoParts])
  /// The same, with or without a time of day after it.
  public static let isoWithTime = DateFormat(pattern: "yyyy-mm-dd*", ways: [isoParts + [.time]])
  /// Eight digits, `yyyymmdd`.
  public static let digits = DateFormat(
    pattern: "yyyymmdd", ways: [digitsParts])
  /// The same, with or without a time of day of six digits after it.
  public static let digitsWithTime = DateFormat(
    pattern: "yyyymmdd | yyyymmddHHMMSS", ways: [digitsParts, digitsParts + [.clock]])

  private static let digitsParts: [Part] = [.year, .month(isPadded: true), .day(isPadded: true)]
  private static let isoParts: [Part] = [
    .year, .literal(45), .month(isPadded: true), .literal(45), .day(isPadded: true),
  ]

  private init(pattern: String, ways: [[Part]]) {
    self.pattern = pattern
    self.ways = ways
  }
  /// Reads a pattern; nil where one of its ways does not hold year, month and day once each.
  public init?(_ pattern: String) {
    var ways: [[Part]] = []
    for way in pattern.split(separator: "|", omittingEmptySubsequences: false) {
      var bytes = Array(way.utf8)
      if !ways.isEmpty, bytes.first == 32 { bytes.removeFirst() }
      if way.endIndex < pattern.endIndex, bytes.last == 32 { bytes.removeLast() }
      guard let parts = Self.parts(of: bytes) else { return nil }
      ways.append(parts)
    }
    self.init(pattern: pattern, ways: ways)
  }

  private static func parts(of bytes: [UInt8]) -> [Part]? {
    var parts: [Part] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: "HHMMSS".utf8) {
        parts.append(.clock)
        index += 6
        continue
      }
      let run = bytes[index...].prefix { $0 == bytes[index] }.count
      switch (bytes[index], run) {
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case (UInt8(ascii: "m"), 1...2): parts.append(.month(isPadded: run == 2))
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(isPadded: run == 2))
      case (UInt8(ascii: "M"), 3...4): parts.append(.monthName(isWhole: run == 4))
      case (UInt8(ascii: "E"), 4): parts.append(.weekday)
      case (UInt8(ascii: "*"), 1) where index == bytes.count - 1: parts.append(.time)
      case (UInt8(ascii: "y"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _), (UInt8(ascii: "M"), _),
        (UInt8(ascii: "E"), _), (UInt8(ascii: "*"), _):
        return nil
      case (let byte, _): parts += [Part](repeating: .literal(byte), count: run)
      }
      index += run
    }
    let kinds = parts.compactMap { part -> String? in
      switch part {
      case .year: "year"
      case .month, .monthName: "month"
      case .day: "day"
      case .literal, .weekday, .time, .clock: nil
      }
    }
    return kinds.sorted() == ["day", "month", "year"] ? parts : nil
  }

  /// The day a text names; nil where it has another form or names a day that does not exist.
  public func day(_ text: [UInt8]) -> Day? {
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      return unsafe day(FieldText(start: start, count: bytes.count))
    }
  }
  func day(_ text: FieldText) -> Day? {
    for way in ways { if let day = unsafe Self.day(text, way) { return day } }
    return nil
  }

  private static func day(_ text: FieldText, _ parts: [Part]) -> Day? {
    var (year, month, day) = (0, 0, 0)
    var index = 0
    func number(_ digits: ClosedRange<Int>) -> Int? {
      var (value, count) = (0, 0)
      while unsafe count < digits.upperBound && index < text.count && 48...57 ~= text.start[index] {
        value = unsafe value * 10 + Int(text.start[index] - 48)
        count += 1
        index += 1
      }
      return digits.contains(count) ? value : nil
    }
    func isNext(_ name: some Sequence<UInt8>) -> Bool {
      var place = index
      for letter in name {
        guard unsafe place < text.count && text.start[place] | 0x20 == letter else { return false }
        place += 1
      }
      index = place
      return true
    }
    for part in parts {
      switch part {
      case .year:
        guard let value = number(4...4) else { return nil }
        year = value
      case .month(let isPadded):
        guard let value = number(isPadded ? 2...2 : 1...2) else { return nil }
        month = value
      case .day(let isPadded):
        guard let value = number(isPadded ? 2...2 : 1...2) else { return nil }
        day = value
      case .monthName(let isWhole):
        guard let found = monthNames.firstIndex(where: { isNext($0.prefix(isWhole ? $0.count : 3)) }) else {
          return nil
        }
        month = found + 1
      case .weekday:
        guard weekdayNames.contains(where: { isNext($0) }) else { return nil }
      case .time:
        guard unsafe index == text.count || text.start[index] == 32 || text.start[index] == UInt8(ascii: "T") else {
          return nil
        }
        index = unsafe text.count
      case .clock:
        guard number(6...6) != nil else { return nil }
      case .literal(let byte):
        guard unsafe index < text.count && text.start[index] == byte else { return nil }
        index += 1
      }
    }
    guard unsafe index == text.count else { return nil }
    return Day(year: year, month: month, day: day)
  }
}

private let monthNames = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
  "december",
].map { Array($0.utf8) }

private let weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  .map { Array($0.utf8) }
