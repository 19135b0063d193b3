/// The records of a ZIP file (PKWARE APPNOTE 6.3.10), in the one form that this program writes.
///
/// Fixed in all entries: version made by UNIX, mode 100644, DOS time 1980-01-01, names in UTF-8, no extra fields but
/// ZIP64 where a number needs it, no data descriptors, no comments but that of the archive.
struct ZipRecord {
  var name: [UInt8]
  var isDeflated: Bool
  var crc: UInt32
  var storedBytes: Int
  var bytes: Int
  /// Where the local header lies in the archive.
  var offset: Int

  /// From this value on, 32 bits do not do.
  static let limit32 = 0xFFFF_FFFF
  /// From this value on, 16 bits do not do.
  static let limit16 = 0xFFFF

  /// What stands before the content.
  var localHeader: [UInt8] {
    let isLarge = bytes >= Self.limit32 || storedBytes >= Self.limit32
    var record: [UInt8] = []
    record.append(little: 0x0403_4B50, bytes: 4)
    appendCommon(to: &record, needsZip64: isLarge)
    record.append(little: isLarge ? Self.limit32 : storedBytes, bytes: 4)
    record.append(little: isLarge ? Self.limit32 : bytes, bytes: 4)
    record.append(little: name.count, bytes: 2)
    record.append(little: isLarge ? 20 : 0, bytes: 2)
    record += name
    if isLarge {
      record.append(little: 1, bytes: 2)
      record.append(little: 16, bytes: 2)
      record.append(little: bytes, bytes: 8)
      record.append(little: storedBytes, bytes: 8)
    }
    return record
  }

  /// What stands in the list at the archive's end.
  var centralHeader: [UInt8] {
    var large: [UInt8] = []
    for number in [bytes, storedBytes, offset] where number >= Self.limit32 { large.append(little: number, bytes: 8) }
    var record: [UInt8] = []
    record.append(little: 0x0201_4B50, bytes: 4)
    record.append(little: 3 << 8 | (large.isEmpty ? 20 : 45), bytes: 2)
    appendCommon(to: &record, needsZip64: !large.isEmpty)
    record.append(little: min(storedBytes, Self.limit32), bytes: 4)
    record.append(little: min(bytes, Self.limit32), bytes: 4)
    record.append(little: name.count, bytes: 2)
    record.append(little: large.isEmpty ? 0 : large.count + 4, bytes: 2)
    // No comment, first disk, no internal attributes.
    record.append(little: 0, bytes: 6)
    record.append(little: 0o100644 << 16, bytes: 4)
    record.append(little: min(offset, Self.limit32), bytes: 4)
    record += name
    if !large.isEmpty {
      record.append(little: 1, bytes: 2)
      record.append(little: large.count, bytes: 2)
      record += large
    }
    return record
  }

  /// Version needed, flags, method, time, date and checksum, which both headers have.
  private func appendCommon(to record: inout [UInt8], needsZip64: Bool) {
    record.append(little: needsZip64 ? 45 : 20, bytes: 2)
    record.append(little: 1 << 11, bytes: 2)
    record.append(little: isDeflated ? 8 : 0, bytes: 2)
    record.append(little: 0, bytes: 2)
    record.append(little: 1 << 5 | 1, bytes: 2)
    record.append(little: Int(crc), bytes: 4)
  }

  /// The end of the archive up to the comment's length, which the archive's digest does not cover.
  static func end(entries: Int, listOffset: Int, listBytes: Int) -> [UInt8] {
    var record: [UInt8] = []
    if entries >= limit16 || listOffset >= limit32 || listBytes >= limit32 {
      let place = listOffset + listBytes
      record.append(little: 0x0606_4B50, bytes: 4)
      record.append(little: 44, bytes: 8)
      record.append(little: 3 << 8 | 45, bytes: 2)
      record.append(little: 45, bytes: 2)
      record.append(little: 0, bytes: 8)
      for number in [entries, entries, listBytes, listOffset] { record.append(little: number, bytes: 8) }
      record.append(little: 0x0706_4B50, bytes: 4)
      record.append(little: 0, bytes: 4)
      record.append(little: place, bytes: 8)
      record.append(little: 1, bytes: 4)
    }
    record.append(little: 0x0605_4B50, bytes: 4)
    record.append(little: 0, bytes: 4)
    record.append(little: min(entries, limit16), bytes: 2)
    record.append(little: min(entries, limit16), bytes: 2)
    record.append(little: min(listBytes, limit32), bytes: 4)
    record.append(little: min(listOffset, limit32), bytes: 4)
    return record
  }
}

extension [UInt8] {
  /// Appends the lowest bytes of a number, the lowest first.
  mutating func append(little number: Int, bytes: Int) {
    for index in 0..<bytes { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
