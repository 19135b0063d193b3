public import Workbench

/// A member of a zip file, as the archive's directory describes it.
public struct ZipMember: Sendable, Hashable {
  /// Its name; of the bytes as they are where they are UTF-8, else by code page 437.
  public let name: String
  /// How many bytes it has.
  public let bytes: Int
  /// How many bytes of the file hold them.
  public let storedBytes: Int
  /// The CRC-32 of its bytes.
  public let crc: UInt32
  /// Where its own header lies in the file, and up to where its data may reach: to the next header.
  public let place: Range<Int>
  let nameBytes: [UInt8]
  let method: Int
  let flags: Int

  /// Whether it stands for a folder.
  public var isFolder: Bool { nameBytes.last == UInt8(ascii: "/") }
  /// Whether its bytes are stored as they are.
  var isStored: Bool { method == 0 }
  /// Whether its bytes are compressed by deflate.
  public var isDeflated: Bool { method == 8 }
  private var isEncrypted: Bool { flags & (1 | 1 << 6 | 1 << 13) != 0 || method == 99 }

  /// Refuses a member that is encrypted, or compressed by a method that is not read.
  public func checkReadable() throws(Diagnostic) {
    guard !isEncrypted else {
      throw .unsupportedZip("'\(name)' is encrypted", hint: "unpack it with its password, and name the file in it")
    }
    guard method == 0 || method == 8 else {
      let names = [
        1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode", 9: "deflate64", 12: "bzip2",
        14: "lzma", 20: "zstd", 93: "zstd", 95: "xz", 98: "ppmd",
      ]
      throw .unsupportedZip(
        "'\(name)' is compressed by \(names[method] ?? "method \(method)"), not by deflate",
        hint: "unpack it with another program, and name the file in it")
    }
    guard !isStored || bytes == storedBytes else {
      throw .damagedZip("'\(name)' is stored as it is, but has two sizes, \(storedBytes) and \(bytes) bytes")
    }
  }

  /// How many bytes from the beginning of `place` on must be given to `data(localHeader:)`, at most.
  ///
  /// Extra fields may be larger than the 4 KB of them that this counts; then they need not be looked into.
  public var localHeaderBytes: Int { min(place.count, 30 + nameBytes.count + 4096) }

  /// Where the member's data lie in the file, by its own header, which must agree with the directory.
  public func data(localHeader header: [UInt8]) throws(Diagnostic) -> Range<Int> {
    let record = LittleEndian(header, from: 0)
    let name = nameBytes.count
    guard header.count >= 30 + name, record[0, 4] == 0x0403_4B50 else {
      throw .damagedZip("'\(self.name)' has no header where the directory says")
    }
    let start = place.lowerBound + 30 + name + record[28, 2]
    let hasDescriptor = record[6, 2] & 1 << 3 != 0
    guard record[26, 2] == name, header[30..<30 + name].elementsEqual(nameBytes), record[8, 2] == method,
      record[6, 2] & 1 == flags & 1
    else { throw .damagedZip("the header of '\(self.name)' says something else than the directory") }
    // Sizes and checksum may follow the data instead; then zeros stand here.
    var numbers = [(record[14, 4], Int(crc)), (record[18, 4], storedBytes), (record[22, 4], bytes)]
    if let large = ExtraFields(header, 30 + name..<min(header.count, 30 + name + record[28, 2])).large {
      for (index, place) in [(1, 8), (2, 0)] where numbers[index].0 == 0xFFFF_FFFF {
        numbers[index].0 =
          large.count >= place + 8 ? LittleEndian(header, from: large.lowerBound).large(place) ?? -1 : -1
      }
    }
    guard numbers.allSatisfy({ $0 == $1 || hasDescriptor && $0 == 0 }) else {
      throw .damagedZip("the header of '\(self.name)' gives another size or checksum than the directory")
    }
    guard start <= place.upperBound, storedBytes <= place.upperBound - start else {
      throw .damagedZip("'\(self.name)' reaches into what follows it")
    }
    return start..<start + storedBytes
  }
}

/// The directory of a zip file: its members, in the order in which it lists them.
///
/// What it accepts is read the same by every reader: no member reaches into another or into the directory, and no two
/// have one name.
public struct ZipDirectory: Sendable {
  /// The members, folders among them.
  public let members: [ZipMember]
  private let places: [[UInt8]: Int]

