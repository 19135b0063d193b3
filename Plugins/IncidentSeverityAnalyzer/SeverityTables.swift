import EventModel
import JSONText
import Statistics
import Workbench

/// What the fits come to, as tables and sentences.
struct SeverityTables {
  private let fits: [SeverityFit]
  init(_ fits: [SeverityFit]) { self.fits = fits }

  private static let keys = [
    ColumnSchema("by", .text, "what events are grouped by; all for those of every group together"),
    ColumnSchema("group", .text, "the group; all for every group together"),
    ColumnSchema("estimate", .text, "low, best or high estimate of fatalities"),
  ]
  static let severity = TableSchema(
    "severity", "A row is how the fatalities of single events are distributed, by one estimate.",
    keys: ["by", "group", "estimate"],
    columns: keys + [
      ColumnSchema("events", .integer, unit: "events", "events, states in force excepted"),
      ColumnSchema("missing", .integer, unit: "events", "those without this estimate"),
      ColumnSchema("fatal", .integer, unit: "events", "those with a fatality"),
      ColumnSchema("largest", .integer, unit: "persons", "the most fatalities of one event"),
      ColumnSchema("at_least_10", .real, "share of fatal events with at least 10"),
      ColumnSchema("at_least_50", .real, "share of fatal events with at least 50"),
      ColumnSchema("at_least_100", .real, "share of fatal events with at least 100"),
      ColumnSchema(
        "minimum", .integer, unit: "persons", "from which number on a power law fits best"),
      ColumnSchema("tail", .integer, unit: "events", "events of at least so many"),
      ColumnSchema(
        "exponent", .real, "of the power law: the chance of x fatalities falls with x to this power"
      ),
      ColumnSchema("exponent_error", .real, "its standard error"),
      ColumnSchema(
        "distance", .real,
        "greatest distance of observed and expected shares (Kolmogorov and Smirnov)"),
      ColumnSchema(
        "p", .real,
        "share of drawn samples that lie further: below .1 a power law is ruled out; best alone"),
      ColumnSchema("location", .real, "of a log-normal of that tail, the mean of logarithms"),
      ColumnSchema("scale", .real, "their standard deviation"),
      ColumnSchema("vuong_z", .real, "above 0 the power law is nearer, below 0 the log-normal"),
      ColumnSchema("vuong_p", .real, "p that both are equally near"),
      ColumnSchema(
        "verdict", .text,
        "power-law or log-normal: which is nearer (vuong_p below .1); either: not told apart; neither-told: not told "
          + "apart, and the power law ruled out"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])
  static let exceedance = TableSchema(
    "exceedance",
    "A row is a number of fatalities that occurs, and how many events have at least so many.",
    keys: ["by", "group", "estimate", "fatalities"],
    columns: keys + [
      ColumnSchema("fatalities", .integer, unit: "persons", "the number"),
      ColumnSchema("events", .integer, unit: "events", "events with at least so many"),
      ColumnSchema("share", .real, "their share of fatal events"),
      ColumnSchema(
        "power_law", .real, "the share that the power law gives, from its least number on"),
      ColumnSchema("log_normal", .real, "the share that the log-normal gives"),
    ])

  var all: [ResultTable] {
    var severity = ResultTable.Builder(Self.severity)
    var exceedance = ResultTable.Builder(Self.exceedance)
    for fit in fits {
      let (sample, law) = (fit.sample, fit.powerLaw)
      let key: [JSONValue] = [.string(sample.by), .string(sample.group), .string(sample.estimate)]
      let fatal = sample.numbers.total
      func share(_ number: Int) -> JSONValue {
        fatal > 0 ? exact(Double(sample.numbers.count(atLeast: number)) / Double(fatal)) : .null
      }
      severity.append(
        key + [
          .integer(sample.events), .integer(sample.events - sample.known), .integer(fatal),
          sample.numbers.values.last.map { .integer($0) } ?? .null, share(10), share(50),
          share(100),
          law.map { .integer($0.minimum) } ?? .null, law.map { .integer($0.count) } ?? .null,
          exact(law?.exponent),
          exact(law?.standardError), exact(law?.distance), exact(fit.pValue),
          exact(fit.logNormal?.location),
          exact(fit.logNormal?.scale), exact(fit.vuong?.z), exact(fit.vuong?.pValue),
          fit.verdict.map { .string($0) } ?? .null, fit.note.map { .string($0) } ?? .null,
        ])
      var left = fatal
      for (value, count) in zip(sample.numbers.values, sample.numbers.counts) {
        let isTail = law.map { value >= $0.minimum } ?? false
        let tail = law.map { Double($0.count) / Double(fatal) } ?? 0
        exceedance.append(
          key + [
            .integer(value), .integer(left), exact(Double(left) / Double(fatal)),
            isTail ? exact(law.map { $0.share(atLeast: value) * tail }) : .null,
            isTail ? exact(fit.logNormal.map { $0.share(atLeast: value) * tail }) : .null,
          ])
        left -= count
      }
    }
    return [severity.finish(), exceedance.finish()]
  }

  /// What can be said of all events: the deadliest, and the law of the tail.
  func findings(_ events: EventTable) -> [Finding] {
    let own = fits.filter { $0.sample.by == "all" }
    guard let fit = own.first(where: { $0.sample.estimate == "best" }) ?? own.first else {
      return []
    }
    let (sample, numbers) = (fit.sample, fit.sample.numbers)
    guard numbers.total > 0, let largest = numbers.values.last else {
      return [
        Finding(
          "None of \(sample.events) events is known to have cost a life.",
          numbers: ["events": .integer(sample.events)],
          strength: .descriptive)
      ]
    }
    let id = sample.deadliest >= 0 ? events.id?[sample.deadliest] : nil
    let others = own.filter { $0.sample.estimate != sample.estimate }
      .compactMap { other in
        other.sample.numbers.values.last.map { "\(other.sample.estimate) \($0)" }
      }
    var findings = [
      Finding(
        "The deadliest of \(numbers.total) fatal events has \(largest) fatalities by the \(sample.estimate) estimate"
          + (others.isEmpty ? "" : " (the greatest \(others.joined(separator: ", ")))") + ".",
        numbers: ["fatal": .integer(numbers.total), "largest": .integer(largest)],
        strength: .descriptive,
        events: [id].compactMap { $0 })
    ]
    guard let law = fit.powerLaw else { return findings }
    let ends = (
      law.exponent - 1.959963985 * law.standardError, law.exponent + 1.959963985 * law.standardError
    )
    var text =
      "The \(law.count) events of at least \(law.minimum) fatalities fall off with an exponent of "
      + "\(short(law.exponent)) (95 % \(short(ends.0)) to \(short(ends.1)))"
    if let p = fit.pValue {
      text +=
        p < 0.1
        ? "; a power law is ruled out (p \(short(p)))"
        : "; a power law is not ruled out (p \(short(p)))"
    }
    if let vuong = fit.vuong {
      text +=
        vuong.pValue < 0.1
        ? ", and a \(vuong.ratio > 0 ? "power law is nearer than a log-normal" : "log-normal is nearer") (p \(short(vuong.pValue)))"
        : ", and it is not told from a log-normal (p \(short(vuong.pValue)))"
    }
    findings.append(
      Finding(
        text + ".",
        numbers: [
          "tail": .integer(law.count), "minimum": .integer(law.minimum),
          "exponent": exact(law.exponent),
          "p": exact(fit.pValue), "vuong_p": exact(fit.vuong?.pValue),
        ], strength: fit.pValue.map { $0 < 0.1 } ?? false ? .weak : .moderate,
        events: [id].compactMap { $0 }))
    return findings
  }
}
