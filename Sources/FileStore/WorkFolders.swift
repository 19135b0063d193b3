import Glibc
import Synchronization
public import Workbench

extension FileStore: ProgramStore {
  /// Whether a path on disk is a regular file that may be executed.
  public func isExecutable(_ path: String) -> Bool {
    guard System.status(of: path)?.isRegular == true else { return false }
    return unsafe access(path, X_OK) == 0
  }
  /// Makes an empty folder for a program to work in, among the temporary files of the state.
  public func makeWorkFolder() throws(Diagnostic) -> any WorkFolder {
    let number = temporaryNumber.add(1, ordering: .relaxed).newValue
    let path = "\(stateFolder)/temporary/work-\(getpid())-\(number)"
    do throws(SystemError) {
      System.removeTree(path)
      try makeStateFolder(path)
    } catch {
      throw unwritable(error)
    }
    return StoredWorkFolder(System.realPath(path) ?? path)
  }
}

/// A folder on disk that is gone with its last user.
final class StoredWorkFolder: WorkFolder {
  let path: String
  init(_ path: String) { self.path = path }
  deinit { System.removeTree(path) }

  func makeFolder(_ name: String) throws(Diagnostic) {
    do throws(SystemError) { try System.makeFolder("\(path)/\(name)") } catch { throw unwritable(name, error) }
  }
  func write(_ name: String, _ body: (any OutputFile) throws(Diagnostic) -> Void) throws(Diagnostic) {
    let file: ExportFile
    do throws(SystemError) {
      file = ExportFile(shownName: name, file: try System.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL).get())
    } catch {
      throw unwritable(name, error)
    }
    do throws(Diagnostic) {
      try body(file)
    } catch {
      file.wait()
      throw error
    }
    _ = try file.finish()
  }
  func open(_ name: String) throws(Diagnostic) -> any InputFile {
    let place = "\(path)/\(name)"
    guard System.realPath(place) == place else {
      throw .error(
        .missingInput, "there is no file '\(name)', or it is reached through a link or '..'", exit: .noInput)
    }
    let store = FileStore(folder: path, workspaceFile: place)
    return try store.openStored(InputPath(name))
  }
  func lendInput(_ name: String) throws(Diagnostic) -> Int32 {
    let number: Int32
    do throws(SystemError) {
      let file = try System.open("\(path)/\(name)", O_RDONLY).get()
      number = fcntl(file.number, F_DUPFD_CLOEXEC, 0)
      if number < 0 { throw .last }
    } catch {
      throw unwritable(name, error)
    }
    return number
  }
  private func unwritable(_ name: String, _ error: SystemError) -> Diagnostic {
    .error(
      .unwritableFolder, "cannot write '\(name)' for a plugin: \(error.reason)",
      exit: error.isAboutSpace ? .io : .cannotCreate)
  }
}
