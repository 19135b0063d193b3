import EventModel
import JSONText
public import Workbench

/// The `leverage` analyzer: who depends on whose cooperation, and which demands were complied with.
public struct LeverageAnalyzer: Analyzer {
  private let choice: EventChoice
  private let split: [Day]
  private let actors: [String]?
  private let within: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "leverage", name: "Leverage",
    summary:
      "Measures who depends on whose cooperation, and which demands were promised, refused and complied with.",
    citation:
      "Hirschman 1945, National Power and the Structure of Foreign Trade; Barbieri 1996, Journal of Peace "
      + "Research 33:29; Kaplan and Meier 1958, JASA 53:457",
    diagnostics: [.unknownActor, .splitOutside, .noDemandCodes, .demandsOutside])

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let cooperation: [CooperationKind] = parameters.optional(
      "cooperation", default: [.verbal, .material], "Which cooperation counts, by quad class.",
      where: .nonemptyList())
    let countsStates = parameters.optional(
      "states", default: false,
      "Whether states in force (date precision span) count as cooperation, once in each window that they reach into."
    )
    split = parameters.optional(
      "split", default: [],
      "The days on which a new window begins; without any, all covered days are one window.",
      where: ParameterRule("rise from day to day") { days in
        zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
      })
    let named: OneOrMore<String>? = parameters.optional(
      "actors", "Whose dependence and whose demands are looked at; left out: everyone's.",
      where: ParameterRule("have at least one actor, none of them empty") {
        !$0.elements.isEmpty && $0.elements.allSatisfy { !$0.isEmpty }
      })
    actors = named?.elements
    within = parameters.optional(
      "within", default: 90, "The days in which an act counts as an answer to a demand.",
      where: .inside(1...1_000))
    let appeals = parameters.optional(
      "appeals", default: false, "Whether appeals (CAMEO 02) are demands as well.")
    let confidence = parameters.optional(
      "min_confidence", default: 0.0,
      "The least confidence of an event that counts; events without one always do.",
      where: .inside(0...1))
    choice = EventChoice(
      quads: cooperation.map(\.quadClass), countsStates: countsStates, countsAppeals: appeals,
      minConfidence: confidence)
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(
        columns: EventColumns([.actor1, .actor2, .eventClass, .quadClass]), direction: .directed),
      optional: EventColumns([.id, .about, .incidents, .incidentsLow, .incidentsHigh, .confidence]))
  }
  /// The tables it makes.
  public var yields: [TableSchema] { [Dependence.schema, Compliance.schema, Demand.schema] }

  /// Analyzes the events.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic)
    -> AnalysisResult
  {
    let events = input.events
    let covered = coveredDays(events)
    warnOfUnknownActors(events, in: context)
    let windows = windows(covered, in: context)
    let cooperation = try Cooperation(events, choice, windows, covered, in: context)
    let dependence = try cooperation.dependence(of: actors, in: context)
    let demands = try DemandSearch(events, choice, covered, within: within, in: context).demands(
      by: actors)
    let compliance = Compliance.all(demands, within: within)
    let findings =
      ComplianceFindings(compliance, demands, within: within).all
      + DependenceFindings(dependence, windows: windows, named: actors).all
    return AnalysisResult(
      tables: [Dependence.table(dependence), Compliance.table(compliance), Demand.table(demands)],
      findings: findings.isEmpty
        ? [
          Finding(
            "No cooperation between two actors is reported, and no demand.", strength: .descriptive)
        ]
        : findings.enumerated().sorted {
          ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }.map(\.element),
      charts: charts)
  }

  private var charts: [Chart] {
    [
      Chart(
        "dependence",
        "Share of an actor's reported cooperation that is with a partner, with 95 % intervals",
        kind: .line, table: "dependence", x: "from", y: ["share"], series: "partner",
        interval: ["share_low", "share_high"], panels: ["actor"]),
      Chart(
        "compliance", "Share of demands met within \(within) days, with 95 % intervals",
        kind: .bars,
        table: "compliance", x: "target", y: ["done_share"], series: "demander",
        interval: ["done_share_low", "done_share_high"]),
      Chart(
        "demands", "Demands and how long they were waited for", kind: .timeline, table: "demands",
        x: "first",
        y: ["days"], series: "about", interval: ["until"], panels: ["demander", "target"],
        label: "outcome"),
    ]
  }

  /// The days that every source covers; those of the events where no source says.
  private func coveredDays(_ events: EventTable) -> CoveredDays {
    guard events.coverage.isEmpty else { return CoveredDays(byAll: events.coverage) }
    guard let from = events.firstDay.values.min(), let to = events.lastDay.values.max() else {
      return CoveredDays([])
    }
    return CoveredDays([(from: from, to: to)])
  }

  /// The windows from one day of `split` to the next.
  private func windows(_ covered: CoveredDays, in context: RunContext) -> [TimeWindow] {
    guard let first = covered.stretches.first?.lowerBound,
      let last = covered.stretches.last?.upperBound
    else {
      return []
    }
    let inside = split.filter { $0 > first && $0 <= last }
    for day in split where !inside.contains(day) {
      context.warn(
        .warning(
          .splitOutside, "no window begins on \(day): the days covered are \(first) to \(last)",
          parameter: "split",
          hint: "mend the date, or `covers` of the sources"))
    }
    return zip([first] + inside, inside.map { $0.adding(days: -1) } + [last]).map {
      TimeWindow(from: $0, to: $1)
    }
  }

  private func warnOfUnknownActors(_ events: EventTable, in context: RunContext) {
    guard let actors, events.count > 0, let columns = events.dyadActors else { return }
    var isSeen = [Bool](repeating: false, count: columns.labels.count)
    for column in [columns.actor1, columns.actor2] {
      for (row, code) in column.values.enumerated() where column.has(row) {
        isSeen[Int(code)] = true
      }
    }
    let known = columns.labels.indices.filter { isSeen[$0] }.map { columns.labels[$0] }
    for name in actors where !known.contains(name) {
      let near = nearestName(to: name, among: known).map { [$0] } ?? Array(known.prefix(30))
      context.warn(
        .warning(
          .unknownActor, "'\(name)' takes part in no event", parameter: "actors",
          hint: suggestion(for: name, among: near)))
    }
  }
}

