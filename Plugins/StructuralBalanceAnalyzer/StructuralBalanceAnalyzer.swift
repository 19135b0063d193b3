import DelimitedText
import EventModel
public import Workbench

/// The `structural-balance` analyzer: whether friends of friends are friends and enemies of enemies too, triad by
/// triad and for the network as a whole.
public struct StructuralBalanceAnalyzer: Analyzer {
  private let edges: EdgeList?
  private let period: PeriodLength
  private let draws: Int

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "structural-balance", name: "Structural balance",
    summary: "Judges the triads of a network of friends and enemies, how balanced it is as a whole, and its camps.",
    citation:
      "Cartwright and Harary 1956, Psychological Review 63:277; Aref and Wilson 2018, Journal of Complex Networks "
      + "6:566; Estrada 2019, Discrete Applied Mathematics 268:70; Häge 2011, Political Analysis 19:287",
    diagnostics: [.badEdges, .edgesTooLarge, .repeatedEdges, .badScores, .noScores, .largeNetwork]
      + DiagnosticKind.delimitedTextKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    let path: InputPath? = parameters.optional(
      "edges",
      "A CSV file of signed relationships with actor1, actor2, sign and, if it has one, period; then no other analysis "
        + "is read.")
    let columns = parameters.optional(
      "columns", default: ParameterMap<String>([]),
      "Which column of the file of relationships stands for actor1, actor2, sign or period.")
    for name in columns.names {
      parameters.check(
        EdgeList.columnNames.contains(name), about: ["columns"], "'columns' has '\(name)', which is no column of edges",
        hint: suggestion(for: name, among: EdgeList.columnNames))
    }
    parameters.check(
      columns.names.isEmpty || path != nil, about: ["columns", "edges"],
      "'columns' names columns of the file 'edges', which is not given", hint: "add `edges:` or take 'columns' out")
    edges = path.map { EdgeList(path: $0, columns: columns) }
    period = parameters.optional(
      "period", default: .quarter,
      "The periods at whose ends the relationships of another analysis are looked at; those of a file are its own.")
    draws = parameters.optional(
      "permutations", default: 2_000, "How often the signs are dealt out by chance.", where: .inside(100...100_000))
  }

  /// What it must be given.
  public var needs: Needs {
    let tables = ScoredRelationships.tables.map { Needs.TableNeed(plugin: ScoredRelationships.plugin, table: $0) }
    return Needs(events: nil, tables: edges == nil ? tables : [])
  }
  /// The tables it makes.
  public var yields: [TableSchema] { BalanceSchemas.all }

  /// Analyzes the relationships.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let networks: [SignedNetwork]
    var shifts: [ShiftedRelationship] = []
    if let edges {
      networks = try edges.networks(in: context)
    } else {
      let scored = try ScoredRelationships(input.analyses, period: period)
      networks = try scored.networks(in: context)
      shifts = try scored.shifts()
    }
    let balances = try context.concurrentMap(networks.count) { (index: Int) throws(Diagnostic) in
      try NetworkBalance(networks[index], draws: draws, in: context)
    }
    try context.checkCancellation()
    let series = balances.filter { edges != nil || $0.network.calendarPeriod != nil }
    let changes = BalanceChange.all(in: series)
    let thirdParties = ThirdParty.all(of: shifts, in: balances)
    return AnalysisResult(
      tables: BalanceTables(balances: balances, changes: changes, thirdParties: thirdParties).all,
      findings: BalanceFindings(balances, series: series, changes: changes, thirdParties: thirdParties).all,
      charts: BalanceSchemas.charts(isDated: edges == nil))
  }
}

extension DiagnosticKind {
  static let badEdges = DiagnosticKind(
    "structural-balance.bad-edges", "A file of signed relationships makes no sense.",
    "It is a CSV file with the columns actor1, actor2, sign and, where wanted, period, and one row for two actors in a "
      + "period. The sign is 1 or -1 (+, -, positive and negative are understood); an actor has no relationship with "
      + "itself, and two actors have one sign in one period. `columns: {actor1: a}` names columns called otherwise.")
  static let edgesTooLarge = DiagnosticKind(
    "structural-balance.too-large", "A file of signed relationships is larger than such a file can be.",
    "It has one row for two actors in one period and fits into 16 MiB. Is it the file of events?")
  static let repeatedEdges = DiagnosticKind(
    "structural-balance.repeated-edges", "A file of signed relationships has some of them more than once.",
    "Relationships have no direction: a row for A and B says the same as one for B and A. Each counts once.")
  static let badScores = DiagnosticKind(
    "structural-balance.bad-scores", "The scores of relationships are not as expected.",
    "The analyzer reads the tables 'dyads' and 'series' of one analysis by relationship-shift.")
  static let noScores = DiagnosticKind(
    "structural-balance.no-scores", "No relationship has a tone, so there is no network to judge.",
    "The sign of a relationship is that of its tone, the mean score of its events. Data without scores, or without a "
      + "cooperation side, have none; a signed edge list of your own can be given as `edges`.")
  static let largeNetwork = DiagnosticKind(
    "structural-balance.large-network", "A network is too large for all that could be said of it.",
    "Similarity is computed for networks of up to 100 actors, the walk index for up to 1,000: they take time by the cube "
      + "of the number of actors.")
}
