import CZlib
public import Workbench

/// Decompresses gzip data of any number of members (RFC 1952), fed in pieces.
///
/// Everything is checked: headers, the CRC and length of each member, that nothing but a further member follows one,
/// and that the data do not grow beyond reason. Memory is constant, about 40 KB.
public struct GzipDecoder: ~Copyable {
  private var inflater = Inflater(.gzip)
  private var storedBytes = 0
  private var producedBytes = 0
  private var isBetweenMembers = false

  /// Whether bytes begin as gzip data do.
  public static func begins(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Starts at the first byte of the first member.
  public init() {}

  /// Decompresses until the output is full, or the input is used up and nothing of it is left to come out.
  ///
  /// - Parameter input: stored bytes; `range` says which are still to be read, and loses those that were.
  /// - Parameter output: filled from `start`.
  /// - Returns: how many bytes were put into `output`.
  public mutating func decode(
    _ input: [UInt8], _ range: inout Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(Diagnostic) -> Int {
    var produced = 0
    while start + produced < output.count {
      if isBetweenMembers {
        guard !range.isEmpty else { break }
        try beginMember(byte: input[range.lowerBound])
      }
      let step = inflater.step(input, range, &output, start + produced)
      range = range.lowerBound + step.consumed..<range.upperBound
      produced += step.produced
      storedBytes += step.consumed
      producedBytes += step.produced
      switch step.status {
      case Z_OK: break
      case Z_BUF_ERROR: return produced
      case Z_STREAM_END: isBetweenMembers = true
      default:
        throw .error(
          .damagedGzip, "the compressed data are damaged\(place)", hint: "fetch the file again", exit: .noInput)
      }
      try Growth.check(stored: storedBytes, bytes: producedBytes)
    }
    return produced
  }

  /// Checks that the stored data, which are at their end, ended with a whole member.
  public func finish() throws(Diagnostic) {
    guard isBetweenMembers else {
      throw .error(
        .damagedGzip, "the compressed data end too early\(place)", hint: "fetch the file again", exit: .noInput)
    }
  }

  private var place: String { " (at stored byte \(storedBytes))" }

  private mutating func beginMember(byte: UInt8) throws(Diagnostic) {
    guard byte == 0x1F, inflater.reset() else {
      throw .error(
        .damagedGzip, "other data follow the compressed data\(place)", hint: "fetch the file again", exit: .noInput)
    }
    isBetweenMembers = false
  }
}

extension DiagnosticKind {
  static let damagedGzip = DiagnosticKind(
    "input.damaged-gzip", "A compressed file is damaged or cut short.",
    "A gzip file carries a checksum and a length, and one of them does not hold, or the file ends before its data do, "
      + "or something else follows them. Nothing of it is used. Fetch the file again; `gzip -t FILE` judges it as well."
  )
}
