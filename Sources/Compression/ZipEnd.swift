public import Workbench

/// What the end of a zip file says (PKWARE APPNOTE 6.3.10, 4.3.14 to 4.3.16): where its directory lies, and how many
/// members that lists.
public struct ZipEnd: Sendable, Hashable {
  /// Where the directory lies in the file.
  public let directory: Range<Int>
  /// How many members it lists.
  public let memberCount: Int
  /// The comment on the archive.
  public let comment: [UInt8]

  /// How many of a file's last bytes hold its end, at most: both ends with the locator between, and a comment.
  public static let longest = 56 + 20 + 22 + 0xFFFF
  /// How many members are read at most; a directory of so many takes about 100 MB.
  public static let mostMembers = 16 * 65_535
  /// How large a directory is read at most: 256 MiB.
  public static let largestDirectory = 256 << 20

  /// Whether bytes begin as a zip file does: with a member, with the end of an empty one, or with the mark of a part.
  public static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
      || bytes.starts(with: [0x50, 0x4B, 7, 8])
  }

  /// Reads the end of a file.
  /// - Parameter tail: the file's last bytes, as many as `longest` or all of them.
  /// - Parameter fileBytes: how large the file is.
  public init(tail: [UInt8], fileBytes: Int) throws(Diagnostic) {
    let ends = Self.ends(in: tail)
    guard let end = ends.last else {
      throw .damagedZip("the directory at its end is missing; it was cut short, perhaps")
    }
    guard ends.count == 1 else { throw .damagedZip("it has two ends, and readers disagree about which is meant") }
    let record = LittleEndian(tail, from: end)
    comment = Array(tail[(end + 22)...])
    // A number that does not fit is all ones here, and stands in the end of the ZIP64 kind.
    let large = try Self.large(before: end, in: tail, fileBytes: fileBytes)
    let (disk, first) = (record[4, 2], record[6, 2])
    guard large?.isWhole ?? (disk == 0 && first == 0) else {
      throw .unsupportedZip("it is one of several parts", hint: "join the parts: zip -s 0 PART.zip --out whole.zip")
    }
    func number(_ place: Int, _ bytes: Int, _ other: Int?) throws(Diagnostic) -> Int {
      let value = record[place, bytes]
      guard let other else { return value }
      guard value == other || value == 1 << (8 * bytes) - 1 else { throw .damagedZip("its two ends disagree") }
      return other
    }
    memberCount = try number(10, 2, large?.members)
    let onThisDisk = try number(8, 2, large?.members)
    let bytes = try number(12, 4, large?.bytes)
    let offset = try number(16, 4, large?.offset)
    guard onThisDisk == memberCount else {
      throw .unsupportedZip("it is one of several parts", hint: "join the parts: zip -s 0 PART.zip --out whole.zip")
    }
    guard memberCount <= Self.mostMembers else {
      throw .unsupportedZip(
        "it has \(memberCount) members, and \(Self.mostMembers) are read at most", hint: "unpack it")
    }
    let start = large?.start ?? (fileBytes - tail.count + end)
    guard offset <= start, bytes <= start, offset + bytes == start else {
      throw .damagedZip("its directory does not lie where its end says")
    }
    guard bytes >= memberCount * 46, bytes <= Self.largestDirectory else {
      throw .damagedZip("its directory of \(bytes) bytes cannot list \(memberCount) members")
    }
    directory = offset..<offset + bytes
  }

  /// Where an end could be: its comment reaches just to the end of the file.
  private static func ends(in tail: [UInt8]) -> [Int] {
    guard tail.count >= 22 else { return [] }
    return (max(0, tail.count - 22 - 0xFFFF)...tail.count - 22).filter { place in
      guard tail[place] == 0x50, tail[place + 1] == 0x4B, tail[place + 2] == 5, tail[place + 3] == 6 else {
        return false
      }
      return place + 22 + LittleEndian(tail, from: place)[20, 2] == tail.count
    }
  }

  /// What the end of the ZIP64 kind says.
  private struct Large {
    var members: Int
    var bytes: Int
    var offset: Int
    /// Where it begins in the file.
    var start: Int
    /// Whether the archive is in one part.
    var isWhole: Bool
  }
  /// The end of the ZIP64 kind, where its locator stands before the common one.
  private static func large(before end: Int, in tail: [UInt8], fileBytes: Int) throws(Diagnostic) -> Large? {
    guard end >= 20, LittleEndian(tail, from: end - 20)[0, 4] == 0x0706_4B50 else { return nil }
    let locator = LittleEndian(tail, from: end - 20)
    guard end >= 76, LittleEndian(tail, from: end - 76)[0, 4] == 0x0606_4B50 else {
      throw .damagedZip("its ZIP64 end is missing, or of a form that is not read")
    }
    let record = LittleEndian(tail, from: end - 76)
    let start = fileBytes - tail.count + end - 76
    guard locator.large(8) == start, record.large(4) == 44, record.large(24) == record.large(32),
      let members = record.large(32), let bytes = record.large(40), let offset = record.large(48)
    else { throw .damagedZip("its ZIP64 end does not hold together") }
    let isWhole = locator[4, 4] == 0 && locator[16, 4] <= 1 && record[16, 4] == 0 && record[20, 4] == 0
    return Large(members: members, bytes: bytes, offset: offset, start: start, isWhole: isWhole)
  }
}

/// Numbers in bytes, the lowest byte first; what lies beyond the bytes counts as zero.
struct LittleEndian {
  private let bytes: [UInt8]
  private let start: Int
  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    self.start = start
  }
  /// A number of up to four bytes.
  subscript(place: Int, count: Int) -> Int {
    var value = 0
    for index in (0..<count).reversed() {
      let at = start + place + index
      value = value << 8 | (bytes.indices.contains(at) ? Int(bytes[at]) : 0)
    }
    return value
  }
  /// A number of eight bytes; nil where it is larger than any file could be.
  func large(_ place: Int) -> Int? {
    let high = self[place + 4, 4]
    return high < 1 << 24 ? high << 32 | self[place, 4] : nil
  }
}

extension Diagnostic {
  static func damagedZip(_ story: String) -> Diagnostic {
    .error(
      .damagedZip, "the zip file is damaged: \(story)", hint: "fetch the file again; `unzip -t` judges it as well",
      exit: .noInput)
  }
  static func unsupportedZip(_ story: String, hint: String) -> Diagnostic {
    .error(.unsupportedZip, "the zip file cannot be read: \(story)", hint: hint, exit: .noInput)
  }
}

extension DiagnosticKind {
  static let damagedZip = DiagnosticKind(
    "input.damaged-zip", "A zip file is damaged, cut short, or contradicts itself.",
    "Its directory, the headers before its members and the members' checksums and sizes must agree, and members must "
      + "not share bytes; then every reader reads the same. Nothing of such a file is used. Fetch it again.")
  static let unsupportedZip = DiagnosticKind(
    "input.unsupported-zip", "A zip file uses something that is not read.",
    "Read are members that are stored or deflated, in one file, also of the ZIP64 kind. Encrypted members, other "
      + "methods of compression and archives in several parts are to be unpacked, and zipped again if need be.")
}
