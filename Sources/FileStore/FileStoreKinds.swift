public import Workbench

extension DiagnosticKind {
  static let missingInput = DiagnosticKind(
    "input.missing", "A file that the workspace names is not there.",
    "Paths are relative to the folder of the workspace file. Check the spelling, or fetch the file; the page of a data "
      + "source says where its dataset is published. A source marked `optional: true` may be missing.")
  static let noMatch = DiagnosticKind(
    "input.no-match", "A pattern matches no file.",
    "In a path `*` is any characters, `?` any one and `[a-z]` one of these, none of them a `/`; a name that begins "
      + "with a point is meant only where the pattern begins with one. Case counts. The message says what the folder "
      + "has.")
  static let namedTwice = DiagnosticKind(
    "input.named-twice", "A source reads a file twice.",
    "Its events would count twice. The list names it more than once, or two patterns overlap, or a symbolic link leads "
      + "to another of the files.")
  static let noMember = DiagnosticKind(
    "input.no-member", "A zip file has no such member, or none that is sure to be data.",
    "Without more, members that end in .csv, .tsv, .tab or .txt are read, but for hidden ones. To read others name "
      + "them after the file, `data.zip/notes.dat`, or by a pattern, `data.zip/*.dat`.")
  static let severalMembers = DiagnosticKind(
    "input.several-members", "A zip file has several members, and one file is needed.",
    "Where one file is needed, a zip file stands for its only member that is data. Name the one that is meant after "
      + "the file: `data.zip/events.csv`.")
  static let notAFile = DiagnosticKind(
    "input.not-a-file", "A folder, pipe or device stands where a file is expected.",
    "Inputs are regular files: they are read more than once and must be the same each time. Name a file in the "
      + "folder, or write the pipe's content to a file.")
  static let unreadableInput = DiagnosticKind(
    "input.unreadable", "A file cannot be read.",
    "The file is there, but the system refuses to open or to read it. `ls -l` shows who may read it.")
  static let changedInput = DiagnosticKind(
    "input.changed", "A file changed while it was read.",
    "What was read is a mixture that existed at no time, so nothing of it is used. Run again when the other program "
      + "has finished writing.")
  static let busy = DiagnosticKind(
    "state.busy", "Another run of this workspace is under way.",
    "One run at a time works on a workspace. The lock ends with the process that holds it, also where that was killed: "
      + "there is never a lock to remove by hand.")
  static let unwritableState = DiagnosticKind(
    "state.unwritable", "The state folder `.casus` cannot be written.",
    "A workspace keeps what it has computed in `.casus` beside the workspace file. Make room on the disk, or make the "
      + "folder writable, or copy the workspace elsewhere. Deleting `.casus` loses no data, only time.")
  static let badExportPath = DiagnosticKind(
    "export.bad-path", "An export's `to` cannot be used.",
    "`to` names a file or a folder, as the exporter asks for, in the folder of the workspace.")
  static let exportOutside = DiagnosticKind(
    "export.outside", "An export would leave the workspace's folder.",
    "So that the workspace of a stranger cannot write anywhere, exports stay in the workspace's folder, symbolic links "
      + "followed. With `--allow-outside` they may leave it.")
  static let exportProtected = DiagnosticKind(
    "export.protected", "An export would land on something that must not be overwritten.",
    "Exports are never written onto the workspace file, an input, `.git` or `.casus`, nor as a folder that holds one "
      + "of them. Choose another `to`, for instance `out/NAME`.")
  static let unwritableExport = DiagnosticKind(
    "export.unwritable", "An export cannot be written.",
    "Files are written beside their place and put there when all are complete, so what was there before is untouched.")
  static let exportFault = DiagnosticKind(
    "export.plugin-fault", "An exporter used a file name it may not use.",
    "File names of an export are relative, without `..`, and each is written once. This is a fault of the plugin.")

  /// The kinds that the store of files can report.
  public static let fileStoreKinds = [
    missingInput, noMatch, namedTwice, noMember, severalMembers, notAFile, unreadableInput, changedInput, busy,
    unwritableState, badExportPath, exportOutside,
    exportProtected, unwritableExport, exportFault,
  ]
}
