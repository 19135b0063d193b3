public import EventModel
import JSONText
public import Workbench

/// What a source's events must satisfy, whatever release its file is of.
///
/// Columns go by their names in the canonical CSV.
public struct ExpectationEntry: ParameterRecord {
  /// What becomes of a source whose events break an expectation.
  public enum Consequence: String, CaseIterable, ScalarParameter {
    /// The run goes on, and warns.
    case warn
    /// The source fails, and what needs it is not done.
    case fail
  }
  /// How many events there must be.
  public let rows: LocatedValue<RowLimits>?
  /// The columns in all of which no two events agree.
  public let unique: LocatedValue<[LocatedValue<EventColumn>]>?
  /// The columns in which every event has a value.
  public let notNull: LocatedValue<[LocatedValue<EventColumn>]>?
  /// The lowest and the highest value of columns, where there is one.
  public let between: ColumnLimits?
  /// What becomes of a source whose events break an expectation.
  public let on: Consequence

  /// Declares the keys of an expectation.
  public init(parameters: inout ParameterReader) {
    rows = parameters.optional("rows", "How many events there must be.")
    unique = parameters.optional(
      "unique", "The columns in all of which no two events agree.", where: .someColumns)
    notNull = parameters.optional("not_null", "The columns in which every event has a value.", where: .someColumns)
    between = parameters.optional("between", "The lowest and the highest value of columns, where there is one.")
    on = parameters.optional("on", default: .fail, "What becomes of the source where its events are otherwise.")
  }

  /// The columns that checking reads.
  public var columns: EventColumns {
    EventColumns(
      ((unique?.value ?? []) + (notNull?.value ?? [])).map(\.value) + (between?.limits ?? []).map(\.column))
  }
}

/// How many events there must be.
public struct RowLimits: ParameterRecord, Hashable {
  /// The fewest.
  public let min: Int?
  /// The most.
  public let max: Int?
  /// Declares the keys of limits.
  public init(parameters: inout ParameterReader) {
    let min: Int? = parameters.optional("min", "The fewest events there must be.", where: .atLeast(0))
    let max: Int? = parameters.optional("max", "The most events there must be.", where: .atLeast(0))
    (self.min, self.max) = (min, max)
    parameters.check((min ?? 0) <= max ?? .max, about: ["max", "min"], "'max' must not be less than 'min'")
  }
}

/// The lowest and the highest value of each of some columns: dates or numbers, as the column has them.
public struct ColumnLimits: ParameterRecord {
  /// A column and its limits.
  public struct Limit: Sendable {
    /// The column.
    public var column: EventColumn
    /// The limits: of a column of dates those of its days since 1970.
    public var range: ClosedRange<Double>
    /// The limits as written.
    public var text: String
    /// Where they are written.
    public var location: SourceLocation
  }
  /// The limits, in the order of the columns.
  public let limits: [Limit]

  /// Declares a key for each column that has an order.
  public init(parameters: inout ParameterReader) {
    var limits: [Limit] = []
    for column in EventColumn.allCases {
      switch column.kind {
      case .days:
        let days: LocatedValue<[Day]>? = parameters.optional(
          column.name, "First and last day: \(column.meaning).", where: .twoDays)
        let (first, last) = (days?.value.first, days?.value.last)
        let isOrdered = days?.value.count != 2 || first.map { $0 <= last ?? $0 } ?? true
        parameters.check(
          isOrdered, about: [column.name], "the second day of '\(column.name)' must not lie before the first")
        if let days, let first, let last, isOrdered {
          let range = Double(first.daysSinceEpoch)...Double(last.daysSinceEpoch)
          limits.append(Limit(column: column, range: range, text: "\(first) to \(last)", location: days.location))
        }
      case .integers, .scores, .reals, .bytes:
        guard column != .datePrecision else { continue }
        let numbers: LocatedValue<[Double]>? = parameters.optional(
          column.name, "Lowest and highest: \(column.meaning).", where: .twoNumbers)
        let (low, high) = (numbers?.value.first, numbers?.value.last)
        let isOrdered = numbers?.value.count != 2 || low.map { $0 <= high ?? $0 } ?? true
        parameters.check(
          isOrdered, about: [column.name], "the second number of '\(column.name)' must not be less than the first")
        if let numbers, let low, let high, isOrdered {
          let text = "\(low.json.compact) to \(high.json.compact)"
          limits.append(Limit(column: column, range: low...high, text: text, location: numbers.location))
        }
      case .codes, .text, .records: continue
      }
    }
    self.limits = limits
  }
}

extension ParameterRule where Value == LocatedValue<[LocatedValue<EventColumn>]> {
  /// At least one column.
  static var someColumns: Self {
    Self("name at least one column", schema: ["minItems": 1]) { !$0.value.isEmpty }
  }
}
extension ParameterRule where Value == LocatedValue<[Double]> {
  /// A lowest and a highest number.
  static var twoNumbers: Self {
    Self("have two numbers, the lowest and the highest", schema: ["minItems": 2, "maxItems": 2]) { $0.value.count == 2 }
  }
}
