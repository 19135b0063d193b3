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

/// One column of events: which field of the file it comes from, and how.
public struct TabularField: Sendable, Hashable {
  /// The field's name in the file's header.
  public var name: String
  /// The column it fills.
  public var column: EventColumn
  /// How its text becomes a value.
  public var parser: FieldParser
  /// Makes a field.
  /// - Precondition: the parser makes values of the column's kind.
  public init(_ name: String, as column: EventColumn, _ parser: FieldParser) {
    precondition(parser.kind == column.kind, "the parser does not fit column \(column.name)")
    self.name = name
    self.column = column
    self.parser = parser
  }
}

/// What happens at a row that cannot be read.
public enum BadRowPolicy: String, ScalarParameter, CaseIterable {
  /// The first one stops the run.
  case stop
  /// They are left out, counted, and the first are shown.
  case skip
}

/// Which fields of a file make which columns of events.
public struct TabularLayout: Sendable {
  /// How the file is written.
  public var format: DelimitedFormat
  /// The fields; one for each column at most.
  public var fields: [TabularField]
  /// Whether actor 1 acts on actor 2.
  public var direction: DyadDirection
  /// The scheme that event classes belong to; nil where they belong to none known.
  public var ontology: String?
  /// What happens at a row that cannot be read.
  public var onBadRow: BadRowPolicy
  /// How many bytes a worker parses at a time.
  public var blockBytes = 1 << 19

  /// Makes a layout.
  /// - Precondition: no two fields fill the same column.
  public init(
    format: DelimitedFormat = .csv, fields: [TabularField], direction: DyadDirection, ontology: String? = nil,
    onBadRow: BadRowPolicy = .stop
  ) {
    precondition(Set(fields.map(\.column)).count == fields.count, "two fields fill one column")
    self.format = format
    self.fields = fields
    self.direction = direction
    self.ontology = ontology
    self.onBadRow = onBadRow
  }
  /// The columns the fields fill, the dates, and the way back to each record.
  public var columns: EventColumns { EventColumns(fields.map(\.column)).union(.dates).union(.record) }
}
