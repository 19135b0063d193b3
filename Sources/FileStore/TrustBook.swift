import Crypto
import Glibc
public import Workbench

/// What the user trusted in a workspace's folder: kept beside the user's own files, never in the workspace, which may
/// come from anyone.
public struct TrustBook: Sendable {
  private let folder: PlainFolder
  private let place: String
  private let name: String

  /// The book of a workspace's folder, by where it really is.
  public init(of store: FileStore) {
    place =
      System.variable("XDG_STATE_HOME").map { "\($0)/casus/trust" }
      ?? "\(System.variable("HOME") ?? "/nonexistent")/.local/state/casus/trust"
    folder = PlainFolder(place)
    name = "\(hexadecimal(SHA256.hash(data: Array(store.folder.utf8)))).json"
  }
  /// Its content; nil where nothing was trusted in the folder.
  public var content: [UInt8]? {
    guard System.status(of: "\(place)/\(name)")?.isRegular == true else { return nil }
    return (try? folder.read(name)).map { Array($0.utf8) }
  }
  /// Replaces its content.
  public func write(_ content: [UInt8]) throws(Diagnostic) {
    try folder.write([(name, String(decoding: content, as: UTF8.self))], replacing: [name])
  }
}

extension System {
  /// A variable of the environment that is an absolute path.
  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let path = unsafe String(cString: value)
    return path.hasPrefix("/") ? path : nil
  }
}
