import GRDB
import JSONText
import Workbench

/// What the run says of itself: the workspace, the files it read, how the data want to be cited.
struct RunRows {
  private let run: RunResults

  init(_ run: RunResults) { self.run = run }

  func insert(into db: Database) throws {
    let workspace = run.workspace
    var names = try RowInserter(db, table: "workspace", columns: ["name", "title", "license", "record"])
    try names.add([workspace.name, workspace.title, workspace.license, run.record.compact])
    try names.finish()
    var files = try RowInserter(
      db, table: "files", columns: ["name", "role", "bytes", "sha256", "may_redistribute"])
    for file in run.files {
      try files.add([file.name, file.role.rawValue, file.bytes, file.digest, file.mayRedistribute ? 1 : 0])
    }
    try files.finish()
    var citations = try RowInserter(db, table: "citations", columns: ["position", "citation"])
    for (position, citation) in run.citations.enumerated() { try citations.add([position + 1, citation]) }
    try citations.finish()
  }
}
