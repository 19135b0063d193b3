import DelimitedText
import Workbench

/// A user's own file of signed relationships.
struct EdgeList: Sendable {
  static let columnNames = ["actor1", "actor2", "sign", "period"]
  let path: InputPath
  /// How the file calls those columns.
  let names: [String: String]

  init(path: InputPath, columns: ParameterMap<String>) {
    self.path = path
    names = Dictionary(columns.entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// The networks of the file by period, in the order of the periods' bytes; all in one where the file has no periods.
  ///
  /// Throws at the first row that makes no sense, with its line and column.
  func networks(in context: RunContext) throws(Diagnostic) -> [SignedNetwork] {
    let bytes = try context.files.open(path).readAll(limit: 1 << 24, tooLarge: .edgesTooLarge)
    let rows = EdgeRows(table: try DelimitedTable(TextFile(bytes, name: path.text)), bytes: bytes, list: self)
    let (relationships, repeated) = try rows.relationships()
    if repeated > 0 {
      context.warn(
        Diagnostic(
          .note, .repeatedEdges, "relationships that stand in '\(path.text)' more than once: \(repeated), counted once",
          parameter: "edges"))
    }
    let periods = relationships.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return periods.compactMap { SignedNetwork(period: $0, relationships[$0] ?? []) }
  }
}

/// The rows of a file of relationships, and where they stand.
private struct EdgeRows {
  let table: DelimitedTable
  let bytes: [UInt8]
  let list: EdgeList

  /// Two actors in a period, whichever is named first.
  private struct Key: Hashable {
    var period: String
    var actors: Set<String>
  }

  /// The relationships by period, and how many rows say again what another one says.
  func relationships() throws(Diagnostic) -> (byPeriod: [String: [Relationship]], repeated: Int) {
    let one = try column("actor1")
    let other = try column("actor2")
    let sign = try column("sign")
    let period = list.names["period"] == nil ? table.header.firstIndex(of: "period") : try column("period")
    var known: [Key: (isNegative: Bool, line: Int)] = [:]
    var byPeriod: [String: [Relationship]] = [:]
    var repeated = 0
    for (fields, line) in zip(table.records, table.lines) {
      let (actor1, actor2) = (try text(fields, one, line), try text(fields, other, line))
      let isNegative = try isNegative(fields, sign, line)
      var name = "all"
      if let period { name = try text(fields, period, line) }
      guard actor1 != actor2 else {
        throw fault("'\(actor1)' has a relationship with itself", line: line, field: other)
      }
      if let first = known[Key(period: name, actors: [actor1, actor2])] {
        guard first.isNegative == isNegative else {
          throw fault(
            "'\(actor1)' and '\(actor2)' have another sign on line \(first.line)", line: line, field: sign,
            hint: period == nil ? "a relationship has one sign; for one that changes add a column 'period'" : nil)
        }
        repeated += 1
        continue
      }
      known[Key(period: name, actors: [actor1, actor2])] = (isNegative, line)
      byPeriod[name, default: []].append(Relationship(actor1: actor1, actor2: actor2, isNegative: isNegative))
    }
    guard !known.isEmpty else { throw fault("the file has no relationships", line: 1, field: 0) }
    return (byPeriod, repeated)
  }

  private func text(_ fields: [String?], _ column: Int, _ line: Int) throws(Diagnostic) -> String {
    guard let text = fields[column], !text.isEmpty else {
      throw fault("the value of '\(table.header[column])' is missing", line: line, field: column)
    }
    return text
  }
  private func isNegative(_ fields: [String?], _ column: Int, _ line: Int) throws(Diagnostic) -> Bool {
    switch fields[column] ?? "" {
    case "1", "+1", "+", "positive": return false
    case "-1", "-", "negative": return true
    case let other:
      throw fault(
        "'\(table.header[column])' must be 1 or -1, not '\(other)'", line: line, field: column,
        hint: other == "0" ? "leave out actors that have no relationship" : nil)
    }
  }
  private func column(_ name: String) throws(Diagnostic) -> Int {
    let wanted = list.names[name] ?? name
    guard let index = table.header.firstIndex(of: wanted) else {
      throw fault(
        "the file of relationships has no column '\(wanted)'", line: 1, field: 0,
        hint: nearestName(to: wanted, among: table.header).map { "did you mean '\($0)'?" }
          ?? "its columns are \(table.header.joined(separator: ", ")); `columns: {\(name): ...}` names the one meant"
      )
    }
    guard table.header.lastIndex(of: wanted) == index else {
      throw fault(
        "the column '\(wanted)' stands here twice", line: 1, field: table.header.lastIndex(of: wanted) ?? index)
    }
    return index
  }
  private func fault(_ message: String, line: Int, field: Int, hint: String? = nil) -> Diagnostic {
    .error(
      .badEdges, message,
      at: SourceLocation(file: list.path.text, line: line, column: fieldColumn(field, line: line, of: bytes)),
      parameter: "edges", hint: hint)
  }
}
