public import DelimitedText
public import EventModel
public import Workbench

/// How the text of a field becomes a value of its column.
public enum FieldParser: Sendable, Hashable {
  /// A date.
  case day(DateFormat)
  /// A whole number within bounds; `12.0` is one too.
  case integer(ClosedRange<Int32>)
  /// A small whole number within bounds.
  case byte(ClosedRange<UInt8>)
  /// One of some words, each standing for a number.
  case word([Word])
  /// A score from -10 to 10 with at most six decimals, kept exactly.
  case score
  /// A number within bounds.
  case real(ClosedRange<Double>)
  /// A name that recurs.
  case label
  /// A text that does not.
  case text

  /// A word and the number it stands for.
  public struct Word: Sendable, Hashable {
    /// The word.
    public var text: String
    /// The number.
    public var value: UInt8
    /// Makes a word.
    public init(_ text: String, _ value: UInt8) {
      self.text = text
      self.value = value
    }
  }

  /// The parser of a column in canonical CSV.
  public static func canonical(_ column: EventColumn, dates: DateFormat = .iso) -> FieldParser {
    switch column {
    case .firstDay, .lastDay: .day(dates)
    case .datePrecision: .word(DatePrecision.allCases.map { Word($0.name, $0.rawValue) })
    case .quadClass: .byte(1...4)
    case .geoPrecision: .byte(0...255)
    case .goldstein: .score
    case .incidents, .incidentsLow, .incidentsHigh, .fatalitiesLow, .fatalitiesBest, .fatalitiesHigh, .reports:
      .integer(0...Int32.max)
    case .latitude: .real(-90...90)
    case .longitude: .real(-180...180)
    case .confidence: .real(0...1)
    case .actor1, .actor2, .eventClass, .country, .admin1, .place, .about, .outlet: .label
    case .id, .record: .text
    }
  }

  /// The least and the greatest number that it takes, where it takes numbers.
  var bounds: ClosedRange<Double>? {
    switch self {
    case .integer(let bounds): Double(bounds.lowerBound)...Double(bounds.upperBound)
    case .byte(let bounds): Double(bounds.lowerBound)...Double(bounds.upperBound)
    case .real(let bounds): bounds
    case .score: -10...10
    case .day, .word, .label, .text: nil
    }
  }
  /// What kind of column it fills.
  var kind: EventColumn.Kind {
    switch self {
    case .day: .days
    case .integer: .integers
    case .byte, .word: .bytes
    case .score: .scores
    case .real: .reals
    case .label: .codes
    case .text: .text
    }
  }
}

/// A field that is read: its name in the file, what it fills, and how.
public struct TabularField: Sendable, Hashable {
  /// What a field fills.
  public enum Target: Sendable, Hashable {
    /// A column of events.
    case column(EventColumn)
    /// A column of its own, by the field's name: for the source to make something of.
    case extra
  }
  /// The field's name in the file's header.
  public var name: String
  /// What it fills.
  public var target: Target
  /// How its text becomes a value.
  public var parser: FieldParser
  /// Texts that mean that there is no value: `NA`, `-99`.
  ///
  /// They are compared as they are written; numbers and dates without the spaces around them.
  public var missing: [String] = []
  /// Whether a number outside of its bounds is taken as unknown and counted, instead of making the row a bad one.
  public var isLenient = false

  /// Makes a field that fills a column of events.
  /// - Precondition: the parser makes values of the column's kind.
  public init(
    _ name: String, as column: EventColumn, _ parser: FieldParser, missing: [String] = [], isLenient: Bool = false
  ) {
    precondition(parser.kind == column.kind, "the parser does not fit column \(column.name)")
    self.name = name
    target = .column(column)
    self.parser = parser
    self.missing = missing
    self.isLenient = isLenient
  }
  /// Makes a field that the source makes something of.
  public init(extra name: String, _ parser: FieldParser, missing: [String] = [], isLenient: Bool = false) {
    self.name = name
    target = .extra
    self.parser = parser
    self.missing = missing
    self.isLenient = isLenient
  }
  /// The column of events that it fills, if it does.
  public var column: EventColumn? { if case .column(let column) = target { column } else { nil } }
}

/// Columns of numbers that together hold the first day of an event.
///
/// A month or a day that is 0, empty or missing is unknown: the event is dated to the whole year, or the whole month, with
/// the precision that says so. A last day or a precision that the file has a column of its own for comes before these.
public struct DateParts: Sendable, Hashable {
  /// The column of the year, in four digits.
  public var year: String
  /// The column of the month, from 1 to 12; nil where months are unknown.
  public var month: String?
  /// The column of the day of the month; nil where days are unknown.
  public var day: String?
  /// Texts that mean that the number is unknown: `-99`.
  public var missing: [String]
  /// Names the columns.
  public init(year: String, month: String? = nil, day: String? = nil, missing: [String] = []) {
    self.year = year
    self.month = month
    self.day = day
    self.missing = missing
  }
}

/// A part of a date in a column of its own, or one that no column holds.
enum DatePart: Sendable { case year, month, day, unknown }

