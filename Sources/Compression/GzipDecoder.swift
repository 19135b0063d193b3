import CZlib
public import Workbench

/// Decompresses gzip data of any number of members (RFC 1952), fed in pieces.
///
/// Everything is checked: headers, the CRC and length of each member, that nothing but a further member follows one,
/// and that the data do not grow beyond reason. Memory is constant, about 40 KB.
@safe public struct GzipDecoder: ~Copyable {
  /// How many bytes one stored byte may become, once more than `freeBytes` have come out.
  ///
  /// Event data shrink by 5 to 30 times; deflate's limit is 1,032. There is no limit on size as such: what may come out
  /// is bounded by what lies on the disk.
  public static let largestRatio = 200
  /// How many bytes may come out whatever the ratio: 64 MiB.
  public static let freeBytes = 64 << 20

  private let stream: UnsafeMutablePointer<z_stream>
  private var storedBytes = 0
  private var producedBytes = 0
  private var isBetweenMembers = false

  /// Whether bytes begin as gzip data do.
  public static func begins(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Starts at the first byte of the first member.
  public init() {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for a gzip wrapper; fails only where memory is short, where Swift would stop as well.
    let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not start")
  }
  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

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
      let step = inflateOnce(input, range, &output, start + produced)
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
      if producedBytes > Self.freeBytes, producedBytes / Self.largestRatio > storedBytes {
        throw .error(
          .gzipBomb, "the compressed data grow more than \(Self.largestRatio) times, to over \(producedBytes) bytes",
          hint: "decompress the file yourself if you trust it", exit: .noInput)
      }
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
    guard byte == 0x1F, unsafe inflateReset(stream) == Z_OK else {
      throw .error(
        .damagedGzip, "other data follow the compressed data\(place)", hint: "fetch the file again", exit: .noInput)
    }
    isBetweenMembers = false
  }

  private func inflateOnce(
    _ input: [UInt8], _ range: Range<Int>, _ output: inout [UInt8], _ start: Int
  ) -> (status: Int32, consumed: Int, produced: Int) {
    let given = min(range.count, 1 << 30)
    let room = min(output.count - start, 1 << 30)
    let status = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        // zlib declares its input as mutable and does not write to it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress.map { unsafe $0 + range.lowerBound })
        unsafe stream.pointee.avail_in = UInt32(given)
        unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    let consumed = given - Int(unsafe stream.pointee.avail_in)
    let produced = room - Int(unsafe stream.pointee.avail_out)
    unsafe stream.pointee.next_in = nil
    unsafe stream.pointee.next_out = nil
    return (status, consumed, produced)
  }
}

extension DiagnosticKind {
  static let damagedGzip = DiagnosticKind(
    "input.damaged-gzip", "A compressed file is damaged or cut short.",
    "A gzip file carries a checksum and a length, and one of them does not hold, or the file ends before its data do, "
      + "or something else follows them. Nothing of it is used. Fetch the file again; `gzip -t FILE` judges it as well."
  )
  static let gzipBomb = DiagnosticKind(
    "input.gzip-bomb", "A compressed file grows beyond reason when it is decompressed.",
    "After the first 64 MiB, a compressed file may become at most 200 times as large; event data shrink by 5 to 30 "
      + "times. If the file is right, decompress it and name the decompressed file.")

  /// The kinds that decompression can report.
  public static let compressionKinds = [damagedGzip, gzipBomb]
}
