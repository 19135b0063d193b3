import Compression
import Crypto
public import Workbench

/// Writes an archive whose bytes depend on its content alone: equal entries give equal archives.
///
/// Entries come in the order of their names' UTF-8 bytes; several are compressed at the same time and written in order.
/// The archive's comment names the compressor and ends with the SHA-256 of all bytes of the file before those digits, so
/// that any flipped bit and any truncation is found. Entries of up to 16 MiB are compressed as a whole, larger ones in
/// pieces; what would not shrink is stored. In memory are at most some 64 MiB of content and the compressed form of the
/// one large entry under way.
public struct ZipWriter: ~Copyable {
  private let file: any OutputFile
  private let context: RunContext
  private var hash = SHA256()
  private var offset = 0
  private var records: [ZipRecord] = []
  private var names = EntryNames()

  /// Entries above this size are compressed in pieces.
  static let wholeLimit = 16 << 20
  /// The size of a piece.
  static let pieceSize = 4 << 20
  /// How much content is taken up at the same time.
  static let batchLimit = 64 << 20
  static let batchCount = 1024

  /// Starts an archive.
  public init(to file: any OutputFile, in context: RunContext) {
    self.file = file
    self.context = context
  }

  /// Adds entries, in the order of their names, all of which come after those added before.
  /// - Returns: the entries with their sizes and digests, in that order.
  public mutating func add(_ entries: [ZipEntry]) throws(Diagnostic) -> [ArchivedFile] {
    for entry in entries {
      if let fault = names.fault(adding: entry.name) {
        throw .error(
          .badEntryName, "'\(entry.name)' cannot enter the archive: \(fault)", hint: "rename the file", exit: .noInput)
      }
    }
    var files: [ArchivedFile] = []
    var next = 0
    while next < entries.count {
      if entries[next].isLarge {
        files.append(try addLarge(entries[next]))
        next += 1
        continue
      }
      var end = next
      var size = 0
      while end < entries.count, !entries[end].isLarge, end - next < Self.batchCount, size < Self.batchLimit {
        size += entries[end].expectedBytes
        end += 1
      }
      let (start, context) = (next, context)
      let batch = try context.concurrentMap(end - next) { (index) throws(Diagnostic) in
        try packed(entries[start + index], in: context)
      }
      for packed in batch {
        try append(packed.record, [packed.stored])
        files.append(packed.file)
      }
      next = end
    }
    return files
  }

  /// Writes the list of entries and the end of the archive.
  public consuming func finish() throws(Diagnostic) {
    let listOffset = offset
    var list: [UInt8] = []
    for record in records {
      list += record.centralHeader
      if list.count >= 1 << 20 {
        try append(list)
        list = []
      }
    }
    try append(list)
    try append(ZipRecord.end(entries: records.count, listOffset: listOffset, listBytes: offset - listOffset))
    let comment = Array("\(compressorVersion) sha256:".utf8)
    var tail: [UInt8] = []
    tail.append(little: comment.count + 64, bytes: 2)
    try append(tail + comment)
    try file.append(Array(hexadecimal(hash.finalize()).utf8))
  }

  /// Adds an entry that is not held as a whole: its pieces are compressed at the same time, a few in each go.
  private mutating func addLarge(_ entry: ZipEntry) throws(Diagnostic) -> ArchivedFile {
    var summary = ContentSummary()
    var stored: [[UInt8]] = []
    var storedBytes = 0
    var pieces = try PieceReader(entry.content, context)
    let context = context
    while let (group, isLast) = try pieces.next(context.workerCount * 4) {
      // The digest, which needs the pieces one after another, is made beside their compression.
      let before = summary
      let packed = try context.concurrentMap(group.count + 1) { (index) throws(Diagnostic) -> PackedPiece in
        if index > 0 {
          return .stream(deflatedPiece(group[index - 1], isLast: isLast && index == group.count))
        }
        var summary = before
        for piece in group { summary.add(piece) }
        return .summary(summary)
      }
      for piece in packed {
        switch piece {
        case .summary(let sum): summary = sum
        case .stream(let stream):
          stored.append(stream)
          storedBytes += stream.count
        }
      }
      try context.checkCancellation()
      // What has not shrunk by now will not: it is read again, and stored.
      if storedBytes >= summary.bytes { return try addStored(entry, summary, pieces) }
    }
    let record = ZipRecord(
      name: Array(entry.name.utf8), isDeflated: true, crc: summary.crc, storedBytes: storedBytes, bytes: summary.bytes,
      offset: offset)
    try append(record, stored)
    return summary.file(entry.name)
  }
  private enum PackedPiece: Sendable {
    case summary(ContentSummary)
    case stream([UInt8])
  }

