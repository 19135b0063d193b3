/// Where some bytes stand among 64, found with wide compares.
///
/// A set of places is kept folded, which is how compares give it at the least cost: the bit of place 8 i + j is bit i of
/// byte j. Folded sets can be counted; `unfolded` gives the places in order.
@unsafe struct ByteMasks {
  private typealias Lane = SIMD16<UInt8>
  private let (first, second, third, fourth): (Lane, Lane, Lane, Lane)

  /// Looks at the 64 bytes from a place on; at those from `limit` on as at zeros.
  @inline(__always)
  init(at place: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>) {
    guard unsafe limit - place < 64 else {
      unsafe self.init(UnsafeRawPointer(place))
      return
    }
    var padded = SIMD64<UInt8>(repeating: 0)
    for index in 0..<(unsafe limit - place) { padded[index] = unsafe place[index] }
    unsafe self = unsafe withUnsafeBytes(of: &padded) { padded in
      unsafe ByteMasks(padded.baseAddress ?? UnsafeRawPointer(place))
    }
  }
  @inline(__always)
  private init(_ place: UnsafeRawPointer) {
    unsafe first = place.loadUnaligned(as: Lane.self)
    unsafe second = place.loadUnaligned(fromByteOffset: 16, as: Lane.self)
    unsafe third = place.loadUnaligned(fromByteOffset: 32, as: Lane.self)
    unsafe fourth = place.loadUnaligned(fromByteOffset: 48, as: Lane.self)
  }

  /// How many 64 bytes from a place on have no line end, and how often a byte stands in them.
  @inline(__always)
  static func count(
    _ byte: UInt8, from start: UnsafePointer<UInt8>, toLineEndBefore limit: UnsafePointer<UInt8>
  ) -> (bytes: Int, count: Int) {
    let (wanted, lineEnd) = (Lane(repeating: byte), Lane(repeating: 10))
    @inline(__always) func found(_ lane: Lane, _ byte: Lane) -> Lane {
      unsafe unsafeBitCast(lane .== byte, to: Lane.self)
    }
    var place = unsafe start
    // For each lane how often less than nothing; a lane gains four at most in 64 bytes.
    var tally = Lane()
    let end = unsafe min(limit, start + 60 * 64)
    while unsafe end - place >= 64 {
      let masks = unsafe ByteMasks(UnsafeRawPointer(place))
      let (first, second, third, fourth) = unsafe (masks.first, masks.second, masks.third, masks.fourth)
      let lineEnds =
        found(first, lineEnd) | found(second, lineEnd) | found(third, lineEnd) | found(fourth, lineEnd)
      if unsafe unsafeBitCast(lineEnds.lowHalf | lineEnds.highHalf, to: UInt64.self) != 0 { break }
      tally &+= found(first, wanted) &+ found(second, wanted) &+ found(third, wanted) &+ found(fourth, wanted)
      unsafe place += 64
    }
    let counts = Lane() &- tally
    let halves = SIMD8<UInt16>(truncatingIfNeeded: counts.lowHalf) &+ SIMD8<UInt16>(truncatingIfNeeded: counts.highHalf)
    return unsafe (place - start, Int(halves.wrappedSum()))
  }

  /// The places of a byte, folded.
  @inline(__always)
  func folded(_ byte: UInt8) -> UInt64 {
    let halves = unsafe halves(byte)
    return halves.x | halves.y
  }
  /// The places of two bytes, folded.
  @inline(__always)
  func folded(_ byte: UInt8, _ other: UInt8) -> SIMD2<UInt64> {
    let (own, others) = unsafe (halves(byte), halves(other))
    return SIMD2(own.x, others.x) | SIMD2(own.y, others.y)
  }
  /// Two words whose union are the places of a byte, folded.
  @inline(__always)
  private func halves(_ byte: UInt8) -> SIMD2<UInt64> {
    let wanted = Lane(repeating: byte)
    @inline(__always) func bits(_ lane: Lane, _ low: UInt8) -> Lane {
      let bit = Lane(lowHalf: SIMD8(repeating: low), highHalf: SIMD8(repeating: low << 1))
      return unsafe unsafeBitCast(lane .== wanted, to: Lane.self) & bit
    }
    let all = unsafe bits(first, 1) | bits(second, 4) | bits(third, 16) | bits(fourth, 64)
    return unsafe unsafeBitCast(all, to: SIMD2<UInt64>.self)
  }
}

/// A folded set of places as bits in the order of the places: an 8 by 8 matrix of bits transposed (Warren 2012, 7-3).
@inline(__always)
func unfolded(_ folded: UInt64) -> UInt64 {
  var bits = folded
  var exchanged = (bits ^ bits >> 7) & 0x00AA_00AA_00AA_00AA
  bits ^= exchanged ^ exchanged << 7
  exchanged = (bits ^ bits >> 14) & 0x0000_CCCC_0000_CCCC
  bits ^= exchanged ^ exchanged << 14
  exchanged = (bits ^ bits >> 28) & 0x0000_0000_F0F0_F0F0
  return bits ^ exchanged ^ exchanged << 28
}

/// Two folded sets at once.
@inline(__always)
func unfolded(_ folded: SIMD2<UInt64>) -> SIMD2<UInt64> {
  @inline(__always) func pair(_ word: UInt64) -> SIMD2<UInt64> { SIMD2(repeating: word) }
  var bits = folded
  var exchanged = (bits ^ bits &>> pair(7)) & pair(0x00AA_00AA_00AA_00AA)
  bits ^= exchanged ^ exchanged &<< pair(7)
  exchanged = (bits ^ bits &>> pair(14)) & pair(0x0000_CCCC_0000_CCCC)
  bits ^= exchanged ^ exchanged &<< pair(14)
  exchanged = (bits ^ bits &>> pair(28)) & pair(0x0000_0000_F0F0_F0F0)
  return bits ^ exchanged ^ exchanged &<< pair(28)
}

/// For each bit whether an odd number of bits are set up to it, itself included: what lies in quotes, of quotes.
@inline(__always)
func oddBefore(_ bits: UInt64) -> UInt64 {
  var bits = bits
  bits ^= bits << 1
  bits ^= bits << 2
  bits ^= bits << 4
  bits ^= bits << 8
  bits ^= bits << 16
  return bits ^ bits << 32
}
