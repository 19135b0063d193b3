import CZlib

/// zlib's decompression of one stream, whose input and output come in pieces; about 40 KB, whatever their length.
@safe struct Inflater: ~Copyable {
  /// What stands around the deflated data.
  enum Wrapper {
    case none, gzip
    /// As zlib is told: 15 bits of window, negative where there is no wrapper, and 16 more for that of gzip.
    fileprivate var windowBits: Int32 { self == .none ? -15 : 15 + 16 }
  }
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ wrapper: Wrapper) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Fails only where memory is short, where Swift would stop as well.
    let status = unsafe inflateInit2_(stream, wrapper.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not start")
  }
  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for another stream; false where that fails.
  mutating func reset() -> Bool { unsafe inflateReset(stream) == Z_OK }

  /// Decompresses what lies in `range` of the input to where the output has room, as far as it goes.
  mutating func step(
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
