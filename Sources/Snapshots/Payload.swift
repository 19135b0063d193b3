import Charts
import DelimitedText
import JSONText
import Workbench

/// The files of a snapshot's payload, by their names in `data/`.
///
/// The names decide the order. Tables come before `datapackage.json`, which gives their digests, and all that comes after
/// it is small, or a file whose digest the run knows.
struct Payload {
  static let readMe = "README.md"
  static let analyses = "analyses/"
  static let resultName = "result.json"
  static let counts = "counts/event-sets.csv"
  static let merges = "counts/merges.csv"
  static let package = "datapackage.json"
  static let inputs = "inputs.json"
  static let crate = "ro-crate-metadata.json"
  static let record = "run.json"
  static let steps = "steps.json"
  static let workspace = "workspace/"
  static let withheld = "withheld/"
  static let plugins = "plugins/"

  private let run: RunResults
  /// The tables, with what they hold.
  private let described: [(path: String, name: String, table: ResultTable)]
  /// What stands before the data package, in the order of names.
  let tables: [ZipEntry]
  /// What stands after the tables, in the order of names; known once `describe` was called.
  private(set) var rest: [ZipEntry] = []

  init(_ run: RunResults) {
    self.run = run
    var described: [(path: String, name: String, table: ResultTable)] = [(Self.counts, "event-sets", run.counts)]
    if let merges = run.merges { described.append((Self.merges, "merges", merges)) }
    let credit = ChartCredit(run)
    var entries = [ZipEntry(Self.readMe, .bytes(Array(snapshotReadMe(run).utf8)))]
    for analysis in run.analyses {
      let folder = "\(Self.analyses)\(analysis.name)"
      for table in analysis.result.tables {
        described.append(
          ("\(folder)/\(table.schema.name).csv", "\(analysis.name).\(table.schema.name)", table))
      }
      let result = analysis.result
      entries += result.charts.map { chart in
        ZipEntry(
          "\(folder)/\(chart.name).svg",
          .pieces(count: 1) { _ in Array(draw(chart, of: result, id: chart.name, credit: credit).file.utf8) })
      }
      entries.append(
        ZipEntry("\(folder)/\(Self.resultName)", .bytes(Array(analysis.result.description.pretty.utf8))))
    }
    entries += described.map { place, _, table in
      let (writer, chunks) = (TableWriter(table), table.rowChunks)
      return ZipEntry(place, .pieces(count: chunks.count) { writer.render(chunks[$0], header: $0 == 0) })
    }
    tables = entries.sorted()
    self.described = described.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Where a file that the run read lies: itself, or what stands for it.
  static func place(of file: RunResults.RunFile) -> String {
    file.mayRedistribute ? workspace + file.name : "\(withheld)\(file.name).json"
  }

  /// Makes the descriptions, now that the digests of the tables are known.
  mutating func describe(_ written: [ArchivedFile]) {
    var files = written
    let known = Dictionary(written.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var small: [(name: String, json: JSONValue)] = []
    let resources = described.compactMap { path, name, table in
      known[path].map { table.schema.resource(named: name, path: path, bytes: $0.bytes, digest: $0.digest) }
    }
    small.append((Self.package, dataPackage(run, resources)))
    small.append((Self.inputs, inputList))
    for plugin in run.plugins {
      small.append(("\(Self.plugins)\(plugin.manifest.id).json", plugin.description))
    }
    small.append((Self.record, run.record))
    small.append((Self.steps, run.steps))
    for file in run.files where !file.mayRedistribute { small.append((Self.place(of: file), stub(of: file))) }
    var entries: [ZipEntry] = []
    func add(_ name: String, _ json: JSONValue) {
      let bytes = Array(json.pretty.utf8)
      files.append(ArchivedFile(name: name, bytes: bytes.count, digest: sha256(bytes)))
      entries.append(ZipEntry(name, .bytes(bytes)))
    }
    for (name, json) in small { add(name, json) }
    for file in run.files where file.mayRedistribute {
      files.append(ArchivedFile(name: Self.place(of: file), bytes: file.bytes, digest: file.digest))
      entries.append(ZipEntry(Self.place(of: file), .file(file.path, bytes: file.bytes)))
    }
    files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    add(Self.crate, Crate(run, files).json)
    rest = entries.sorted()
  }

  /// Every file that the run read, workspace file first, with where it lies in the archive, or what stands for it.
  private var inputList: JSONValue {
    .array(
      run.files.map { file in
        [
          "path": .string(file.path.text), "name": .string(file.name), "role": .string(file.role.rawValue),
          "bytes": .integer(file.bytes), "sha256": .string(file.digest),
          "archived": .string(Self.place(of: file)), "withheld": .boolean(!file.mayRedistribute),
        ]
      })
  }

  /// What stands for a file that may not be passed on: its digest, and where it came from.
  private func stub(of file: RunResults.RunFile) -> JSONValue {
    let readers = (run.record["sources"]?.elements ?? []).filter { source in
      (source["inputs"]?.elements ?? []).contains { $0["path"]?.text == file.path.text }
    }
    return [
      "withheld": "this file may not be passed on; fetch it where the citation says, and compare its SHA-256",
      "path": .string(file.path.text), "bytes": .integer(file.bytes), "sha256": .string(file.digest),
      "role": .string(file.role.rawValue),
      "read_by": .array(
        readers.map { source in
          var facts: [String: JSONValue] = [:]
          for key in ["name", "plugin", "version", "parameters", "release", "accessed", "citation", "events"] {
            facts[key] = source[key] ?? .null
          }
          return .object(facts)
        }),
    ]
  }
}

extension AnalysisResult {
  /// What an analysis came to beside its tables' rows.
  fileprivate var description: JSONValue {
    [
      "findings": .array(findings.map(\.json)), "charts": .array(charts.map(\.json)),
      "tables": .array(tables.map(\.schema.json)),
    ]
  }
}

extension [ZipEntry] {
  /// In the order in which an archive takes them.
  fileprivate func sorted() -> [ZipEntry] { sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
}
