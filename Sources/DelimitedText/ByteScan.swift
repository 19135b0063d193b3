/// A byte in each of the eight bytes of a word.
@inline(__always)
func spread(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// The high bit of each byte that is zero; above the lowest such bit others may be set wrongly.
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }

/// Eight bytes, the first in the lowest place.
@inline(__always)
func loadWord(_ place: UnsafePointer<UInt8>) -> UInt64 {
  unsafe UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
}

/// The first place from `start` on that holds a byte, or `limit` where none does.
@inline(__always)
func find(
  _ byte: UInt8, from start: UnsafePointer<UInt8>, to limit: UnsafePointer<UInt8>
) -> UnsafePointer<UInt8> {
  let wanted = spread(byte)
  var place = unsafe start
  while unsafe limit - place >= 16 {
    let low = unsafe zeroBytes(loadWord(place) ^ wanted)
    let high = unsafe zeroBytes(loadWord(place + 8) ^ wanted)
    if low | high != 0 {
      return unsafe low != 0 ? place + low.trailingZeroBitCount >> 3 : place + (8 + high.trailingZeroBitCount >> 3)
    }
    unsafe place += 16
  }
  while unsafe place < limit, unsafe place.pointee != byte { unsafe place += 1 }
  return unsafe place
}

/// How many line feeds stand in a range of bytes.
public func lineFeeds(in bytes: [UInt8], _ range: Range<Int>) -> Int {
  unsafe bytes.withUnsafeBufferPointer { bytes in
    var count = 0
    for index in range { count &+= unsafe bytes[index] == 10 ? 1 : 0 }
    return count
  }
}
