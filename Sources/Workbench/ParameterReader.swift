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
  private var hasAllRequired = true
  private var missing: [String: Diagnostic] = [:]
  private let entries: [ConfigNode.Entry]
  private let location: SourceLocation
  private let prefix: String
  private let isDescribing: Bool
  /// Whether declarations are collected: not those of records within records, whose shape says the same.
  private let collectsDeclarations: Bool
  private var names: [String] = []

  private init(
    entries: [ConfigNode.Entry], location: SourceLocation, prefix: String, isDescribing: Bool, isNested: Bool = false
  ) {
    self.entries = entries
    self.location = location
    self.prefix = prefix
    self.isDescribing = isDescribing
    collectsDeclarations = !isNested
  }
  /// A reader that collects declarations and hands out stand-ins.
  public static func describing() -> ParameterReader {
    ParameterReader(entries: [], location: SourceLocation(file: ""), prefix: "", isDescribing: true)
  }
  /// A reader of the values in a map.
  public init(reading node: ConfigNode, prefix: String = "") {
    self.init(reading: node, prefix: prefix, isNested: false)
  }
  /// A reader of a record within a record, which collects no declarations.
  init(reading node: ConfigNode, prefix: String, isNested: Bool) {
    self.init(
      entries: node.entries, location: node.location, prefix: prefix, isDescribing: false, isNested: isNested)
    switch node.value {
    case .map, .null: break
    case .unreadable: reading.silentFaults += 1
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
    let declared = value(
      name, Value.shape, summary, isRequired: true, fallback: nil, placeholder: Value.placeholder, rules, Value.read)
    return declared ?? Value.placeholder
  }
  /// Declares a parameter that the workspace may leave out, and the value it then has.
  public mutating func optional<Value: DefaultParameterValue>(
    _ name: String, default fallback: Value, _ summary: String, where rules: ParameterRule<Value>...
  ) -> Value {
    value(
      name, Value.shape, summary, isRequired: false, fallback: (fallback, fallback.json), placeholder: nil, rules,
      Value.read) ?? fallback
  }
  /// Declares a parameter that the workspace may leave out, and that then has no value.
  public mutating func optional<Value: ParameterValue>(
    _ name: String, _ summary: String, where rules: ParameterRule<Value>...
  ) -> Value? {
    value(
      name, Value.shape, summary, isRequired: false, fallback: nil, placeholder: nil, rules, Value.read)
  }
  /// Declares a parameter that is known only as the program runs; its value is found among those of the outcome.
  public mutating func declare(_ parameter: ParameterDeclaration) {
    _ = value(
      parameter.name, parameter.shape, parameter.summary, isRequired: parameter.isRequired,
      fallback: parameter.fallback.map { ($0, $0) }, placeholder: JSONValue.null,
      parameter.rules.map { rule in ParameterRule(rule) }, parameter.shape.read)
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

  private mutating func value<Value: Sendable>(
    _ name: String, _ shape: ParameterShape, _ summary: String, isRequired: Bool,
    fallback: (value: Value, json: JSONValue)?, placeholder: Value?, _ rules: [ParameterRule<Value>],
    _ read: (ConfigNode, String, inout ParameterReading) -> ParsedParameter<Value>?
  ) -> Value? {
    names.append(name)
    if collectsDeclarations {
      declarations.append(
        ParameterDeclaration(
          name: name, shape: shape, isRequired: isRequired, fallback: fallback?.json, summary: summary,
          rules: rules.map(\.description)))
    }
    guard !isDescribing else { return fallback?.value ?? placeholder }
    guard let entry = entries.first(where: { $0.key == name }) else {
      if isRequired {
        failed.insert(name)
        hasAllRequired = false
        missing[name] = .error(
          .missingParameter, "missing '\(prefix)\(name)'", at: location,
          hint: "add `\(name): ...` (\(shape.typeName)): \(summary)")
      }
      json[name] = fallback?.json
      identity[name] = fallback?.json
      return fallback?.value
    }
    let faults = reading.faults
    let parsed = read(entry.value, prefix + name, &reading)
    for rule in rules { checkNames(of: entry.value, by: rule, as: prefix + name) }
    if reading.faults > faults { failed.insert(name) }
    guard let parsed else {
      if isRequired { hasAllRequired = false }
      return fallback?.value
    }
    if !failed.contains(name) { check(parsed, of: entry, as: name, shape, rules) }
    json[name] = parsed.json
    identity[name] = parsed.identity
    return parsed.value
  }

  private mutating func check<Value: Sendable>(
    _ parsed: ParsedParameter<Value>, of entry: ConfigNode.Entry, as name: String, _ shape: ParameterShape,
    _ rules: [ParameterRule<Value>]
  ) {
    for rule in rules where !rule.holds(parsed.value) {
      failed.insert(name)
      var hint: String?
      if case .number = shape, let written = parsed.json.number,
        let share = (written / 100) as? Value ?? JSONValue.number(written / 100) as? Value,
        rules.allSatisfy({ $0.holds(share) })
      {
        hint = "did you mean \(JSONValue.number(written / 100).compact)?"
      }
      reading.problems.append(
        .error(.outOfRange, "'\(prefix)\(name)' must \(rule.description.phrase)", at: entry.value.location, hint: hint))
    }
  }

  private mutating func checkNames<Value>(of node: ConfigNode, by rule: ParameterRule<Value>, as name: String) {
    guard let nameRule = rule.nameRule else { return }
    for entry in node.entries where !nameRule.holds(entry.key) {
      reading.problems.append(
        .error(.outOfRange, "the name '\(name).\(entry.key)' must \(nameRule.phrase)", at: entry.keyLocation))
    }
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
    /// Whether nothing is at fault: neither a problem above, nor a value that was reported before.
    public var isSound: Bool { silentFaults == 0 && !problems.hasErrors }
    /// How many values were passed over, because they were reported before.
    var silentFaults: Int
    /// Whether every required parameter has a value.
    var hasAllRequired: Bool
  }

  /// Complains about names that no declaration asked for, and hands over what was found.
  public consuming func finish() -> Outcome {
    let known = names
    for entry in entries where !known.contains(entry.key) {
      // A required name that was mistyped is one cause, so it is not missing as well.
      if let near = nearestName(to: entry.key, among: known) { missing[near] = nil }
      reading.problems.append(
        .error(
          .unknownParameter, "unknown key '\(prefix)\(entry.key)'", at: entry.keyLocation,
          hint: suggestion(for: entry.key, among: known)))
    }
    let problems = (reading.problems + known.compactMap { missing[$0] }).inFileOrder
    return Outcome(
      declarations: declarations, problems: problems, inputs: reading.inputs, json: .object(json),
      identity: .object(identity), silentFaults: reading.silentFaults, hasAllRequired: hasAllRequired)
  }
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
