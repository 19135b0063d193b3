import CDeflate
import CZlib

/// The level at which archives are compressed; that of `zip` and `gzip` where none is asked for.
private let level: Int32 = 6

/// Bytes as one raw deflate stream (RFC 1951), through libdeflate; nil where that would not be shorter.
///
/// Equal bytes give an equal stream, for one version of libdeflate. Needs all bytes at once: above some megabytes
/// `deflatedPiece` is kinder to memory.
public func deflated(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.count > 1, let compressor = unsafe libdeflate_alloc_compressor(level) else { return nil }
  defer { unsafe libdeflate_free_compressor(compressor) }
  // An output that has room for one byte less than the input makes libdeflate give up where nothing is gained.
  let room = bytes.count - 1
  let stream = unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
    count = unsafe bytes.withUnsafeBytes { source in
      unsafe libdeflate_deflate_compress(compressor, source.baseAddress, source.count, target.baseAddress, room)
    }
  }
  return stream.isEmpty ? nil : stream
}

/// One piece of a raw deflate stream that is compressed in pieces, each by itself, through zlib.
///
/// The pieces of a stream, one after another, are one stream; so they can be made at the same time. Each ends on a
/// whole byte, which costs 5 bytes, and none refers to another, which costs less than 1 % for pieces of a megabyte.
public func deflatedPiece(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
  var stream = unsafe z_stream()
  let status = unsafe deflateInit2_(
    &stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(status == Z_OK, "zlib could not start")
  defer { unsafe deflateEnd(&stream) }
  // The bound holds for a stream that ends; a piece that does not takes a few bytes more.
  let room = Int(unsafe deflateBound(&stream, UInt(bytes.count))) + 16
  return unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = target.baseAddress
      unsafe stream.avail_out = UInt32(room)
      _ = unsafe deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
      count = room - Int(unsafe stream.avail_out)
    }
  }
}

/// The CRC-32 that gzip and zip use, of bytes that follow those whose CRC-32 is given.
public func crc32(_ bytes: [UInt8], continuing earlier: UInt32 = 0) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(earlier, $0.baseAddress, $0.count) }
}
