/// A configuration value that remembers where it was written.
///
/// Scalars stay text: the parameter they land in gives them their type, so that `NO` is a country and `24.10` a release.
public struct ConfigNode: Sendable {
  /// What was written.
  public indirect enum Value: Sendable {
    case null
    /// Text, and whether it stood in quotes: quoted text is never a number.
    case scalar(String, isQuoted: Bool)
    case list([ConfigNode])
    case map([Entry])
    /// Something that was reported already, such as a reference to an unknown variable: readers pass over it in silence.
    case unreadable
  }
  /// One key of a map with its value.
  public struct Entry: Sendable {
    /// The key.
    public var key: String
    /// Where the key stands.
    public var keyLocation: SourceLocation
    /// Its value.
    public var value: ConfigNode
    /// Makes an entry.
    public init(key: String, keyLocation: SourceLocation, value: ConfigNode) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }
  /// What was written.
  public var value: Value
  /// Where it begins.
  public var location: SourceLocation

  /// Makes a node.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
  /// A map without keys, for what was left out.
  public static func emptyMap(at location: SourceLocation) -> ConfigNode { ConfigNode(.map([]), at: location) }
  /// The text of a scalar, or nil for anything else.
  public var text: String? { if case .scalar(let text, _) = value { text } else { nil } }
  /// The entries of a map; none for anything else.
  public var entries: [Entry] { if case .map(let entries) = value { entries } else { [] } }
  /// The value under a key of a map.
  public subscript(key: String) -> ConfigNode? { entries.first { $0.key == key }?.value }
  /// What kind of thing was written, for messages.
  var kindName: String {
    switch value {
    case .null: "nothing"
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "a map"
    case .unreadable: "something unreadable"
    }
  }
}
