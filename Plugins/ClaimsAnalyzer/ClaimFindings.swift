import EventModel
import JSONText
import Statistics
import Workbench

/// What can be said of each claim, the firmest first.
struct ClaimFindings {
  let results: [ClaimResult]
  let events: ClaimedEvents

  var all: [Finding] {
    guard !results.isEmpty else { return [Finding("The file holds no claims.", strength: .descriptive)] }
    let findings = results.map(finding)
    func rank(_ finding: Finding) -> Int {
      Finding.Strength.allCases.firstIndex(of: finding.strength) ?? Finding.Strength.allCases.count
    }
    return findings.indices.sorted { (rank(findings[$0]), $0) < (rank(findings[$1]), $1) }.map { findings[$0] }
  }

  private func finding(_ result: ClaimResult) -> Finding {
    let found = result.judgement
    var text = "Claim \(result.claim.title) \(phrase(found))"
    if !found.reason.isEmpty { text += " (\(found.reason))" }
    if !found.detail.isEmpty { text += ": \(found.detail)" }
    if let tipping = result.tipping { text += "; \(words(tipping))" }
    let behind = found.verdict == .contradicted ? found.opposing + found.supporting : found.supporting + found.opposing
    var seen: Set<String> = []
    let names = behind.compactMap { events.table.id?[$0] }.filter { seen.insert($0).inserted }
    return Finding(text + ".", numbers: numbers(result), strength: strength(result), events: Array(names.prefix(10)))
  }

  private func phrase(_ found: Judgement) -> String {
    switch found.verdict {
    case .supported: "is supported"
    case .contradicted: "is contradicted"
    case .directionAsClaimed: "has the direction claimed, and no more is sure"
    case .insufficient: "cannot be judged for want of data"
    case .notTestable: "cannot be tested"
    case .open: "is open until \(found.due?.description ?? "its days are covered")"
    }
  }
  private func words(_ tipping: Tipping) -> String {
    let (number, way) = (tipping.number, tipping.way)
    let verdict = "to '\(tipping.verdict.rawValue)'"
    switch way.kind {
    case .added:
      return "\(number) more \(way.word)\(number == 1 ? "" : "s") \(way.what) would turn it \(verdict)"
    case .removed:
      let them = number == 1 ? "it was" : "they were"
      return "without \(names(tipping)), or if \(them) another actor's, it would turn \(verdict)"
    case .taken: return "\(names(tipping)), now another actor's, would turn it \(verdict)"
    }
  }
  /// Which events, as far as there are few of them.
  private func names(_ tipping: Tipping) -> String {
    let names = tipping.rows.compactMap { events.table.id?[$0] }
    guard names.count == tipping.number, names.count <= 3 else {
      return "\(tipping.number == 1 ? "one" : "\(tipping.number)") of the events \(tipping.way.what)"
    }
    return names.joined(separator: names.count == 2 ? " and " : ", ")
  }

  private func strength(_ result: ClaimResult) -> Finding.Strength {
    let found = result.judgement
    switch found.verdict {
    case .notTestable, .open: return .descriptive
    case .directionAsClaimed, .insufficient: return .weak
    case .supported, .contradicted: break
    }
    // A rank is a plain count.
    if result.claim.kind == .peak { return .descriptive }
    guard let doubt = result.falseDiscoveryRate, doubt <= 0.05, (result.tipping?.number ?? .max) > 1 else {
      return .weak
    }
    return doubt <= 0.01 ? .strong : .moderate
  }

  private func numbers(_ result: ClaimResult) -> [String: JSONValue] {
    let found = result.judgement
    var numbers: [String: JSONValue] = [
      "p": exact(found.pValue), "q": exact(result.falseDiscoveryRate), "low": exact(found.interval?.lower),
      "high": exact(found.interval?.upper), "detectable": exact(found.detectable), "effect": exact(found.effect),
    ]
    if let measure = found.measure {
      numbers["n"] = .integer(found.size)
      numbers[measure.replacing(" ", with: "_")] = exact(found.estimate)
    }
    numbers["tipping"] = result.tipping.map { .integer($0.number) } ?? .null
    return numbers.filter { $0.value != .null }
  }
}
