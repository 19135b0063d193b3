public import JSONText

/// What a parameter's value looks like: from it come messages, documentation and JSON Schema.
public indirect enum ParameterShape: Sendable, Hashable {
  case text
  case integer
  case number
  case boolean
  case date
  /// The path of a file that the run reads.
  case inputPath
  case choice([String])
  case list(ParameterShape)
  /// A list, of which one element may be written without brackets.
  case oneOrMore(ParameterShape)
  /// Names of the user's own choice with values of one shape.
  case map(ParameterShape)
  /// Declared names with values of their own shapes.
  case record([ParameterDeclaration])
  /// A map that something else reads and checks, such as a plugin's parameters.
  case open
  /// Either of two shapes, the short form first.
  case either(ParameterShape, ParameterShape)

  /// How many names of a choice are listed in a sentence.
  static let shownChoices = 12
  /// The shape in words, after "must be".
  public var phrase: String {
    switch self {
    case .text: "text"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false"
    case .date: "a date such as 2021-12-09"
    case .inputPath: "the path of a file"
    case .choice(let names) where names.count > ParameterShape.shownChoices:
      "one of \(names.count) names such as \(names.prefix(2).joined(separator: ", "))"
    case .choice(let names): names.count == 1 ? "'\(names[0])'" : "one of \(names.joined(separator: ", "))"
    case .list(let element): "a list, each \(element.phrase)"
    case .oneOrMore(let element): "\(element.phrase), or a list of such"
    case .map(.record), .map(.open): "a map of names, each to a map"
    case .map(let value): "a map of names, each to \(value.phrase)"
    case .record(let fields): "a map of \(fields.map(\.name).joined(separator: ", "))"
    case .open: "a map"
    case .either(let first, let second): "\(first.phrase), or \(second.phrase)"
    }
  }
  /// The shape in a word or two, for tables of parameters.
  public var typeName: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "true or false"
    case .date: "date"
    case .inputPath: "path"
    case .choice(let names): names.joined(separator: " | ")
    case .list(let element): "list of \(element.typeName)"
    case .oneOrMore(let element): "\(element.typeName), one or a list"
    case .map(let value): "map to \(value.typeName)"
    case .record: "record"
    case .open: "map"
    case .either(let first, let second): "\(first.typeName), or \(second.typeName)"
    }
  }
}

/// What a plugin declares about one parameter.
public struct ParameterDeclaration: Sendable, Hashable {
  /// The name, in snake case.
  public var name: String
  /// What its value looks like.
  public var shape: ParameterShape
  /// Whether the workspace must give it.
  public var isRequired: Bool
  /// The value it has when the workspace leaves it out; nil where it then has none.
  public var fallback: JSONValue?
  /// What it is for, in one sentence.
  public var summary: String
  /// The rules its value must keep, in words and in JSON Schema.
  public var rules: [ParameterRuleDescription]
  /// Declares a parameter.
  public init(
    name: String, shape: ParameterShape, isRequired: Bool, fallback: JSONValue?, summary: String,
    rules: [ParameterRuleDescription]
  ) {
    self.name = name
    self.shape = shape
    self.isRequired = isRequired
    self.fallback = fallback
    self.summary = summary
    self.rules = rules
  }
}

/// A rule as documentation: in words, and as keywords of JSON Schema where it can be said there.
public struct ParameterRuleDescription: Sendable, Hashable {
  /// The rule in words, after "must".
  public var phrase: String
  /// The keywords of JSON Schema that say the same; empty where none do.
  public var schema: [String: JSONValue]
  /// Describes a rule.
  public init(phrase: String, schema: [String: JSONValue]) {
    self.phrase = phrase
    self.schema = schema
  }
}

/// A condition on a parameter's value: how to check it, how to say it, and how JSON Schema says it.
public struct ParameterRule<Value: Sendable>: Sendable {
  /// The rule as documentation.
  public let description: ParameterRuleDescription
  /// Whether a value keeps the rule.
  public let holds: @Sendable (Value) -> Bool
  /// What every name of a map must keep; a breach is shown at the name.
  let nameRule: NameRule?

  /// A rule for the names of a map.
  struct NameRule: Sendable {
    let phrase: String
    let holds: @Sendable (String) -> Bool
  }

  /// Makes a rule.
  /// - Parameter phrase: what a value must do, after "must": "be at least 1".
  /// - Parameter schema: keywords of JSON Schema that say the same.
  public init(
    _ phrase: String, schema: [String: JSONValue] = [:], holds: @escaping @Sendable (Value) -> Bool
  ) {
    description = ParameterRuleDescription(phrase: phrase, schema: schema)
    self.holds = holds
    nameRule = nil
  }
  private init(_ description: ParameterRuleDescription, nameRule: NameRule) {
    self.description = description
    self.nameRule = nameRule
    holds = { _ in true }
  }

  /// A rule for every name of a map.
  public static func eachName<Entry>(_ rule: ParameterRule<String>) -> Self where Value == ParameterMap<Entry> {
    Self(
      ParameterRuleDescription(
        phrase: "have names that each \(rule.description.phrase)",
        schema: ["propertyNames": .object(rule.description.schema)]),
      nameRule: NameRule(phrase: rule.description.phrase, holds: rule.holds))
  }
}

extension ParameterRule where Value == Int {
  /// Not below a bound.
  public static func atLeast(_ bound: Int) -> Self {
    Self("be at least \(bound)", schema: ["minimum": .integer(bound)]) { $0 >= bound }
  }
  /// Within bounds.
  public static func inside(_ range: ClosedRange<Int>) -> Self {
    Self(
      "lie in \(range.lowerBound) to \(range.upperBound)",
      schema: ["minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    ) { range.contains($0) }
  }
}

extension ParameterRule where Value == Double {
  /// Not below a bound.
  public static func atLeast(_ bound: Double) -> Self {
    Self("be at least \(JSONValue.number(bound).compact)", schema: ["minimum": .number(bound)]) { $0 >= bound }
  }
  /// Within bounds.
  public static func inside(_ range: ClosedRange<Double>) -> Self {
    Self(
      "lie in \(JSONValue.number(range.lowerBound).compact) to \(JSONValue.number(range.upperBound).compact)",
      schema: ["minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
    ) { range.contains($0) }
  }
}

extension ParameterRule where Value == String {
  /// Not empty.
  public static var nonempty: Self { Self("not be empty", schema: ["minLength": 1]) { !$0.isEmpty } }
  /// A name of the workspace: `[a-z0-9-]+`.
  public static var name: Self {
    Self("be a name of a-z, 0-9 and -", schema: ["pattern": "^[a-z0-9-]+$"], holds: isName)
  }
}

/// Whether a text is a name as workspaces use them: `[a-z0-9-]+`.
@Sendable public func isName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }
}

extension ParameterRule {
  /// A rule for every element of a list.
  public static func each<Element: Sendable>(_ rule: ParameterRule<Element>) -> Self where Value == [Element] {
    Self(
      "hold elements that each \(rule.description.phrase)", schema: ["items": .object(rule.description.schema)]
    ) { $0.allSatisfy(rule.holds) }
  }
  /// A list of at least one element.
  public static func nonemptyList<Element: Sendable>() -> Self where Value == [Element] {
    Self("have at least one element", schema: ["minItems": 1]) { !$0.isEmpty }
  }
}
