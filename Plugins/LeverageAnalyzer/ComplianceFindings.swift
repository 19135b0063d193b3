import EventModel
import JSONText
import Statistics
import Workbench

/// What can be said in words of demands and what came of them.
struct ComplianceFindings {
  private let rows: [Compliance]
  private let demands: [Demand]
  private let within: Int

  private static let mostSentences = 6
  /// Below so many demands a share is said weakly.
  private static let fewDemands = 10

  init(_ rows: [Compliance], _ demands: [Demand], within: Int) {
    (self.rows, self.demands, self.within) = (rows, demands, within)
  }

  /// A sentence for each of the directions with the most demands, those that can be judged first.
  var all: [Finding] {
    let order = rows.indices.sorted {
      (-rows[$0].followed, -rows[$0].demands, $0) < (-rows[$1].followed, -rows[$1].demands, $1)
    }
    return order.prefix(Self.mostSentences).map { index in
      let row = rows[index]
      let all = demands.filter { $0.demander == row.demander && $0.target == row.target }
      return row.followed == 0 ? tooShort(row, all) : share(row, all)
    }
  }

  private func tooShort(_ row: Compliance, _ all: [Demand]) -> Finding {
    let met = all.count { $0.done != nil }
    let longest = all.map { $0.first.days(until: $0.followedTo) }.max() ?? 0
    let deed = all.contains { $0.about != nil } ? "met by a reported act" : "followed by an act that may be an answer"
    return Finding(
      "Whether \(row.target) met the \(counted(row.demands, "demand")) of \(row.demander)\(subjects(all)) cannot be "
        + "told: what came of \(row.demands == 1 ? "it" : "them") is known for at most \(counted(longest, "day")), fewer "
        + "than \(within); until then \(amount(met)) \(deed).",
      numbers: ["demands": .integer(row.demands), "met": .integer(met)], strength: .weak, events: events(all))
  }

  private func share(_ row: Compliance, _ all: [Demand]) -> Finding {
    let inTime = all.filter { $0.isFollowed(for: within) }
    let interval = binomialInterval(successes: row.done, trials: row.followed)
    let isOfSubject = inTime.contains { $0.about != nil }
    var text = "Of \(counted(row.followed, "demand")) of \(row.demander) on \(row.target)"
    if row.followed < row.demands { text += " that can be followed for \(counted(within, "day"))" }
    text += "\(subjects(inTime)), \(amount(row.done)) "
    text += isOfSubject ? "met by a reported act" : "followed by a material concession"
    text += " within \(counted(within, "day"))"
    if let interval {
      text += " (95 % interval of the share \(short(interval.lower)) to \(short(interval.upper ?? 1)))"
    }
    text += "; \(amount(row.promised)) promised"
    text += subjects(inTime.filter { $0.happened($0.promised, within: within) })
    text += " and \(row.refused == 0 ? "none" : "\(row.refused)") refused"
    text += subjects(inTime.filter { $0.happened($0.refused, within: within) })
    var isBeyondChance = row.placebo != nil
    if row.done > 0, let placebo = row.placebo {
      isBeyondChance = placebo < interval?.lower ?? 0
      text += isBeyondChance ? ". That is more often than by chance" : ". That may be chance"
      text += ": of dates before the demands a share of \(short(placebo)) was followed by such an act"
    }
    if !isOfSubject { text += "; the events name no subjects, so that an act need not be an answer" }
    let isFirm = row.followed >= Self.fewDemands && isOfSubject && isBeyondChance
    return Finding(
      text + ".",
      numbers: [
        "followed": .integer(row.followed), "done": .integer(row.done), "promised": .integer(row.promised),
        "refused": .integer(row.refused),
      ], strength: isFirm ? .moderate : .weak, events: events(all))
  }

  private func amount(_ count: Int) -> String { count == 0 ? "none was" : count == 1 ? "1 was" : "\(count) were" }
  private func events(_ demands: [Demand]) -> [String] { Array(demands.flatMap(\.identifiers).prefix(10)) }

  /// Up to four subjects in brackets; nothing where the events name none, or more.
  private func subjects(_ demands: [Demand]) -> String {
    var subjects: [String] = []
    for about in demands.compactMap(\.about) where !subjects.contains(about) { subjects.append(about) }
    return subjects.isEmpty || subjects.count > 4 ? "" : " (\(subjects.joined(separator: ", ")))"
  }
}
