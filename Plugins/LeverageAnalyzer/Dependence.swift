import EventModel
import JSONText
import Statistics
import Workbench

/// How much of an actor's reported cooperation is with a partner, in a window.
struct Dependence: Sendable {
  let actor: String
  let partner: String
  let window: TimeWindow
  /// Events between the two, and all of each.
  let common: Int
  let actorEvents: Int
  let partnerEvents: Int
  /// The counts of the window before.
  let earlier: (common: Int, events: Int)?
  let shareInterval: Interval?
  /// By how much the actor depends on the partner more than the reverse, with its interval.
  let leverage: Double?
  let leverageInterval: Interval?
  /// By how much the share changed since the window before.
  let change: Double?
  let changeInterval: Interval?
  let options: Options?
  let next: (name: String, events: Int)?

  var share: Double? { actorEvents == 0 ? nil : Double(common) / Double(actorEvents) }
  var partnerShare: Double? { partnerEvents == 0 ? nil : Double(common) / Double(partnerEvents) }

  init(
    actor: String, partner: String, window: TimeWindow, common: Int, actorEvents: Int,
    partnerEvents: Int,
    earlier: (common: Int, events: Int)?, draws: (own: [Double], partners: [Double])?,
    earlierDraws: [Double]?,
    options: Options?, next: (String, Int)?
  ) {
    (self.actor, self.partner, self.window) = (actor, partner, window)
    (self.common, self.actorEvents, self.partnerEvents) = (common, actorEvents, partnerEvents)
    (self.earlier, self.options) = (earlier, options)
    self.next = next.map { (name: $0.0, events: $0.1) }
    shareInterval = jeffreysInterval(successes: common, trials: actorEvents)
    let share = actorEvents == 0 ? nil : Double(common) / Double(actorEvents)
    let partnerShare = partnerEvents == 0 ? nil : Double(common) / Double(partnerEvents)
    let leverage = share.flatMap { own in partnerShare.map { own - $0 } }
    self.leverage = leverage
    leverageInterval = draws.flatMap {
      middleInterval(zip($0.own, $0.partners).map { $0 - $1 }, holding: leverage)
    }
    let before = earlier.flatMap { $0.events == 0 ? nil : Double($0.common) / Double($0.events) }
    let change = share.flatMap { now in before.map { now - $0 } }
    self.change = change
    changeInterval = draws.flatMap { now in
      earlierDraws.flatMap { before in
        middleInterval(zip(now.own, before).map { $0 - $1 }, holding: change)
      }
    }
  }

  static let schema = TableSchema(
    "dependence", "A row is an actor's reported cooperation with one partner in a window.",
    keys: ["actor", "partner", "from"],
    columns: [
      ColumnSchema("actor", .text, "the actor whose share it is"),
      ColumnSchema("partner", .text, "with whom"),
      ColumnSchema("from", .date, "first day of the window"),
      ColumnSchema("to", .date, "last day of the window"),
      ColumnSchema("events", .integer, unit: "events", "cooperative events between the two"),
      ColumnSchema(
        "events_actor", .integer, unit: "events", "cooperative events of the actor with anyone"),
      ColumnSchema(
        "share", .real,
        "share of the actor's that is with the partner; empty where the actor has none"),
      ColumnSchema("share_low", .real, "lower end of its 95 % interval by Jeffreys' prior"),
      ColumnSchema("share_high", .real, "upper end of that interval"),
      ColumnSchema("partner_share", .real, "share of the partner's that is with the actor"),
      ColumnSchema(
        "leverage", .real, "leverage of the partner over the actor: share less partner_share"),
      ColumnSchema(
        "leverage_low", .real,
        "lower end of its 95 % interval, by draws of the three rates it is made of"),
      ColumnSchema("leverage_high", .real, "upper end of that interval"),
      ColumnSchema("change", .real, "change of the share since the window before"),
      ColumnSchema("change_low", .real, "lower end of its 95 % interval, by the same draws"),
      ColumnSchema("change_high", .real, "upper end of that interval"),
      ColumnSchema("partners", .integer, unit: "actors", "with how many the actor cooperated"),
      ColumnSchema(
        "effective_partners", .real,
        "how many equal partners would be as many: 1 / sum of squared shares"),
      ColumnSchema("effective_partners_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("effective_partners_high", .real, "upper end of that interval"),
      ColumnSchema("next_partner", .text, "the actor's largest partner beside this one"),
      ColumnSchema("next_share", .real, "share of the actor's that is with it"),
    ])

  /// The table `dependence`.
  static func table(_ rows: [Dependence]) -> ResultTable {
    var table = ResultTable.Builder(schema)
    for row in rows {
      table.append([
        .string(row.actor), .string(row.partner), .string(row.window.from.description),
        .string(row.window.to.description), .integer(row.common), .integer(row.actorEvents),
        exact(row.share),
        exact(row.shareInterval?.lower), exact(row.shareInterval?.upper), exact(row.partnerShare),
        exact(row.leverage), exact(row.leverageInterval?.lower), exact(row.leverageInterval?.upper),
        exact(row.change), exact(row.changeInterval?.lower), exact(row.changeInterval?.upper),
        row.options.map { .integer($0.partners) } ?? .null, exact(row.options?.effective),
        exact(row.options?.interval?.lower), exact(row.options?.interval?.upper),
        row.next.map { .string($0.name) } ?? .null,
        exact(row.next.map { Double($0.events) / Double(row.actorEvents) }),
      ])
    }
    return table.finish()
  }
}
