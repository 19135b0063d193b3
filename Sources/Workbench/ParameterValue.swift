public import EventModel
public import JSONText

/// What reading parameters collects beside the values: problems, and the files they name.
public struct ParameterReading: Sendable {
  /// A file that a parameter names.
  public struct Input: Sendable, Hashable {
    /// The parameter's name.
    public var parameter: String
    /// The path, as written.
    public var path: InputPath
    /// Where it was written.
    public var location: SourceLocation
  }
  /// What is wrong, in the order found.
  public var problems: [Diagnostic] = []
  /// The files named, in the order of the declarations.
  public var inputs: [Input] = []
  /// How many values were passed over in silence, because they were reported before.
  var silentFaults = 0
  /// How many faults there are, reported here or before.
  var faults: Int { problems.count + silentFaults }
  /// Starts with nothing found.
  public init() {}
}

/// A value read from a workspace file.
public struct ParsedParameter<Value: Sendable>: Sendable {
  /// The value.
  public var value: Value
  /// The value as run records show it.
  public var json: JSONValue
  /// The value as step keys count it: the same, but for paths, which never count (their files' digests do).
  public var identity: JSONValue
  /// Makes a parsed value.
  public init(_ value: Value, json: JSONValue, identity: JSONValue? = nil) {
    self.value = value
    self.json = json
    self.identity = identity ?? json
  }
}

/// A type that a workspace file can spell.
public protocol ParameterValue: Sendable {
  /// What its values look like.
  static var shape: ParameterShape { get }
  /// A stand-in while declarations are collected; never handed to a plugin that runs.
  static var placeholder: Self { get }
  /// Reads a value, or adds to the problems why it cannot.
  static func read(_ node: ConfigNode, as name: String, in reading: inout ParameterReading) -> ParsedParameter<Self>?
}

/// A type whose values can be defaults, because they can be shown.
public protocol DefaultParameterValue: ParameterValue {
  /// The value as documentation and run records show it.
  var json: JSONValue { get }
}

/// A type that a single text spells.
public protocol ScalarParameter: DefaultParameterValue {
  /// Reads the text; nil where it does not spell a value.
  init?(parameterText: String)
}

extension DiagnosticKind {
  static let badValue = DiagnosticKind(
    "parameters.bad-value", "A value in the workspace is of the wrong kind.",
    "The message says what the parameter must be; `casus plugins ID` lists every parameter with its type. Numbers and "
      + "true or false are written without quotes.")
  static let outOfRange = DiagnosticKind(
    "parameters.out-of-range", "A value in the workspace breaks a rule of its parameter.",
    "The message says the rule. Percentages are written as shares: 0.95, not 95.")
  static let unknownParameter = DiagnosticKind(
    "parameters.unknown", "The workspace has a key that nothing reads.",
    "A key that nothing reads is an error at every level, so that a typo never passes for a setting. The hint names the "
      + "nearest known key.")
  static let missingParameter = DiagnosticKind(
    "parameters.missing", "The workspace lacks a key that must be there.",
    "The hint shows the line to add.")
  static let notAMap = DiagnosticKind(
    "parameters.not-a-map", "A map of names to values was expected.",
    "Write one `name: value` on a line, indented below its key, or `{name: value}` on one line.")
  static let conflict = DiagnosticKind(
    "parameters.conflict", "Two values of one step do not go together.",
    "The message names both and says what they must satisfy.")

  /// The kinds that reading parameters can report.
  public static let parameterKinds = [badValue, outOfRange, unknownParameter, missingParameter, notAMap, conflict]
}

extension ScalarParameter {
  /// Reads the text of a single value.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<Self>? {
    guard case .scalar(let text, let isQuoted) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    if isQuoted, !shape.allowsQuotes {
      reading.problems.append(
        .error(
          .badValue, "'\(name)' must be \(shape.phrase), not text in quotes", at: node.location,
          hint: Self(parameterText: text) == nil ? nil : "write it without quotes"))
      return nil
    }
    guard let value = Self(parameterText: text) else {
      var hint: String?
      switch shape {
      case .choice(let names): hint = nearestName(to: text, among: names).map { "did you mean '\($0)'?" }
      case .boolean:
        if ["true", "yes", "on"].contains(text.lowercased()) { hint = "write true" }
        if ["false", "no", "off"].contains(text.lowercased()) { hint = "write false" }
      default: break
      }
      reading.problems.append(
        .error(.badValue, "'\(name)' must be \(shape.phrase), not '\(text)'", at: node.location, hint: hint))
      return nil
    }
    return ParsedParameter(value, json: value.json)
  }
}