  /// Reads a directory.
  /// - Parameter bytes: what lies in the file where the end says.
  /// - Complexity: linear in the bytes, but for sorting the members by their place.
  public init(_ bytes: [UInt8], end: ZipEnd) throws(Diagnostic) {
    var entries: [Entry] = []
    entries.reserveCapacity(end.memberCount)
    var place = 0
    for _ in 0..<end.memberCount { entries.append(try Entry(bytes, &place)) }
    guard place == bytes.count else { throw .damagedZip("its directory lists more than its end says") }
    // Each member ends where the next header begins, at the latest.
    let order = entries.indices.sorted { entries[$0].offset < entries[$1].offset }
    var limits = [Int](repeating: end.directory.lowerBound, count: entries.count)
    for (index, next) in zip(order, order.dropFirst()) { limits[index] = entries[next].offset }
    var members: [ZipMember] = []
    members.reserveCapacity(entries.count)
    var places: [[UInt8]: Int] = [:]
    for (entry, limit) in zip(entries, limits) {
      let member = try entry.member(limit: limit)
      guard places.updateValue(members.count, forKey: entry.name) == nil else {
        throw .damagedZip("two members have the name '\(member.name)'")
      }
      members.append(member)
    }
    self.members = members
    self.places = places
  }

  /// The member with a name.
  public subscript(name name: String) -> ZipMember? {
    places[Array(name.utf8)].map { members[$0] } ?? members.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// A member as it stands in the directory.
  private struct Entry {
    var name: [UInt8]
    var flags: Int
    var method: Int
    var crc: Int
    var storedBytes: Int
    var bytes: Int
    var offset: Int

    init(_ directory: [UInt8], _ place: inout Int) throws(Diagnostic) {
      let record = LittleEndian(directory, from: place)
      let (nameBytes, extraBytes, commentBytes) = (record[28, 2], record[30, 2], record[32, 2])
      let extra = place + 46 + nameBytes
      let next = extra + extraBytes + commentBytes
      guard record[0, 4] == 0x0201_4B50, next <= directory.count else {
        throw .damagedZip("its directory breaks off or is garbled at byte \(place)")
      }
      name = Array(directory[place + 46..<extra])
      flags = record[8, 2]
      method = record[10, 2]
      crc = record[16, 4]
      var numbers = [record[24, 4], record[20, 4], record[42, 4]]
      var disk = record[34, 2]
      // What does not fit stands in an extra field, in this order, and there alone.
      if let large = ExtraFields(directory, extra..<extra + extraBytes).large {
        let field = LittleEndian(directory, from: large.lowerBound)
        var used = 0
        for index in numbers.indices where numbers[index] == 0xFFFF_FFFF {
          numbers[index] = used + 8 <= large.count ? field.large(used) ?? -1 : -1
          used += 8
        }
        if disk == 0xFFFF { disk = used + 4 <= large.count ? field[used, 4] : -1 }
      }
      (bytes, storedBytes, offset) = (numbers[0], numbers[1], numbers[2])
      place = next
      guard bytes >= 0, storedBytes >= 0, offset >= 0, disk >= 0 else {
        throw .damagedZip("the sizes of '\(ZipMember.text(of: name))' cannot be")
      }
      guard disk == 0 else {
        throw .unsupportedZip("it is one of several parts", hint: "join the parts: zip -s 0 PART.zip --out whole.zip")
      }
    }

    func member(limit: Int) throws(Diagnostic) -> ZipMember {
      let text = ZipMember.text(of: name)
      guard !name.isEmpty, !name.contains(0) else {
        throw .damagedZip(name.isEmpty ? "a member has no name" : "a member's name has a NUL: '\(text)'")
      }
      guard offset <= limit, storedBytes <= limit - offset, 30 + name.count <= limit - offset - storedBytes else {
        throw .damagedZip("'\(text)' shares bytes with another member or with the directory")
      }
      return ZipMember(
        name: text, bytes: bytes, storedBytes: storedBytes, crc: UInt32(truncatingIfNeeded: crc), place: offset..<limit,
        nameBytes: name, method: method, flags: flags)
    }
  }
}

/// The extra fields of a header: each has two bytes that say what it is, two for its length, and its content.
private struct ExtraFields {
  /// Where the content of the field for ZIP64 lies; nil where there is none that is whole.
  private(set) var large: Range<Int>?

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var place = range.lowerBound
    while place + 4 <= range.upperBound {
      let record = LittleEndian(bytes, from: place)
      let end = place + 4 + record[2, 2]
      guard end <= range.upperBound else { return }
      if record[0, 2] == 1, large == nil { large = place + 4..<end }
      place = end
    }
  }
}

extension ZipMember {
  /// A name as text: UTF-8 where it is that, else by the code page of the first zip programs.
  static func text(of name: [UInt8]) -> String {
    if let text = String(validating: name, as: UTF8.self) { return text }
    return String(
      String.UnicodeScalarView(name.map { $0 < 128 ? Unicode.Scalar($0) : codePage437[Int($0) - 128] }))
  }
}

/// What the bytes from 128 on stand for in code page 437.
private let codePage437 = Array(
  ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
