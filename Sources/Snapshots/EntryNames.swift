/// The names of an archive's entries, each checked as it comes: what is accepted can be unpacked anywhere, and nowhere
/// else than in the folder meant.
///
/// Names are relative, with `/` between their parts; they come in the order of their UTF-8 bytes, and no two of them, nor
/// of the folders they lie in, differ by case or by the form of Unicode alone.
struct EntryNames {
  private var last: [UInt8] = []
  /// Files and folders by the name that makes no difference of case and form.
  private var known: [String: (name: String, isFolder: Bool)] = [:]
  private var lastFolder = ""
  static let mostBytes = 4096

  /// Takes up the next name; what is wrong with it, or nil.
  mutating func fault(adding name: String) -> String? {
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.mostBytes else { return "the name is empty, or far too long" }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return "the name holds a control character" }
    // A backslash is a separator, and a percent sign an escape in manifests, to some readers and not to others.
    for character in ["\\", "%"] where name.contains(character) { return "the name holds '\(character)'" }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    for part in parts {
      guard !part.isEmpty, part != ".", part != ".." else { return "a part of the name is '\(part)'" }
      guard part.utf8.count <= 255 else { return "a part of the name is longer than 255 bytes" }
      guard part.last != ".", part.last != " " else { return "a part of the name ends in a point or a blank" }
    }
    if parts[0].dropFirst().first == ":" { return "the name begins with the letter of a drive" }
    guard last.lexicographicallyPrecedes(bytes) else { return "the name is there twice, or out of order" }
    last = bytes
    return fault(ofParts: parts, name)
  }

  private mutating func fault(ofParts parts: [Substring], _ name: String) -> String? {
    let folder = name.dropLast(parts.last.map { $0.count + 1 } ?? 0)
    if folder != lastFolder || folder.isEmpty {
      lastFolder = String(folder)
      for count in 1..<max(1, parts.count) {
        if let fault = fault(of: parts[..<count].joined(separator: "/"), isFolder: true) { return fault }
      }
    }
    return fault(of: name, isFolder: false)
  }
  private mutating func fault(of name: String, isFolder: Bool) -> String? {
    let folded = name.uppercased().lowercased()
    guard let other = known[folded] else {
      known[folded] = (name, isFolder)
      return nil
    }
    guard other.name.utf8.elementsEqual(name.utf8) else {
      return "it differs from '\(other.name)' by case or by the form of Unicode alone"
    }
    return other.isFolder && isFolder ? nil : "a file and a folder have the name '\(name)'"
  }
}
