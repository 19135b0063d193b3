import EventModel
import JSONText
public import Workbench

/// The `panel` analyzer: events summed by unit and period, the table that most models of conflict start from.
public struct PanelAnalyzer: Analyzer {
  /// Whether quiet periods get rows.
  enum ZeroFill: String, CaseIterable, ScalarParameter {
    /// Only cells with events are rows.
    case none
    /// Every unit has a row in every period that all sources cover wholly.
    case covered
  }
  private let unit: PanelUnit
  private let period: PeriodLength
  private let zeroFill: ZeroFill
  private let multiPeriod: MultiPeriodRule

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "panel", name: "Panel", summary: "Sums events by unit and period: one row for each dyad and month.",
    behaviourVersion: 2,
    diagnostics: [.panelSpans, .panelWithoutUnit, .panelMultiPeriod, .panelNoCoverage, .panelTooLarge])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    unit = parameters.optional("unit", default: .dyad, "What a row is about, beside its period.")
    period = parameters.optional("period", default: .month, "The length of the periods; weeks are ISO weeks.")
    zeroFill = parameters.optional(
      "zero_fill", default: .none,
      "Whether only cells with events are rows, or each unit has a row in each period that all sources cover wholly."
    )
    multiPeriod = parameters.optional(
      "multi_period", default: .firstDay,
      "An event that lasts over several periods counts in that of its first day, is spread over them by days, or "
        + "counts nowhere.")
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: unit.columns, direction: unit == .directedDyad ? .directed : .undirected),
      optional: [EventColumns([.actor2, .incidents]), .fatalities, .goldstein, .quadClass])
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [PanelTable.schema(unit, period)] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let events = input.events
    var (panel, left) = try grouped(events, in: context)
    if zeroFill == .covered { panel = try filled(panel, events.coverage, in: context) }
    let table = try PanelTable.make(of: panel, unit: unit, period: period, in: context)
    let counted = events.count - left.spans - left.withoutUnit - left.excluded
    return AnalysisResult(
      tables: [table], findings: PanelTable.findings(panel, table, unit: unit, period: period, events: counted),
      charts: [
        Chart(
          "events", "Events by \(unit.rawValue) and \(period.rawValue)", kind: .heatMap, table: "panel", x: "period",
          y: ["events"], series: unit.columnNames)
      ])
  }

  /// The events by unit and period, and how many were left out.
  private func grouped(_ events: EventTable, in context: RunContext) throws(Diagnostic) -> (Panel, LeftOut) {
    guard let kernel = PanelKernel(events, unit: unit, period: period, multiPeriod: multiPeriod) else {
      throw .error(
        .panelTooLarge,
        "\(events.count) events by \(unit.rawValue) and \(period.rawValue) make too many rows to be counted",
        parameter: "period", hint: "choose longer periods, or events of fewer actors; do events last for centuries?",
        exit: .plugin)
    }
    let pieces = try context.concurrentMap(kernel.pieceCount) { piece throws(Diagnostic) in
      try context.checkCancellation()
      return kernel.partition(piece)
    }
    var left = LeftOut()
    for piece in pieces {
      left.spans += piece.spans
      left.excluded += piece.excluded
      left.withoutUnit += piece.withoutUnit
    }
    warn(of: left, multiPeriodEvents: kernel.multiPeriodEvents, in: context)
    let parts = kernel.sections(of: pieces)
    let sections = try context.concurrentMap(parts.count) { part throws(Diagnostic) in
      try context.checkCancellation()
      return kernel.group(parts[part], of: pieces)
    }
    return (kernel.panel(of: sections), left)
  }

  /// The panel with quiet cells where every source covers the whole period.
  private func filled(_ panel: Panel, _ coverage: [Coverage], in context: RunContext) throws(Diagnostic) -> Panel {
    let covered = CoveredDays(byAll: coverage)
    let periods = covered.periods(period).filter { covered.contains($0) }
    guard !periods.isEmpty else {
      context.warn(
        .warning(
          .panelNoCoverage, "no \(period.rawValue) is covered wholly by every source, so no zeros were filled in",
          parameter: "zero_fill", hint: "say in the workspace what each source `covers`"))
      return panel
    }
    let cells = panel.cellCountFilling(periods)
    guard cells <= Self.mostCells else {
      throw .error(
        .panelTooLarge, "with zeros the panel would have up to \(cells) rows, of at most \(Self.mostCells)",
        parameter: "zero_fill", hint: "leave zero_fill out, choose longer periods, or events of fewer actors",
        exit: .plugin)
    }
    return panel.filling(periods)
  }
  /// Some 2 GB of results.
  private static var mostCells: Int { 20_000_000 }

  private func warn(of left: LeftOut, multiPeriodEvents: Int, in context: RunContext) {
    if left.spans > 0 {
      context.warn(
        .warning(
          .panelSpans, "states in force, dated 'span': \(left.spans), left out, for they are events of no period"))
    }
    if left.withoutUnit > 0 {
      let lacks =
        switch unit {
        case .dyad, .directedDyad: "two known actors"
        case .actor: "any actor"
        case .admin1: "an admin1"
        case .country: "a country"
        }
      context.warn(
        .warning(.panelWithoutUnit, "events without \(lacks): \(left.withoutUnit), left out", parameter: "unit"))
    }
    guard multiPeriodEvents > 0 else { return }
    let events = "events that last over more than one \(period.rawValue): \(multiPeriodEvents)"
    switch multiPeriod {
    case .firstDay:
      context.warn(
        Diagnostic(
          .note, .panelMultiPeriod, "\(events), each counted in the \(period.rawValue) of its first day",
          parameter: "multi_period"))
    case .spread:
      context.warn(
        Diagnostic(
          .note, .panelMultiPeriod, "\(events), the numbers of each shared out over these by days",
          parameter: "multi_period"))
    case .exclude:
      context.warn(.warning(.panelMultiPeriod, "\(events), left out", parameter: "multi_period"))
    }
  }
}

/// How many events have no cell, by the reason.
private struct LeftOut {
  var spans = 0
  var excluded = 0
  var withoutUnit = 0
}

extension DiagnosticKind {
  static let panelSpans = DiagnosticKind(
    "panel.spans", "States in force were left out of a panel.",
    "A row with the date precision 'span' says that a state was in force from its first to its last day. It did not "
      + "happen in a period, so it counts in none.")
  static let panelWithoutUnit = DiagnosticKind(
    "panel.without-unit", "Events without an actor or a place were left out of a panel.",
    "An event with one actor only belongs to no dyad, nor does one with an actor whose kind the table of actors says is "
      + "unknown or generic: it is another one each time. `unit: actor` counts such an event for the actors it has.")
  static let panelMultiPeriod = DiagnosticKind(
    "panel.multi-period", "Events last over several periods of a panel.",
    "`multi_period: first-day` counts each in the period of its first day, `spread` shares its numbers out over its "
      + "periods by days, `exclude` leaves it out. Compare two of them to see how much hangs on it.")
  static let panelNoCoverage = DiagnosticKind(
    "panel.no-coverage", "Zeros were asked for, but no period is covered wholly.",
    "Silence is a zero only where every source covers the whole period; elsewhere the cell is missing. Say what a "
      + "source covers by `covers: {from: ..., to: ...}`.")
  static let panelTooLarge = DiagnosticKind(
    "panel.too-large", "A panel would have too many rows.",
    "A row for each unit in each period can be many times the events. Choose longer periods, fewer units, or no zeros.")
}
