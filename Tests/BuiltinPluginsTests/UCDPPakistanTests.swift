import EventModel
import Foundation
import TestSupport
import Testing
import UCDPSource
import Workbench

/// The real file of Pakistan, against counts made by another program.
@Suite struct UCDPPakistanTests {
  /// The file's events and what was warned of; nil where the file is not here.
  private func read(_ parameters: String = "") async throws -> (table: EventTable, warnings: [Diagnostic])? {
    guard let url = sharedData("ucdp/ged-pakistan-1989-2021.csv") else { return nil }
    let dataset = try Dataset(
      UCDPSource.self, "{path: ged.csv\(parameters)}", files: ["ged.csv": Array(try Data(contentsOf: url))])
    return (try await dataset.events(), dataset.warnings.all)
  }
  private func sum(_ column: EventColumn, _ table: EventTable, where isCounted: (Int) -> Bool = { _ in true }) -> Int {
    (0..<table.count).filter(isCounted).reduce(0) { $0 + Int(table.integers(column)?[$1] ?? 0) }
  }

  @Test func countsAreThoseOfThePublishedFile() async throws {
    guard let (table, warnings) = try await read() else { return }
    #expect(table.count == 6416)
    #expect(sum(.fatalitiesBest, table) == 43_225)
    #expect(sum(.fatalitiesLow, table) == 41_089)
    #expect(sum(.fatalitiesHigh, table) == 49_713)
    let classes = try #require(table.eventClass)
    let types = ["state-based", "non-state", "one-sided"].map { name in (0..<table.count).count { classes[$0] == name }
    }
    #expect(types == [5388, 469, 559])
    let best = try #require(table.integers(.fatalitiesBest))
    #expect((0..<table.count).count { best[$0] == 0 } == 527)
    #expect((0..<table.count).count { table.firstDay.values[$0] < table.lastDay.values[$0] } == 348)
    let precisions = table.datePrecision.values
    #expect(DatePrecision.allCases.map { one in precisions.count { $0 == one.rawValue } } == [6068, 297, 41, 0, 10, 0])
    #expect(Set((0..<table.count).map { table.codes(.country)?[$0] }) == ["PAK"])
    #expect(table.integers(.reports)?.missing == 4268 && table.codes(.outlet)?.codes.missing == 4268)
    #expect(table.codes(.admin1)?.codes.missing == 45)
    #expect(Set((0..<table.count).map { table.id?[$0] }).count == 6416)
    #expect(table.goldstein?.missing == 0 && Set(table.quadClass?.values ?? []) == [4])
    #expect(
      warnings.map(\.message) == [
        "of 6416 events 61 have a low estimate above the best and 139 have a best estimate above the high"
      ])
  }

  @Test func dyadOfTheGovernmentAndTheTTP() async throws {
    guard let (table, _) = try await read() else { return }
    func isTTP(_ row: Int) -> Bool {
      table.actor1?[row] == "Government of Pakistan" && table.actor2?[row] == "TTP"
    }
    #expect((0..<table.count).count(where: isTTP) == 3770)
    #expect(sum(.fatalitiesBest, table, where: isTTP) == 27_862)
    var months: [String] = []
    for month in 1...12 {
      let counted = { (row: Int) in
        let date = table.firstDay.values[row].date
        return isTTP(row) && date.year == 2021 && date.month == month
      }
      months.append("\((0..<table.count).count(where: counted))/\(sum(.fatalitiesBest, table, where: counted))")
    }
    #expect(
      months == [
        "10/21", "11/34", "7/21", "6/11", "7/20", "9/18", "6/21", "17/27", "11/38", "15/26", "3/7", "10/15",
      ])
  }

  @Test func parametersChooseEstimatesAndEvents() async throws {
    guard let (high, _) = try await read(", estimate: high") else { return }
    #expect(sum(.fatalitiesBest, high) == 49_713 && sum(.fatalitiesHigh, high) == 49_713)
    let (kept, warnings) = try #require(
      try await read(", violence: [one-sided], max_where_prec: 3, max_date_prec: 1, max_event_clarity: 1"))
    #expect(Set((0..<kept.count).map { kept.eventClass?[$0] }) == ["one-sided"])
    #expect(kept.lastDay.values == kept.firstDay.values)
    let note = try #require(warnings.first { $0.id == "ucdp.events-beyond-limits" })
    #expect(note.message.hasPrefix("\(6416 - kept.count) of 6416 events were left out: 5857 by 'violence', "))
  }
}
