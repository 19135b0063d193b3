import Dispatch
import EventModel
import JSONText
import RelationshipShiftAnalyzer
import SyntheticNetwork
import Workbench

/// A synthetic network as `relationship-shift` reads it: reports of one day, of the same actors and class, once.
struct NetworkSearch: Sendable {
  static let firstDay = Day(year: 2018, month: 1, day: 1) ?? Day(daysSinceEpoch: 0)
  private let events: EventTable
  private let analyzer: any AnalyzerInstance
  private let context: RunContext
  var eventCount: Int { events.count }

  init(_ network: SyntheticNetwork, workers: Int) throws {
    let schema = EventSchema(
      columns: [.id, .actors, .eventClass, .goldstein, .quadClass, .outlet], direction: .directed, ontology: "cameo")
    var builder = EventTable.Builder(schema)
    var seen: Set<[Int]> = []
    for (number, drawn) in network.events.enumerated()
    where seen.insert([drawn.day, drawn.actor1, drawn.actor2, drawn.eventClass]).inserted {
      let kind = SyntheticClass.all[drawn.eventClass]
      var event = Event(
        id: "E\(number)", day: Self.firstDay.adding(days: drawn.day), actor1: Self.name(drawn.actor1),
        actor2: Self.name(drawn.actor2), eventClass: kind.code)
      event.goldstein = Double(kind.goldstein).map { GoldsteinScore(tenths: Int32(($0 * 10).rounded())) }
      event.quadClass = QuadClass(rawValue: UInt8(kind.quadClass))
      event.outlet = "S\(drawn.outlet)"
      builder.append(event)
    }
    let last = Self.firstDay.adding(days: network.settings.weeks * 7 - 1)
    events = builder.finish(coverage: [Coverage(source: "drawn", from: Self.firstDay, to: last)])
    let place = SourceLocation(file: "calibrate")
    let making = PluginEntry(analyzer: RelationshipShiftAnalyzer.self).make(.emptyMap(at: place))
    guard case .analyzer(let analyzer)? = making.instance else { throw making.outcome.problems[0] }
    self.analyzer = analyzer
    context = RunContext(
      files: NoFiles(), seed: network.settings.seed, services: RunContext.Services(workers: Threads(count: workers)))
  }
  func result() async throws(Diagnostic) -> AnalysisResult {
    try await analyzer.analyze(AnalysisInput(events: events), in: context)
  }
  /// The name of an actor; names sort as numbers do.
  static func name(_ actor: Int) -> String { "A\(String(1_001 + actor).dropFirst())" }
}

/// A network searched for shifts, and how far that is right.
struct NetworkScore: Sendable, CustomStringConvertible {
  /// How many planted shifts were found, and how many of these have the label of what was planted.
  private(set) var found = 0
  private(set) var labels = 0
  /// How many shifts were reported that were not planted, and how many dyads without a shift were flagged.
  private(set) var falseOnes = 0
  private(set) var quiet = 0
  /// How many of the false ones lie within 4 weeks of the jump of reporting.
  private(set) var atJump = 0
  /// Whether one break of reporting was found, within 4 weeks of the jump.
  private(set) var datesJump = false
  /// Sentences on what was missed, or reported and not planted.
  private(set) var faults: [String] = []

  var labelShare: Double { found > 0 ? Double(labels) / Double(found) : 1 }
  var description: String {
    "found \(found), false \(falseOnes), quiet dyads flagged \(quiet), labels right \(labels), "
      + "jump dated \(datesJump ? "yes" : "no")"
  }

  /// A shift is right within 8 weeks of the planted one, or where a date set of at most 104 weeks holds that.
  init(_ network: SyntheticNetwork, workers: Int) async throws {
    let result = try await NetworkSearch(network, workers: workers).result()
    guard let shifts = result["shifts"], let coverage = result["coverage"] else { return }
    let jump = NetworkSearch.firstDay.adding(days: network.settings.jumpDay)
    let breaks = (0..<coverage.count).filter { coverage["kind"]?[$0].text == "break" }
      .compactMap { coverage["date"]?[$0].text.flatMap { Day($0) } }
    datesJump = breaks.count == 1 && breaks.allSatisfy { abs($0.days(until: jump)) <= 28 }
    for dyad in network.dyads {
      let names = [dyad.actor1, dyad.actor2].sorted().map { NetworkSearch.name($0) }
      let rows = (0..<shifts.count).filter {
        shifts["actor1"]?[$0].text == names[0] && shifts["actor2"]?[$0].text == names[1]
      }
      let planted = dyad.shift.map { (day: NetworkSearch.firstDay.adding(days: $0.day), kind: $0.kind.rawValue) }
      let what = "\(names[0]) and \(names[1]) (\(dyad.baseWeekly) a week, dispersion \(dyad.dispersion))"
      var isFound = false
      for row in rows {
        let days = ["date", "date_low", "date_high"].compactMap { shifts[$0]?[row].text.flatMap { Day($0) } }
        guard days.count == 3 else { continue }
        let label = shifts["label"]?[row].text ?? ""
        if let planted, isRight(days, planted.day) {
          if !isFound, label == planted.kind { labels += 1 }
          if label != planted.kind { faults.append("\(what): \(planted.kind) is called \(label)") }
          isFound = true
        } else {
          falseOnes += 1
          if abs(days[0].days(until: jump)) <= 28 { atJump += 1 }
          faults.append(
            "\(what): false \(label) of \(days[0]), \(days[1]) to \(days[2]); planted "
              + "\(planted.map { "\($0.kind) of \($0.day)" } ?? "none")")
        }
      }
      if isFound { found += 1 }
      if let planted, !isFound { faults.append("\(what): \(planted.kind) of \(planted.day) not found") }
      if planted == nil, !rows.isEmpty { quiet += 1 }
    }
  }
  private func isRight(_ days: [Day], _ planted: Day) -> Bool {
    let holds = days[1] <= planted && planted <= days[2] && days[1].days(until: days[2]) <= 104 * 7
    return holds || abs(days[0].days(until: planted)) <= 56
  }
}

/// Threads, as many as given.
private struct Threads: Workers {
  let count: Int
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if self.count == 1 {
      for index in 0..<count { body(index) }
    } else {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
  }
}

/// No files at all.
private struct NoFiles: InputFiles {
  private static let kind = DiagnosticKind("calibrate.no-file", "There are no files here.", "Events are drawn.")
  private func none(_ name: String) -> Diagnostic { .error(Self.kind, "there is no file '\(name)'") }
  func parts(of paths: InputPaths) throws(Diagnostic) -> [InputPart] { [] }
  func open(_ part: InputPart) throws(Diagnostic) -> any InputFile { throw none(part.name) }
  func openStored(_ path: InputPath) throws(Diagnostic) -> any InputFile { throw none(path.text) }
  func lend(_ path: InputPath) throws(Diagnostic) -> String { throw none(path.text) }
}
