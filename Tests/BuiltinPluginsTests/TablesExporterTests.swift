import Foundation
import JSONText
import TablesExporter
import TestSupport
import Testing
import Workbench

@Suite struct TablesExporterTests {
  @Test func writesEveryTableAndTheFindings() async throws {
    let files = try await exported(made(TablesExporter.self), sampleRun(rows: 3))
    #expect(
      files.keys.sorted()
        == [
          "CITATION.txt", "datapackage.json", "event-sets.csv", "findings.csv", "numbers/long.csv",
          "types/all-types.csv",
        ])
    let text = files.mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(
      text["types/all-types.csv"] == """
        actor,events,score,first_day,is_state
        =1+1,9007199254740993,1e+300,1970-01-01,true
        Pakistan,,,,
        "TTP, ""the"" one",3,-0.1,2021-12-09,false

        """)
    #expect(
      text["findings.csv"] == """
        analysis,rank,strength,sentence,numbers,events,headline
        types,1,weak,"The ceasefire held for 9 days, ""they"" said.","{""days"":9,""rate"":0.25}","[""e2"",""e1""]",1

        """)
  }

  @Test func mergesAreATableOfTheirOwn() async throws {
    var run = sampleRun(rows: 3)
    let schema = TableSchema(
      "merges", "Merges.", keys: ["kept_id"], columns: [ColumnSchema("kept_id", .text, "the record kept")])
    var merges = ResultTable.Builder(schema)
    merges.append([.string("=e1")])
    run.merges = merges.finish()
    let warnings = Warnings()
    let files = try await exported(made(TablesExporter.self), run, warnings: warnings)
    #expect(String(decoding: files["merges.csv"] ?? [], as: UTF8.self) == "kept_id\n=e1\n")
    #expect(warnings.all.contains { $0.message.contains("merges.csv") })
    let package = String(decoding: files["datapackage.json"] ?? [], as: UTF8.self)
    #expect(package.contains("\"merges.csv\"") && package.contains("the record kept"))
  }

  @Test func jsonLinesAndMarkdownHoldTheSameRows() async throws {
    let also = ConfigNode(
      .map([
        ConfigNode.Entry(
          key: "also", keyLocation: SourceLocation(file: "test"),
          value: ConfigNode(
            .list(
              ["json-lines", "markdown"].map {
                ConfigNode(.scalar($0, isQuoted: false), at: SourceLocation(file: "test"))
              }), at: SourceLocation(file: "test")))
      ]), at: SourceLocation(file: "test"))
    var reader = ParameterReader(reading: also)
    let exporter = TablesExporter(parameters: &reader)
    let files = try await exported(exporter, sampleRun(rows: 1_500))
    #expect(try await exported(exporter, sampleRun(rows: 1_500), workers: 5) == files)
    let text = files.mapValues { String(decoding: $0, as: UTF8.self) }
    let lines = try #require(text["types/all-types.jsonl"]).split(separator: "\n")
    let rows = lines.compactMap { JSONValue(reading: Array($0.utf8)) }
    #expect(
      rows == [
        [
          "actor": "=1+1", "events": 9_007_199_254_740_993, "score": 1e300, "first_day": "1970-01-01", "is_state": true,
        ],
        ["actor": "Pakistan", "events": nil, "score": nil, "first_day": nil, "is_state": nil],
        ["actor": "TTP, \"the\" one", "events": 3, "score": -0.1, "first_day": "2021-12-09", "is_state": false],
      ])
    #expect(lines.first?.hasPrefix("{\"actor\":\"=1+1\",\"events\":") == true, "in the order of the columns")
    #expect(text["numbers/long.jsonl"]?.split(separator: "\n").count == 1_500)
    #expect(
      text["types/all-types.md"] == """
        | actor | events | score | first_day | is_state |
        | --- | ---: | ---: | --- | --- |
        | =1+1 | 9007199254740993 | 1e+300 | 1970-01-01 | true |
        | Pakistan |  |  |  |  |
        | TTP, "the" one | 3 | -0.1 | 2021-12-09 | false |

        """)
    #expect(text["numbers/long.md"]?.hasSuffix("\n\n500 more rows\n") == true)
    #expect(text["findings.jsonl"]?.contains("held for 9 days") == true)
  }

  @Test func describesThemForOtherPrograms() async throws {
    let files = try await exported(made(TablesExporter.self), sampleRun(rows: 3))
    let parsed = try JSONSerialization.jsonObject(with: Data(try #require(files["datapackage.json"])))
    let package = try #require(parsed as? [String: Any])
    #expect(package["name"] as? String == "sample")
    #expect((package["licenses"] as? [[String: String]])?.first?["name"] == "CC-BY-4.0")
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(
      resources.compactMap { $0["path"] as? String }
        == ["types/all-types.csv", "numbers/long.csv", "findings.csv", "event-sets.csv"])
    #expect(resources.map { $0["bytes"] as? Int } == resources.map { files[$0["path"] as? String ?? ""]?.count })
    let schema = try #require(resources[0]["schema"] as? [String: Any])
    #expect(schema["primaryKey"] as? [String] == ["actor"])
    let fields = try #require(schema["fields"] as? [[String: String]])
    #expect(fields.map { $0["type"] } == ["string", "integer", "number", "date", "boolean"])
    #expect(fields[1] == ["name": "events", "type": "integer", "description": "how many events", "unit": "events"])
    let hashes = resources.map { "\(($0["hash"] as? String ?? "").dropFirst(7))  \($0["path"] ?? "")\n" }.joined()
    var all = files
    all["sums"] = Array(hashes.utf8)
    try inFolder(all) { run in
      let judgement = try run(["sha256sum", "-c", "sums"], "")
      #expect(judgement.0 == 0, "\(judgement.1)")
    }
  }

  @Test func writesTheSameBytesWithAnyNumberOfWorkers() async throws {
    let run = sampleRun(rows: 300_000)
    let one = try await exported(made(TablesExporter.self), run, workers: 1)
    #expect(try await exported(made(TablesExporter.self), run, workers: 5) == one)
    let lines = try #require(one["numbers/long.csv"]).count { $0 == UInt8(ascii: "\n") }
    #expect(lines == 300_001)
  }

  @Test func saysWhichTextASpreadsheetMayCompute() async throws {
    let warnings = Warnings()
    _ = try await exported(made(TablesExporter.self), sampleRun(rows: 3), warnings: warnings)
    #expect(warnings.all.map(\.id) == ["tables.formula"])
    #expect(
      warnings.all.first?.message == "'=1+1' in 'types/all-types.csv' may be taken for a formula by a spreadsheet")
  }

  /// The judge of data packages, where it is installed (`pip install frictionless`).
  @Test func isValidByFrictionless() async throws {
    let program = ProcessInfo.processInfo.environment["FRICTIONLESS"] ?? "frictionless"
    let files = try await exported(made(TablesExporter.self), sampleRun(rows: 500))
    try inFolder(files) { run in
      guard try run([program, "--version"], "").0 == 0 else {
        return print("skipped: frictionless is not installed; name it in FRICTIONLESS")
      }
      let good = try run([program, "validate", "datapackage.json"], "")
      #expect(good.0 == 0, "\(good.1)")
    }
    var damaged = files
    damaged["types/all-types.csv"] = files["types/all-types.csv"].map { $0 + Array("x,y,z\n".utf8) }
    try inFolder(damaged) { run in
      guard try run([program, "--version"], "").0 == 0 else { return }
      #expect(try run([program, "validate", "datapackage.json"], "").0 != 0)
    }
  }
}
