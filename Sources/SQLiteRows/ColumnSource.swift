public import EventModel

/// Where a column of a table of SQLite gets its values, row by row; nil is NULL.
public enum ColumnSource {
  /// Whole numbers.
  case integers((Int) -> Int64?)
  /// Real numbers.
  case reals((Int) -> Double?)
  /// Texts that recur, and the position of each row's text among them.
  case labels([String], (Int) -> Int?)
  /// Texts that do not recur.
  case texts(TextColumn)

  /// The same text in every row.
  public static func constant(_ text: String) -> ColumnSource { .labels([text]) { _ in 0 } }
  /// Names that recur.
  public static func labels(_ column: CodedColumn) -> ColumnSource {
    .labels(column.labels) { row in column.codes[row].map(Int.init) }
  }
  /// Days as `YYYY-MM-DD`; the text of each day is made once.
  public static func days(_ column: Column<Day>) -> ColumnSource {
    var codes: [Day: Int] = [:]
    var labels: [String] = []
    for row in 0..<column.count {
      guard let day = column[row], codes[day] == nil else { continue }
      codes[day] = labels.count
      labels.append(day.description)
    }
    return .labels(labels) { [codes] row in column[row].flatMap { codes[$0] } }
  }
}
