import EventModel
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct ResultTableTests {
  private let schema = TableSchema(
    "t", "A row.", keys: ["period", "actor"],
    columns: [
      ColumnSchema("actor", .text, "Actor."), ColumnSchema("period", .date, "First day."),
      ColumnSchema("events", .integer, unit: "events", "Events."), ColumnSchema("mean", .real, "Mean."),
      ColumnSchema("first", .boolean, "Whether it is the first."),
    ])

  @Test func rowsAreSortedByTheKeysInTheirOrderWithNullsFirst() {
    var builder = ResultTable.Builder(schema)
    builder.append(["TTP", "2021-12-01", 3, 1.5, true])
    builder.append(["Pakistan", "2021-12-01", 2, nil, false])
    builder.append(["Zabul", "2021-02-01", 1, 2, nil])
    builder.append([nil, "2021-12-01", 9, nil, nil])
    builder.append(["é", "2021-12-01", 4, nil, nil])
    builder.append(["a", nil, nil, nil, nil])
    let table = builder.finish()
    #expect(table.count == 6)
    #expect((0..<6).map { table["actor"]?[$0] ?? nil } == ["a", "Zabul", nil, "Pakistan", "TTP", "é"])
    #expect((0..<6).map { table["events"]?[$0] ?? nil } == [nil, 1, 9, 2, 3, 4])
    #expect((0..<6).map { table["period"]?[$0] ?? nil }.prefix(2) == [nil, "2021-02-01"])
    #expect(table["nothing"] == nil)
  }

  @Test func numbersAreSortedAsNumbers() {
    var builder = ResultTable.Builder(
      TableSchema("n", "A row.", keys: ["n"], columns: [ColumnSchema("n", .integer, "N.")]))
    for number in [10, 9, -1, 100, 2] { builder.append([.integer(number)]) }
    let table = builder.finish()
    #expect((0..<5).map { table["n"]?[$0] ?? nil } == [-1, 2, 9, 10, 100])
  }

  @Test func rowsWithEqualKeysKeepTheirOrder() {
    var builder = ResultTable.Builder(
      TableSchema(
        "n", "A row.", keys: ["k"], columns: [ColumnSchema("k", .text, "K."), ColumnSchema("n", .integer, "N.")]))
    for number in 0..<40 { builder.append([number % 2 == 0 ? "b" : "a", .integer(number)]) }
    let table = builder.finish()
    let numbers = (0..<40).compactMap { table["n"]?[$0].integer }
    #expect(numbers == Array(stride(from: 1, to: 40, by: 2)) + Array(stride(from: 0, to: 40, by: 2)))
  }

  @Test func numbersThatAreNotFiniteBecomeNull() {
    var builder = ResultTable.Builder(
      TableSchema("n", "A row.", keys: [], columns: [ColumnSchema("x", .real, "X.")]))
    for number in [Double.nan, .infinity, -.infinity, 1.25] { builder.append([.number(number)]) }
    let table = builder.finish()
    #expect((0..<4).map { table["x"]?[$0] ?? nil } == [nil, nil, nil, 1.25])
  }

  @Test func aTableWithoutRowsHasItsColumns() {
    let table = ResultTable.Builder(schema).finish()
    #expect(table.count == 0)
    #expect(table.columns.map(\.kind) == [.text, .date, .integer, .real, .boolean])
  }
}
