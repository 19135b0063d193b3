import Compression
import Crypto
public import Workbench

/// Writes an archive whose bytes depend on its content alone: equal entries give equal archives.
///
/// Entries come in the order of their names' UTF-8 bytes; several are compressed at the same time and written in order.
/// The archive's comment names the compressor and ends with the SHA-256 of all bytes of the file before those digits, so
/// that any flipped bit and any truncation is found. Entries of up to 16 MiB are compressed as a whole, larger ones in
/// pieces; what would not shrink is stored. In memory are at most some 64 MiB of content, and some 100 MiB of the
/// compressed form of the one large entry under way: where that is larger, the rest is compressed twice.
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

  /// How much of the compressed form of one large entry is kept, about.
  private let keptLimit: Int

  /// Starts an archive.
  public init(to file: any OutputFile, in context: RunContext) { self.init(to: file, in: context, keptLimit: 96 << 20) }

  init(to file: any OutputFile, in context: RunContext, keptLimit: Int) {
    self.file = file
    self.context = context
    self.keptLimit = keptLimit
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

  /// Adds an entry that is not held as a whole.
  ///
  /// Its compressed form is kept up to a limit, for the header, which comes first, gives its size. What lies beyond is
  /// compressed a second time, and written then.
  private mutating func addLarge(_ entry: ZipEntry) throws(Diagnostic) -> ArchivedFile {
    var kept: [[UInt8]] = []
    var keptBytes = 0
    var storedBytes = 0
    let pieces = try Pieces(of: entry.content, context)
    while let streams = try pieces.compressed(skipping: 0, isFirst: storedBytes == 0, in: context) {
      for stream in streams {
        storedBytes += stream.count
        // Once one is let go, so are all that follow.
        guard keptBytes <= keptLimit else { continue }
        keptBytes += stream.count
        kept.append(stream)
      }
      // What has not shrunk by now will not: it is read again, and stored.
      if storedBytes >= pieces.summary.bytes { return try addStored(entry, pieces) }
    }
    let summary = pieces.summary
    let record = ZipRecord(
      name: Array(entry.name.utf8), isDeflated: true, crc: summary.crc, storedBytes: storedBytes, bytes: summary.bytes,
      offset: offset)
    let start = offset + record.localHeader.count
    try append(record, kept)
    if keptBytes < storedBytes {
      let again = try Pieces(of: entry.content, context)
      let done = kept.count
      kept = []
      while let streams = try again.compressed(skipping: done, isFirst: false, in: context) {
        for stream in streams { try append(stream) }
      }
      try check(entry, again.summary, summary)
      guard offset - start == storedBytes else { throw unstable(entry) }
    }
    return summary.file(entry.name)
  }

  private mutating func addStored(_ entry: ZipEntry, _ begun: Pieces) throws(Diagnostic) -> ArchivedFile {
    while try begun.next() != nil { try context.checkCancellation() }
    let summary = begun.summary
    let record = ZipRecord(
      name: Array(entry.name.utf8), isDeflated: false, crc: summary.crc, storedBytes: summary.bytes,
      bytes: summary.bytes, offset: offset)
    try append(record, [])
    let again = try Pieces(of: entry.content, context)
    while let piece = try again.next() { try append(piece.bytes) }
    try check(entry, again.summary, summary)
    return summary.file(entry.name)
  }
  private func check(_ entry: ZipEntry, _ one: ContentSummary, _ other: ContentSummary) throws(Diagnostic) {
    guard one.file(entry.name) == other.file(entry.name) else { throw unstable(entry) }
  }
  private func unstable(_ entry: ZipEntry) -> Diagnostic {
    .error(.unstableContent, "'\(entry.name)' changed while it entered the archive", exit: .noInput)
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
    let pieces = try Pieces(of: entry.content, context)
    while let piece = try pieces.next() { content += piece.bytes }
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
