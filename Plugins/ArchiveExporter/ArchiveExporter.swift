public import EventModel
import Snapshots
public import Workbench

/// Writes the whole run as a snapshot: one zip that anyone can unpack, check and run again; equal runs give equal bytes.
public struct ArchiveExporter: Exporter {
  /// What it is called and what it is for.
  public static let manifest = PluginManifest(
    id: "archive", name: "Archive",
    summary:
      "Writes workspace, inputs, tables, findings and the run's record as one zip with equal bytes for equal runs.",
    version: "2.0", behaviourVersion: 2,
    citation: "BagIt 1.0 (RFC 8493); RO-Crate 1.1: https://w3id.org/ro/crate/1.1",
    diagnostics: DiagnosticKind.archiveKinds)
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
    try output.write(output.fileName ?? "\(run.workspace.name).zip") { (file) throws(Diagnostic) in
      _ = try SnapshotWriter(run).write(into: file, in: context)
    }
  }
}
