public import JSONText

/// Hands a plugin its parameters, and collects their declarations on the way.
///
/// The same initializer serves to read a configuration and to describe it, so a parameter's name, type, default, rule
/// and documentation stand in one place. The initializer may not branch on a value it read: in describing mode it gets
/// stand-ins, and every declaration must still be made.
public struct ParameterReader: ~Copyable, Sendable {
  /// What has been declared so far, in that order.
  public private(set) var declarations: [ParameterDeclaration] = []
  private var reading = ParameterReading()
  private var json: [String: JSONValue] = [:]
  private var identity: [String: JSONValue] = [:]
  private var failed: Set<String> = []
  private let entries: [ConfigNode.Entry]
  private let location: SourceLocation
  private let prefix: String
  private let isDescribing: Bool

  private init(entries: [ConfigNode.Entry], location: SourceLocation, prefix: String, isDescribing: Bool) {
    self.entries = entries
    self.location = location
    self.prefix = prefix
    self.isDescribing = isDescribing
  }
  /// A reader that collects declarations and hands out stand-ins.
  public static func describing() -> ParameterReader {
    ParameterReader(entries: [], location: SourceLocation(file: ""), prefix: "", isDescribing: true)
  }
  /// A reader of the values in a map.
  public init(reading node: ConfigNode, prefix: String = "") {
    self.init(entries: node.entries, location: node.location, prefix: prefix, isDescribing: false)
    switch node.value {
    case .map, .null: break
    case .scalar, .list:
      let name = prefix.isEmpty ? "the parameters" : "'\(prefix.dropLast())'"
      reading.problems.append(
        .error(.notAMap, "\(name) must be a map of names to values, not \(node.kindName)", at: node.location))
    }
  }

  /// Declares a parameter that the workspace must give.
  public mutating func required<Value: ParameterValue>(
    _ name: String, _ summary: String, where rules: ParameterRule<Value>...
  ) -> Value {
    value(name, summary, isRequired: true, fallback: nil, rules) ?? Value.placeholder
  }
  /// Declares a parameter that the workspace may leave out, and the value it then has.
  public mutating func optional<Value: DefaultParameterValue>(
    _ name: String, default fallback: Value, _ summary: String, where rules: ParameterRule<Value>...
  ) -> Value {
    value(name, summary, isRequired: false, fallback: (fallback, fallback.json), rules) ?? fallback
  }
  /// Declares a parameter that the workspace may leave out, and that then has no value.
  public mutating func optional<Value: ParameterValue>(
    _ name: String, _ summary: String, where rules: ParameterRule<Value>...
  ) -> Value? {
    value(name, summary, isRequired: false, fallback: nil, rules)
  }

  /// Checks parameters against each other; silent while one of them has failed by itself, and while describing.
  /// - Parameter condition: what must hold.
  /// - Parameter names: the parameters it is about; the problem is shown at the first that the workspace gives.
  /// - Parameter message: what is wrong, naming the parameters.
  public mutating func check(
    _ condition: @autoclosure () -> Bool, about names: [String], _ message: @autoclosure () -> String,
    hint: String? = nil
  ) {
    guard !isDescribing, failed.isDisjoint(with: names), !condition() else { return }
    let entry = names.compactMap { name in entries.first { $0.key == name } }.first
    let place = entry?.value.location ?? location
    reading.problems.append(.error(.conflict, message(), at: place, hint: hint))
  }

  private mutating func value<Value: ParameterValue>(
    _ name: String, _ summary: String, isRequired: Bool, fallback: (value: Value, json: JSONValue)?,
    _ rules: [ParameterRule<Value>]
  ) -> Value? {
    declarations.append(
      ParameterDeclaration(
        name: name, shape: Value.shape, isRequired: isRequired, fallback: fallback?.json, summary: summary,
        rules: rules.map(\.description)))
    guard !isDescribing else { return fallback?.value ?? (isRequired ? Value.placeholder : nil) }
    guard let entry = entries.first(where: { $0.key == name }) else {
      if isRequired {
        failed.insert(name)
        reading.problems.append(
          .error(
            .missingParameter, "missing '\(prefix)\(name)': \(summary)", at: location,
            hint: "add `\(name): ...`, which must be \(Value.shape.phrase)"))
      }
      json[name] = fallback?.json
      identity[name] = fallback?.json
      return fallback?.value
    }
    guard let parsed = Value.read(entry.value, as: prefix + name, in: &reading) else {
      failed.insert(name)
      return fallback?.value
    }
    for rule in rules where !rule.holds(parsed.value) {
      failed.insert(name)
      var hint: String?
      if case .number = Value.shape, let written = parsed.json.number, let share = Value.shared(written / 100),
        rules.allSatisfy({ $0.holds(share) })
      {
        hint = "did you mean \(JSONValue.number(written / 100).compact)?"
      }
      reading.problems.append(
        .error(.outOfRange, "'\(prefix)\(name)' must \(rule.description.phrase)", at: entry.value.location, hint: hint))
    }
    json[name] = parsed.json
    identity[name] = parsed.identity
    return parsed.value
  }

  /// What reading came to.
  public struct Outcome: Sendable {
    /// What was declared, in that order.
    public var declarations: [ParameterDeclaration]
    /// What is wrong, in file order.
    public var problems: [Diagnostic]
    /// The files named.
    public var inputs: [ParameterReading.Input]
    /// Every parameter with its value, defaults included, as run records show it.
    public var json: JSONValue
    /// The same as step keys count it.
    public var identity: JSONValue
  }

  /// Complains about names that no declaration asked for, and hands over what was found.
  public consuming func finish() -> Outcome {
    var problems = reading.problems
    let known = declarations.map(\.name)
    for entry in entries where !known.contains(entry.key) {
      problems.append(
        .error(
          .unknownParameter, "unknown key '\(prefix)\(entry.key)'", at: entry.keyLocation,
          hint: suggestion(for: entry.key, among: known)))
    }
    return Outcome(
      declarations: declarations, problems: problems.inFileOrder, inputs: reading.inputs, json: .object(json),
      identity: .object(identity))
  }
}

extension ParameterValue {
  /// A number as a value of this type, where it is one.
  fileprivate static func shared(_ number: Double) -> Self? { number as? Self }
}

extension [Diagnostic] {
  /// Ordered by file, line and column; problems without a place come last, in the order found.
  public var inFileOrder: [Diagnostic] {
    enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (let a?, let b?) where a != b: a < b
      case (nil, .some): false
      case (.some, nil): true
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
  /// Whether any of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}
