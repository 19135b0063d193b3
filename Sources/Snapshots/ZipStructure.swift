import Compression
import Workbench

/// The structure of an archive as `ZipWriter` writes it and no other: from what its directory says, directory and end are
/// made again, and must be the same bytes.
struct ZipStructure {
  let members: [ZipMember]
  let records: [ZipRecord]
  let compressor: String
  /// What stands before the digest that ends the file.
  private static let mark = " sha256:"

  init(_ file: any PlacedFile) throws(Diagnostic) {
    let tailBytes = min(file.bytes, ZipEnd.longest)
    let tail = try file.read(at: file.bytes - tailBytes, count: tailBytes)
    let end = try ZipEnd(tail: tail, fileBytes: file.bytes)
    let listed = try file.read(at: end.directory.lowerBound, count: end.directory.count)
    let directory = try ZipDirectory(listed, end: end)
    members = directory.members
    guard !members.isEmpty else { throw .error(.notASnapshot, "the archive is empty") }
    guard let compressor = Self.compressor(in: end.comment) else {
      throw .error(.notASnapshot, "its comment does not end with a digest, as that of a snapshot does")
    }
    self.compressor = compressor
    try Growth.check(
      stored: members.reduce(0) { $0 + $1.storedBytes }, bytes: members.reduce(0) { sum($0, $1.bytes) })
    records = try Self.records(members, from: listed)
    try Self.check(end, records, listed, tail, in: file)
  }

  /// Which compressor a comment names; nil where it has another form.
  private static func compressor(in comment: [UInt8]) -> String? {
    let name = comment.dropLast(mark.utf8.count + 64)
    guard comment.suffix(mark.utf8.count + 64).starts(with: mark.utf8), (1...64).contains(name.count),
      name.allSatisfy({ (0x20..<0x7F).contains($0) }), isDigest(String(decoding: comment.suffix(64), as: UTF8.self))
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// The records of the members, made from their names and sizes alone.
  private static func records(_ members: [ZipMember], from listed: [UInt8]) throws(Diagnostic) -> [ZipRecord] {
    var names = EntryNames()
    var records: [ZipRecord] = []
    var offset = 0
    var place = 0
    for member in members {
      if let fault = names.fault(adding: member.name) { throw .error(.notCanonical, "'\(member.name)': \(fault)") }
      let record = ZipRecord(
        name: Array(member.name.utf8), isDeflated: member.isDeflated, crc: member.crc, storedBytes: member.storedBytes,
        bytes: member.bytes, offset: offset)
      let header = record.centralHeader
      guard member.place.lowerBound == offset, place + header.count <= listed.count,
        listed[place..<place + header.count].elementsEqual(header)
      else { throw .error(.notCanonical, "the directory's entry for '\(member.name)' is not as snapshots write it") }
      records.append(record)
      place += header.count
      offset = sum(offset, sum(record.localHeader.count, member.storedBytes))
    }
    return records
  }

  private static func check(
    _ end: ZipEnd, _ records: [ZipRecord], _ listed: [UInt8], _ tail: [UInt8], in file: any PlacedFile
  ) throws(Diagnostic) {
    let last = records[records.count - 1]
    let dataEnd = last.offset + last.localHeader.count + last.storedBytes
    var expected = ZipRecord.end(
      entries: records.count, listOffset: end.directory.lowerBound, listBytes: listed.count)
    expected.append(little: end.comment.count, bytes: 2)
    expected += end.comment
    guard dataEnd == end.directory.lowerBound, end.directory.upperBound + expected.count == file.bytes,
      tail.suffix(expected.count).elementsEqual(expected)
    else { throw .error(.notCanonical, "its end is not as snapshots write it, or other bytes lie in between") }
  }
}

/// A sum that stays at the largest number instead of going beyond it.
private func sum(_ one: Int, _ other: Int) -> Int {
  let (sum, isTooLarge) = one.addingReportingOverflow(other)
  return isTooLarge ? .max : sum
}
