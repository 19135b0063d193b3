import DelimitedText
import EventModel
public import Workbench

extension DiagnosticKind {
  static let actorColumns = DiagnosticKind(
    "actors.columns", "The table of actors lacks a column.",
    "It is a CSV file with the columns alias, actor, group, from, to, kind and dataset_id; all but the first two may be left "
      + "out.")
  static let actorRow = DiagnosticKind(
    "actors.bad-row", "A row of the table of actors makes no sense.",
    "Each row has an alias and an actor; `from` and `to` are dates such as 2021-08-15, or empty for always; `kind` is "
      + "state, armed, civilians, unknown or generic, or empty; `dataset_id` is an identifier such as ucdp:356, or several "
      + "divided by semicolons.")
  static let ambiguousAlias = DiagnosticKind(
    "actors.ambiguous-alias", "An alias stands for two actors on the same day.",
    "An alias may stand for different actors at different times only: give its rows `from` and `to` that do not overlap."
  )
  static let twoKinds = DiagnosticKind(
    "actors.two-kinds", "Two rows give one actor different kinds.",
    "An actor is of one kind at all times. One that changes, such as an armed group that takes over a state, is either "
      + "one kind throughout or two actors of one group.")
  static let normalizedNames = DiagnosticKind(
    "actors.normalized", "Names match the table of actors only after normalisation.",
    "Names match as they are written first, then without regard to case, to blanks around and doubled within, and to "
      + "the form of Unicode. What matched only so is listed; add it as an alias where that is right.")

  /// The kinds that the table of actors can report.
  public static let actorTableKinds = [actorColumns, actorRow, ambiguousAlias, twoKinds, normalizedNames]
}

extension ActorTable {
  /// Reads the table of actors: a CSV file with alias, actor, group, from, to, kind.
  init(reading path: InputPath, from files: any InputFiles) throws(Diagnostic) {
    try self.init(DelimitedTable(files.open(path)), at: path)
  }
  /// Reads the rows of a table of actors.
  init(_ table: DelimitedTable, at path: InputPath) throws(Diagnostic) {
    func column(_ name: String) -> Int? { table.header.firstIndex(of: name) }
    guard let alias = column("alias"), let actor = column("actor") else {
      throw .error(
        .actorColumns, "the table of actors needs the columns 'alias' and 'actor'",
        at: SourceLocation(file: path.text, line: 1),
        hint: "it has \(table.header.joined(separator: ", "))")
    }
    let (group, from, to, kind) = (column("group"), column("from"), column("to"), column("kind"))
    let datasetID = column("dataset_id")
    var entries: [Entry] = []
    for (fields, line) in zip(table.records, table.lines) {
      let place = SourceLocation(file: path.text, line: line)
      func text(_ column: Int?) -> String? { column.flatMap { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 } }
      func day(_ column: Int?, _ name: String) throws(Diagnostic) -> Day? {
        guard let written = text(column) else { return nil }
        guard let day = Day(written) else {
          throw .error(.actorRow, "'\(name)' must be a date such as 2021-08-15, not '\(written)'", at: place)
        }
        return day
      }
      func actorKind() throws(Diagnostic) -> ActorKind? {
        guard let written = text(kind) else { return nil }
        if let kind = ActorKind(rawValue: written) { return kind }
        throw .error(
          .actorRow, "'\(written)' is no kind of actor", at: place,
          hint: suggestion(for: written, among: ActorKind.allCases.map(\.rawValue)))
      }
      let ids = (text(datasetID) ?? "").split { $0 == ";" || $0 == " " }.map(String.init)
      if let bad = ids.first(where: { $0.split(separator: ":", omittingEmptySubsequences: false).count != 2 }) {
        throw .error(
          .actorRow, "'dataset_id' must be a dataset and its identifier, such as ucdp:356, not '\(bad)'", at: place)
      }
      guard let alias = text(alias), let actor = text(actor) else {
        throw .error(.actorRow, "a row needs an alias and an actor", at: place)
      }
      let entry = Entry(
        alias: alias, actor: actor, group: text(group) ?? actor, from: try day(from, "from"), to: try day(to, "to"),
        kind: try actorKind(), datasetIDs: ids, line: line)
      if let from = entry.from, let to = entry.to, to < from {
        throw .error(.actorRow, "'to' must not lie before 'from'", at: place)
      }
      entries.append(entry)
    }
    let byAlias = Dictionary(grouping: entries, by: \.alias)
    for entries in byAlias.values.sorted(by: { $0[0].line < $1[0].line }) where entries.count > 1 {
      for (index, entry) in entries.enumerated() {
        if let other = entries[..<index].first(where: { $0.contradicts(entry) }) {
          throw .error(
            .ambiguousAlias,
            "'\(entry.alias)' stands for '\(other.actor)' and for '\(entry.actor)' on the same days",
            at: SourceLocation(file: path.text, line: entry.line), hint: "compare line \(other.line)")
        }
      }
    }
    var kinds: [String: Entry] = [:]
    for entry in entries where entry.kind != nil {
      guard let other = kinds[entry.actor] else {
        kinds[entry.actor] = entry
        continue
      }
      guard other.kind == entry.kind else {
        throw .error(
          .twoKinds,
          "'\(entry.actor)' is '\(other.kind?.rawValue ?? "")' and '\(entry.kind?.rawValue ?? "")'",
          at: SourceLocation(file: path.text, line: entry.line),
          hint: "an actor is of one kind at all times: write that of line \(other.line), or make it two of one group")
      }
    }
    self.init(entries: entries, header: table.header)
  }
}
