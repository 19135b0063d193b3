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
    /// Whether it may be a pattern that stands for several files.
    public var isPattern = false
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
    shape.readScalar(node, as: name, in: &reading, Self.init(parameterText:))
      .map { ParsedParameter($0, json: $0.json) }
  }
}

extension ParameterShape {
  /// Reads the text of a single value of this shape.
  func readScalar<Value>(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading, _ parse: (String) -> Value?
  ) -> Value? {
    guard case .scalar(let text, let isQuoted) = node.value else {
      refuse(node, as: name, in: &reading)
      return nil
    }
    if isQuoted, !allowsQuotes {
      reading.problems.append(
        .error(
          .badValue, "'\(name)' must be \(phrase), not text in quotes", at: node.location,
          hint: parse(text) == nil ? nil : "write it without quotes"))
      return nil
    }
    guard let value = parse(text) else {
      var hint: String?
      switch self {
      case .choice(let names) where names.count > ParameterShape.shownChoices:
        hint = suggestion(for: text, among: names)
      case .choice(let names): hint = nearestName(to: text, among: names).map { "did you mean '\($0)'?" }
      case .boolean:
        if ["true", "yes", "on"].contains(text.lowercased()) { hint = "write true" }
        if ["false", "no", "off"].contains(text.lowercased()) { hint = "write false" }
      default: break
      }
      reading.problems.append(
        .error(.badValue, "'\(name)' must be \(phrase), not '\(text)'", at: node.location, hint: hint))
      return nil
    }
    return value
  }

  /// Says that a node is not of this shape, unless it was reported already.
  func refuse(_ node: ConfigNode, as name: String, in reading: inout ParameterReading) {
    if case .unreadable = node.value {
      reading.silentFaults += 1
      return
    }
    let written = node.text.map { "'\($0)'" } ?? node.kindName
    reading.problems.append(
      .error(.badValue, "'\(name)' must be \(phrase), not \(written)", at: node.location))
  }
}

extension ParameterValue {
  /// Says that a node is not of this type's shape, unless it was reported already.
  static func refuse(_ node: ConfigNode, as name: String, in reading: inout ParameterReading) {
    shape.refuse(node, as: name, in: &reading)
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
extension EventColumn: ScalarParameter {
  /// The columns that have a name in the canonical CSV.
  public static var shape: ParameterShape { .choice(allCases.filter { $0 != .record }.map(\.name)) }
  /// The identifier.
  public static var placeholder: EventColumn { .id }
  /// Reads the name of a column in the canonical CSV.
  public init?(parameterText: String) {
    guard let column = Self.allCases.first(where: { $0.name == parameterText }), column != .record else { return nil }
    self = column
  }
  /// The column's name.
  public var json: JSONValue { .string(name) }
}
extension PeriodLength: ScalarParameter {}
extension PanelUnit: ScalarParameter {}
extension MultiPeriodRule: ScalarParameter {}

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

/// The files that a source reads: a path or a pattern such as `data/*.csv.gz`, or a list of such.
///
/// A pattern after the name of a zip file chooses among its members: `ged251.zip/*.csv`.
public struct InputPaths: ParameterValue, Hashable {
  /// The paths and patterns as written, relative to the workspace's folder.
  public var paths: [InputPath]
  /// Makes a list.
  public init(_ paths: [InputPath]) { self.paths = paths }
  /// Makes a list of one.
  public init(_ text: String) { paths = [InputPath(text)] }
  /// A path or a list of such.
  public static var shape: ParameterShape { .oneOrMore(.inputPath) }
  /// No path.
  public static var placeholder: InputPaths { InputPaths([]) }
  /// Reads paths and notes that the run will read their files.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<InputPaths>? {
    let before = reading.inputs.count
    guard let parsed = OneOrMore<InputPath>.read(node, as: name, in: &reading) else { return nil }
    for index in before..<reading.inputs.count { reading.inputs[index].isPattern = true }
    return ParsedParameter(InputPaths(parsed.value.elements), json: parsed.json, identity: "inputs")
  }
}
