import EventModel
import Workbench

/// A claim and what became of it.
struct ClaimResult: Sendable {
  var claim: Claim
  var judgement: Judgement
  /// What would turn the verdict, of each kind of change the least.
  var tippings: [Tipping] = []
  /// The share of false ones among the claims whose p-value is as small.
  var falseDiscoveryRate: Double?
  /// The least change of all.
  var tipping: Tipping? { tippings.min { $0.number < $1.number } }
}

/// Chooses the test of each claim, and makes it.
struct ClaimBench: Sendable {
  let events: ClaimedEvents
  let settings: ClaimSettings
  let leverage: LeverageTables?

  func result(of claim: Claim, in context: RunContext) throws(Diagnostic) -> ClaimResult {
    try context.checkCancellation()
    if let reason = obstacle(claim) { return ClaimResult(claim: claim, judgement: Judgement(.notTestable, reason)) }
    if claim.kind == .forecast, let open = try openForecast(claim, in: context) {
      return ClaimResult(claim: claim, judgement: open)
    }
    guard let test = try test(of: claim, in: context) else {
      return ClaimResult(claim: claim, judgement: Judgement(.notTestable, missingTables(claim)))
    }
    let judgement = test.judgement(.none)
    return ClaimResult(
      claim: claim, judgement: judgement,
      tippings: judgement.verdict == .notTestable ? [] : try Tipping.all(of: test, in: context))
  }

  private var isViolence: Set<ClaimKind> { [.peak, .held, .rateChange, .forecast, .conditional] }

  /// Why a claim cannot be tested on such data; nil where it can.
  private func obstacle(_ claim: Claim) -> String? {
    if claim.kind == .conditional, claim.compared == nil { return "the antecedent was not observed" }
    if events.table.count == 0 { return "there are no events" }
    if isViolence.contains(claim.kind) {
      if let name = events.unknownClasses(of: claim).first { return "no event has the class '\(name)'" }
    } else if events.isOneSided, !(claim.kind == .sign && claim.sign == -1) {
      return "conflict events only"
    }
    for actor in [claim.actor1, claim.actor2, claim.actor3].compactMap(\.self) where !events.has(actor) {
      return "'\(events.name(of: actor))' takes part in no event"
    }
    if claim.kind.hasSign, claim.sign == nil { return "neither a column 'sign' nor the text says friendly or hostile" }
    let needsScores = claim.kind.hasSign || claim.kind == .triad
    return needsScores && events.table.goldstein == nil ? "the events have no scores" : nil
  }
  private func missingTables(_ claim: Claim) -> String {
    switch claim.kind {
    case .triad: "no third actor has events with both"
    case .dependenceChange where leverage != nil: "no window of the analysis '\(leverage?.name ?? "")' holds the days"
    default: "'from' names no analysis by 'leverage', whose tables it needs"
    }
  }

  private func test(of claim: Claim, in context: RunContext) throws(Diagnostic) -> (any ClaimTest)? {
    var generator = context.randomNumbers(for: claim.name)
    let seed = generator.next()
    switch claim.kind {
    case .peak:
      return PeakClaimTest(
        claim, try events.incidents(of: claim, in: context), events, permutations: settings.permutations, seed: seed)
    case .rateChange: return try rate(.rose, claim, of: claim.days, to: claim.compared, in: context)
    case .held: return try rate(.held, claim, of: claim.days, to: claim.compared, in: context)
    case .forecast: return try rate(.stayed, claim, of: claim.days, to: claim.compared, in: context)
    // The days compared are those on which the condition held.
    case .conditional: return try rate(.rose, claim, of: claim.compared ?? claim.days, to: claim.days, in: context)
    case .sign, .signChange: return SignTest(claim, events)
    case .triad: return TriadTest(claim, events)
    case .complied: return leverage.map { ComplianceTest(claim, $0, events) }
    case .dependenceChange: return leverage.flatMap { DependenceTest(claim, $0, events, seed: seed) }
    }
  }
  private func rate(
    _ aim: RateTest.Aim, _ claim: Claim, of later: DayRange, to earlier: DayRange?, in context: RunContext
  ) throws(Diagnostic) -> RateTest? {
    guard let earlier else { return nil }
    return RateTest(aim, of: later, to: earlier, try events.incidents(of: claim, in: context), events)
  }

  /// A forecast whose days are not all covered yet; nil where they are.
  private func openForecast(_ claim: Claim, in context: RunContext) throws(Diagnostic) -> Judgement? {
    let last = events.covered.stretches.last?.upperBound
    guard last.map({ $0 < claim.days.to }) ?? true else { return nil }
    let days = events.coveredDays(claim.days)
    var found = Judgement(.open, last.map { "no data after \($0)" } ?? "no day is covered")
    if days > 0, let test = try rate(.stayed, claim, of: claim.days, to: claim.compared, in: context) {
      found = test.judgement(.none)
      (found.verdict, found.pValue) = (.open, nil)
      found.reason = "\(days) of \(claim.days.days) days are covered"
    }
    found.due = claim.days.to
    return found
  }
}
