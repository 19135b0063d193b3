public import Workbench

/// An archive that exists in memory only.
public struct MemoryArchive: PlacedFile {
  /// What messages call it.
  public let name: String
  /// Its bytes.
  public let content: [UInt8]
  /// How many bytes it has.
  public var bytes: Int { content.count }
  /// An archive of these bytes.
  public init(_ content: [UInt8], name: String = "x.zip") {
    self.content = content
    self.name = name
  }
  /// The bytes from a place on.
  public func read(at place: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    guard place >= 0, count >= 0, count <= content.count - place else {
      throw .error(beyondEnd, "\(count) bytes at \(place) of \(content.count)", exit: .noInput)
    }
    return Array(content[place..<place + count])
  }
}

private let beyondEnd = DiagnosticKind(
  "test.beyond-end", "Bytes beyond the end were asked for.", "A fault of the reader.")
