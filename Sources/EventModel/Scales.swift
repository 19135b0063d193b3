/// The quarter of cooperation or conflict that an event belongs to, numbered as GDELT does.
public enum QuadClass: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case verbalCooperation = 1
  case materialCooperation = 2
  case verbalConflict = 3
  case materialConflict = 4
}

/// How precisely an event is dated, on one scale for all datasets.
public enum DatePrecision: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// The day is known, or the event lasted from its first to its last day.
  case day = 1
  case week = 2
  case month = 3
  case quarter = 4
  case year = 5
  /// A state in force from the first to the last day: never an incident in a period's count.
  case span = 6

  /// The word the canonical CSV uses.
  public var name: String {
    switch self {
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    case .span: "span"
    }
  }
  /// Reads the word the canonical CSV uses.
  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// A score on Goldstein's scale or one like it, kept exactly: 3.4 is 3.4, and sums do not depend on their order.
///
/// Stored in millionths, from -2147 to 2147. Goldstein (1992), Journal of Conflict Resolution 36(2).
public struct GoldsteinScore: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The score times one million.
  public var millionths: Int32
  /// Makes a score from millionths.
  @inlinable public init(millionths: Int32) { self.millionths = millionths }
  /// Makes a score from tenths, in which the published tables are written.
  @inlinable public init(tenths: Int32) { millionths = tenths * 100_000 }
  /// The score as a number.
  @inlinable public var value: Double { Double(millionths) / 1_000_000 }
  /// Orders by score: most conflictual first.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.millionths < right.millionths }
}

/// Coders' three estimates of the dead; any may be missing.
public struct Fatalities: Hashable, Sendable {
  /// The lowest credible number.
  public var low: Int32?
  /// The most likely number.
  public var best: Int32?
  /// The highest credible number.
  public var high: Int32?
  /// Makes the three estimates.
  public init(low: Int32? = nil, best: Int32? = nil, high: Int32? = nil) {
    self.low = low
    self.best = best
    self.high = high
  }
}

/// The days a source covers: outside them its silence means nothing.
public struct Coverage: Hashable, Sendable {
  /// The source's name in the workspace.
  public var source: String
  /// The first day covered.
  public var from: Day
  /// The last day covered.
  public var to: Day
  /// Makes a coverage.
  public init(source: String, from: Day, to: Day) {
    self.source = source
    self.from = from
    self.to = to
  }
  /// Whether every day of a period is covered.
  public func holds(_ period: Period) -> Bool { from <= period.firstDay && period.lastDay <= to }
}

/// The way back to the raw record an event was read from.
public struct RecordReference: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The file's number among a source's files in the upper 16 bits, the offset in decompressed bytes in the lower 48.
  public var packed: UInt64
  /// Makes a reference.
  /// - Parameter file: the file's number among those of the source, below 65,536.
  /// - Parameter offset: the record's first byte in the decompressed file, below 2^48; the rowid where rows have one.
  @inlinable public init(file: Int, offset: Int) { packed = UInt64(file) << 48 | UInt64(offset) }
  /// Makes a reference from its packed form.
  @inlinable public init(packed: UInt64) { self.packed = packed }
  /// The file's number among those of the source.
  @inlinable public var file: Int { Int(packed >> 48) }
  /// The record's first byte in the decompressed file.
  @inlinable public var offset: Int { Int(packed & 0xFFFF_FFFF_FFFF) }
  /// Orders by file, then offset.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }
}
