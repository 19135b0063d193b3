import EventModel
import Statistics
import Workbench

/// The tones of relationships that an analysis by `relationship-shift` estimated, as networks.
struct ScoredRelationships {
  static let plugin = "relationship-shift"
  /// What tables call the state on the last day that every source covers.
  static let latest = "latest"
  private let analyses: [NamedAnalysis]
  private let length: PeriodLength

  init(_ analyses: [NamedAnalysis], period: PeriodLength) {
    self.analyses = analyses.filter { $0.plugin == Self.plugin }
    length = period
  }

  /// A network for the end of each period, of the dyads with enough events for a series, and one of how all dyads stand
  /// last, `latest`.
  func networks(in context: RunContext) throws(Diagnostic) -> [SignedNetwork] {
    guard analyses.count == 1, let dyads = analyses[0].result["dyads"], let series = analyses[0].result["series"] else {
      throw .error(
        .badScores, "the tables of \(analyses.count) analyses by '\(Self.plugin)' are given, expected those of one",
        hint: "name one of them in 'from'")
    }
    let ends = try ends(of: series)
    var last: [Dyad: Double] = [:]
    for end in ends { last[end.dyad] = end.relationship.score?.drift }
    let latest = try states(in: dyads).map { state in
      var relationship = state.relationship
      relationship.score?.drift = last[state.dyad]
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
      networks.append(try network(period.firstDay.description, (byPeriod[period] ?? []).map(\.relationship)))
    }
    if !latest.isEmpty { networks.append(try network(Self.latest, latest)) }
    return networks
  }

  private func network(_ period: String, _ relationships: [Relationship]) throws(Diagnostic) -> SignedNetwork {
    guard let network = SignedNetwork(period: period, relationships) else {
      throw .error(.badScores, "the table has two actors with two relationships in '\(period)'")
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
  }

  /// How each dyad stands at the end of each period, with the change since the end of the period before.
  private func ends(of series: ResultTable) throws(Diagnostic) -> [End] {
    guard case .dates(let days)? = series["period"] else { throw lacking("period", series) }
    var ends: [End] = []
    // The rows of a dyad stand together and rise in time, so the last one of a period is its end.
    for state in try states(in: series) {
      guard let day = days[state.row] else { continue }
      let end = End(dyad: state.dyad, period: Period(length, holding: day), relationship: state.relationship)
      if let last = ends.last, last.dyad == end.dyad, last.period == end.period { ends.removeLast() }
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
    guard case .text(let one)? = table["actor1"] else { throw lacking("actor1", table) }
    guard case .text(let other)? = table["actor2"] else { throw lacking("actor2", table) }
    guard case .reals(let tones)? = table["tone"] else { throw lacking("tone", table) }
    guard case .reals(let errors)? = table["tone_se"] else { throw lacking("tone_se", table) }
    guard case .integers(let scored)? = table["scored"] else { throw lacking("scored", table) }
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
  private func lacking(_ column: String, _ table: ResultTable) -> Diagnostic {
    .error(.badScores, "the table '\(table.schema.name)' has no column '\(column)' of the kind expected", exit: .plugin)
  }
}
