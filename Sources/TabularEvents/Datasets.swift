public import Workbench

/// A published dataset that is known by the columns of its files.
private struct Dataset {
  let name: String
  /// What to write instead, where a file of it is given to another source.
  let hint: String
  /// Columns that no other dataset has together, in small letters.
  let columns: Set<String>
}

private let datasets = [
  Dataset(
    name: "UCDP GED", hint: "read it with 'use: ucdp'",
    columns: ["type_of_violence", "side_a", "side_b", "date_start"]),
  Dataset(
    name: "UCDP Dyadic", hint: "it has a row for each dyad and year; the events are in UCDP GED",
    columns: ["dyad_id", "side_a", "side_b", "intensity_level"]),
  Dataset(
    name: "ACLED", hint: "read it with 'use: acled'",
    columns: ["event_date", "event_type", "actor1", "actor2", "inter1"]),
  Dataset(name: "GTD", hint: "read it with 'use: gtd'", columns: ["iyear", "imonth", "iday", "gname"]),
  Dataset(
    name: "ICEWS", hint: "read it with 'use: icews'",
    columns: ["event date", "source name", "cameo code", "target name"]
  ),
  Dataset(
    name: "POLECAT", hint: "read it with 'use: polecat'",
    columns: ["event id", "event date", "event type", "event mode"]),
]

extension TabularHeader {
  /// The file's own name for a column that has had several; nil where the file has none of them.
  /// - Parameter names: in small letters, the likeliest first; the file may write them in any.
  public func name(of names: String...) -> String? {
    for name in names { if let own = self.names.first(where: { $0.lowercased() == name }) { return own } }
    return nil
  }

  /// Throws unless the file has columns without which it cannot be a file of a dataset: says which are missing, or what
  /// the file looks like instead.
  /// - Parameter columns: their names, in small letters; the file may write them in any.
  /// - Parameter dataset: the dataset's name: `UCDP GED`.
  public func require(_ columns: [String], of dataset: String) throws(Diagnostic) {
    let missing = columns.filter { name(of: $0) == nil }
    guard !missing.isEmpty else { return }
    let place = SourceLocation(file: file, line: 1)
    let own = Set(names.map { $0.lowercased() })
    if let other = datasets.first(where: { $0.name != dataset && $0.columns.isSubset(of: own) }) {
      throw .error(
        .otherDataset, "the file looks like one of \(other.name), not of \(dataset)", at: place, hint: other.hint)
    }
    let list = names.count > 60 ? names.prefix(60) + ["... (\(names.count) in all)"] : names[...]
    let quoted = missing.map { "'\($0)'" }.joined(separator: ", ")
    let hasNumbers = names.first.map { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } } ?? false
    throw .error(
      .missingColumn,
      "\(dataset) has the column\(missing.count == 1 ? "" : "s") \(quoted), and the file has not; it has "
        + list.joined(separator: ", "), at: place,
      hint: hasNumbers
        ? "the first record looks like an event: put the header of another release before it"
        : file.contains(".zip/")
          ? "a zip file may hold other files too: name the members to be read, as in events.zip/*.csv"
          : "is it a file of \(dataset), as published?")
  }
}

extension DiagnosticKind {
  static let otherDataset = DiagnosticKind(
    "events.other-dataset", "The file belongs to another dataset than the source reads.",
    "Each dataset has a source of its own, and is known by the columns of its files. The hint says which source to use."
  )
}
