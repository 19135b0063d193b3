import CDeflate
import CZlib

/// The level at which archives are compressed; that of `zip` and `gzip` where none is asked for.
private let level: Int32 = 6

/// What decides the bytes of a compressed entry beside its content.
public let compressorVersion = "libdeflate \(LIBDEFLATE_VERSION_STRING)"

/// Bytes as one raw deflate stream (RFC 1951), through libdeflate; nil where that would not be shorter.
///
/// Equal bytes give an equal stream, for one version of libdeflate. Needs all bytes at once: above some megabytes
/// `deflatedPiece` is kinder to memory.
public func deflated(_ bytes: [UInt8]) -> [UInt8]? {
  // An output that has room for one byte less than the input makes libdeflate give up where nothing is gained.
  guard bytes.count > 1 else { return nil }
  let stream = unsafe compressed(bytes) { _ in bytes.count - 1 }
  return stream.isEmpty ? nil : stream
}

/// One piece of a raw deflate stream that is compressed in pieces, each by itself.
///
/// The pieces of a stream, one after another, are one stream; so they can be made at the same time. None refers to
/// another, which costs less than 1 % for pieces of some megabytes. libdeflate makes whole streams only: the mark of the
/// last block is taken from that of each piece but the last one's, and an empty stored block brings it to a whole byte.
/// Where that cannot be done, as memory is short, the piece is stored blocks.
public func deflatedPiece(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
  var stream = unsafe compressed(bytes) { unsafe Int(libdeflate_deflate_compress_bound($0, bytes.count)) }
  if isLast { return stream.isEmpty ? storedBlocks(bytes, isLast: true) : stream }
  guard let last = lastBlock(of: stream) else { return storedBlocks(bytes, isLast: false) }
  stream[last.lowerBound >> 3] &= ~(1 << UInt8(last.lowerBound & 7))
  // The stored block's header is three zero bits and those up to the next whole byte; then its length, zero.
  let headerEnd = (last.upperBound + 3 + 7) >> 3
  stream += [UInt8](repeating: 0, count: headerEnd - stream.count)
  return stream + [0, 0, 0xFF, 0xFF]
}

/// Bytes as blocks that are not compressed (RFC 1951, 3.2.4).
func storedBlocks(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
  var stream: [UInt8] = []
  var rest = bytes[...]
  repeat {
    let block = rest.prefix(0xFFFF)
    rest = rest.dropFirst(block.count)
    let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
    stream += [isLast && rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
  } while !rest.isEmpty
  return stream
}

/// A stream made by libdeflate in as much room as asked for; nothing where that does not do.
private func compressed(_ bytes: [UInt8], room: (OpaquePointer) -> Int) -> [UInt8] {
  guard let compressor = unsafe libdeflate_alloc_compressor(level) else { return [] }
  defer { unsafe libdeflate_free_compressor(compressor) }
  let room = unsafe room(compressor)
  return unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
    count = unsafe bytes.withUnsafeBytes { source in
      unsafe libdeflate_deflate_compress(compressor, source.baseAddress, source.count, target.baseAddress, room)
    }
  }
}

/// From which bit to which the last block of a stream lies; nil where zlib cannot read the stream.
private func lastBlock(of compressed: [UInt8]) -> Range<Int>? {
  var stream = unsafe z_stream()
  guard unsafe inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  defer { unsafe inflateEnd(&stream) }
  var header = 0
  var scratch = [UInt8](repeating: 0, count: 1 << 18)
  return unsafe compressed.withUnsafeBufferPointer { source in
    unsafe scratch.withUnsafeMutableBufferPointer { target in
      // zlib declares its input as mutable and does not write to it.
      unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.avail_in = UInt32(source.count)
      while true {
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        guard unsafe inflate(&stream, Z_BLOCK) == Z_OK else { return nil }
        // 128: at a block's end; 64: that of the last; below them how many bits of the last byte read are left.
        let state = unsafe Int(stream.data_type)
        guard state & 128 != 0 else { continue }
        let bit = unsafe Int(stream.total_in) * 8 - state & 63
        if state & 64 != 0 { return header..<bit }
        header = bit
      }
    }
  }
}

/// The CRC-32 that gzip and zip use, of bytes that follow those whose CRC-32 is given.
public func crc32(_ bytes: [UInt8], continuing earlier: UInt32 = 0) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe libdeflate_crc32(earlier, $0.baseAddress, $0.count) }
}
