public import JSONText

extension Array: ParameterValue where Element: ParameterValue {
  /// A list of elements of one shape.
  public static var shape: ParameterShape { .list(Element.shape) }
  /// An empty list.
  public static var placeholder: [Element] { [] }
  /// Reads a list.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<[Element]>? {
    guard case .list(let nodes) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    let parsed = nodes.map { Element.read($0, as: name, in: &reading) }
    guard !parsed.contains(where: { $0 == nil }) else { return nil }
    let elements = parsed.compactMap { $0 }
    return ParsedParameter(
      elements.map(\.value), json: .array(elements.map(\.json)), identity: .array(elements.map(\.identity)))
  }
}
extension Array: DefaultParameterValue where Element: DefaultParameterValue {
  /// The elements.
  public var json: JSONValue { .array(map(\.json)) }
}

/// One value or a list of them.
public struct OneOrMore<Element: ParameterValue>: ParameterValue {
  /// The values.
  public var elements: [Element]
  /// Makes a list.
  public init(_ elements: [Element]) { self.elements = elements }
  /// An element, or a list of such.
  public static var shape: ParameterShape { .oneOrMore(Element.shape) }
  /// No value.
  public static var placeholder: OneOrMore { OneOrMore([]) }
  /// Reads one value or a list of them.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<OneOrMore>? {
    let list: ConfigNode
    if case .list = node.value { list = node } else { list = ConfigNode(.list([node]), at: node.location) }
    return [Element].read(list, as: name, in: &reading).map {
      ParsedParameter(OneOrMore($0.value), json: $0.json, identity: $0.identity)
    }
  }
}

/// Names of the user's own choice with values of one type, in the order written.
///
/// A map with faults is still read as far as it goes, so that all that is wrong with the rest can be said at once; the
/// problems say that it must not be used.
public struct ParameterMap<Value: ParameterValue>: ParameterValue {
  /// One name and its value.
  public struct Entry: Sendable {
    /// The name.
    public var name: String
    /// Its value.
    public var value: Value
    /// Where the name was written.
    public var location: SourceLocation
    /// Whether nothing is wrong with the value; else parts of it may have their defaults.
    public var isSound: Bool
  }
  /// The names with their values, in the order written; without those whose value could not be read at all.
  public var entries: [Entry]
  /// All the names written, in that order.
  public var names: [String]
  /// Makes a map.
  public init(_ entries: [Entry]) {
    self.entries = entries
    names = entries.map(\.name)
  }
  /// A map of names to values of one shape.
  public static var shape: ParameterShape { .map(Value.shape) }
  /// An empty map.
  public static var placeholder: ParameterMap { ParameterMap([]) }
  /// The value of a name.
  public subscript(name: String) -> Value? { entries.first { $0.name == name }?.value }
  /// Reads a map.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<ParameterMap>? {
    guard case .map(let nodes) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    var map = ParameterMap([])
    var json: [String: JSONValue] = [:]
    var identity: [String: JSONValue] = [:]
    for node in nodes {
      map.names.append(node.key)
      let faults = reading.faults
      guard let parsed = Value.read(node.value, as: "\(name).\(node.key)", in: &reading) else { continue }
      map.entries.append(
        Entry(name: node.key, value: parsed.value, location: node.keyLocation, isSound: reading.faults == faults))
      json[node.key] = parsed.json
      identity[node.key] = parsed.identity
    }
    return ParsedParameter(map, json: .object(json), identity: .object(identity))
  }
}
extension ParameterMap: DefaultParameterValue where Value: DefaultParameterValue {
  /// The names with their values.
  public var json: JSONValue { .object(Dictionary(entries.map { ($0.name, $0.value.json) }, uniquingKeysWith: { $1 })) }
}

/// Values under declared names, each with its own type; declared like a plugin's parameters.
public protocol ParameterRecord: ParameterValue {
  /// Reads the fields.
  init(parameters: inout ParameterReader)
}
extension ParameterRecord {
  /// The fields.
  public static var shape: ParameterShape {
    var reader = ParameterReader.describing()
    _ = Self(parameters: &reader)
    return .record(reader.declarations)
  }
  /// A record of stand-ins.
  public static var placeholder: Self {
    var reader = ParameterReader.describing()
    return Self(parameters: &reader)
  }
  /// Reads the fields from a map; where only some are at fault, the others stand, so that more can be checked.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<Self>? {
    guard case .map = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    var reader = ParameterReader(reading: node, prefix: "\(name).", isNested: true)
    let value = Self(parameters: &reader)
    let outcome = reader.finish()
    reading.inputs += outcome.inputs
    reading.problems += outcome.problems
    reading.silentFaults += outcome.silentFaults
    guard outcome.hasAllRequired else { return nil }
    return ParsedParameter(value, json: outcome.json, identity: outcome.identity)
  }
}

/// A map kept as written, for something else to read and check.
public struct OpenMap: ParameterValue {
  /// The map as written.
  public var node: ConfigNode
  /// Makes one.
  public init(_ node: ConfigNode) { self.node = node }
  /// Any map.
  public static var shape: ParameterShape { .open }
  /// A map without keys.
  public static var placeholder: OpenMap { OpenMap(.emptyMap(at: SourceLocation(file: ""))) }
  /// Takes any map.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<OpenMap>? {
    guard case .map = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    return ParsedParameter(OpenMap(node), json: .null)
  }
}

/// Any value kept as written, with its place.
public struct LocatedValue<Value: ParameterValue>: ParameterValue {
  /// The value.
  public var value: Value
  /// Where it was written.
  public var location: SourceLocation
  /// Makes one.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
  /// The value's shape.
  public static var shape: ParameterShape { Value.shape }
  /// The value's stand-in.
  public static var placeholder: LocatedValue { LocatedValue(Value.placeholder, at: SourceLocation(file: "")) }
  /// Reads the value and keeps its place.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<LocatedValue>? {
    Value.read(node, as: name, in: &reading).map {
      ParsedParameter(LocatedValue($0.value, at: node.location), json: $0.json, identity: $0.identity)
    }
  }
}
