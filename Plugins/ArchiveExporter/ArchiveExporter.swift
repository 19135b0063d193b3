import DelimitedText
public import EventModel
import JSONText
import Snapshots
public import Workbench

/// Writes the whole run as one zip that anyone can unpack, check and run again; equal runs give equal bytes.
public struct ArchiveExporter: Exporter {
  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "archive", name: "Archive",
    summary:
      "Writes workspace, inputs, tables, findings and the run's record as one zip with equal bytes for equal runs.",
    diagnostics: DiagnosticKind.snapshotKinds + [otherInput])
  /// Whether it writes one file or a folder.
  public static let shape = ExportShape.file(extension: "zip")
  /// It writes results, no events.
  public var columns: EventColumns { [] }

  /// It has no parameters.
  public init(parameters: inout ParameterReader) {}

  /// Writes; see `ZipWriter` for what is in memory meanwhile.
  public func export(
    _ run: RunResults, to output: any OutputDirectory, in context: RunContext
  ) async throws(Diagnostic) {
    let folder = run.workspace.name
    let entries = (results(of: run) + inputs(of: run))
      .map { ZipEntry("\(folder)/data/\($0.name)", $0.content) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try output.write(output.fileName ?? "\(folder).zip") { (file) throws(Diagnostic) in
      var archive = ZipWriter(to: file, in: context)
      let files = try archive.add(entries)
      try check(files, against: run, in: folder)
      // Comes after `data/` in the order of names, as it must: it lists all that came before.
      var manifest = ""
      for file in files { manifest += "\(file.digest)  \(file.name.dropFirst(folder.count + 1))\n" }
      _ = try archive.add([ZipEntry("\(folder)/manifest-sha256.txt", .bytes(Array(manifest.utf8)))])
      try archive.finish()
    }
  }

  /// What the run came to.
  private func results(of run: RunResults) -> [ZipEntry] {
    var entries = [
      ZipEntry("README.txt", .bytes(Array(readMe(run).utf8))),
      ZipEntry("findings.json", .bytes(Array(findings(run).pretty.utf8))),
      ZipEntry("inputs.json", .bytes(Array(inputList(run).pretty.utf8))),
      ZipEntry("run.json", .bytes(Array(run.record.pretty.utf8))),
    ]
    entries.append(
      ZipEntry("event-sets.csv", .bytes(TableWriter(run.counts).render(0..<run.counts.count, header: true))))
    if let merges = run.merges { entries.append(entry("merges.csv", merges)) }
    for analysis in run.analyses {
      for table in analysis.result.tables {
        entries.append(entry("analyses/\(analysis.name)/\(table.schema.name).csv", table))
      }
    }
    return entries
  }
  private func entry(_ name: String, _ table: ResultTable) -> ZipEntry {
    let (writer, chunks) = (TableWriter(table), table.rowChunks)
    return ZipEntry(name, .pieces(count: chunks.count) { index in writer.render(chunks[index], header: index == 0) })
  }

  /// The files that the run read and that may be passed on.
  private func inputs(of run: RunResults) -> [ZipEntry] {
    run.files.filter(\.mayRedistribute).map { ZipEntry("workspace/\($0.name)", .file($0.path, bytes: $0.bytes)) }
  }

  /// The archive must hold what the run read, not what has become of it since.
  private func check(_ files: [ArchivedFile], against run: RunResults, in folder: String) throws(Diagnostic) {
    let digests = Dictionary(files.map { ($0.name, $0.digest) }, uniquingKeysWith: { $1 })
    for file in run.files where file.mayRedistribute {
      guard digests["\(folder)/data/workspace/\(file.name)"] != file.digest else { continue }
      throw .error(
        Self.otherInput, "'\(file.path.text)' is no longer what the run read", at: SourceLocation(file: file.path.text),
        hint: "run again", exit: .noInput)
    }
  }

  static let otherInput = DiagnosticKind(
    "archive.other-input", "An input changed between the run and the writing of the archive.",
    "The archive would hold another file than the results were computed from. Run again, and do not touch the inputs "
      + "meanwhile.")
}

// MARK: - Documents

extension ArchiveExporter {
  /// The findings of each analysis, in workspace order.
  private func findings(_ run: RunResults) -> JSONValue {
    .array(
      run.analyses.map { analysis in
        [
          "analysis": .string(analysis.name), "plugin": .string(analysis.plugin),
          "findings": .array(
            analysis.result.findings.map { finding in
              [
                "sentence": .string(finding.sentence), "numbers": .object(finding.numbers),
                "strength": .string(finding.strength.rawValue), "events": .array(finding.events.map(JSONValue.string)),
              ]
            }),
        ]
      })
  }

  /// Every file that the run read, also those that are not in the archive.
  private func inputList(_ run: RunResults) -> JSONValue {
    .array(
      run.files.map { file in
        [
          "name": .string(file.name), "role": .string(file.role.rawValue), "bytes": .integer(file.bytes),
          "sha256": .string(file.digest), "included": .boolean(file.mayRedistribute),
        ]
      })
  }

  private func readMe(_ run: RunResults) -> String {
    let withheld = run.files.filter { !$0.mayRedistribute }
    var text = """
      \(run.workspace.title ?? run.workspace.name)

      This archive holds a run of the Casus workbench: what it read, what it came to, and how.

        workspace/     the workspace file and the files it names; unpack, then: casus run workspace
        analyses/      every table, as CSV in UTF-8: analyses/ANALYSIS/TABLE.csv
        event-sets.csv what became of the events of each set: read, kept, dropped for which reason
        findings.json  the findings, each with its numbers, its strength and the events behind it
        inputs.json    every file that the run read, with size and SHA-256
        run.json       the record of the run: plugins, versions, parameters, digests

      To check that nothing was altered since, unpack the archive and say, in the folder above this one:

        sha256sum -c manifest-sha256.txt

      Equal digests prove that the files are whole, not who made them.

      """
    if run.merges != nil { text += "\nmerges.csv says which records of one event were merged into which, and why.\n" }
    if let license = run.workspace.license { text += "\nLicence of the results: \(license)\n" }
    if !run.citations.isEmpty {
      text += "\nCite the data as\n\n" + run.citations.map { "  \($0)\n" }.joined()
    }
    if !withheld.isEmpty {
      text += "\nNot in this archive, as they may not be passed on; put them into workspace/ to run again:\n\n"
      for file in withheld { text += "  \(file.name)  (\(file.bytes) bytes, SHA-256 \(file.digest))\n" }
    }
    return text
  }
}
