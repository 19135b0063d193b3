import GRDB
import JSONText
import Workbench

/// What the run says of itself: the workspace, the files it read, how the data want to be cited.
struct RunRows {
  private let run: RunResults

  init(_ run: RunResults) { self.run = run }

  func insert(into db: Database) throws {
    let workspace = run.workspace
    try db.insert(
      [[workspace.name, workspace.title, workspace.license, run.record.compact]],
      into: "workspace", ["name", "title", "license", "record"])
    try db.insert(
      run.files.map { [$0.name, $0.role.rawValue, $0.bytes, $0.digest, $0.mayRedistribute ? 1 : 0] },
      into: "files", ["name", "role", "bytes", "sha256", "may_redistribute"])
    try db.insert(
      run.citations.enumerated().map { [$0.offset + 1, $0.element] }, into: "citations", ["position", "citation"])
  }
}
