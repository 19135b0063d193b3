/// A zip file made by hand, any field of which a test may set wrong.
public struct ZipFixture: Sendable {
  /// A member, as its own header and the directory describe it.
  public struct Member: Sendable {
    /// Its name.
    public var name: [UInt8]
    /// Its stored bytes.
    public var stored: [UInt8]
    /// What both headers say of it.
    public var method = 0
    /// Bit 0 is encryption, bit 3 says that sizes follow the data, bit 11 that the name is UTF-8.
    public var flags = 1 << 11
    /// The CRC-32.
    public var crc: Int
    /// Its size, decompressed.
    public var bytes: Int
    /// What the directory says where it differs from `stored`.
    public var storedBytes: Int
    /// Sizes and place stand in an extra field.
    public var isLarge = false
    /// Changes of the finished local header and directory entry.
    public var changesHeader: @Sendable (inout [UInt8]) -> Void = { _ in }
    /// Changes of the finished directory entry.
    public var changesEntry: @Sendable (inout [UInt8]) -> Void = { _ in }

    /// A member that is stored as it is.
    public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    /// A member that is stored as it is, or whose deflated bytes are given.
    public init(_ name: String, _ bytes: [UInt8], deflated: [UInt8]? = nil) {
      self.name = Array(name.utf8)
      stored = deflated ?? bytes
      method = deflated == nil ? 0 : 8
      crc = plainCRC32(bytes)
      self.bytes = bytes.count
      storedBytes = stored.count
    }
  }
  /// The members.
  public var members: [Member]
  /// What stands before the first member.
  public var prefix: [UInt8] = []
  /// The comment on the archive.
  public var comment: [UInt8] = []
  /// Whether the end is of the ZIP64 kind.
  public var isLarge = false
  /// Changes of the finished end: of the directory's size and so on.
  public var changesEnd: @Sendable (inout [UInt8]) -> Void = { _ in }
  /// Makes an archive.
  public init(_ members: [Member]) { self.members = members }

  /// The archive.
  public var file: [UInt8] {
    var file = prefix
    var directory: [UInt8] = []
    for member in members {
      let offset = file.count
      var header = little(0x0403_4B50, 4) + little(member.isLarge ? 45 : 20, 2) + common(member)
      header += member.isLarge ? little(0xFFFF_FFFF, 4) + little(0xFFFF_FFFF, 4) : sizes(member)
      header += little(member.name.count, 2) + little(member.isLarge ? 20 : 0, 2) + member.name
      if member.isLarge { header += field([member.bytes, member.storedBytes]) }
      member.changesHeader(&header)
      file += header + member.stored
      var entry = little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + common(member)
      entry += member.isLarge ? little(0xFFFF_FFFF, 4) + little(0xFFFF_FFFF, 4) : sizes(member)
      entry += little(member.name.count, 2) + little(member.isLarge ? 28 : 0, 2)
      entry += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
      entry += little(member.isLarge ? 0xFFFF_FFFF : offset, 4) + member.name
      if member.isLarge {
        entry += field([member.bytes, member.storedBytes, offset])
      }
      member.changesEntry(&entry)
      directory += entry
    }
    let place = file.count
    file += directory
    let count = members.count
    var end: [UInt8] = []
    if isLarge {
      end += little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8)
      for number in [count, count, directory.count, place] { end += little(number, 8) }
      end += little(0x0706_4B50, 4) + little(0, 4) + little(file.count, 8) + little(1, 4)
    }
    end += little(0x0605_4B50, 4) + little(0, 4)
    end += little(isLarge ? 0xFFFF : count, 2) + little(isLarge ? 0xFFFF : count, 2)
    end += little(isLarge ? 0xFFFF_FFFF : directory.count, 4) + little(isLarge ? 0xFFFF_FFFF : place, 4)
    end += little(comment.count, 2) + comment
    changesEnd(&end)
    return file + end
  }
  private func field(_ numbers: [Int]) -> [UInt8] {
    little(1, 2) + little(8 * numbers.count, 2) + Array(numbers.map { little($0, 8) }.joined())
  }
  private func common(_ member: Member) -> [UInt8] {
    little(member.flags, 2) + little(member.method, 2) + little(0, 4) + little(member.crc, 4)
  }
  private func sizes(_ member: Member) -> [UInt8] { little(member.storedBytes, 4) + little(member.bytes, 4) }
}

/// A number in as many bytes, the lowest first.
public func little(_ number: Int, _ bytes: Int) -> [UInt8] {
  (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// The CRC-32 of zip and gzip, bit by bit.
public func plainCRC32(_ bytes: [UInt8]) -> Int {
  var crc: UInt32 = .max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
  }
  return Int(~crc)
}
