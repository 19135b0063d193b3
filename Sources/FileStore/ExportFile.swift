import Crypto
import Glibc
import Synchronization
import Workbench

/// A file of an export under way: written and hashed beside the exporter's work, and sent to the disk early, so that
/// the end is short.
final class ExportFile: OutputFile, Sendable {
  private let file: Descriptor
  private let shownName: String
  /// What the callers of `append` see, held for moments only.
  private let outlook = Mutex(Outlook())
  /// Held while bytes are written.
  private let progress = Mutex(Progress())

  private struct Outlook {
    /// A plugin that goes on after an error must not end up with a file that has a gap.
    var failure: Diagnostic?
    var background: Background?
  }
  private struct Progress {
    var bytes = 0
    var hash = SHA256()
    /// How many bytes are on their way to the disk.
    var sent = 0
  }
  /// Pieces above this size are written beside other work; for smaller ones that would not pay.
  private static let largePiece = 1 << 18
  /// How many bytes go to the disk at once.
  private static let sendSize = 8 << 20

  init(shownName: String, file: Descriptor) {
    self.shownName = shownName
    self.file = file
  }

  func append(_ bytes: [UInt8]) throws(Diagnostic) {
    try checkFailure()
    let background = outlook.withLock { outlook in
      if outlook.background == nil, bytes.count > Self.largePiece { outlook.background = Background(limit: 4) }
      return outlook.background
    }
    if let background {
      background.submit { [self] in write(bytes) }
    } else {
      write(bytes)
      try checkFailure()
    }
  }

  /// Waits until all is written; the size and the SHA-256 of the file.
  func finish() throws(Diagnostic) -> (bytes: Int, digest: String) {
    wait()
    try checkFailure()
    return progress.withLock { ($0.bytes, hexadecimal($0.hash.finalize())) }
  }

  /// Waits until nothing is being written any more.
  func wait() {
    let background = outlook.withLock { exchange(&$0.background, with: nil) }
    background?.drain()
  }

  private func checkFailure() throws(Diagnostic) {
    if let failure = outlook.withLock({ $0.failure }) { throw failure }
  }

  private func write(_ bytes: [UInt8]) {
    guard outlook.withLock({ $0.failure == nil }) else { return }
    progress.withLock { progress in
      let (written, error) = System.write(bytes, to: file)
      progress.bytes += written
      if let error {
        let failure = Diagnostic.error(
          .unwritableExport,
          "\(error.reason): \(progress.bytes) bytes of '\(shownName)' were written; nothing was changed",
          at: SourceLocation(file: shownName), hint: error.isAboutSpace ? "make room and run again" : nil, exit: .io)
        outlook.withLock { $0.failure = failure }
        return
      }
      progress.hash.update(data: bytes)
      if progress.bytes - progress.sent >= Self.sendSize {
        // Linux begins to write what is said not to be needed; the pages stay, as they are not on the disk yet.
        posix_fadvise(file.number, progress.sent, progress.bytes - progress.sent, POSIX_FADV_DONTNEED)
        progress.sent = progress.bytes
      }
    }
  }
}
