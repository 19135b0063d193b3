import EventModel
import Statistics
import Workbench

/// The events that claims are put to, with the words of the claims for them.
struct ClaimedEvents: Sendable {
  /// An event that a claim counts.
  struct Record: Sendable {
    var row: Int
    var first: Day
    var last: Day
    var bounds: IncidentBounds
  }
  /// An event with a score.
  struct Scored: Sendable {
    var row: Int
    var value: Double
    var weight: Double
  }

  let table: EventTable
  /// The days that every source covers.
  let covered: CoveredDays
  /// Whether nothing in the data is cooperation, so that friendship cannot show.
  let isOneSided: Bool
  private let settings: ClaimSettings
  private let actors: ActorColumns?
  private let numbers: IncidentNumbers
  private let confidence: Column<Double>?
  private let isSeen: [Bool]

  init(_ table: EventTable, _ settings: ClaimSettings) {
    (self.table, self.settings) = (table, settings)
    actors = table.dyadActors
    numbers = IncidentNumbers(table)
    confidence = table.reals(.confidence)
    if table.coverage.isEmpty, let from = table.firstDay.values.min(), let to = table.lastDay.values.max() {
      covered = CoveredDays([(from: from, to: to)])
    } else {
      covered = CoveredDays(byAll: table.coverage)
    }
    var seen = [Bool](repeating: false, count: actors?.labels.count ?? 0)
    for column in [actors?.actor1, actors?.actor2].compactMap(\.self) {
      for (row, code) in column.values.enumerated() where column.has(row) { seen[Int(code)] = true }
    }
    isSeen = seen
    let scores = table.goldstein
    isOneSided = !(0..<table.count).contains { row in
      (table.quadClass?[row] ?? 4) <= QuadClass.materialCooperation.rawValue || (scores?[row]?.value ?? 0) > 0
    }
  }

  var isDirected: Bool { table.direction == .directed }
  /// The names of actors that take part in events.
  var names: [String] {
    guard let actors else { return [] }
    return actors.labels.indices.filter { isSeen[$0] }.map { actors.labels[$0] }
  }
  /// The data's name for an actor of the file of claims.
  func name(of actor: String) -> String { settings.actors[actor] ?? actor }
  private func code(of actor: String) -> UInt32? {
    let name = name(of: actor)
    return actors?.labels.firstIndex(of: name).flatMap { isSeen[$0] ? UInt32($0) : nil }
  }
  /// Whether an actor takes part in any event.
  func has(_ actor: String) -> Bool { code(of: actor) != nil }

  // MARK: Days

  /// How many days of a range are covered.
  func coveredDays(_ range: DayRange) -> Int {
    covered.intersection(CoveredDays([(from: range.from, to: range.to)])).stretches
      .reduce(0) { $0 + $1.lowerBound.days(until: $1.upperBound) + 1 }
  }
  /// By how much the counts of the 26 weeks up to a day vary more than Poisson's; nil below 8 covered weeks.
  ///
  /// A row that is not dated to a week says nothing of weeks.
  func dispersion(of records: [Record], until day: Day) -> Double? {
    var counts: [Int: Int] = [:]
    for record in records where record.first.days(until: record.last) < 7 {
      counts[record.first.days(until: day), default: 0] += record.bounds.value
    }
    let weeks = (0..<26).reversed().compactMap { week -> Double? in
      let range = DayRange(from: day.adding(days: -7 * week - 6), to: day.adding(days: -7 * week))
      guard coveredDays(range) == 7 else { return nil }
      return Double((7 * week..<7 * week + 7).reduce(0) { $0 + (counts[$1] ?? 0) })
    }
    return weeks.count < 8 ? nil : CountSeries(weeks).dispersion
  }

  // MARK: Incidents

