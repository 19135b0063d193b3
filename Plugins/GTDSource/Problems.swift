import DelimitedText
import Workbench

extension Diagnostic {
  /// The same problem with what it usually means in a file of the database.
  ///
  /// Where a text stands for a number, or another number for the id or the year, the row's columns are shifted.
  var explainedForGTD: Diagnostic {
    let parts = message.split(separator: "'", maxSplits: 4, omittingEmptySubsequences: false)
    let isValue = ["events.bad-number", "events.bad-date", "events.out-of-range"].contains(id) && parts.count == 5
    guard
      isValue && (["eventid", "iyear", "imonth"].contains(parts[1]) || Double(parts[3]) == nil)
        || id == DiagnosticKind.raggedRow.id
    else { return self }
    var explained = self
    explained.id = DiagnosticKind.gtdShiftedColumns.id
    explained.message = "the columns look shifted: " + message
    explained.hint =
      "a spreadsheet that saved the file has divided a text at a comma or line in it: take the file as it "
      + "was published"
    return explained
  }
}

extension DiagnosticKind {
  static let gtdShiftedColumns = DiagnosticKind(
    "gtd.shifted-columns", "A row has values in columns that they do not belong to.",
    "The summary of an incident holds commas, quotes and lines. A spreadsheet that opened the file otherwise than it was "
      + "written, and saved it, has moved what follows them into other columns. Such a file cannot be mended by rule: "
      + "download it again, and save the table as CSV in UTF-8 at once. `on_bad_row: skip` leaves such rows out, where "
      + "they can be told from others.")
  static let gtdPaddedLines = DiagnosticKind(
    "gtd.padded-lines", "Every line is one field of a file with semicolons.",
    "A spreadsheet that expects semicolons took each line for one field, and saved it in quotes with empty fields behind. "
      + "Download the file again.")
  static let gtdLeftOut = DiagnosticKind(
    "gtd.left-out", "Incidents were left out because the workspace asks for it.",
    "`exclude_doubtful: true` leaves out incidents of which the coders doubt that they are terrorism, `all_criteria: true` "
      + "those that meet two of the three criteria only. Before 1997 doubt was not recorded; those incidents are kept.")
  static let gtdSharedFatalities = DiagnosticKind(
    "gtd.shared-fatalities", "Some incidents have a fraction as the number of the killed.",
    "Where only a total over several incidents is known, the database divides it among them. Fatalities are whole numbers "
      + "here, so each share goes to the nearest, a half to the even one.")
  static let gtdUnreadableEnd = DiagnosticKind(
    "gtd.unreadable-end", "The end of some incidents is not known.",
    "`resolution` is the date on which an incident of more than a day ended. It is read as yyyy-mm-dd or m/d/yyyy, with a "
      + "time of day or without.")

  /// The kinds that this source can report itself.
  static let gtdKinds = [
    gtdShiftedColumns, gtdPaddedLines, gtdLeftOut, gtdSharedFatalities, gtdUnreadableEnd,
  ]
}
