/// The folder of a workspace as programs of the user see it: the executables in it, and folders to work in.
public protocol ProgramStore: WorkspaceStore {
  /// Whether a path on disk is a regular file that may be executed.
  func isExecutable(_ path: String) -> Bool
  /// Makes an empty folder for a program to work in.
  func makeWorkFolder() throws(Diagnostic) -> any WorkFolder
}

/// A folder that a program works in; it is gone when nobody holds it any more.
public protocol WorkFolder: AnyObject, Sendable {
  /// Where it is on disk, without symbolic links.
  var path: String { get }
  /// Makes a folder in it.
  func makeFolder(_ name: String) throws(Diagnostic)
  /// Writes a file.
  func write(_ name: String, _ body: (any OutputFile) throws(Diagnostic) -> Void) throws(Diagnostic)
  /// Opens a regular file in it; symbolic links are not followed.
  func open(_ name: String) throws(Diagnostic) -> any InputFile
  /// The number of an open file, to be the standard input of one program, which closes it.
  func lendInput(_ name: String) throws(Diagnostic) -> Int32
}
