import EventModel
import Statistics
import Workbench

/// The tones of relationships that an analysis by `relationship-shift` estimated, as networks.
struct ScoredRelationships {
  static let plugin = "relationship-shift"
  static let tables = ["dyads", "series", "shifts"]
  /// What tables call the state on the last day that every source covers.
  static let latest = "latest"
  private let dyads: ResultTable
  private let series: ResultTable
  private let shiftTable: ResultTable
  private let length: PeriodLength

  /// Takes the tables of the one analysis that has them.
  init(_ analyses: [NamedAnalysis], period: PeriodLength) throws(Diagnostic) {
    let scoring = analyses.filter { $0.plugin == Self.plugin }
    guard scoring.count == 1, let dyads = scoring[0].result["dyads"], let series = scoring[0].result["series"],
      let shifts = scoring[0].result["shifts"]
    else {
      throw .error(
        .badScores, "the tables of \(scoring.count) analyses by '\(Self.plugin)' are given, expected those of one",
        hint: "name one of them in 'from'")
    }
    (self.dyads, self.series, shiftTable) = (dyads, series, shifts)
    length = period
  }

  /// A network for the end of each period, of the dyads that have a series, and one of how all dyads stand last,
  /// `latest`.
  func networks(in context: RunContext) throws(Diagnostic) -> [SignedNetwork] {
    let ends = try ends()
    var last: [Dyad: Double] = [:]
    for end in ends { last[end.dyad] = end.relationship.score?.drift }
    let activities = try reals("activity", of: dyads)
    let latest = try states(in: dyads).map { state in
      var relationship = state.relationship
      relationship.score?.drift = last[state.dyad]
      relationship.score?.activity = activities[state.row]
      return relationship
    }
    guard !latest.isEmpty || !ends.isEmpty else {
      context.warn(
        .warning(
          .noScores, "no relationship has a tone, so there is no network to judge",
          hint: "give a signed edge list of your own as `edges`, if you have one"))
      return []
    }
    let byPeriod = Dictionary(grouping: ends) { $0.period }
    var networks: [SignedNetwork] = []
    for period in byPeriod.keys.sorted() {
      networks.append(try network(period.firstDay.description, of: period, byPeriod[period]?.map(\.relationship) ?? []))
    }
    if !latest.isEmpty { networks.append(try network(Self.latest, latest)) }
    return networks
  }

  /// The shifts that were accepted, in the order of their table.
  func shifts() throws(Diagnostic) -> [ShiftedRelationship] {
    let (one, other) = (try texts("actor1", of: shiftTable), try texts("actor2", of: shiftTable))
    let labels = try texts("label", of: shiftTable)
    let days = try dates("date", of: shiftTable)
    let (low, high) = (try dates("date_low", of: shiftTable), try dates("date_high", of: shiftTable))
    return (0..<shiftTable.count).compactMap { row in
      guard let actor1 = one[row], let actor2 = other[row], let day = days[row] else { return nil }
      return ShiftedRelationship(
        actor1: actor1, actor2: actor2, date: day, low: low[row] ?? day, high: high[row] ?? day, label: labels[row])
    }
  }

  private func network(
    _ name: String, of period: Period? = nil, _ relationships: [Relationship]
  ) throws(Diagnostic) -> SignedNetwork {
    guard let network = SignedNetwork(period: name, of: period, relationships) else {
      throw .error(
        .badScores, "the table has two actors with two relationships in '\(name)'",
        hint: "let relationship-shift take dyads, which have no direction")
    }
    return network
  }

  /// Two actors, in the order of the tables.
  private struct Dyad: Hashable {
    var actor1: String
    var actor2: String
  }
  /// A relationship with a tone, as a row of a table has it.
  private struct State {
    var dyad: Dyad
    var row: Int
    var relationship: Relationship
  }
  /// A relationship at the end of a period.
  private struct End {
    var dyad: Dyad
    var period: Period
    var relationship: Relationship
    /// Incidents in the period, and over what exposure.
    var incidents: Double
    var exposure: Double
  }

  /// How each dyad stands at the end of each period, with the change since the end of the period before.
  private func ends() throws(Diagnostic) -> [End] {
    let days = try dates("period", of: series)
    let (conflict, cooperation) = (try integers("conflict", of: series), try integers("cooperation", of: series))
    let exposures = try reals("exposure", of: series)
    var ends: [End] = []
    // The rows of a dyad stand together and rise in time, so the last one of a period is its end.
    for state in try states(in: series) {
      guard let day = days[state.row] else { continue }
      var end = End(
        dyad: state.dyad, period: Period(length, holding: day), relationship: state.relationship,
        incidents: Double((conflict[state.row] ?? 0) + (cooperation[state.row] ?? 0)),
        exposure: exposures[state.row] ?? 0)
      if let last = ends.last, last.dyad == end.dyad, last.period == end.period {
        end.incidents += last.incidents
        end.exposure += last.exposure
        ends.removeLast()
      }
      end.relationship.score?.activity = end.exposure > 0 ? end.incidents / end.exposure : nil
      ends.append(end)
    }
    for index in ends.indices.dropFirst() where ends[index].dyad == ends[index - 1].dyad {
      guard let before = ends[index - 1].relationship.score?.tone, let tone = ends[index].relationship.score?.tone
      else {
        continue
      }
      ends[index].relationship.score?.drift = tone - before
    }
    return ends
  }

  /// The relationships of a table that have a tone made of at least one event, by row.
  private func states(in table: ResultTable) throws(Diagnostic) -> [State] {
    let (one, other) = (try texts("actor1", of: table), try texts("actor2", of: table))
    let (tones, errors) = (try reals("tone", of: table), try reals("tone_se", of: table))
    let scored = try integers("scored", of: table)
    return (0..<table.count).compactMap { row -> State? in
      guard let actor1 = one[row], let actor2 = other[row], let tone = tones[row], let error = errors[row],
        let events = scored[row], events > 0, let probability = signProbability(score: tone, standardError: error)
      else { return nil }
      let score = Relationship.Score(probability: probability, tone: tone, events: Int(events))
      return State(
        dyad: Dyad(actor1: actor1, actor2: actor2), row: row,
        relationship: Relationship(actor1: actor1, actor2: actor2, isNegative: tone < 0, score: score))
    }
  }

  private func texts(_ name: String, of table: ResultTable) throws(Diagnostic) -> CodedColumn {
    guard case .text(let column)? = table[name] else { throw lacking(name, table) }
    return column
  }
  private func reals(_ name: String, of table: ResultTable) throws(Diagnostic) -> Column<Double> {
    guard case .reals(let column)? = table[name] else { throw lacking(name, table) }
    return column
  }
  private func integers(_ name: String, of table: ResultTable) throws(Diagnostic) -> Column<Int64> {
    guard case .integers(let column)? = table[name] else { throw lacking(name, table) }
    return column
  }
  private func dates(_ name: String, of table: ResultTable) throws(Diagnostic) -> Column<Day> {
    guard case .dates(let column)? = table[name] else { throw lacking(name, table) }
    return column
  }
  private func lacking(_ column: String, _ table: ResultTable) -> Diagnostic {
    .error(.badScores, "the table '\(table.schema.name)' has no column '\(column)' of the kind expected", exit: .plugin)
  }
}
