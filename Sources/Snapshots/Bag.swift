import JSONText
import Workbench

/// The files around the payload of a bag, by BagIt 1.0 (RFC 8493), in the one form that snapshots have.
enum Bag {
  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
  static let declarationName = "bagit.txt"
  static let informationName = "bag-info.txt"
  static let manifestName = "manifest-sha256.txt"
  static let tagManifestName = "tagmanifest-sha256.txt"
  /// The files that the tag manifest lists, in its order.
  static let tagNames = [informationName, declarationName, manifestName]
  static let payload = "data/"

  /// What a bag says of itself; no date, for a snapshot knows no clock, and no sum of bytes, which stands before them.
  static func information(_ run: RunResults) -> String {
    var text = "Bag-Software-Agent: Casus \(run.record["casus"]?.text ?? "")\n"
    let title = (run.workspace.title ?? run.workspace.name).unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : String(scalar)
    }.joined()
    text += "External-Description: \(title)\nExternal-Identifier: \(run.workspace.name)\n"
    return text
  }

  /// A manifest: digest, two blanks and name of each file, in the order of the names, as `sha256sum -c` reads it.
  static func manifest(_ files: [(name: String, digest: String)]) -> String {
    var text = ""
    for file in files { text += "\(file.digest)  \(file.name)\n" }
    return text
  }

  /// Reads a manifest; throws on anything that `manifest` would not have written.
  static func files(in bytes: [UInt8], name: String) throws(Diagnostic) -> [(name: String, digest: String)] {
    var files: [(name: String, digest: String)] = []
    var last: ArraySlice<UInt8> = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      let line = bytes[start..<end]
      let place = line.dropFirst(66)
      guard end < bytes.count, !place.isEmpty, line.dropFirst(64).prefix(2).elementsEqual([32, 32]),
        isDigest(String(decoding: line.prefix(64), as: UTF8.self)), last.lexicographicallyPrecedes(place),
        !place.contains(where: { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "%") }),
        let text = String(validating: place, as: UTF8.self)
      else {
        throw .error(
          .openWorld, "line \(files.count + 1) of '\(name)' is not of the form that snapshots have",
          hint: "the file was made or changed by hand: nothing of it is used")
      }
      files.append((text, String(decoding: line.prefix(64), as: UTF8.self)))
      last = place
      start = end + 1
    }
    return files
  }
}
