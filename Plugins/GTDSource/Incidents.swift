import EventModel
import EventScales
import Ontology
import TabularEvents
import Workbench

/// Fields of the database of which something is made.
enum GTDField {
  static let killed = "nkill"
  static let success = "success"
  static let resolution = "resolution"
  static let doubt = "doubtterr"
  static let criteria = ["crit1", "crit2", "crit3"]
}

/// Which incidents are kept.
struct IncidentSelection: Sendable {
  /// Whether those are left out that may be no terrorism.
  var excludesDoubtful: Bool
  /// Whether those are left out that miss a criterion of inclusion.
  var needsAllCriteria: Bool
  /// The fields it goes by.
  var fields: [String] {
    (excludesDoubtful ? [GTDField.doubt] : []) + (needsAllCriteria ? GTDField.criteria : [])
  }
}

/// What is counted while the files are read.
enum Count: Sendable { case all, leftOut, shared, unreadableEnd }

extension TabularRows {
  /// The whole numbers of a field.
  private func integers(_ name: String) -> Column<Int32>? {
    if case .integers(let column)? = extras[name] { column } else { nil }
  }

  /// Leaves out the incidents that are not wanted.
  mutating func selectIncidents(_ selection: IncidentSelection, counting tally: Tally<Count>) {
    tally.add(count, to: .all)
    let doubt = selection.excludesDoubtful ? integers(GTDField.doubt) : nil
    let criteria = selection.needsAllCriteria ? GTDField.criteria.compactMap { integers($0) } : []
    guard doubt != nil || !criteria.isEmpty else { return }
    var kept: [Int32] = []
    for row in 0..<count where doubt?[row] != 1 && criteria.allSatisfy({ $0[row] != 0 }) { kept.append(Int32(row)) }
    tally.add(count - kept.count, to: .leftOut)
    keep(kept)
  }

  /// Makes whole numbers of the killed.
  ///
  /// A total over several incidents is divided among them, so that fractions occur: each goes to the nearest whole
  /// number, a half to the even one, so that their sum stays near the total.
  mutating func makeFatalities(counting tally: Tally<Count>) {
    guard case .reals(let killed)? = extras[GTDField.killed] else { return }
    let values = killed.values
    var whole = [Int32](repeating: 0, count: values.count)
    var fractions = 0
    for row in values.indices where killed.has(row) {
      let rounded = values[row].rounded(.toNearestOrEven)
      if rounded != values[row] { fractions += 1 }
      whole[row] = Int32(rounded)
    }
    tally.add(fractions, to: .shared)
    columns[.fatalitiesBest] = .integers(Column(whole, validity: killed.validity))
  }

  /// Lets incidents that have a date of resolution last until then.
  mutating func makeLastDays(counting tally: Tally<Count>) {
    guard case .codes(let ends)? = extras[GTDField.resolution], case .days(let first)? = columns[.firstDay],
      case .days(let last)? = columns[.lastDay]
    else { return }
    // Most incidents have no such date, and those that have share few.
    let days = ends.labels.map { label in endFormat?.day(Array(label.utf8)) }
    var completed = last.values
    var unreadable = 0
    for row in 0..<count where ends.codes.has(row) {
      if let day = days[Int(ends.codes.values[row])], day >= first.values[row] {
        completed[row] = max(completed[row], day)
      } else {
        unreadable += 1
      }
    }
    tally.add(unreadable, to: .unreadableEnd)
    columns[.lastDay] = .days(Column(completed))
  }

  /// Gives -9 to the attacks that failed, and nothing to the others.
  mutating func scoreFailures() {
    guard case .bytes(let success)? = extras[GTDField.success], columns[.eventClass] != nil else { return }
    let scores = (0..<count).map { row in success[row] == 0 ? GoldsteinScore(tenths: -90) : nil }
    columns[.goldstein] = .scores(Column(scores, placeholder: GoldsteinScore(millionths: 0)))
  }
}

/// How `resolution` is written: by the database's own spreadsheet, and by programs that export it.
private let endFormat = DateFormat("yyyy-mm-dd* | m/d/yyyy*")

extension EventTable {
  /// The same events with the scores and quad classes of their kinds of attack, those that failed excepted.
  func scoringAttacks(_ columns: EventColumns, in context: RunContext) throws(Diagnostic) -> EventTable {
    let failures = goldstein
    let scored = try scored(columns, by: EventScale(.gtd), in: context)
    guard columns.contains(.goldstein), let failures, let scores = scored.goldstein else { return scored }
    let merged = (0..<count).map { row in failures[row] ?? scores[row] }
    return scored.replacing([.goldstein: .scores(Column(merged, placeholder: GoldsteinScore(millionths: 0)))])
  }
}

extension Tally<Count> {
  /// Says what was left out, rounded or not understood.
  func report(in context: RunContext) {
    if self[.leftOut] > 0 {
      context.warn(
        Diagnostic(
          .note, .gtdLeftOut,
          "\(self[.leftOut]) of \(self[.all]) incidents were left out by 'exclude_doubtful' or 'all_criteria'"))
    }
    if self[.shared] > 0 {
      context.warn(
        .warning(
          .gtdSharedFatalities,
          "\(self[.shared]) of \(self[.all]) incidents have a share of a total as 'nkill', rounded to a whole number",
          hint: "sums over such incidents may be off by half a life for each"))
    }
    if self[.unreadableEnd] > 0 {
      context.warn(
        .warning(
          .gtdUnreadableEnd,
          "\(self[.unreadableEnd]) of \(self[.all]) incidents have a 'resolution' that is no date, or lies before their "
            + "beginning", hint: "they end with the day on which they began"))
    }
  }
}
