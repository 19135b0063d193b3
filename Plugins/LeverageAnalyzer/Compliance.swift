import EventModel
import JSONText
import Statistics
import Workbench

/// What became of the demands of one actor on another.
struct Compliance: Sendable {
  let demander: String
  let target: String
  /// All demands.
  let demands: Int
  /// Those followed long enough.
  let followed: Int
  /// Of those followed: promised, refused and met in time.
  let promised: Int
  let refused: Int
  let done: Int
  /// The mean share of placebo dates.
  let placebo: Double?
  /// The share met in time, those included that were not followed long enough.
  let estimate: (share: Double, interval: Interval?)?
  /// The day by which half of the demands were met.
  let median: Int?

  /// The rows of all directions, in the order of their demands.
  static func all(_ demands: [Demand], within: Int) -> [Compliance] {
    var rows: [Compliance] = []
    var start = 0
    while start < demands.count {
      let same = demands[start...].prefix {
        $0.demander == demands[start].demander && $0.target == demands[start].target
      }
      rows.append(Compliance(Array(same), within: within))
      start += same.count
    }
    return rows
  }

  private init(_ demands: [Demand], within: Int) {
    (demander, target) = (demands[0].demander, demands[0].target)
    let followed = demands.filter { $0.isFollowed(for: within) }
    self.demands = demands.count
    self.followed = followed.count
    promised = followed.count { $0.happened($0.promised, within: within) }
    refused = followed.count { $0.happened($0.refused, within: within) }
    done = followed.count { $0.happened($0.done, within: within) }
    let shares = followed.compactMap(\.placebo)
    placebo = shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    let curve = KaplanMeier(demands.map { KaplanMeier.Wait(days: $0.days, isOver: $0.done != nil) })
    estimate = curve?.waiting(after: within).map { waiting in
      (
        share: 1 - waiting.share,
        interval: waiting.interval.map { Interval(lower: 1 - ($0.upper ?? 1), upper: 1 - $0.lower) }
      )
    }
    median = curve?.median
  }

  static let schema = TableSchema(
    "compliance", "A row is what became of one actor's demands on another.",
    keys: ["demander", "target"],
    columns: [
      ColumnSchema("demander", .text, "who demands"),
      ColumnSchema("target", .text, "of whom"),
      ColumnSchema(
        "demands", .integer, unit: "demands", "demands: those on one subject within 30 days are one"
      ),
      ColumnSchema(
        "followed", .integer, unit: "demands", "those followed for as many days as `within` says"),
      ColumnSchema(
        "promised", .integer, unit: "demands", "of those followed, promised within these days"),
      ColumnSchema("promised_share", .real, "their share"),
      ColumnSchema("promised_share_low", .real, "lower end of its exact 95 % interval"),
      ColumnSchema("promised_share_high", .real, "upper end of that interval"),
      ColumnSchema(
        "refused", .integer, unit: "demands", "of those followed, refused within these days"),
      ColumnSchema(
        "done", .integer, unit: "demands", "of those followed, met by a later act within these days"
      ),
      ColumnSchema("done_share", .real, "their share"),
      ColumnSchema("done_share_low", .real, "lower end of its exact 95 % interval"),
      ColumnSchema("done_share_high", .real, "upper end of that interval"),
      ColumnSchema(
        "placebo_share", .real,
        "the same share of dates before the demands; empty where none is covered"),
      ColumnSchema(
        "estimated_share", .real,
        "share met within these days by Kaplan and Meier, from all demands; empty where none "
          + "was followed so long"),
      ColumnSchema(
        "estimated_share_low", .real, "lower end of its 95 % interval; empty where none was met"),
      ColumnSchema("estimated_share_high", .real, "upper end of that interval"),
      ColumnSchema(
        "median_days", .integer, unit: "days",
        "after how many days half were met; empty where fewer ever were"),
    ])

  /// The table `compliance`.
  static func table(_ rows: [Compliance]) -> ResultTable {
    var table = ResultTable.Builder(schema)
    for row in rows {
      func share(_ count: Int) -> [JSONValue] {
        let interval = binomialInterval(successes: count, trials: row.followed)
        return [
          exact(row.followed == 0 ? nil : Double(count) / Double(row.followed)),
          exact(interval?.lower),
          exact(interval?.upper),
        ]
      }
      var values: [JSONValue] = [
        .string(row.demander), .string(row.target), .integer(row.demands), .integer(row.followed),
      ]
      values.append(row.followed == 0 ? .null : .integer(row.promised))
      values += share(row.promised)
      values.append(row.followed == 0 ? .null : .integer(row.refused))
      values.append(row.followed == 0 ? .null : .integer(row.done))
      values += share(row.done)
      values += [
        exact(row.placebo), exact(row.estimate?.share), exact(row.estimate?.interval?.lower),
        exact(row.estimate?.interval?.upper), row.median.map { .integer($0) } ?? .null,
      ]
      table.append(values)
    }
    return table.finish()
  }
}
