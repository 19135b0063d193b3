import Compression
import Crypto
import Synchronization
import Workbench

/// The content of an entry in pieces, which workers take in turn: read and summed up in order, compressed at the same time.
final class Pieces: Sendable {
  private let context: RunContext
  private let state: Mutex<State>

  private struct State {
    let content: ZipEntry.Content
    let file: (any InputFile)?
    var isEnded: Bool
    var summary = ContentSummary()
    var count = 0
  }

  init(of content: ZipEntry.Content, _ context: RunContext) throws(Diagnostic) {
    self.context = context
    var (file, isEnded) = ((any InputFile)?.none, false)
    if case .file(let path, _) = content { file = try context.files.openStored(path) }
    if case .pieces(0, _) = content { isEnded = true }
    state = Mutex(State(content: content, file: file, isEnded: isEnded))
  }

  /// Size, checksum and digest of the pieces taken so far.
  var summary: ContentSummary { state.withLock { $0.summary } }

  /// The next piece with its number, and whether it is the last; nil after that.
  func next() throws(Diagnostic) -> (number: Int, bytes: [UInt8], isLast: Bool)? {
    try state.withLock { (state) throws(Diagnostic) in
      guard !state.isEnded else { return nil }
      let number = state.count
      var bytes: [UInt8] = []
      switch state.content {
      case .bytes(let all):
        bytes = all
        state.isEnded = true
      case .pieces(let count, let make):
        bytes = try make(number)
        state.isEnded = number + 1 == count
      case .file:
        bytes = [UInt8](repeating: 0, count: ZipWriter.pieceSize)
        let count = try state.file?.read(into: &bytes, from: 0) ?? 0
        if count < bytes.count {
          bytes.removeLast(bytes.count - count)
          state.isEnded = true
        }
      }
      state.summary.add(bytes)
      state.count += 1
      return (number, bytes, state.isEnded)
    }
  }

  /// The next pieces, compressed, in their order; nil after the last.
  /// - Parameter done: of so many pieces from the first nothing is wanted.
  /// - Parameter isFirst: whether to take a few only, to see what becomes of them. How many are taken depends on nothing
  ///   else, for what is done with the rest depends on what these come to.
  func compressed(skipping done: Int, isFirst: Bool, in context: RunContext) throws(Diagnostic) -> [[UInt8]]? {
    guard state.withLock({ !$0.isEnded }) else { return nil }
    let streams = try context.concurrentMap(isFirst ? 8 : 32) {
      _ throws(Diagnostic) -> (number: Int, stream: [UInt8])? in
      try context.checkCancellation()
      guard let piece = try self.next() else { return nil }
      return (piece.number, piece.number < done ? [] : deflatedPiece(piece.bytes, isLast: piece.isLast))
    }
    // Who comes first takes the next piece: the order of the results is not that of the pieces.
    return streams.compactMap { $0 }.sorted { $0.number < $1.number }.map(\.stream)
  }
}

/// Size, checksum and digest of content that passes by.
struct ContentSummary: Sendable {
  private(set) var bytes = 0
  private(set) var crc: UInt32 = 0
  private var hash = SHA256()
  mutating func add(_ piece: [UInt8]) {
    bytes += piece.count
    crc = crc32(piece, continuing: crc)
    hash.update(data: piece)
  }
  func file(_ name: String) -> ArchivedFile {
    ArchivedFile(name: name, bytes: bytes, digest: hexadecimal(hash.finalize()))
  }
}
