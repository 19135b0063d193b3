public import EventModel
public import Workbench

extension EventTable {
  /// The same events with the Goldstein scores or quad classes that a scale gives to their classes.
  ///
  /// Classes are looked up once each, so the cost is one pass over the rows for each column. Classes that the scale does
  /// not know give no value and are counted: in a warning where they are more than 5 % of the events that have a class,
  /// else in a note.
  /// - Parameter columns: `goldstein`, `quadClass` or both; others are left as they are.
  public func scored(
    _ columns: EventColumns, by scale: EventScale, in context: RunContext
  ) throws(Diagnostic) -> EventTable {
    guard !columns.isDisjoint(with: [.goldstein, .quadClass]), let classes = eventClass else { return self }
    try context.checkCancellation()
    var added: [EventColumn: Values] = [:]
    if columns.contains(.goldstein) {
      let scores = classes.labels.map(scale.score(of:))
      added[.goldstein] = .scores(valuesOfCodes(classes.codes, from: scores, none: GoldsteinScore(millionths: 0)))
    }
    if columns.contains(.quadClass) {
      let quadClasses = classes.labels.map { scale.quadClass(of: $0)?.rawValue }
      added[.quadClass] = .bytes(valuesOfCodes(classes.codes, from: quadClasses, none: 0))
    }
    reportUnknown(among: classes, scale, in: context)
    return replacing(added)
  }
}

/// The value of each row's code.
private func valuesOfCodes<Value: BitwiseCopyable & Sendable>(
  _ codes: Column<UInt32>, from values: [Value?], none: Value
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

private func reportUnknown(among classes: CodedColumn, _ scale: EventScale, in context: RunContext) {
  let unknown = classes.labels.indices.filter { !scale.knows(classes.labels[$0]) }
  guard !unknown.isEmpty else { return }
  var counts = [Int](repeating: 0, count: classes.labels.count)
  let codes = classes.codes
  for row in 0..<codes.count where codes.has(row) { counts[Int(codes.values[row])] += 1 }
  let (events, all) = (unknown.reduce(0) { $0 + counts[$1] }, codes.count - codes.missing)
  guard events > 0 else { return }
  let ordered = unknown.filter { counts[$0] > 0 }
    .sorted { (-counts[$0], classes.labels[$0]) < (-counts[$1], classes.labels[$1]) }
  context.warn(
    Diagnostic(
      events * 20 > all ? .warning : .note, .unknownClasses,
      "\(events) of \(all) events with a class have one that the scale '\(scale.name)' does not know",
      parameter: "scale", hint: "such events have neither Goldstein score nor quad class",
      notes: ordered.prefix(20).map { "'\(classes.labels[$0])': \(counts[$0])" }
        + (ordered.count > 20 ? ["and \(ordered.count - 20) more classes"] : [])))
}

extension DiagnosticKind {
  static let unknownClasses = DiagnosticKind(
    "scales.unknown-classes", "Some events have a class that the scale does not know.",
    "They have no Goldstein score and no quad class, so what is made of those counts them nowhere. A note tells of few, a "
      + "warning of more than one event in twenty. CAMEO codes are two to four digits and keep their leading zeros: a "
      + "spreadsheet that turned 010 into 10 has changed a statement into a demand.")
}
