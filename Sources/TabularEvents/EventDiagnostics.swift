public import Workbench

extension Diagnostic {
  /// Warns of numbers that are taken as unknown because they lie outside of what they can be.
  /// - Parameter notes: the first of them, each with its place.
  public static func takenAsUnknown(
    _ count: Int, of events: Int, field: String, bounds: ClosedRange<Double>, at place: SourceLocation?, notes: [String]
  ) -> Diagnostic {
    .warning(
      .takenAsUnknown,
      "\(count) of \(events) events \(count == 1 ? "has" : "have") a '\(field)' outside \(inWords(bounds)); it is taken "
        + "as unknown", at: place, hint: "such events are kept, without that number",
      notes: notes + (count > notes.count ? ["and \(count - notes.count) more"] : []))
  }
}

extension DiagnosticKind {
  static let badDate = DiagnosticKind(
    "events.bad-date", "A date has another form, or does not exist.",
    "Dates are written yyyy-mm-dd unless the source says otherwise with `date_format`. 30 February does not exist.")
  static let missingDate = DiagnosticKind(
    "events.missing-date", "An event has no first day.",
    "Every event needs a first day. Where only the month or year is known, give its first day and say so in "
      + "`date_precision`.")
  static let reversedDates = DiagnosticKind(
    "events.reversed-dates", "An event ends before it begins.", "The last day must not be before the first.")
  static let badNumber = DiagnosticKind(
    "events.bad-number", "A field that must hold a number holds something else.",
    "Numbers have a point before their decimals and no separators between thousands: 1234.5. Empty means unknown.")
  static let numberOutOfRange = DiagnosticKind(
    "events.out-of-range", "A number is outside of what its column can hold.",
    "Fatalities and counts are not negative, latitudes lie in -90 to 90, longitudes in -180 to 180, confidence in 0 to 1, "
      + "Goldstein scores in -10 to 10 and quad classes in 1 to 4. Codes such as -9 for unknown are written as empty.")
  /// Numbers outside of what they can be were taken as unknown.
  public static let takenAsUnknown = DiagnosticKind(
    "events.taken-as-unknown", "Numbers outside of what they can be were taken as unknown.",
    "Coordinates outside of the world, for example. The events are kept, without that number.")
  static let unknownWord = DiagnosticKind(
    "events.unknown-word", "A field holds a word that its column does not know.",
    "The message lists the words it knows.")
  static let missingColumn = DiagnosticKind(
    "events.missing-column", "The file lacks a column that is needed.",
    "The message lists the columns the file has. Name the file's own header under `columns:`.")
  static let repeatedColumn = DiagnosticKind(
    "events.repeated-column", "Two columns of the file have the same name.",
    "Which of them is meant cannot be known: rename one.")
  static let rowsSkipped = DiagnosticKind(
    "events.rows-skipped", "Rows that cannot be read were left out.",
    "`on_bad_row: skip` leaves out rows that cannot be read and counts them; `stop` stops at the first.")
  /// Ids that several events have.
  public static let duplicateIDs = DiagnosticKind(
    "events.duplicate-ids", "Several events have the same id.",
    "Ids are meant to be unique. `deduplicate: id` in the event set keeps the first of each.")
  static let noEvents = DiagnosticKind(
    "events.none", "The file has a header and no events.", "Nothing is wrong if that is so; results will be empty.")

  /// The kinds that reading tables of events can report, beside those of delimited text.
  public static let tabularEventsKinds = [
    noRecord, badDate, missingDate, reversedDates, badNumber, numberOutOfRange, unknownWord, missingColumn,
    repeatedColumn, rowsSkipped, takenAsUnknown, duplicateIDs, noEvents, fieldCount, wrongDelimiter, otherDataset,
    encodedTwice, columnsDiffer,
  ]
}
