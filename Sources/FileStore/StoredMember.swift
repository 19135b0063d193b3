import Compression
import Synchronization
import Workbench

/// A member of a zip file under reading: decompresses its bytes, and proves at its end that they are the ones the
/// archive's directory speaks of, and that the archive did not change.
///
/// Several members of one archive may be read at the same time.
final class StoredMember: InputFile {
  let name: String
  let storedBytes: Int
  var storedBytesRead: Int { reading.withLock { $0.bytesRead } }

  private let path: InputPath
  private let file: Descriptor
  private let status: FileStatus
  private let store: FileStore
  /// Where the data lie in the archive.
  private let data: Range<Int>
  private let reading: Mutex<Reading>

  private struct Reading: ~Copyable {
    var decoder: ZipMemberDecoder
    /// How many stored bytes have been read.
    var bytesRead = 0
    /// Stored bytes of which those in `pending` are still to be decoded.
    var block: [UInt8] = []
    var pending = 0..<0
    var isEnded = false
  }
  private static let blockSize = 1 << 18

  init(
    _ part: InputPart, _ member: ZipMember, _ file: Descriptor, _ status: FileStatus, store: FileStore
  ) throws(Diagnostic) {
    let decoder = try ZipMemberDecoder(member)
    let header = try store.read(part.path, file, at: member.place.lowerBound, count: member.localHeaderBytes)
    data = try member.data(localHeader: header)
    reading = Mutex(Reading(decoder: decoder))
    path = part.path
    name = part.name
    storedBytes = member.storedBytes
    self.file = file
    self.status = status
    self.store = store
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    do throws(Diagnostic) {
      return try reading.withLock { (reading) throws(Diagnostic) in try read(&reading, &buffer, start) }
    } catch {
      throw error.inFile(path)
    }
  }

  private func read(_ reading: inout Reading, _ buffer: inout [UInt8], _ start: Int) throws(Diagnostic) -> Int {
    var filled = start
    while filled < buffer.count, !reading.isEnded {
      filled += try reading.decoder.decode(reading.block, &reading.pending, into: &buffer, from: filled)
      guard filled < buffer.count else { break }
      guard reading.bytesRead < storedBytes else {
        try end(&reading)
        break
      }
      if reading.block.isEmpty { reading.block = [UInt8](repeating: 0, count: min(storedBytes, Self.blockSize)) }
      let wanted = min(storedBytes - reading.bytesRead, reading.block.count)
      let place = data.lowerBound + reading.bytesRead
      let count = try store.read(path, file, at: place, count: wanted, into: &reading.block)
      guard count == wanted else { throw store.changed(path.text, "was cut short while it was read") }
      reading.bytesRead += count
      reading.pending = 0..<count
    }
    return filled - start
  }

  private func end(_ reading: inout Reading) throws(Diagnostic) {
    reading.isEnded = true
    guard System.status(of: file)?.stamp == status.stamp else {
      throw store.changed(path.text, "changed while it was read")
    }
    try reading.decoder.finish()
  }
}

extension FileStore {
  /// Bytes of an open file from a place on, as many as given or those up to its end.
  func read(_ path: InputPath, _ file: Descriptor, at place: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    do throws(SystemError) { return try System.read(file, at: place, count: count) } catch {
      throw unreadable(path, error)
    }
  }
  func read(
    _ path: InputPath, _ file: Descriptor, at place: Int, count: Int, into buffer: inout [UInt8]
  ) throws(Diagnostic) -> Int {
    do throws(SystemError) { return try System.read(file, at: place, count: count, into: &buffer) } catch {
      throw unreadable(path, error)
    }
  }
  private func unreadable(_ path: InputPath, _ error: SystemError) -> Diagnostic {
    .error(
      .unreadableInput, "cannot read on in '\(path.text)': \(error.reason)", at: SourceLocation(file: path.text),
      exit: .io)
  }
}

extension Diagnostic {
  /// The same problem with the file it is about, where no place is known.
  func inFile(_ path: InputPath) -> Diagnostic {
    var diagnostic = self
    if diagnostic.location == nil { diagnostic.location = SourceLocation(file: path.text) }
    return diagnostic
  }
}
