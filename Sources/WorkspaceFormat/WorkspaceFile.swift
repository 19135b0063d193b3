public import Workbench

/// A value for a declared variable, given beside the workspace file.
public struct VariableSetting: Sendable, Hashable {
  /// The variable's name.
  public var name: String
  /// Its value.
  public var value: String
  /// Makes a setting.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What reading a workspace file came to.
public struct WorkspaceReading: Sendable {
  /// The workspace; nil where the file is no map of keys at all, or of a later version of the format.
  ///
  /// Where the problems have errors it holds what could be read, so that the rest can be checked in the same go, and must
  /// not be run. Entries with a fault of their own say so: `ParameterMap.Entry.isSound`.
  public let workspace: Workspace?
  /// Everything that is wrong, in file order, each cause once.
  public let problems: [Diagnostic]
  /// The variables with the values they have in this reading, in the order declared.
  public let variables: [VariableSetting]
}

/// A workspace file, parsed once and read for any of its profiles.
public struct WorkspaceFile: Sendable {
  /// The names of its profiles, in the order written.
  public let profiles: [String]
  private let document: YAMLDocument
  private let name: String

  /// Parses a workspace file.
  /// - Parameter bytes: its content.
  /// - Parameter name: how messages name it.
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    document = YAMLDocument(bytes, name: name)
    profiles = document.root?["profiles"]?.entries.map(\.key) ?? []
  }

  /// Reads the workspace.
  /// - Parameter profile: the profile whose changes apply; nil for the file as it stands.
  /// - Parameter settings: values of declared variables, which go before those of the file and the profile.
  /// - Parameter checksAllProfiles: whether the problems of the other profiles are reported too.
  /// - Complexity: linear in the file, times the profiles where all are checked.
  public func read(
    profile: String? = nil, settings: [VariableSetting] = [], checksAllProfiles: Bool = false
  ) -> WorkspaceReading {
    guard let root = document.root else {
      return WorkspaceReading(workspace: nil, problems: document.problems, variables: [])
    }
    guard case .map = root.value else {
      let problem = Diagnostic.error(
        .notAMap, "a workspace must be a map of keys such as `workspace: 1`", at: root.location)
      return WorkspaceReading(workspace: nil, problems: document.problems + [problem], variables: [])
    }
    var problems = document.problems
    if let profile, !profiles.contains(profile) {
      let hint = profiles.isEmpty ? "the workspace has none" : suggestion(for: profile, among: profiles)
      problems.append(.error(.unknownProfile, "no profile '\(profile)'", at: SourceLocation(file: name), hint: hint))
    }
    let reading = read(root, profile: profile, settings: settings)
    problems += reading.problems
    if checksAllProfiles {
      for other in [nil] + profiles where other != profile {
        problems += read(root, profile: other, settings: settings).problems
      }
    }
    var seen: Set<Diagnostic> = []
    return WorkspaceReading(
      workspace: reading.workspace, problems: problems.filter { seen.insert($0).inserted }.inFileOrder,
      variables: reading.variables)
  }

  private func read(_ root: ConfigNode, profile: String?, settings: [VariableSetting]) -> WorkspaceReading {
    var problems: [Diagnostic] = []
    let declared = root["vars"] ?? .emptyMap(at: root.location)
    var root = root
    if let profile, let change = root["profiles"]?[profile] {
      problems += Self.misplaced(in: change, of: profile, declared: declared)
      root = root.merged(with: Self.withoutLostSteps(change, of: profile, root, &problems))
    }
    let names = (root["vars"]?.entries ?? []).map(\.key)
    var values: [String: ConfigNode.Value?] = [:]
    for entry in root["vars"]?.entries ?? [] {
      let isText = entry.value.text.map { !$0.contains("${") } ?? false
      values[entry.key] = .some(isText ? entry.value.value : nil)
    }
    for setting in settings {
      guard names.contains(setting.name) else {
        let hint =
          names.isEmpty ? "the workspace declares none under `vars`" : suggestion(for: setting.name, among: names)
        problems.append(.error(.unknownVariable, "no variable '\(setting.name)' is declared", hint: hint))
        continue
      }
      values[setting.name] = .scalar(setting.value, isQuoted: false)
    }
    var substitution = Substitution(values: values, names: names)
    let entries = root.entries.map { entry in
      guard entry.key != "vars", entry.key != "profiles" else { return entry }
      return ConfigNode.Entry(key: entry.key, keyLocation: entry.keyLocation, value: substitution.resolve(entry.value))
    }
    var parameters = ParameterReader(reading: ConfigNode(.map(entries), at: root.location))
    let workspace = Workspace(parameters: &parameters)
    let outcome = parameters.finish()
    if workspace.version > 1, let newer = outcome.problems.first(where: { $0.location == root["workspace"]?.location })
    {
      return WorkspaceReading(workspace: nil, problems: [newer], variables: [])
    }
    let variables = names.compactMap { name -> VariableSetting? in
      guard case .scalar(let text, _)?? = values[name] else { return nil }
      return VariableSetting(name: name, value: text)
    }
    return WorkspaceReading(
      workspace: workspace, problems: problems + substitution.problems + outcome.problems, variables: variables)
  }

  /// The keys of a profile that change nothing: profiles of its own, and variables that are not declared.
  private static func misplaced(in change: ConfigNode, of profile: String, declared: ConfigNode) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for entry in change.entries where entry.key == "profiles" {
      problems.append(
        .error(.nestedProfiles, "a profile has no profiles of its own", at: entry.keyLocation))
    }
    let names = declared.entries.map(\.key)
    for entry in change["vars"]?.entries ?? [] where !names.contains(entry.key) {
      problems.append(
        .error(
          .unknownVariable, "profile '\(profile)' sets the variable '\(entry.key)', which `vars` does not declare",
          at: entry.keyLocation, hint: suggestion(for: entry.key, among: names)))
    }
    return problems
  }

  /// A profile's changes without those to steps that the file does not have, which are reported; a step with a `use` of
  /// its own is a new one.
  private static func withoutLostSteps(
    _ change: ConfigNode, of profile: String, _ root: ConfigNode, _ problems: inout [Diagnostic]
  ) -> ConfigNode {
    let sections = change.entries.map { section in
      guard ["sources", "analyses", "exports"].contains(section.key), case .map(let steps) = section.value.value else {
        return section
      }
      let known = (root[section.key]?.entries ?? []).map(\.key)
      let kept = steps.filter { step in
        guard !known.contains(step.key), case .map = step.value.value, step.value["use"] == nil else { return true }
        problems.append(
          .error(
            .lostStep, "profile '\(profile)' changes '\(section.key).\(step.key)', which the workspace does not have",
            at: step.keyLocation, hint: suggestion(for: step.key, among: known)))
        return false
      }
      let value = ConfigNode(.map(kept), at: section.value.location)
      return ConfigNode.Entry(key: section.key, keyLocation: section.keyLocation, value: value)
    }
    guard case .map = change.value else { return change }
    return ConfigNode(.map(sections), at: change.location)
  }
}