extension Finding {
  /// The strongest first, plain counts last.
  var rank: Int { Strength.allCases.firstIndex(of: strength) ?? Strength.allCases.count }
}

/// Which events count.
struct EventChoice: Sendable {
  /// The quad classes of cooperation.
  var quads: [QuadClass]
  /// Whether states in force are cooperation.
  var countsStates: Bool
  /// Whether appeals are demands.
  var countsAppeals: Bool
  /// The least confidence.
  var minConfidence: Double
}

/// Cooperation in words or in deeds.
enum CooperationKind: String, ScalarParameter, CaseIterable {
  case verbal, material
  var quadClass: QuadClass { self == .verbal ? .verbalCooperation : .materialCooperation }
}

/// Days from one to another.
struct TimeWindow: Sendable {
  let from: Day
  let to: Day
}

extension DiagnosticKind {
  static let unknownActor = DiagnosticKind(
    "leverage.unknown-actor", "An actor that `actors` names takes part in no event.",
    "Its name may be misspelled, or the event set may leave it out. Names are those after the workspace's table of "
      + "actors was applied; `casus actors` lists them.")
  static let splitOutside = DiagnosticKind(
    "leverage.split-outside", "A day of `split` lies outside what the sources cover.",
    "It divides nothing, so it is passed over.")
  static let noDemandCodes = DiagnosticKind(
    "leverage.no-demand-codes", "The event classes do not say which events are demands.",
    "Demands, promises and answers are told apart by CAMEO codes or PLOVER categories. With other classes the tables "
      + "of demands and compliance stay empty; name the ontology in the source, where the classes are of one."
  )
  static let demandsOutside = DiagnosticKind(
    "leverage.demands-outside", "Demands begin on days that not every source covers.",
    "What followed them may not be in the data. They are left out.")
}
