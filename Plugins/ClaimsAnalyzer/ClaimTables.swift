import EventModel
import JSONText
import Statistics
import Workbench

/// The tables of claims and what became of them.
struct ClaimTables {
  let results: [ClaimResult]
  let events: ClaimedEvents
  let limit: Int

  static let all = [claims, windows, evidence, tipping]
  private static let key = ColumnSchema("claim", .text, "the claim's name")

  static let claims = TableSchema(
    "claims", "A row is a claim and the verdict on it.", keys: ["claim"],
    columns: [
      key, ColumnSchema("kind", .text, "which test it is put to"), ColumnSchema("text", .text, "what it says"),
      ColumnSchema("actor1", .text, "its first actor, as the data call it"),
      ColumnSchema("actor2", .text, "its second actor"),
      ColumnSchema("from", .date, "first day it is about"), ColumnSchema("to", .date, "last day it is about"),
      ColumnSchema(
        "verdict", .text,
        "supported, contradicted, direction as claimed, insufficient data, not testable or open"),
      ColumnSchema("reason", .text, "why, in a few words"),
      ColumnSchema("due", .date, "of an open claim, the day on which it is decided"),
      ColumnSchema(
        "measure", .text,
        "what was measured: incidents (of a peak), rate ratio, mean score or its change, probability of balance, demands "
          + "met, change of share"),
      ColumnSchema("estimate", .real, "its value; empty where records leave counts open"),
      ColumnSchema("low", .real, "lower end of the 95 % interval that decides"),
      ColumnSchema("high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema("exact_low", .real, "of a rate ratio, lower end of the exact 95 % interval"),
      ColumnSchema("exact_high", .real, "upper end of the exact interval"),
      ColumnSchema("p", .real, "p-value of no difference; of a peak, of so high a period in days that are alike"),
      ColumnSchema("q", .real, "share of false ones among the claims with as small a p-value (Benjamini and Hochberg)"),
      ColumnSchema("dispersion", .real, "by how much weekly counts vary more than Poisson's"),
      ColumnSchema("rank", .integer, "of a peak, the rank of its period"),
      ColumnSchema("p_first", .real, "of a peak, probability that its rate is the highest"),
      ColumnSchema(
        "detectable", .real, "smallest rate ratio, or difference of scores in points, seen with a power of 80 %"),
      ColumnSchema("n", .integer, "incidents, scored events, demands or cooperative events it rests on"),
      ColumnSchema("for", .integer, unit: "events", "events that speak for it"),
      ColumnSchema("against", .integer, unit: "events", "events that speak against it"),
      ColumnSchema(
        "tipping", .integer, unit: "events",
        "fewest events whose change turns the verdict; empty where up to 200 do not"),
      ColumnSchema("tipping_change", .text, "what must be done with them; the table tipping says which"),
      ColumnSchema("tipping_verdict", .text, "what the verdict then is"),
    ])
  static let windows = TableSchema(
    "windows", "A row is days that a claim is about, or compares with, and what was measured of them.",
    keys: ["claim", "position"],
    columns: [
      key, ColumnSchema("position", .integer, "its place in the claim"),
      ColumnSchema("part", .text, "claimed or compared, and of whom where there are several"),
      ColumnSchema("from", .date, "first day"), ColumnSchema("to", .date, "last day"),
      ColumnSchema("days_covered", .integer, unit: "days", "days that every source covers"),
      ColumnSchema("events", .integer, "records, or of a share all cooperative events, of demands the demands"),
      ColumnSchema("incidents", .integer, unit: "incidents", "incidents that begin on these days"),
      ColumnSchema("incidents_low", .integer, unit: "incidents", "the fewest that the records allow"),
      ColumnSchema("incidents_high", .integer, unit: "incidents", "the most that they allow; empty without a limit"),
      ColumnSchema(
        "measure", .text, "what value is: incidents, incidents in 30 days, mean score or share"),
      ColumnSchema("value", .real, "its value"), ColumnSchema("low", .real, "lower end of its 95 % interval"),
      ColumnSchema("high", .real, "upper end of that interval"),
    ])
  static let evidence = TableSchema(
    "evidence", "A row is an event that speaks for a claim or against it, the most telling first.",
    keys: ["claim", "side", "rank"],
    columns: [
      key, ColumnSchema("side", .text, "for or against"), ColumnSchema("rank", .integer, "1 for the most telling"),
      ColumnSchema("event_id", .text, "its identifier"), ColumnSchema("date", .date, "its first day"),
      ColumnSchema("actor1", .text, "its first actor"), ColumnSchema("actor2", .text, "its second actor"),
      ColumnSchema("code", .text, "its class"), ColumnSchema("goldstein", .real, unit: "points", "its score"),
      ColumnSchema("incidents", .integer, unit: "incidents", "how many incidents it stands for"),
    ])
  static let tipping = TableSchema(
    "tipping", "A row is the fewest events whose change, of one kind, turns the verdict on a claim.",
    keys: ["claim", "change"],
    columns: [
      key,
      ColumnSchema(
        "change", .text, "removed or given to another actor, taken from another actor, or added"),
      ColumnSchema("number", .integer, unit: "events", "how many"),
      ColumnSchema("what", .text, "one of what is changed"),
      ColumnSchema("verdict", .text, "what the verdict then is"),
      ColumnSchema("events", .text, "which events, where they are in the data"),
    ])

  static let charts = [
    Chart(
      "claim-sheet", "The claims, the days they are about, and the verdicts", kind: .timeline, table: "claims",
      x: "from",
      y: ["n"], series: "claim", interval: ["to"], label: "verdict")
  ]

  var all: [ResultTable] { [claimsTable, windowsTable, evidenceTable, tippingTable] }

  private func text(_ text: String?) -> JSONValue { text.map { $0.isEmpty ? .null : .string($0) } ?? .null }
  private func whole(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
  private func day(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }

  private var claimsTable: ResultTable {
    var table = ResultTable.Builder(Self.claims)
    for result in results {
      let (claim, found) = (result.claim, result.judgement)
      let wasTested = found.measure != nil
      var values: [JSONValue] = [
        .string(claim.name), .string(claim.kind.rawValue), text(claim.text), text(events.name(of: claim.actor1)),
        text(events.name(of: claim.actor2)), day(claim.days.from), day(claim.days.to),
        .string(found.verdict.rawValue), text(found.reason), day(found.due), text(found.measure),
      ]
      let numbers: [Double?] = [
        found.estimate, found.interval?.lower, found.interval?.upper, found.exact?.lower, found.exact?.upper,
        found.pValue, result.falseDiscoveryRate, found.dispersion,
      ]
      values += numbers.map { exact($0) }
      values += [whole(found.rank), exact(found.probabilityFirst), exact(found.detectable)]
      let sizes = [found.size, found.supporting.count, found.opposing.count]
      values += sizes.map { wasTested ? .integer($0) : .null }
      values += [
        whole(result.tipping?.number), text(result.tipping?.way.kind.rawValue), text(result.tipping?.verdict.rawValue),
      ]
      table.append(values)
    }
    return table.finish()
  }

  private var windowsTable: ResultTable {
    var table = ResultTable.Builder(Self.windows)
    for result in results {
      let measure: String? =
        switch result.judgement.measure {
        case "rate ratio": "incidents in 30 days"
        case "mean score", "change of mean score", "probability of balance": "mean score"
        case "change of share", "demands met": "share"
        case let other: other
        }
      for (place, window) in result.judgement.windows.enumerated() {
        table.append([
          .string(result.claim.name), .integer(place + 1), .string(window.part), day(window.days.from),
          day(window.days.to), .integer(window.daysCovered), .integer(window.events), whole(window.count?.value),
          whole(window.count?.low), whole(window.count?.high), text(measure), exact(window.value),
          exact(window.interval?.lower), exact(window.interval?.upper),
        ])
      }
    }
    return table.finish()
  }

  private var evidenceTable: ResultTable {
    var table = ResultTable.Builder(Self.evidence)
    let (source, numbers) = (events.table, IncidentNumbers(events.table))
    for result in results {
      for (side, rows) in [("for", result.judgement.supporting), ("against", result.judgement.opposing)] {
        for (place, row) in rows.prefix(limit).enumerated() {
          table.append([
            .string(result.claim.name), .string(side), .integer(place + 1), text(source.id?[row]),
            day(source.firstDay.values[row]), text(source.actor1?[row]), text(source.actor2?[row]),
            text(source.eventClass?[row]), exact(events.score(row)), .integer(numbers[row].value),
          ])
        }
      }
    }
    return table.finish()
  }

  private var tippingTable: ResultTable {
    var table = ResultTable.Builder(Self.tipping)
    for result in results {
      for tipping in result.tippings {
        let names = tipping.rows.compactMap { events.table.id?[$0] }
        table.append([
          .string(result.claim.name), .string(tipping.way.kind.rawValue), .integer(tipping.number),
          .string("\(tipping.way.word) \(tipping.way.what)"), .string(tipping.verdict.rawValue),
          text(names.joined(separator: " ")),
        ])
      }
    }
    return table.finish()
  }
}
