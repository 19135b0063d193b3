import EventModel
import JSONText
import Workbench

/// The tables of an analysis by `leverage`, for the claims that need them.
struct LeverageTables: Sendable {
  static let plugin = "leverage"
  static let needs = ["demands", "dependence"].map {
    Needs.TableNeed(plugin: plugin, table: $0, isOptional: true)
  }
  /// What one actor demanded of another on a subject.
  struct Demand: Sendable {
    var demander: String
    var target: String
    var about: String
    var first: Day
    var outcome: String
    var promised: Day?
    var refused: Day?
    var done: Day?
  }
  /// How much of an actor's cooperation is with a partner, on some days.
  struct Share: Sendable {
    var actor: String
    var partner: String
    var days: DayRange
    var common: Int
    var total: Int
    var value: Double? { total == 0 ? nil : Double(common) / Double(total) }
  }
  let name: String
  let demands: [Demand]
  let shares: [Share]

  /// Reads the first analysis that has them; nil where none is named.
  init?(_ analyses: [NamedAnalysis]) {
    guard let analysis = analyses.first(where: { $0.plugin == Self.plugin }),
      let demands = analysis.result["demands"], let dependence = analysis.result["dependence"]
    else { return nil }
    name = analysis.name
    func text(_ table: ResultTable, _ column: String, _ row: Int) -> String { table[column]?[row].text ?? "" }
    func day(_ table: ResultTable, _ column: String, _ row: Int) -> Day? { Day(text(table, column, row)) }
    self.demands = (0..<demands.count).compactMap { row in
      guard let first = day(demands, "first", row) else { return nil }
      return Demand(
        demander: text(demands, "demander", row), target: text(demands, "target", row),
        about: text(demands, "about", row), first: first, outcome: text(demands, "outcome", row),
        promised: day(demands, "promised", row), refused: day(demands, "refused", row), done: day(demands, "done", row))
    }
    shares = (0..<dependence.count).compactMap { row in
      guard let from = day(dependence, "from", row), let to = day(dependence, "to", row),
        let common = dependence["events"]?[row].integer, let total = dependence["events_actor"]?[row].integer
      else { return nil }
      return Share(
        actor: text(dependence, "actor", row), partner: text(dependence, "partner", row),
        days: DayRange(from: from, to: to), common: common, total: total)
    }
  }

  /// The share on the window that holds some days, the shortest such; a window without any cooperation has none.
  func share(of actor: String, with partner: String, on days: DayRange) -> Share? {
    shares.filter {
      $0.actor == actor && $0.partner == partner && $0.days.from <= days.from && days.to <= $0.days.to
    }.min { ($0.days.days, $0.days.from) < ($1.days.days, $1.days.from) }
  }
}