extension ParameterValue {
  /// Says that a node is not of this type's shape, unless it was reported already.
  static func refuse(_ node: ConfigNode, as name: String, in reading: inout ParameterReading) {
    if case .unreadable = node.value {
      reading.silentFaults += 1
      return
    }
    let written = node.text.map { "'\($0)'" } ?? node.kindName
    reading.problems.append(
      .error(.badValue, "'\(name)' must be \(shape.phrase), not \(written)", at: node.location))
  }
}

extension ParameterShape {
  var allowsQuotes: Bool {
    switch self {
    case .integer, .number, .boolean: false
    default: true
    }
  }
}

extension String: ScalarParameter {
  /// Any text.
  public static var shape: ParameterShape { .text }
  /// An empty text.
  public static var placeholder: String { "" }
  /// Takes the text as it is.
  public init?(parameterText: String) { self = parameterText }
  /// The text.
  public var json: JSONValue { .string(self) }
}
extension Int: ScalarParameter {
  /// A whole number.
  public static var shape: ParameterShape { .integer }
  /// Zero.
  public static var placeholder: Int { 0 }
  /// Reads a whole number.
  public init?(parameterText: String) { self.init(parameterText) }
  /// The number.
  public var json: JSONValue { .integer(self) }
}
extension Double: ScalarParameter {
  /// A finite number.
  public static var shape: ParameterShape { .number }
  /// Zero.
  public static var placeholder: Double { 0 }
  /// Reads a finite number.
  public init?(parameterText: String) {
    let digits = parameterText.utf8
    guard digits.allSatisfy({ 48...57 ~= $0 || [43, 45, 46, 69, 101].contains($0) }), let value = Double(parameterText),
      value.isFinite
    else { return nil }
    self = value
  }
  /// The number.
  public var json: JSONValue { .number(self) }
}
extension Bool: ScalarParameter {
  /// `true` or `false`.
  public static var shape: ParameterShape { .boolean }
  /// False.
  public static var placeholder: Bool { false }
  /// Reads `true` or `false` and nothing else.
  public init?(parameterText: String) { self.init(parameterText) }
  /// The truth value.
  public var json: JSONValue { .boolean(self) }
}
extension Day: ScalarParameter {
  /// A date such as 2021-12-09.
  public static var shape: ParameterShape { .date }
  /// 1970-01-01.
  public static var placeholder: Day { Day(daysSinceEpoch: 0) }
  /// Reads a date.
  public init?(parameterText: String) { self.init(parameterText) }
  /// The date as text.
  public var json: JSONValue { .string(description) }
}
extension ScalarParameter where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// One of the cases.
  public static var shape: ParameterShape { .choice(allCases.map(\.rawValue)) }
  /// The first case.
  public static var placeholder: Self { allCases[allCases.startIndex] }
  /// Reads the name of a case.
  public init?(parameterText: String) { self.init(rawValue: parameterText) }
  /// The name of the case.
  public var json: JSONValue { .string(rawValue) }
}
extension PeriodLength: ScalarParameter {}

/// The path of a file that a step reads, so that the engine knows a run's inputs before it starts.
public struct InputPath: ScalarParameter, Hashable {
  /// The path as written, relative to the workspace's folder.
  public var text: String
  /// Makes a path.
  public init(_ text: String) { self.text = text }
  /// The path of a file.
  public static var shape: ParameterShape { .inputPath }
  /// An empty path.
  public static var placeholder: InputPath { InputPath("") }
  /// Takes any text that is not empty.
  public init?(parameterText: String) {
    guard !parameterText.isEmpty else { return nil }
    text = parameterText
  }
  /// The path as text.
  public var json: JSONValue { .string(text) }
  /// Reads a path and notes that the run will read its file.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<InputPath>? {
    guard let text = node.text, let path = InputPath(parameterText: text) else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    reading.inputs.append(ParameterReading.Input(parameter: name, path: path, location: node.location))
    return ParsedParameter(path, json: path.json, identity: "input")
  }
}

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
    var reader = ParameterReader(reading: node, prefix: "\(name).")
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
