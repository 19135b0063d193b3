import Glibc
public import Workbench

extension PlainFolder {
  /// Writes one file whose name is known only when it is whole; it appears then, durably, or not at all.
  ///
  /// A file of that name is replaced.
  /// - Parameter provisional: what the file is called while it is written, by which an interrupted one is found again.
  /// - Parameter body: appends the bytes and returns the name, without `/`.
  /// - Returns: the path of the file and how many bytes it has.
  public func writeWhole(
    provisional: String, _ body: (any OutputFile) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> (path: String, bytes: Int) {
    let staging = "\(path)/.\(provisional).casus-part"
    let file: Descriptor
    do throws(SystemError) {
      try System.makeFolder(path)
      file = try System.open(staging, O_WRONLY | O_CREAT | O_NOFOLLOW).get()
      guard System.status(of: file)?.isRegular == true else { throw SystemError(code: EEXIST) }
      guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError(code: EWOULDBLOCK) }
      // Another may have given it its name between the opening and the lock.
      guard System.status(of: file)?.inode == System.status(of: staging, following: false)?.inode,
        ftruncate(file.number, 0) == 0
      else { throw SystemError(code: EWOULDBLOCK) }
    } catch {
      throw NewFolder.failure(path, error)
    }
    do throws(Diagnostic) {
      let output = ExportFile(shownName: "\(path)/\(provisional)", file: file)
      let name: String
      do throws(Diagnostic) { name = try body(output) } catch {
        output.wait()
        throw error
      }
      let written = try output.finish()
      do throws(SystemError) {
        try System.synchronize(file)
        try System.rename(staging, to: "\(path)/\(name)")
        try System.synchronize(folder: path)
      } catch {
        throw NewFolder.failure("\(path)/\(name)", error)
      }
      return (path == "." ? name : "\(path)/\(name)", written.bytes)
    } catch {
      System.remove(staging)
      throw error
    }
  }

  /// The files in the folder whose names end so, each with its size and the time of its last change in nanoseconds since
  /// 1970, the oldest first; none where there is no such folder.
  public func files(ending: String) -> [(name: String, bytes: Int, modified: Int)] {
    let names = (System.names(in: path) ?? []).filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
    return names.compactMap { name in
      System.status(of: "\(path)/\(name)", following: false).flatMap { status in
        status.isRegular ? (name, status.bytes, status.modified) : nil
      }
    }.sorted { ($0.2, $0.0) < ($1.2, $1.0) }
  }
  /// Removes a file of the folder.
  public func remove(_ name: String) throws(Diagnostic) {
    guard !name.contains("/"), System.status(of: "\(path)/\(name)", following: false)?.isRegular == true else { return }
    System.remove("\(path)/\(name)")
    guard System.status(of: "\(path)/\(name)", following: false) == nil else {
      throw NewFolder.failure("\(path)/\(name)", SystemError(code: EACCES))
    }
  }
}
