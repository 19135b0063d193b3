import CDeflate
import CZlib
public import Workbench

/// Gives the bytes of a member of a zip file, whose stored bytes are fed in pieces.
///
/// Everything is checked: that the stream ends where the directory says, that it has the size and the CRC-32 given
/// there, and before anything is read that it does not grow beyond reason. Memory is constant, about 40 KB.
public struct ZipMemberDecoder: ~Copyable {
  private let member: ZipMember
  private var inflater: Inflater
  private var storedBytes = 0
  private var producedBytes = 0
  private var crc: UInt32 = 0
  private var isEnded: Bool

  /// Starts at the first stored byte; refuses a member that cannot be read, or that would grow beyond reason.
  public init(_ member: ZipMember) throws(Diagnostic) {
    try member.checkReadable()
    try Growth.check(stored: member.storedBytes, bytes: member.bytes)
    self.member = member
    inflater = Inflater(.none)
    isEnded = member.isStored
  }

  /// Decodes until the output is full, or the input is used up and nothing of it is left to come out.
  ///
  /// - Parameter input: stored bytes; `range` says which are still to be read, and loses those that were.
  /// - Parameter output: filled from `start`.
  /// - Returns: how many bytes were put into `output`.
  public mutating func decode(
    _ input: [UInt8], _ range: inout Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(Diagnostic) -> Int {
    var place = start
    while place < output.count {
      let (consumed, produced) = try step(input, range, &output, place)
      crc = unsafe output.withUnsafeBytes { bytes in
        unsafe libdeflate_crc32(crc, bytes.baseAddress.map { unsafe $0 + place }, produced)
      }
      range = range.lowerBound + consumed..<range.upperBound
      storedBytes += consumed
      producedBytes += produced
      place += produced
      guard producedBytes <= member.bytes else {
        throw .damagedZip("'\(member.name)' is larger than the \(member.bytes) bytes that the directory says")
      }
      if produced == 0, consumed == 0 { break }
    }
    return place - start
  }

  private mutating func step(
    _ input: [UInt8], _ range: Range<Int>, _ output: inout [UInt8], _ place: Int
  ) throws(Diagnostic) -> (consumed: Int, produced: Int) {
    if member.isStored {
      let count = min(range.count, output.count - place)
      output.replaceSubrange(place..<place + count, with: input[range.lowerBound..<range.lowerBound + count])
      return (count, count)
    }
    guard !isEnded else {
      guard range.isEmpty else { throw .damagedZip("other data follow those of '\(member.name)'") }
      return (0, 0)
    }
    let step = inflater.step(input, range, &output, place)
    switch step.status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isEnded = true
    default: throw .damagedZip("the data of '\(member.name)' are garbled at byte \(storedBytes + step.consumed)")
    }
    return (step.consumed, step.produced)
  }

  /// Checks that all that was stored, which is used up, was the whole of the member.
  public func finish() throws(Diagnostic) {
    guard isEnded, storedBytes == member.storedBytes, producedBytes == member.bytes else {
      throw .damagedZip("'\(member.name)' has \(producedBytes) bytes, and the directory says \(member.bytes)")
    }
    guard crc == member.crc else { throw .damagedZip("the checksum of '\(member.name)' does not hold") }
  }
}
