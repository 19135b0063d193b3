import Synchronization
public import Workbench

/// Complete records of a file, and where they stand in it.
public struct DelimitedBlock: Sendable {
  /// The bytes that hold the records.
  public let bytes: [UInt8]
  /// Where the records lie in `bytes`; each, the last included, ends with a line feed outside of quotes.
  public let range: Range<Int>
  /// The number of the block among those handed out, from 0.
  public let index: Int
  /// The offset in the decompressed file of the first of `bytes`.
  public let offset: Int
  /// How many of the file's stored bytes had been read when the block was complete.
  public let storedBytesRead: Int
}

/// Cuts a file of delimited text into blocks of complete records, which workers take in turn and parse at the same time.
///
/// Reading, and finding out which line feeds stand in quotes, is done in the order of the file, by one worker at a time;
/// everything else is left to whoever takes a block. A quote opens a field only at its beginning; within an unquoted
/// field it is a character like any other. Carriage returns count as part of a line's end only before a line feed.
/// Memory: one block for each worker, and what a record longer than a block needs.
public final class DelimitedReader: Sendable {
  /// The name of the file, for messages.
  public let name: String
  /// How the file is written.
  public let format: DelimitedFormat
  /// How many bytes are stored, for progress.
  public let storedBytes: Int
  private let state: Mutex<State>

  private struct State {
    let file: any InputFile
    let blockBytes: Int
    /// Bytes read that belong to the next block, from their first record's beginning.
    var tail: [UInt8] = []
    /// The offset in the file of the first byte of `tail`.
    var offset = 0
    var isAtStart = true
    var isAtEnd = false
    /// The byte at which a fault of the file's form begins, where one was found.
    var faultByte: Int?
    /// Set until a block is complete, so that no one reads on after an error.
    var isStopped = false
    var blockCount = 0
    /// A block of which records were looked at beforehand.
    var pending: DelimitedBlock?
    /// The memory of blocks that are done with, the longest done with first.
    var buffers: [[UInt8]] = []
  }

  /// Starts at the beginning of a file.
  /// - Parameter blockBytes: how long a block is, unless its first record is longer; at least 4.
  public init(_ file: any InputFile, format: DelimitedFormat, blockBytes: Int = 1 << 20) {
    name = file.name
    storedBytes = file.storedBytes
    self.format = format
    state = Mutex(State(file: file, blockBytes: max(4, min(blockBytes, format.recordLimit))))
  }

  /// The next records, or nil at the file's end.
  ///
  /// Throws where the file cannot be read, a record is longer than the limit, or a quote is never closed.
  public func next() throws(Diagnostic) -> DelimitedBlock? {
    try state.withLock { (state) throws(Diagnostic) -> DelimitedBlock? in
      guard !state.isStopped else { return nil }
      if let block = state.pending {
        state.pending = nil
        return block
      }
      return try nextBlock(&state)
    }
  }
  /// The byte of the file at which the fault begins that made `next` throw.
  ///
  /// A quote never closed, or a record too long: a caller that can read the file again finds its line.
  public var faultByte: Int? { state.withLock { $0.faultByte } }
  /// Makes `next` return nil from now on; blocks handed out before come from before every block not handed out.
  public func stop() { state.withLock { $0.isStopped = true } }
  /// Takes back a block that is done with, so that its memory serves the next one.
  public func recycle(_ block: consuming DelimitedBlock) {
    let bytes = block.bytes
    state.withLock { if bytes.count == $0.blockBytes { $0.buffers.append(bytes) } }
  }
  /// The next record and the block it lies in, both still to come from `next`; nil at the file's end.
  ///
  /// To be called before `next`.
  public func peek() throws(Diagnostic) -> (record: DelimitedRecord, block: DelimitedBlock)? {
    let format = format
    return try state.withLock { (state) throws(Diagnostic) -> (record: DelimitedRecord, block: DelimitedBlock)? in
      while true {
        if let block = state.pending, let start = block.firstRecord(from: block.range.lowerBound) {
          return (block.record(at: start, format: format), block)
        }
        state.blockCount = 0
        state.pending = try nextBlock(&state)
        if state.pending == nil { return nil }
      }
    }
  }
  /// Leaves out the record that `peek` showed.
  public func skip(_ record: DelimitedRecord) {
    state.withLock { state in
      state.pending = state.pending.map { block in
        DelimitedBlock(
          bytes: block.bytes, range: record.range.upperBound..<block.range.upperBound, index: block.index,
          offset: block.offset, storedBytesRead: block.storedBytesRead)
      }
    }
  }

