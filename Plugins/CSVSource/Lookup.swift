import EventModel
import Ontology
import Workbench

/// Adds the Goldstein scores or quad classes that a scheme gives to the events' codes, and warns of codes without.
func adding(
  _ columns: EventColumns, to table: EventTable, from ontology: Ontology, in context: RunContext
) throws(Diagnostic) -> EventTable {
  guard !columns.isEmpty, let classes = table.eventClass else { return table }
  let codes = classes.codes
  let scores = classes.labels.map(ontology.score(of:))
  let quads = classes.labels.map(ontology.quadClass(of:))
  var added: [EventColumn: EventTable.Values] = [:]
  if columns.contains(.goldstein) {
    added[.goldstein] = .scores(values(of: codes, from: scores, none: GoldsteinScore(millionths: 0)))
  }
  if columns.contains(.quadClass) {
    added[.quadClass] = .bytes(values(of: codes, from: quads.map { $0?.rawValue }, none: 0))
  }
  let unknown = Set(classes.labels.indices.filter { scores[$0] == nil || quads[$0] == nil })
  if !unknown.isEmpty { warn(of: unknown, among: classes, ontology, in: context) }
  return table.replacing(added)
}

/// The value of each event's code.
private func values<Value: BitwiseCopyable & Sendable>(
  of codes: Column<UInt32>, from values: [Value?], none: Value
) -> Column<Value> {
  let (known, has) = (values.map { $0 ?? none }, values.map { $0 != nil })
  var found = [Value](repeating: none, count: codes.count)
  var words: [UInt64]?
  let rows = codes.values
  for row in rows.indices {
    let code = Int(rows[row])
    if codes.has(row), has[code] {
      found[row] = known[code]
    } else {
      if words == nil { words = [UInt64](repeating: .max, count: (rows.count + 63) / 64) }
      words?[row >> 6] &= ~(1 << UInt64(row & 63))
    }
  }
  return Column(found, validity: words.map { Bitmap(words: $0, count: rows.count) })
}

private func warn(of unknown: Set<Int>, among classes: CodedColumn, _ ontology: Ontology, in context: RunContext) {
  var counts = [Int](repeating: 0, count: classes.labels.count)
  let codes = classes.codes
  for row in 0..<codes.count where codes.has(row) { counts[Int(codes.values[row])] += 1 }
  let ordered = unknown.sorted { (-counts[$0], classes.labels[$0]) < (-counts[$1], classes.labels[$1]) }
  let events = unknown.reduce(0) { $0 + counts[$1] }
  context.warn(
    .warning(
      .codesWithoutScore,
      "\(events) of \(codes.count) events have a code that \(ontology.name) has no score for", parameter: "ontology",
      hint: "such events have neither Goldstein score nor quad class",
      notes: ordered.prefix(20).map { "'\(classes.labels[$0])': \(counts[$0])" }
        + (ordered.count > 20 ? ["and \(ordered.count - 20) more codes"] : [])))
}

extension DiagnosticKind {
  static let codesWithoutScore = DiagnosticKind(
    "csv.codes-without-score", "Some codes are not of the scheme that `ontology` names.",
    "Their events have no Goldstein score and no quad class. CAMEO codes are two to four digits and keep their leading "
      + "zeros: a spreadsheet that turned 010 into 10 has changed a statement into a demand.")
}