  private mutating func addStored(
    _ entry: ZipEntry, _ begun: ContentSummary, _ rest: consuming PieceReader
  ) throws(Diagnostic) -> ArchivedFile {
    var summary = begun
    while let (group, _) = try rest.next(context.workerCount * 2) { for piece in group { summary.add(piece) } }
    let record = ZipRecord(
      name: Array(entry.name.utf8), isDeflated: false, crc: summary.crc, storedBytes: summary.bytes,
      bytes: summary.bytes, offset: offset)
    try append(record, [])
    var again = ContentSummary()
    var pieces = try PieceReader(entry.content, context)
    while let (group, _) = try pieces.next(context.workerCount * 2) {
      for piece in group {
        again.add(piece)
        try append(piece)
      }
    }
    guard again.file(entry.name) == summary.file(entry.name) else {
      throw .error(.unstableContent, "'\(entry.name)' changed while it entered the archive", exit: .noInput)
    }
    return summary.file(entry.name)
  }

  private mutating func append(_ record: ZipRecord, _ stored: [[UInt8]]) throws(Diagnostic) {
    var record = record
    record.offset = offset
    try append(record.localHeader)
    for piece in stored { try append(piece) }
    records.append(record)
  }
  private mutating func append(_ bytes: [UInt8]) throws(Diagnostic) {
    hash.update(data: bytes)
    offset += bytes.count
    try file.append(bytes)
  }
}

/// A small entry, compressed.
private struct PackedEntry: Sendable {
  var record: ZipRecord
  var stored: [UInt8]
  var file: ArchivedFile
}

private func packed(_ entry: ZipEntry, in context: RunContext) throws(Diagnostic) -> PackedEntry {
  var content: [UInt8] = []
  switch entry.content {
  case .bytes(let bytes): content = bytes
  case .file, .pieces:
    var pieces = try PieceReader(entry.content, context)
    while let (group, _) = try pieces.next(1) { for piece in group { content += piece } }
  }
  var summary = ContentSummary()
  summary.add(content)
  let stream = deflated(content)
  let stored = stream ?? content
  let record = ZipRecord(
    name: Array(entry.name.utf8), isDeflated: stream != nil, crc: summary.crc, storedBytes: stored.count,
    bytes: content.count, offset: 0)
  return PackedEntry(record: record, stored: stored, file: summary.file(entry.name))
}

/// Size, checksum and digest of content that passes by.
private struct ContentSummary: Sendable {
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

/// Reads the content of an entry, some pieces at a time.
private struct PieceReader: ~Copyable {
  private let content: ZipEntry.Content
  private let context: RunContext
  private let file: (any InputFile)?
  private var done = 0
  private var isEnded = false

  init(_ content: ZipEntry.Content, _ context: RunContext) throws(Diagnostic) {
    self.content = content
    self.context = context
    file = if case .file(let path, _) = content { try context.files.openStored(path) } else { nil }
  }

  /// The next pieces, at most `limit`, and whether they are the last; nil after those.
  mutating func next(_ limit: Int) throws(Diagnostic) -> (pieces: [[UInt8]], isLast: Bool)? {
    guard !isEnded else { return nil }
    switch content {
    case .bytes(let bytes):
      isEnded = true
      return ([bytes], true)
    case .pieces(let count, let make):
      let start = done
      let pieces = try context.concurrentMap(min(limit, count - done)) { (index) throws(Diagnostic) in
        try make(start + index)
      }
      done += pieces.count
      isEnded = done == count
      return (pieces, isEnded)
    case .file:
      var pieces: [[UInt8]] = []
      while pieces.count < limit, !isEnded {
        var piece = [UInt8](repeating: 0, count: ZipWriter.pieceSize)
        let count = try file?.read(into: &piece, from: 0) ?? 0
        if count < piece.count {
          piece.removeLast(piece.count - count)
          isEnded = true
        }
        pieces.append(piece)
      }
      return (pieces, isEnded)
    }
  }
}

extension ZipEntry {
  /// Whether it is taken in pieces.
  fileprivate var isLarge: Bool {
    switch content {
    case .bytes: false
    case .file(_, let bytes): bytes > ZipWriter.wholeLimit
    case .pieces(let count, _): count > 1
    }
  }
  /// How much content to reckon with.
  fileprivate var expectedBytes: Int {
    switch content {
    case .bytes(let bytes): bytes.count
    case .file(_, let bytes): bytes
    case .pieces: ZipWriter.pieceSize
    }
  }
}