  private func nextBlock(_ state: inout State) throws(Diagnostic) -> DelimitedBlock? {
    guard !state.isAtEnd else { return nil }
    state.isStopped = true
    // What reads the file may hold the last blocks a while, to hash them: those rest.
    var buffer =
      state.buffers.count > restingBuffers
      ? state.buffers.removeFirst() : [UInt8](repeating: 0, count: state.blockBytes)
    if buffer.count < state.tail.count { buffer += [UInt8](repeating: 0, count: state.tail.count - buffer.count) }
    var filled = state.tail.count
    for index in 0..<filled { buffer[index] = state.tail[index] }
    var cutter = RecordCutter(format: format)
    while true {
      if !state.isAtEnd {
        if filled == buffer.count {
          let size = max(filled + 1, min(2 * filled, format.recordLimit + 1))
          buffer += [UInt8](repeating: 0, count: size - filled)
        }
        let wanted = buffer.count - filled
        let count = try state.file.read(into: &buffer, from: filled)
        filled += count
        state.isAtEnd = count < wanted
      }
      if state.isAtStart {
        state.isAtStart = false
        try cutter.start(at: mark(buffer, filled))
      }
      if state.isAtEnd, filled > 0, buffer[filled - 1] != 10 {
        if filled < buffer.count { buffer[filled] = 10 } else { buffer.append(10) }
        filled += 1
      }
      cutter.scan(buffer, to: filled, isEnd: state.isAtEnd)
      if state.isAtEnd, cutter.isQuoted {
        state.faultByte = state.offset + cutter.quoteStart
        throw unterminated(state.offset, cutter)
      }
      if let end = cutter.lastRecordEnd(buffer) {
        let offset = state.offset
        state.tail.removeAll(keepingCapacity: true)
        state.tail.append(contentsOf: buffer[end..<filled])
        state.offset += end
        state.blockCount += 1
        state.isStopped = false
        return DelimitedBlock(
          bytes: buffer, range: cutter.start..<end, index: state.blockCount - 1, offset: offset,
          storedBytesRead: state.file.storedBytesRead)
      }
      guard !state.isAtEnd else { return nil }
      guard filled <= format.recordLimit else {
        state.faultByte = state.offset + cutter.start
        throw tooLong(state.offset, cutter)
      }
    }
  }

  /// How many bytes a mark of byte order takes at the file's beginning; throws where it says that this is not UTF-8.
  private func mark(_ bytes: [UInt8], _ count: Int) throws(Diagnostic) -> Int {
    if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return 3 }
    if count >= 2, (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF) {
      throw .error(
        .nulByte, "the file is in UTF-16, expected UTF-8", at: SourceLocation(file: name, line: 1, column: 1),
        hint: "convert it: iconv -f UTF-16 -t UTF-8 old.csv > new.csv")
    }
    return 0
  }
  private func unterminated(_ offset: Int, _ cutter: RecordCutter) -> Diagnostic {
    .error(
      .unterminatedQuote, "the quote that opens at byte \(offset + cutter.quoteStart) is never closed",
      at: SourceLocation(file: name),
      hint: format.delimiter == 9
        ? "tab files are often written without quoting: turn it off" : "close it, or double it")
  }
  private func tooLong(_ offset: Int, _ cutter: RecordCutter) -> Diagnostic {
    let limit = format.recordLimit >= 1 << 20 ? "\(format.recordLimit >> 20) MiB" : "\(format.recordLimit) bytes"
    return .error(
      .recordTooLong, "the record that begins at byte \(offset + cutter.start) is longer than \(limit)",
      at: SourceLocation(file: name),
      hint: cutter.isQuoted
        ? "the quote that opens at byte \(offset + cutter.quoteStart) may never be closed"
        : "is this a text file with line ends?")
  }
}

/// How many blocks are left alone after use.
private let restingBuffers = 3

/// Finds where records end, going over the bytes of a block once, from quote to quote.
struct RecordCutter {
  private let format: DelimitedFormat
  private(set) var start = 0
  /// Whether the bytes seen so far end within quotes.
  private(set) var isQuoted = false
  /// Where the last quote opened.
  private(set) var quoteStart = 0
  private var scanned = 0
  /// Where the stretch outside of quotes that is being gone over began.
  private var stretchStart = 0
  /// The stretches outside of quotes.
  private var stretches: [Range<Int>] = []

  init(format: DelimitedFormat) { self.format = format }

  /// Leaves out a mark at the file's beginning.
  mutating func start(at index: Int) {
    start = index
    scanned = index
    stretchStart = index
  }

  /// Goes over bytes that have become known.
  mutating func scan(_ bytes: [UInt8], to filled: Int, isEnd: Bool) {
    guard format.isQuoted else {
      scanned = filled
      return
    }
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let limit = unsafe base + filled
      var place = unsafe base + scanned
      while true {
        unsafe place = find(34, from: place, to: limit)
        let index = unsafe place - base
        guard index < filled else { break }
        if isQuoted {
          // Whether a quote at the end closes the field or is the first of two will be seen with the next bytes.
          if index + 1 == filled, !isEnd { break }
          if index + 1 < filled, unsafe base[index + 1] == 34 {
            unsafe place += 2
            continue
          }
          isQuoted = false
          stretchStart = index + 1
        } else if unsafe index == start || base[index - 1] == format.delimiter || base[index - 1] == 10 {
          isQuoted = true
          quoteStart = index
          if index > stretchStart { stretches.append(stretchStart..<index) }
        }
        unsafe place += 1
      }
      scanned = unsafe place - base
    }
  }

  /// Where the last complete record ends, or nil where none is complete.
  mutating func lastRecordEnd(_ bytes: [UInt8]) -> Int? {
    if !isQuoted { stretches.append(stretchStart..<scanned) }
    defer { stretches.removeAll() }
    for stretch in stretches.reversed() {
      for index in stretch.reversed() where bytes[index] == 10 { return index + 1 }
    }
    return nil
  }
}
