import DelimitedText
import EventModel
import Statistics
public import Workbench

/// The `claims` analyzer: puts what is claimed to the test of the events.
public struct ClaimsAnalyzer: Analyzer {
  private let path: InputPath
  private let settings: ClaimSettings

  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "claims", name: "Claims",
    summary:
      "Puts a file of claims to the test: verdicts, numbers, the events for and against, and what would turn it.",
    citation:
      "Przyborowski and Wilenski 1940, Biometrika 31:313; Besag and Clifford 1991, Biometrika 78:301; Benjamini and "
      + "Hochberg 1995, JRSS B 57:289; Cartwright and Harary 1956, Psychological Review 63:277",
    diagnostics: [.badClaims, .claimsTooLarge, .claimUnknownActor, .claimUnknownClass, .claimWordedSign]
      + DiagnosticKind.delimitedTextKinds)

  /// Reads the parameters.
  public init(parameters: inout ParameterReader) {
    path = parameters.required(
      "path",
      "A CSV file of claims with claim, kind, actor1, actor2, from, to and, where a kind needs them, compare_from, "
        + "compare_to, about, classes, sign and actor3.")
    let actors = parameters.optional(
      "actors", default: ParameterMap<String>([]),
      "What these data call an actor of the file: {Pakistan: Government of Pakistan}.")
    let classes = parameters.optional(
      "classes", default: ParameterMap<[String]>([]),
      "Which event classes of these data a word in the column `classes` stands for: {18-20: [state-based]}.")
    let evidence = parameters.optional(
      "evidence", default: 10, "How many events for and how many against each claim are listed.",
      where: .inside(1...1_000))
    let permutations = parameters.optional(
      "permutations", default: 1_999, "How often the weeks of a peak's days are shuffled, at most.",
      where: .inside(99...99_999))
    let confidence = parameters.optional(
      "min_confidence", default: 0.0, "The least confidence of an event that counts; events without one always do.",
      where: .inside(0...1))
    settings = ClaimSettings(
      actors: Dictionary(actors.entries.map { ($0.name, $0.value) }) { $1 },
      classes: Dictionary(classes.entries.map { ($0.name, $0.value) }) { $1 }, evidence: evidence,
      permutations: permutations, minConfidence: confidence)
  }

  /// What it must be given.
  public var needs: Needs {
    Needs(
      events: EventSchema(columns: .actors, direction: .undirected),
      optional: [
        .id, .eventClass, .quadClass, .goldstein, .about, .incidents, .confidence,
      ],
      tables: LeverageTables.needs)
  }
  /// The tables it makes.
  public var yields: [TableSchema] { ClaimTables.all }

  /// Puts the claims to the test.
  public func analyze(_ input: AnalysisInput, in context: RunContext) throws(Diagnostic) -> AnalysisResult {
    let claims = try ClaimsFile(path, in: context).claims()
    let events = ClaimedEvents(input.events, settings)
    warn(of: claims, events, in: context)
    let bench = ClaimBench(events: events, settings: settings, leverage: LeverageTables(input.analyses))
    var results = try context.concurrentMap(claims.count) { index throws(Diagnostic) in
      try bench.result(of: claims[index], in: context)
    }
    let tested = results.indices.filter { results[$0].judgement.pValue != nil }
    let rates = falseDiscoveryRates(tested.compactMap { results[$0].judgement.pValue })
    for (index, rate) in zip(tested, rates) { results[index].falseDiscoveryRate = rate }
    let tables = ClaimTables(results: results, events: events, limit: settings.evidence)
    return AnalysisResult(
      tables: tables.all, findings: ClaimFindings(results: results, events: events).all, charts: ClaimTables.charts)
  }

  private func warn(of claims: [Claim], _ events: ClaimedEvents, in context: RunContext) {
    let worded = claims.filter { $0.isSignFromText && $0.sign != nil }
    if !worded.isEmpty {
      context.warn(
        Diagnostic(
          .note, .claimWordedSign,
          "friendly or hostile is read from the text of \(worded.map(\.name).joined(separator: ", "))",
          parameter: "path", hint: "add a column 'sign' with 1 or -1"))
    }
    guard events.table.count > 0 else { return }
    let known = events.names
    for claim in claims where claim.kind != .conditional || claim.compared != nil {
      for (column, actor) in [("actor1", claim.actor1), ("actor2", claim.actor2), ("actor3", claim.actor3)] {
        guard let actor, !events.has(actor) else { continue }
        let near = nearestName(to: events.name(of: actor), among: known).map { [$0] } ?? Array(known.prefix(30))
        context.warn(
          .warning(
            .claimUnknownActor, "'\(events.name(of: actor))' of claim '\(claim.name)' takes part in no event",
            at: claim.places[column], parameter: "path", hint: suggestion(for: events.name(of: actor), among: near)))
      }
      for name in events.unknownClasses(of: claim) {
        context.warn(
          .warning(
            .claimUnknownClass, "no event has the class '\(name)' of claim '\(claim.name)'",
            at: claim.places["classes"], parameter: "path",
            hint: "`classes: {\(name): ...}` says what it is here; known: \(events.classNames.joined(separator: ", "))")
        )
      }
    }
  }
}

/// How claims are read in these data.
struct ClaimSettings: Sendable {
  /// The data's names by those of the file.
  var actors: [String: String]
  /// The data's classes by the words of the file.
  var classes: [String: [String]]
  var evidence: Int
  var permutations: Int
  var minConfidence: Double
}

extension DiagnosticKind {
  static let badClaims = DiagnosticKind(
    "claims.bad-claims", "A file of claims makes no sense.",
    "It is a CSV file with one row for each claim and the columns claim, kind, actor1, actor2, from and to; where a kind "
      + "needs them compare_from, compare_to, about, classes, sign (1 or -1) and actor3; text is a label, and columns "
      + "whose name begins with expected_ are passed over. Kinds: "
      + ClaimKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  static let claimsTooLarge = DiagnosticKind(
    "claims.too-large", "A file of claims is larger than such a file can be.",
    "It has one row for each claim and fits into 4 MiB. Is it the file of events?")
  static let claimUnknownActor = DiagnosticKind(
    "claims.unknown-actor", "An actor of a claim takes part in no event.",
    "The claim cannot be tested. The name may be misspelled, the event set may leave the actor out, or the data call it "
      + "otherwise: `actors: {Pakistan: Government of Pakistan}`. `casus actors` lists the names.")
  static let claimUnknownClass = DiagnosticKind(
    "claims.unknown-class", "No event has a class that a claim names.",
    "The claim cannot be tested. CAMEO codes, and ranges of their roots such as 18-20, are understood where events have "
      + "such; of other data say what stands for them: `classes: {18-20: [state-based]}`.")
  static let claimWordedSign = DiagnosticKind(
    "claims.worded-sign", "Whether a claim says friendly or hostile is read from its text.",
    "Claims of the kinds sign and sign-change need a sign. The column 'sign' holds it, 1 for friends and -1 for enemies; "
      + "without that column the last such word of the text is taken: friendly, cooperative, allied; hostile, "
      + "conflictual, enemies.")
}
