public import EventModel

/// How a file writes its dates: `yyyy-mm-dd`, `dd/mm/yyyy`, `yyyymmdd`, `d MMM yyyy`.
///
/// `yyyy` is the year in four digits, `mm` and `dd` month and day in two, `m` and `d` in one or two, `MMM` the first three
/// letters of the English month and `MMMM` its whole name, in upper or lower case. Every other character stands for
/// itself. Year, month and day each occur once.
public struct DateFormat: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case year
    case month(isPadded: Bool)
    case monthName(isWhole: Bool)
    case day(isPadded: Bool)
    case literal(UInt8)
  }
  /// The pattern as written.
  public let pattern: String
  let parts: [Part]

  /// The format of ISO 8601, `yyyy-mm-dd`.
  public static let iso = DateFormat(
    pattern: "yyyy-mm-dd",
    parts: [.year, .literal(45), .month(isPadded: true), .literal(45), .day(isPadded: true)])

  private init(pattern: String, parts: [Part]) {
    self.pattern = pattern
    self.parts = parts
  }
  /// Reads a pattern; nil where it does not hold year, month and day once each.
  public init?(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var parts: [Part] = []
    var index = 0
    while index < bytes.count {
      let run = bytes[index...].prefix { $0 == bytes[index] }.count
      switch (bytes[index], run) {
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case (UInt8(ascii: "m"), 1...2): parts.append(.month(isPadded: run == 2))
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(isPadded: run == 2))
      case (UInt8(ascii: "M"), 3...4): parts.append(.monthName(isWhole: run == 4))
      case (UInt8(ascii: "y"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _), (UInt8(ascii: "M"), _): return nil
      case (let byte, _): parts += [Part](repeating: .literal(byte), count: run)
      }
      index += run
    }
    let kinds = parts.compactMap { part -> String? in
      switch part {
      case .year: "year"
      case .month, .monthName: "month"
      case .day: "day"
      case .literal: nil
      }
    }
    guard kinds.sorted() == ["day", "month", "year"] else { return nil }
    self.init(pattern: pattern, parts: parts)
  }

  /// The day a text names; nil where it has another form or names a day that does not exist.
  public func day(_ text: [UInt8]) -> Day? {
    var (year, month, day) = (0, 0, 0)
    var index = 0
    func number(_ digits: ClosedRange<Int>) -> Int? {
      var (value, count) = (0, 0)
      while count < digits.upperBound, index < text.count, 48...57 ~= text[index] {
        value = value * 10 + Int(text[index] - 48)
        count += 1
        index += 1
      }
      return digits.contains(count) ? value : nil
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
        let rest = text[index...].map { $0 | 0x20 }
        guard let found = monthNames.firstIndex(where: { rest.starts(with: isWhole ? $0[...] : $0.prefix(3)) }) else {
          return nil
        }
        month = found + 1
        index += isWhole ? monthNames[found].count : 3
      case .literal(let byte):
        guard index < text.count, text[index] == byte else { return nil }
        index += 1
      }
    }
    guard index == text.count else { return nil }
    return Day(year: year, month: month, day: day)
  }
}

private let monthNames = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
  "december",
].map { Array($0.utf8) }
