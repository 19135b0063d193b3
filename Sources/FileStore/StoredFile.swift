import Compression
import Synchronization
import Workbench

/// An input file under reading: counts, hashes and decompresses its bytes, and proves at its end that it did not
/// change.
final class StoredFile: InputFile {
  let name: String
  let storedBytes: Int
  var storedBytesRead: Int { reading.withLock { $0.bytesRead } }

  private let path: InputPath
  private let file: Descriptor
  private let status: FileStatus
  private let openedAt = System.now()
  private let store: FileStore
  private let hash = RunningDigest()
  private let reading: Mutex<Reading>

  /// How far the reading has come.
  private struct Reading: ~Copyable {
    var bytesRead = 0
    /// SHA-256 in hexadecimal digits; empty until all has been read.
    var digest = ""
    /// Stored bytes that are still to be decompressed.
    var block: [UInt8] = []
    var pending = 0..<0
    var decoder: GzipDecoder?
    var isEnded = false
  }
  /// Stored bytes are read in blocks of this size where they are decompressed.
  private static let blockSize = 1 << 18

  init(_ path: InputPath, _ file: Descriptor, _ status: FileStatus, store: FileStore, isGzip: Bool) {
    self.path = path
    name = path.text
    self.file = file
    self.status = status
    self.store = store
    storedBytes = status.bytes
    reading = Mutex(Reading(decoder: isGzip ? GzipDecoder() : nil))
  }

  /// Reads the file to its end and returns the SHA-256 of its stored bytes.
  func digestOfAll() throws(Diagnostic) -> String {
    var buffer = [UInt8](repeating: 0, count: 1 << 19)
    while try read(into: &buffer, from: 0) == buffer.count {}
    return reading.withLock { $0.digest }
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    do throws(Diagnostic) {
      return try reading.withLock { (reading) throws(Diagnostic) in try read(&reading, &buffer, start) }
    } catch {
      var diagnostic = error
      if diagnostic.location == nil { diagnostic.location = SourceLocation(file: name) }
      throw diagnostic
    }
  }

  private func read(_ reading: inout Reading, _ buffer: inout [UInt8], _ start: Int) throws(Diagnostic) -> Int {
    guard start < buffer.count else { return 0 }
    if reading.decoder != nil { return try decode(&reading, &buffer, start) }
    return try readStored(&reading, &buffer, start)
  }

  private func decode(_ reading: inout Reading, _ buffer: inout [UInt8], _ start: Int) throws(Diagnostic) -> Int {
    var filled = start
    while filled < buffer.count {
      filled += try reading.decoder?.decode(reading.block, &reading.pending, into: &buffer, from: filled) ?? 0
      guard filled < buffer.count else { break }
      if reading.isEnded {
        try reading.decoder?.finish()
        break
      }
      var block = exchange(&reading.block, with: [])
      if block.count < Self.blockSize { block = [UInt8](repeating: 0, count: Self.blockSize) }
      let count = try readStored(&reading, &block, 0)
      reading.block = block
      reading.pending = 0..<count
    }
    return filled - start
  }

  private func readStored(_ reading: inout Reading, _ buffer: inout [UInt8], _ start: Int) throws(Diagnostic) -> Int {
    guard !reading.isEnded, start < buffer.count else { return 0 }
    let count: Int
    do throws(SystemError) {
      count = try System.read(file, into: &buffer, from: start)
    } catch {
      throw .error(.unreadableInput, "cannot read on in '\(name)': \(error.reason)", exit: .io)
    }
    hash.update(buffer, start..<start + count)
    reading.bytesRead += count
    if start + count < buffer.count || reading.bytesRead == storedBytes { try end(&reading) }
    return count
  }

  /// Everything has been read: proves that it is what was opened, and remembers the digest.
  private func end(_ reading: inout Reading) throws(Diagnostic) {
    reading.isEnded = true
    let now = System.status(of: file)
    guard let now, reading.bytesRead == storedBytes, now.bytes == storedBytes, now.modified == status.modified else {
      let story =
        reading.bytesRead < storedBytes
        ? "was cut short while it was read: \(reading.bytesRead) of \(storedBytes) bytes" : "changed while it was read"
      throw store.changed(name, story)
    }
    reading.digest = hash.finish()
    let entry = DigestMemory.Entry(
      digest: reading.digest, stamp: status.stamp, isSettled: status.changed + 2_000_000_000 <= openedAt)
    store.memory.withLock { $0.remember(path.text, entry) }
  }
}
