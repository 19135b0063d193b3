import EventModel
import JSONText
import Workbench
import WorkspaceFormat

extension DiagnosticKind {
  static let unmetExpectation = DiagnosticKind(
    "source.unexpected", "A source's events are not as the workspace expects.",
    "`expect` says what must hold of a source, whatever release its file is of. The message counts what breaks it, and "
      + "the notes name the first. With `on: warn` the run goes on; with `on: fail`, the default, the source fails and "
      + "what needs it is not done.")
}

/// An expectation that a source's events break.
private struct Breach {
  var parameter: String
  var location: SourceLocation?
  var message: String
  /// The first rows that break it.
  var rows: [Int] = []
  static let rowsShown = 5
}

extension ExpectationEntry {
  /// The columns it names, each with its place.
  var named: [(column: EventColumn, location: SourceLocation)] {
    ((unique?.value ?? []) + (notNull?.value ?? [])).map { ($0.value, $0.location) }
      + (between?.limits ?? []).map { ($0.column, $0.location) }
  }
  /// The expectations as keys count them.
  var identity: JSONValue {
    [
      "rows": [
        "min": rows?.value.min.map { .integer($0) } ?? .null, "max": rows?.value.max.map { .integer($0) } ?? .null,
      ],
      "unique": .array((unique?.value ?? []).map { $0.value.json }),
      "not_null": .array((notNull?.value ?? []).map { $0.value.json }),
      "between": .array(
        (between?.limits ?? []).map {
          ["column": $0.column.json, "low": .number($0.range.lowerBound), "high": .number($0.range.upperBound)]
        }),
      "on": on.json,
    ]
  }
  /// Where an expectation is written, by its path.
  func location(of parameter: String?) -> SourceLocation? {
    let parts = parameter?.split(separator: ".").dropFirst().map(String.init) ?? []
    switch parts.first {
    case "rows": return rows?.location
    case "unique": return unique?.location
    case "not_null": return notNull?.value.first { $0.value.name == parts.last }?.location
    case "between": return between?.limits.first { $0.column.name == parts.last }?.location
    default: return nil
    }
  }

  /// The expectations that events break, in the order in which they are declared.
  fileprivate func breaches(in events: EventTable) -> [Breach] {
    var breaches: [Breach] = []
    func add(_ parameter: String, _ message: (Int) -> String, _ rows: [Int]) {
      guard !rows.isEmpty else { return }
      breaches.append(
        Breach(parameter: parameter, message: message(rows.count), rows: Array(rows.prefix(Breach.rowsShown))))
    }
    if let limits = rows?.value, !((limits.min ?? 0)...(limits.max ?? .max)).contains(events.count) {
      let wanted = [limits.min.map { "at least \($0)" }, limits.max.map { "at most \($0)" }].compactMap { $0 }
      breaches.append(
        Breach(
          parameter: "expect.rows",
          message: "events: \(events.count), expected \(wanted.joined(separator: " and "))"))
    }
    if let unique {
      let columns = unique.value.map(\.value)
      let names = columns.map { "'\($0.name)'" }.joined(separator: ", ")
      add("expect.unique", { "events that agree with an earlier one in \(names): \($0)" }, events.repeats(in: columns))
    }
    for column in (notNull?.value ?? []).map(\.value) {
      guard let validity = events[column]?.validity else { continue }
      add(
        "expect.not_null.\(column.name)", { "events without '\(column.name)': \($0) of \(events.count)" },
        (0..<events.count).filter { !validity[$0] })
    }
    for limit in between?.limits ?? [] {
      guard let numbers = events[limit.column]?.numbers else { continue }
      add(
        "expect.between.\(limit.column.name)", { "events whose '\(limit.column.name)' is not in \(limit.text): \($0)" },
        numbers.indices.filter { row in numbers[row].map { !limit.range.contains($0) } ?? false })
    }
    return breaches
  }
}

extension EventTable {
  /// The rows that agree with an earlier one in every one of some columns; a row that lacks a value agrees with none.
  fileprivate func repeats(in columns: [EventColumn]) -> [Int] {
    struct Pair: Hashable {
      var before: Int
      var next: Int
    }
    var groups = [Int?](repeating: 0, count: count)
    for column in columns {
      guard let values = self[column]?.groups else { return [] }
      var numbers: [Pair: Int] = [:]
      groups = zip(groups, values).map { before, next in
        guard let before, let next else { return nil }
        let pair = Pair(before: before, next: next)
        let number = numbers[pair] ?? numbers.count
        numbers[pair] = number
        return number
      }
    }
    var seen: Set<Int> = []
    return groups.indices.filter { row in groups[row].map { !seen.insert($0).inserted } ?? false }
  }
}