  /// The incidents of a claim, and those that would be if its first actor were another.
  func incidents(of claim: Claim, in context: RunContext) throws(Diagnostic) -> (own: [Record], others: [Record]) {
    let isOfClass = classes(of: claim)
    let (one, other) = (code(of: claim.actor1), code(of: claim.actor2))
    let precisions = table.datePrecision.values
    var (own, others): ([Record], [Record]) = ([], [])
    guard let actors, other != nil else { return ([], []) }
    for row in 0..<table.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      guard precisions[row] != DatePrecision.span.rawValue, isConfident(row), isOfClass(row) else { continue }
      let (first, second) = (actors.actor1[row], actors.actor2[row])
      if second == other || (!isDirected && first == other) {
        let partner = second == other ? first : second
        if partner == one, one != nil {
          own.append(record(row))
        } else if partner != other {
          others.append(record(row))
        }
      }
    }
    return (own.sorted { ($0.first, $0.row) < ($1.first, $1.row) }, others)
  }
  private func record(_ row: Int) -> Record {
    let first = table.firstDay.values[row]
    return Record(row: row, first: first, last: max(first, table.lastDay.values[row]), bounds: numbers[row])
  }
  private func isConfident(_ row: Int) -> Bool { (confidence?[row] ?? 1) >= settings.minConfidence }

  /// Which rows are of the classes of a claim; of one without any, violence.
  private func classes(of claim: Claim) -> (Int) -> Bool {
    let isCameo = table.ontology == "cameo"
    if claim.classes.isEmpty, !isCameo {
      let quads = table.quadClass
      return { row in quads.map { $0[row] == QuadClass.materialConflict.rawValue } ?? true }
    }
    guard let column = table.eventClass else { return { _ in false } }
    let wanted = claim.classes.isEmpty ? ["18-20"] : claim.classes
    let isWanted = column.labels.map { label in wanted.contains { matches(label, $0, isTree: isCameo) } }
    return { row in column.codes[row].map { isWanted[Int($0)] } ?? false }
  }
  private func matches(_ label: String, _ wanted: String, isTree: Bool) -> Bool {
    if let names = settings.classes[wanted] { return names.contains(label) }
    let ends = wanted.split(separator: "-").map(String.init)
    if ends.count == 2, let from = Int(ends[0]), let to = Int(ends[1]), from <= to {
      return isTree && Int(label.prefix(2)).map { from <= $0 && $0 <= to } ?? false
    }
    return isTree ? label.hasPrefix(wanted) : label == wanted
  }
  /// The classes of a claim that no event has and that are no codes of the ontology.
  func unknownClasses(of claim: Claim) -> [String] {
    guard table.count > 0, table.ontology != "cameo" else { return [] }
    let labels = table.eventClass?.labels ?? []
    return claim.classes.filter { wanted in !labels.contains { matches($0, wanted, isTree: false) } }
  }
  /// The classes that events have, for hints.
  var classNames: [String] { Array((table.eventClass?.labels ?? []).prefix(30)) }

  /// How many incidents fall into a range, within which bounds.
  func count(_ records: [Record], in range: DayRange, _ change: EventChange = .none) -> BoundedCount {
    var (count, low, high) = (0, 0, Int?.some(0))
    for record in records where !change.removed.contains(record.row) {
      guard record.first <= range.to, record.last >= range.from else { continue }
      let begins = record.first >= range.from && covered.contains(record.first)
      let reach = DayRange(from: max(range.from, record.first), to: min(range.to, record.last))
      guard begins || coveredDays(reach) > 0 else { continue }
      if begins { count += record.bounds.value }
      if begins, record.last <= range.to { low += record.bounds.low }
      high = high.flatMap { sum in record.bounds.high.map { sum + $0 } }
    }
    return BoundedCount(count, low: low, high: high, over: Double(coveredDays(range)))
  }

  // MARK: Scores

  /// The scored events between two actors in a range, in either direction; a state counts in each range it reaches into.
  func scores(between one: String, and other: String, in range: DayRange) -> [Scored] {
    guard let actors, let one = code(of: one), let other = code(of: other), let scores = table.goldstein else {
      return []
    }
    let (first, last, precisions) = (table.firstDay.values, table.lastDay.values, table.datePrecision.values)
    return (0..<table.count).compactMap { row in
      guard let a = actors.actor1[row], let b = actors.actor2[row], (a, b) == (one, other) || (a, b) == (other, one),
        let score = scores[row], isConfident(row)
      else { return nil }
      let isState = precisions[row] == DatePrecision.span.rawValue
      let isHere = isState ? first[row] <= range.to && last[row] >= range.from : range.contains(first[row])
      return isHere ? Scored(row: row, value: score.value, weight: confidence?[row] ?? 1) : nil
    }
  }
  /// What an actor said and did about some subjects on some days: what promises or meets demands of another, and the rest.
  func answers(
    of target: String, to demander: String, about: Set<String>, in range: DayRange
  ) -> (supporting: [Int], opposing: [Int]) {
    guard let actors, let code = code(of: target), let abouts = table.codes(.about), let classes = table.eventClass
    else {
      return ([], [])
    }
    let rows = (0..<table.count).filter { row in
      actors.actor1[row] == code && (abouts[row].map { about.contains($0) } ?? false)
        && range.contains(table.firstDay.values[row])
    }
    let isAnswer = { (row: Int) -> Bool in
      let root = classes[row]?.prefix(2) ?? ""
      let isToDemander = actors.actor2[row].map { actors.labels[Int($0)] } == demander
      return isToDemander ? ["03", "06", "07", "08"].contains(root) : Int(root).map { 15...20 ~= $0 } ?? false
    }
    return (rows.filter(isAnswer), rows.filter { !isAnswer($0) })
  }
  /// Of rows those that are deeds, not words.
  func acts(_ rows: [Int]) -> [Int] { rows.filter { !(table.eventClass?[$0] ?? "").hasPrefix("03") } }
  /// The actors that have scored events with both of two in a range, by the fewer of their events with either.
  func thirdParties(of claim: Claim, in range: DayRange) -> [String] {
    let two = [claim.actor1, claim.actor2].map { name(of: $0) }
    return names.filter { !two.contains($0) }.map { name in
      (name, two.map { scores(between: $0, and: name, in: range).count }.min() ?? 0)
    }.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }
  /// The score of a row, where it has one.
  func score(_ row: Int) -> Double? { table.goldstein?[row]?.value }

  /// Rows by what they weigh, the most first, and then by day.
  func ordered(_ rows: [Int], by weight: (Int) -> Double) -> [Int] {
    let days = table.firstDay.values
    return rows.sorted { (-weight($0), days[$0], $0) < (-weight($1), days[$1], $1) }
  }
  /// Incidents, those that stand for the most first.
  func ordered(_ records: [Record]) -> [Int] {
    let values = Dictionary(uniqueKeysWithValues: records.map { ($0.row, Double($0.bounds.value)) })
    return ordered(records.map(\.row)) { values[$0] ?? 0 }
  }
  /// The order in which incidents are taken out: those that stand for the most first, then the least sure.
  func removalOrder(_ records: [Record]) -> [Int] {
    records.sorted {
      (-$0.bounds.value, confidence?[$0.row] ?? 1, $0.first, $0.row)
        < (-$1.bounds.value, confidence?[$1.row] ?? 1, $1.first, $1.row)
    }.map(\.row)
  }
}
