import ArgumentParser
import Engine
import JSONText
import Statistics
import Workbench

/// How change points are found.
enum DetectionMethod: String, CaseIterable, ExpressibleByArgument {
  case meanOrTrend = "mean-or-trend"
  case counts
}

/// The command `casus detect`.
struct Detect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the change points of a column of numbers.",
    discussion: """
      A change point is the first row of a new regime; rows count from 0, without the header. Rows whose number is \
      missing are passed over. Each comes with the rows in which it lies with a probability of 95 %.

      mean-or-trend finds where the level, or the trend, of any series becomes another: few changes, salient ones.
      counts finds where the rate of events becomes another. It allows for counts that vary more than chance alone \
      would have it, and says how likely as strong a change is where there is none (p).

      EXAMPLES:
        casus detect nile.csv --column flow --label year
        casus detect disasters.csv --column accidents --method counts --json
        casus detect out/tables/panel/panel.csv --column events --method counts
      """)

  @Argument(help: "A CSV file with a header, or a TSV file; it may be compressed with gzip.", completion: .file())
  var file: String
  @Option(help: "The column of numbers.") var column: String
  @Option(help: "How change points are found: mean-or-trend or counts.") var method = DetectionMethod.meanOrTrend
  @Option(help: "A column that names the rows, such as dates.") var label: String?
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let (numbers, found) = try await answering(output) { () throws(Diagnostic) in
      let numbers = try NumberColumn(column, label: label, of: file, isCount: method == .counts)
      let present = numbers.values.count { $0 != nil }
      guard present >= 4 else {
        throw .error(
          .tooFewValues, "column '\(column)' has \(present) \(plural("value", present)), expected at least 4",
          at: SourceLocation(file: file), hint: "a change needs values before and after it")
      }
      return (numbers, Detection(numbers.values, method))
    }
    if output.json { answer(found, numbers, terminal) } else { show(found, numbers, terminal) }
  }

  private func answer(_ found: Detection, _ numbers: NumberColumn, _ terminal: Terminal) {
    let changes = found.changes.map { change -> JSONValue in
      var members: [String: JSONValue] = [
        "index": .integer(change.index), "line": .integer(numbers.lines[change.index]), "low": .integer(change.low),
        "high": .integer(change.high), "before": .number(change.before), "after": .number(change.after),
      ]
      if label != nil {
        members["label"] = .string(numbers.labels[change.index])
        members["label_low"] = .string(numbers.labels[change.low])
        members["label_high"] = .string(numbers.labels[change.high])
      }
      return .object(members)
    }
    terminal.answer([
      "type": "detect", "column": .string(column), "method": .string(method.rawValue),
      "count": .integer(numbers.values.count), "missing": .integer(numbers.values.count { $0 == nil }),
      "p": found.p.map { .number($0) } ?? .null, "changePoints": .array(changes),
    ])
  }

  private func show(_ found: Detection, _ numbers: NumberColumn, _ terminal: Terminal) {
    let p = found.p.map { " (p \(fourDigits($0)))" } ?? ""
    guard !found.changes.isEmpty else {
      terminal.answer("no change in \(grouped(numbers.values.count)) rows\(p)\n")
      return
    }
    func rows(_ change: Detection.Change) -> String {
      change.low == change.high ? "\(change.low)" : "\(change.low) to \(change.high)"
    }
    func names(_ change: Detection.Change) -> String {
      let (low, high) = (numbers.labels[change.low], numbers.labels[change.high])
      return low == high ? low : "\(low) to \(high)"
    }
    let named = label.map { [$0, "95 % set"] } ?? []
    var table = TextTable(
      ["index"] + (label == nil ? ["95 % set"] : []) + ["mean before", "after"] + named,
      [.right] + (label == nil ? [.right] : []) + [.right, .right])
    for change in found.changes {
      table.add(
        ["\(change.index)"] + (label == nil ? [rows(change)] : [])
          + [fourDigits(change.before), fourDigits(change.after)]
          + (label == nil ? [] : [numbers.labels[change.index], names(change)]))
    }
    terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    let count = found.changes.count
    terminal.note("\(count) \(plural("change", count)) in \(grouped(numbers.values.count)) rows\(p)\n")
  }
}

/// The change points found in a series.
private struct Detection {
  /// One change point.
  struct Change {
    /// The first index of the new regime.
    var index: Int
    /// The first and the last index of the set that holds the change with a probability of 95 %.
    var low: Int
    var high: Int
    /// The means of the values from the change before, and up to the next.
    var before: Double
    var after: Double
  }
  private(set) var changes: [Change] = []
  /// The p-value of any change at all, where the method has one.
  private(set) var p: Double?

  init(_ values: [Double?], _ method: DetectionMethod) {
    switch method {
    case .meanOrTrend:
      let points = meanOrTrendChanges(values)
      take(points, meanOrTrendPosteriors(of: points, in: values), values)
    case .counts:
      let present = values.indices.filter { values[$0] != nil }
      var search = ChangeSearch()
      search.minimum = 3
      let series = CountSeries(present.compactMap { values[$0] })
      let found = search.changes(in: [ChangeFamily(.counts(series), seed: 1)])[0]
      p = found.existence.p
      take(
        found.changes.map { present[$0.index] }, found.changes.map { $0.posterior.renamed { present[$0] } }, values)
    }
  }
  private mutating func take(_ points: [Int], _ posteriors: [ChangePosterior], _ values: [Double?]) {
    func mean(_ range: Range<Int>) -> Double {
      let present = range.compactMap { values[$0] }
      return present.reduce(0, +) / Double(max(1, present.count))
    }
    for (place, point) in points.enumerated() {
      let set = place < posteriors.count ? posteriors[place].set() : []
      let (start, end) = (place > 0 ? points[place - 1] : 0, place + 1 < points.count ? points[place + 1] : values.count)
      changes.append(
        Change(
          index: point, low: min(point, set.first ?? point), high: max(point, set.last ?? point),
          before: mean(start..<point), after: mean(point..<end)))
    }
  }
}
