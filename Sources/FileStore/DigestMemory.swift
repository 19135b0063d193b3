import Crypto

/// The digests of files that were read, each with the state the file was in.
struct DigestMemory: Sendable {
  /// The state file that keeps it between runs.
  static let stateName = "digests"

  /// What is remembered of a file.
  struct Entry: Sendable, Hashable {
    /// SHA-256 in hexadecimal digits.
    var digest: String
    /// Size, inode and times when it was read.
    var stamp: String
    /// Whether the file had been left alone for so long when it was read that another change would have shown in its
    /// times; file systems count time in steps of up to two seconds.
    var isSettled: Bool
  }
  /// From earlier runs, by path as the workspace writes it.
  var earlier: [String: Entry] = [:]
  /// From this run: true to what was read, settled or not.
  private var current: [String: Entry] = [:]
  /// The first state of files that are not read from their beginning to their end.
  private var inPieces: [String: String] = [:]

  /// The digest of a file, if it is remembered in this very state.
  func digest(of path: String, stamp: String, isFresh: Bool) -> String? {
    if let entry = current[path], entry.stamp == stamp { return entry.digest }
    if !isFresh, let entry = earlier[path], entry.stamp == stamp, entry.isSettled { return entry.digest }
    return nil
  }
  /// The digest of what this run read last under a path, in whatever state the file is now.
  func digestAsRead(of path: String) -> String? { current[path]?.digest }
  /// The state in which a file was first read in pieces, which is this one if none was noted.
  mutating func readInPieces(_ path: String, stamp: String) -> String {
    let first = inPieces[path] ?? stamp
    inPieces[path] = first
    return first
  }
  /// The state in which a file was first read in pieces, if it was.
  func stampInPieces(of path: String) -> String? { inPieces[path] }
  /// Whether a file has been read here, in whatever state.
  func knows(_ path: String) -> Bool { current[path] != nil || earlier[path] != nil }
  /// Remembers a file that was read to its end.
  mutating func remember(_ path: String, _ entry: Entry) { current[path] = entry }
  /// Everything, for the next run.
  var entries: [String: Entry] { earlier.merging(current) { $1 } }
  /// Whether this run has learnt anything.
  var hasNews: Bool { current.contains { earlier[$0.key] != $0.value } }
}

extension DigestMemory.Entry {
  /// SHA-256 of all that follows, and one line for each file, by path: digest, stamp, `settled` or `recent`, path.
  static func written(_ entries: [String: Self]) -> [UInt8] {
    var text = ""
    for (path, entry) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    where !path.utf8.contains(UInt8(ascii: "\n")) {
      text += "\(entry.digest) \(entry.stamp) \(entry.isSettled ? "settled" : "recent") \(path)\n"
    }
    return Array((hexadecimal(SHA256.hash(data: Array(text.utf8))) + "\n" + text).utf8)
  }
  /// Reads what `written` wrote; nothing where it is damaged.
  static func read(_ bytes: [UInt8]) -> [String: Self] {
    var entries: [String: Self] = [:]
    let text = Array(bytes.dropFirst(65))
    guard bytes.prefix(64).elementsEqual(hexadecimal(SHA256.hash(data: text)).utf8) else { return [:] }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 4, isDigest(parts[0]), parts[2] == "settled" || parts[2] == "recent" else { continue }
      entries[parts[3]] = Self(digest: parts[0], stamp: parts[1], isSettled: parts[2] == "settled")
    }
    return entries
  }
}

/// Whether a text is a SHA-256 in lower-case hexadecimal digits.
func isDigest(_ text: String) -> Bool {
  text.utf8.count == 64
    && text.utf8.allSatisfy {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
    }
}