extension DateParts {
  /// The fields of the three parts, each in the place of a column of dates that it will make with the others.
  ///
  /// What the file has a column of its own for needs no place. A part that no column holds has one all the same, at the
  /// column of the year, which is not read for it.
  /// - Parameter own: the columns of events that other fields fill.
  func fields(beside own: EventColumns) -> [(part: DatePart, field: TabularField)] {
    func field(_ name: String?, _ part: DatePart, _ column: EventColumn, _ parser: FieldParser) -> [(
      part: DatePart, field: TabularField
    )] {
      guard own.contains(column) else {
        return [(name == nil ? .unknown : part, TabularField(name ?? year, as: column, parser, missing: missing))]
      }
      return name.map { [(part, TabularField(extra: $0, parser, missing: missing))] } ?? []
    }
    return field(year, .year, .firstDay, .day(.iso)) + field(month, .month, .lastDay, .day(.iso))
      + field(day, .day, .datePrecision, .byte(0...31))
  }
}

/// What happens at a row that cannot be read.
public enum BadRowPolicy: String, ScalarParameter, CaseIterable {
  /// The first one stops the run.
  case stop
  /// They are left out, counted, and the first are shown.
  case skip
}

/// How files are written: what divides their fields, what their bytes mean, and where their columns are named.
public struct TabularForm: Sendable, Hashable {
  /// Where the names of the columns are.
  public enum Names: Sendable, Hashable {
    /// In the first record. A row of tags under it (https://hxlstandard.org) is no event, and left out.
    case firstRecord
    /// Nowhere, and the first record is data: they are one of these lists, the one that has as many names as the first record has fields.
    case fixed([[String]])
  }
  /// What divides fields.
  public var format: DelimitedFormat
  /// Where the names of the columns are.
  public var names: Names
  /// How many bytes a worker parses at a time.
  public var blockBytes = 1 << 19
  /// What the bytes of its text mean.
  public var encoding: TextEncoding
  /// Makes a form.
  public init(_ format: DelimitedFormat = .csv, names: Names = .firstRecord, encoding: TextEncoding = .utf8) {
    self.format = format
    self.names = names
    self.encoding = encoding
  }
  /// CSV with a header.
  public static let csv = TabularForm()
}

/// Which fields of a file make which columns of events.
public struct TabularLayout: Sendable {
  /// The fields; one for each column at most.
  public var fields: [TabularField]
  /// The columns of numbers that hold the dates, where no field fills them.
  public var dateParts: DateParts?
  /// Whether actor 1 acts on actor 2.
  public var direction: DyadDirection
  /// The scheme that event classes belong to; nil where they belong to none known.
  public var ontology: String?
  /// What happens at a row that cannot be read.
  public var onBadRow: BadRowPolicy
  /// Columns that are read though nobody asked for them, because others are made from them.
  public var needed: EventColumns
  /// Columns that are made from others when all rows of a file have been read.
  public var made: EventColumns
  /// Makes a layout.
  /// - Precondition: no two fields fill the same column.
  public init(
    fields: [TabularField], dateParts: DateParts? = nil, direction: DyadDirection, ontology: String? = nil,
    onBadRow: BadRowPolicy = .stop, needed: EventColumns = [], made: EventColumns = []
  ) {
    let filled = fields.compactMap(\.column) + (dateParts == nil ? [] : [.firstDay])
    precondition(Set(filled).count == filled.count, "two fields fill one column")
    self.fields = fields
    self.dateParts = dateParts
    self.direction = direction
    self.ontology = ontology
    self.onBadRow = onBadRow
    self.needed = needed
    self.made = made
  }
  /// The columns that its events have: those of its fields, those made, the dates, and the way back to each record.
  public var columns: EventColumns {
    EventColumns(fields.compactMap(\.column)).union(made).union(.dates).union(.record)
  }
  /// All fields that are read, those of the parts of a date first.
  var allFields: [(part: DatePart?, field: TabularField)] {
    let own = EventColumns(fields.compactMap(\.column))
    return (dateParts?.fields(beside: own) ?? []).map { ($0.part, $0.field) } + fields.map { (nil, $0) }
  }
  /// What its events promise.
  public var schema: EventSchema { EventSchema(columns: columns, direction: direction, ontology: ontology) }
}

/// The rows of a file before they become events, for a source to finish: to leave some out, to make columns from others.
public struct TabularRows: Sendable {
  /// The number of rows.
  public private(set) var count: Int
  /// The columns of events read so far.
  public var columns: [EventColumn: EventTable.Values]
  /// The columns that are no columns of events, by the names of their fields.
  public private(set) var extras: [String: EventTable.Values]

  init(count: Int, columns: [EventColumn: EventTable.Values], extras: [String: EventTable.Values]) {
    self.count = count
    self.columns = columns
    self.extras = extras
  }
  /// Keeps some rows only.
  /// - Parameter rows: their numbers, in rising order.
  public mutating func keep(_ rows: [Int32]) {
    guard rows.count < count else { return }
    columns = columns.mapValues { $0.selecting(rows) }
    extras = extras.mapValues { $0.selecting(rows) }
    count = rows.count
  }
}
