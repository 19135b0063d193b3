import Compression
import Crypto
import Foundation
import Synchronization
import Workbench

/// A file of a snapshot under reading: decompresses its bytes, and proves at its end that they are the ones that
/// directory and manifest speak of.
final class EntryFile: InputFile {
  let name: String
  let storedBytes: Int
  var storedBytesRead: Int { reading.withLock { $0.bytesRead } }

  private let entry: Snapshot.Entry
  private let file: any PlacedFile
  private let start: Int
  private let reading: Mutex<Reading>

  private struct Reading: ~Copyable {
    var decoder: ZipMemberDecoder
    var hash = SHA256()
    /// How many stored bytes have been read.
    var bytesRead = 0
    /// Stored bytes of which those in `pending` are still to be decoded.
    var block: [UInt8] = []
    var pending = 0..<0
    var isEnded = false
  }
  private static let blockSize = 1 << 18

  init(_ entry: Snapshot.Entry, in file: any PlacedFile) throws(Diagnostic) {
    let header = entry.record.localHeader
    guard try file.read(at: entry.record.offset, count: header.count) == header else {
      throw .error(.notCanonical, "the header of '\(entry.name)' is not as snapshots write it")
    }
    name = entry.name
    storedBytes = entry.storedBytes
    self.entry = entry
    self.file = file
    start = entry.record.offset + header.count
    reading = Mutex(Reading(decoder: try ZipMemberDecoder(entry.member)))
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    do throws(Diagnostic) {
      return try reading.withLock { (reading) throws(Diagnostic) in try read(&reading, &buffer, start) }
    } catch {
      throw error.refusal(of: file)
    }
  }

  private func read(_ reading: inout Reading, _ buffer: inout [UInt8], _ start: Int) throws(Diagnostic) -> Int {
    var filled = start
    while filled < buffer.count, !reading.isEnded {
      let count = try reading.decoder.decode(reading.block, &reading.pending, into: &buffer, from: filled)
      reading.hash.update(data: buffer[filled..<filled + count])
      filled += count
      guard filled < buffer.count else { break }
      guard reading.bytesRead < storedBytes else {
        try end(&reading)
        break
      }
      let wanted = min(storedBytes - reading.bytesRead, Self.blockSize)
      reading.block = try file.read(at: self.start + reading.bytesRead, count: wanted)
      reading.bytesRead += wanted
      reading.pending = 0..<wanted
    }
    return filled - start
  }

  private func end(_ reading: inout Reading) throws(Diagnostic) {
    reading.isEnded = true
    try reading.decoder.finish()
    let digest = hexadecimal(reading.hash.finalize())
    // The tag files are read before their digests are known, and compared there.
    guard entry.digest.isEmpty || digest == entry.digest else {
      throw .error(.wrongDigest, "'\(name)' does not have the digest that is given for it")
    }
  }
}