extension EventTable.Values {
  /// The values as numbers, dates as days since 1970; nil for columns without an order.
  fileprivate var numbers: [Double?]? {
    switch self {
    case .days(let column): column.optionals { Double($0.daysSinceEpoch) }
    case .integers(let column): column.optionals(Double.init)
    case .bytes(let column): column.optionals(Double.init)
    case .scores(let column): column.optionals(\.value)
    case .reals(let column): column.optionals { $0 }
    case .codes, .text, .records: nil
    }
  }
  /// A number for each value, equal for equal values.
  fileprivate var groups: [Int?] {
    switch self {
    case .days(let column): return column.optionals { Int($0.daysSinceEpoch) }
    case .integers(let column): return column.optionals { Int($0) }
    case .bytes(let column): return column.optionals { Int($0) }
    case .scores(let column): return column.optionals { Int($0.millionths) }
    case .reals(let column): return column.optionals { Int(bitPattern: UInt(($0 + 0).bitPattern)) }
    case .codes(let column): return column.codes.optionals { Int($0) }
    case .records(let column): return column.optionals { Int(bitPattern: UInt($0.packed)) }
    case .text(let column):
      var numbers: [String: Int] = [:]
      return (0..<column.count).map { row in
        guard let text = column[row] else { return nil }
        let number = numbers[text] ?? numbers.count
        numbers[text] = number
        return number
      }
    }
  }
}
extension Column {
  fileprivate func optionals<Result>(_ transform: (Value) -> Result) -> [Result?] {
    values.indices.map { has($0) ? transform(values[$0]) : nil }
  }
}

extension Engine {
  /// Under which key it is kept that a source's events are as expected: the columns named, and what is expected of them.
  func expectationKey(_ expect: ExpectationEntry, _ record: StepRecord) -> StepKey {
    let columns = expect.columns.union([.id, .record]).intersection(record.columns).columns
    return StepKey([
      "kind": "expectation", "expect": expect.identity, "rows": .integer(record.rows),
      "columns": .object(
        Dictionary(uniqueKeysWithValues: columns.map { ($0.name, .string(record.outputs[$0.name] ?? "")) })),
    ])
  }

  /// The record of a source with the warnings of what is expected of it; nil where that has still to be checked.
  func expected(of source: SourceStep, _ record: StepRecord) throws(Diagnostic) -> StepRecord? {
    guard let expect = source.entry.expect else { return record }
    guard let warnings = try records.expectation(expectationKey(expect, record)) else { return nil }
    var expected = record
    expected.warnings += warnings.map { warning in
      var located = warning
      located.location = expect.location(of: warning.parameter)
      return located
    }
    return expected
  }

  /// What an archive keeps of the expectations of a source: the key that they have for the columns archived, and the
  /// warnings; nil where nothing is expected.
  func archivedExpectation(
    of source: SourceStep, _ record: StepRecord, _ archived: StepRecord
  ) throws(Diagnostic) -> JSONValue? {
    guard let expect = source.entry.expect,
      let warnings = try records.expectation(
        expectationKey(expect, try records.record(.source, digest: record.key) ?? record))
    else { return nil }
    return [
      "key": .string(expectationKey(expect, archived).digest), "warnings": .array(warnings.map(\.recordJSON)),
    ]
  }

  /// Checks what is expected of a source's events.
  ///
  /// - Returns: the record with the warnings found; throws where what is broken must hold.
  func checkExpectations(
    of source: SourceStep, _ events: EventTable, _ record: StepRecord, _ context: RunContext
  ) async throws(Diagnostic) -> StepRecord {
    guard let expect = source.entry.expect else { return record }
    var found: [Diagnostic] = []
    for breach in expect.breaches(in: events) {
      found.append(
        Diagnostic(
          expect.on == .fail ? .error : .warning, .unmetExpectation, "source '\(source.name)': \(breach.message)",
          at: expect.location(of: breach.parameter), parameter: breach.parameter,
          notes: await places(of: breach.rows, in: events, of: source, context),
          exit: expect.on == .fail ? .failed : .invalid))
    }
    if expect.on == .fail, let first = found.first {
      for other in found.dropFirst() { context.warn(other) }
      throw first
    }
    for warning in found { context.warn(warning) }
    try records.keep(found, expectation: expectationKey(expect, record))
    var checked = record
    checked.warnings += found
    return checked
  }

  /// Rows as a reader finds them: identifier, file and line, where they are known.
  private func places(
    of rows: [Int], in events: EventTable, of source: SourceStep, _ context: RunContext
  ) async -> [String] {
    let references = rows.compactMap { events.record?[$0] }
    var lines: [SourceLocation] = []
    if references.count == rows.count, !rows.isEmpty {
      lines = (try? await source.plugin.instance.records(references, in: context))?.map(\.location) ?? []
    }
    return rows.enumerated().map { index, row in
      let name = events.id?[row].map { "'\($0)'" } ?? "record \(row + 1)"
      return index < lines.count && lines.count == rows.count
        ? "\(name) at \(lines[index].file):\(lines[index].line)" : name
    }
  }

  /// Checks what is expected of kept events, without reading their files.
  func recheck(
    _ source: SourceStep, _ columns: EventColumns, _ record: StepRecord, context: RunContext
  ) async throws(StepFailure) -> StepOutcome {
    let events = try load(source.name, record, columns, context)
    do throws(Diagnostic) {
      return .source(events, try await checkExpectations(of: source, events, record, context))
    } catch {
      throw .problem(error)
    }
  }
}
