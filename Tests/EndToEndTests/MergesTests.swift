import Foundation
import TestSupport
import Testing

/// Records of one event, merged in runs of the program.
@Suite struct MergesTests {
  /// The counts are those of a program in another language over the same file; the truth names the near-duplicates.
  @Test func oneADayMergesTheDuplicatesOfTheSyntheticData() throws {
    let folder = try copyOfWorkspace("synthetic")
    try folder.write(
      folder.text("workspace.yaml") + "events: {all: {deduplicate: one-a-day}}\n", "workspace.yaml")
    let run = try Program.run(["run", "--only", "tables"], in: folder.url)
    #expect(run.exitCode == 0, "\(run)")
    let counts = try folder.text("out/tables/event-sets.csv")
    #expect(counts.contains(",merged as duplicates,6171\n") && counts.contains(",kept,97994\n"), "\(counts)")
    let merges = try folder.text("out/tables/merges.csv").split(separator: "\n").map { $0.split(separator: ",") }
    #expect(merges.count == 6172)
    #expect(merges[0].prefix(4) == ["event_set", "rule", "kept_source", "kept_id"])
    let merged = Set(merges.dropFirst().map { String($0[6]) })
    #expect(merged.count == 6171)

    let unpacked = Process()
    let pipe = Pipe()
    unpacked.executableURL = URL(filePath: "/usr/bin/env")
    unpacked.arguments = ["gzip", "-dc", folder.url.appending(path: "data/events.csv.gz").path]
    unpacked.standardOutput = pipe
    try unpacked.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    unpacked.waitUntilExit()
    var days: [Substring: Substring] = [:]
    var duplicates: [(copy: Substring, original: Substring)] = []
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      days[fields[0]] = fields[1]
      if !fields[10].isEmpty { duplicates.append((fields[0], fields[10])) }
    }
    #expect(duplicates.count == 4964)
    let sameDay = duplicates.filter { days[$0.copy] == days[$0.original] }
    #expect(sameDay.count == 2452)
    let missed = sameDay.filter { !merged.contains(String($0.copy)) && !merged.contains(String($0.original)) }
    #expect(missed.isEmpty, "\(missed.prefix(3))")
  }

  @Test func aSetIsShownWithItsMerges() throws {
    let folder = try smallWorkspace(
      sources: "{coded: {use: csv, with: {path: data/events.csv, directed: true, ontology: cameo}}}",
      exports: "{tables: {use: tables, to: out/tables}, archive: {use: archive, to: out/small.zip}}",
      events: """
        event_id,date_start,actor1,actor2,code
        a,2021-11-09,TTP,Pakistan,1831
        b,2021-11-09,TTP,Pakistan,183

        """)
    try folder.write(folder.text("workspace.yaml") + "events: {all: {deduplicate: one-a-day}}\n", "workspace.yaml")
    #expect(try Program.run(["run"], in: folder.url).exitCode == 0)
    let shown = try Program.run(["show", "last", "all"], in: folder.url)
    #expect(shown.exitCode == 0 && shown.output.contains("one-a-day"), "\(shown)")
    let row = "all,one-a-day,coded,a,1,coded,b,2,0,,TTP,it comes first\n"
    let csv = try Program.run(["show", "last", "all", "--table", "merges", "--csv"], in: folder.url)
    #expect(csv.output.hasSuffix(row), "\(csv)")
    #expect(try folder.text("out/tables/merges.csv") == csv.output)
    #expect(try folder.text("out/tables/datapackage.json").contains("\"merges.csv\""))
    let list = Process()
    let pipe = Pipe()
    list.executableURL = URL(filePath: "/usr/bin/env")
    list.arguments = ["unzip", "-p", folder.url.appending(path: "out/small.zip").path, "small/data/counts/merges.csv"]
    list.standardOutput = pipe
    try list.run()
    let archived = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    list.waitUntilExit()
    #expect(archived == csv.output)
  }
}
