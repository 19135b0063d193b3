import Foundation
import TestSupport
import Testing

/// `casus detect`: the change points of a column of any CSV.
@Suite struct DetectTests {
  private let coal = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2,
    1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0,
    0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
  ]
  private func folder(_ text: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(text, "series.csv")
    return folder
  }
  private func detect(_ arguments: [String], _ folder: TemporaryFolder) throws -> [String: Any] {
    let outcome = try Program.run(["detect", "series.csv", "--json"] + arguments, in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    return try #require(try outcome.json() as? [String: Any])
  }

  @Test func coalMineDisastersFellIn1892() throws {
    let rows = coal.enumerated().map { "\(1851 + $0.offset),\"\($0.element)\"" }
    let folder = try folder("year,disasters\r\n" + rows.joined(separator: "\r\n"))
    let answer = try detect(["--column", "disasters", "--method", "counts", "--label", "year"], folder)
    let changes = try #require(answer["changePoints"] as? [[String: Any]])
    #expect(changes.count == 1 && changes[0]["index"] as? Int == 41 && changes[0]["line"] as? Int == 43)
    #expect(changes[0]["label"] as? String == "1892")
    // 127 in 41 years, then 64 in 71.
    #expect(abs((changes[0]["before"] as? Double ?? 0) - 127.0 / 41) < 1e-9)
    #expect(abs((changes[0]["after"] as? Double ?? 0) - 64.0 / 71) < 1e-9)
    let (low, high) = (changes[0]["low"] as? Int ?? 0, changes[0]["high"] as? Int ?? 0)
    #expect(low == 36 && high == 46)
    #expect((answer["p"] as? Double ?? 1) < 0.01 && answer["missing"] as? Int == 0)
    let shown = try Program.run(
      ["detect", "series.csv", "--column", "disasters", "--method", "counts", "--label", "year"], in: folder.url)
    #expect(shown.output.contains("1892") && shown.output.contains("3.098"), "\(shown)")
  }

  @Test func missingValuesArePassedOver() throws {
    let values = [3.0, 3.2, 2.9, 3.1, nil, 3.0, 3.1, 2.8, nil, 9.1, 9.0, 8.8, 9.2, 9.1, 9.0, 8.9]
    let words = ["", "NA", "nan"]
    let rows = values.enumerated().map { "\($0.offset), \($0.element.map { "\($0)" } ?? words[$0.offset % 3]) " }
    let folder = try folder("day,flow\n" + rows.joined(separator: "\n") + "\n")
    let answer = try detect(["--column", "flow"], folder)
    let changes = try #require(answer["changePoints"] as? [[String: Any]])
    #expect(changes.map { $0["index"] as? Int } == [9])
    #expect(answer["count"] as? Int == 16 && answer["missing"] as? Int == 2 && answer["p"] is NSNull)
  }

  @Test func turingSeriesHaveTheirChangePoints() throws {
    struct Dataset: Decodable {
      struct Series: Decodable { var raw: [Double?] }
      var series: [Series]
    }
    struct Expected: Decodable {
      var dataset: String
      var change_points: [Int]
    }
    guard let file = sharedData("tcpd/expected-mean-or-trend.json") else { return }
    for one in try JSONDecoder().decode([Expected].self, from: Data(contentsOf: file)) {
      let url = file.deletingLastPathComponent().appending(path: "\(one.dataset).json")
      let values = try JSONDecoder().decode(Dataset.self, from: Data(contentsOf: url)).series[0].raw
      let folder = try folder("value\n" + values.map { ($0.map { "\($0)" } ?? "NA") + "\n" }.joined())
      let changes = try detect(["--column", "value"], folder)["changePoints"] as? [[String: Any]]
      #expect(changes?.map { $0["index"] as? Int } == one.change_points, "\(one.dataset)")
      for change in changes ?? [] {
        let (low, index, high) = (change["low"] as? Int, change["index"] as? Int, change["high"] as? Int)
        #expect((low ?? .max) <= (index ?? 0) && (index ?? 0) <= (high ?? -1))
      }
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", ["--column", "tempo"], Int32(64), "known: a, b"),
    ("flows,b\n1,2\n", ["--column", "flow"], 64, "did you mean 'flows'?"),
    ("a,a\n1,2\n", ["--column", "a"], 64, "more than one column"),
    ("a,b\n1,2\n3,4\n\"x,y\",12 men\n", ["--column", "b"], 65, "series.csv:4:7"),
    ("a\n1\n2\n3\n", ["--column", "a"], 65, "3 values"),
    ("a\n1\n2\n-3\n4\n5\n", ["--column", "a", "--method", "counts"], 65, "series.csv:4:1"),
    ("a\n1\ninf\n0x10\n4\n5\n", ["--column", "a"], 65, "'inf'"),
    ("a,b\n1,2\n3\n", ["--column", "a"], 65, "1 field"),
    ("", ["--column", "a"], 65, "empty"),
    ("a\n1\n", ["--column", "a", "--method", "magic"], 64, "magic"),
    ("a\n1\n", [], 64, "--column"),
  ])
  func mistakesAreNamed(_ text: String, _ arguments: [String], _ exit: Int32, _ says: String) throws {
    let folder = try folder(text)
    let outcome = try Program.run(["detect", "series.csv"] + arguments, in: folder.url)
    #expect(outcome.exitCode == exit && outcome.messages.contains(says), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  @Test func aFileThatIsMissingIsSuggested() throws {
    let folder = try folder("a\n1\n")
    let outcome = try Program.run(["detect", "serie.csv", "--column", "a"], in: folder.url)
    #expect(outcome.exitCode == 66 && outcome.messages.contains("did you mean 'series.csv'?"), "\(outcome)")
    let other = try Program.run(["detect", "x/y.csv", "--column", "a"], in: folder.url)
    #expect(other.exitCode == 66 && !other.messages.contains("workspace"), "\(other)")
  }

  @Test func nothingFoundIsAnAnswer() throws {
    let folder = try folder("a\n" + (0..<40).map { "\($0 % 3)\n" }.joined())
    let outcome = try Program.run(["detect", "series.csv", "--column", "a"], in: folder.url)
    #expect(outcome.exitCode == 0 && outcome.output.contains("no change in 40 rows"), "\(outcome)")
  }
}
