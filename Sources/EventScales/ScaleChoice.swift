public import JSONText
public import Ontology
public import Workbench

/// The parameter that chooses a scale: `gdelt` or `icews` for CAMEO's scores, or the path of a user's own scale.
///
/// A text of a-z, 0-9 and - is a name, anything else a path: `scale.csv`, `./icews`. The file of a user's own scale is an
/// input of the step, so that a change of it makes the step run again.
public enum ScaleChoice: DefaultParameterValue, Hashable {
  /// Scores as published; they differ for CAMEO only, other schemes have one table.
  case published(CAMEO.ScoreTable)
  /// A user's own: see `EventScale.init(reading:for:in:)`.
  case own(InputPath)

  /// The path of a file, or a name in its place.
  public static var shape: ParameterShape { .inputPath }
  /// GDELT's scores.
  public static var placeholder: ScaleChoice { .published(.gdelt) }
  /// The name or path as text.
  public var json: JSONValue {
    switch self {
    case .published(let table): .string(table.rawValue)
    case .own(let path): path.json
    }
  }
  /// Reads a name, or a path and notes that the run will read its file.
  public static func read(
    _ node: ConfigNode, as name: String, in reading: inout ParameterReading
  ) -> ParsedParameter<ScaleChoice>? {
    guard let text = node.text, isName(text) else {
      return InputPath.read(node, as: name, in: &reading).map {
        ParsedParameter(.own($0.value), json: $0.json, identity: $0.identity)
      }
    }
    guard let table = CAMEO.ScoreTable(rawValue: text) else {
      let known = CAMEO.ScoreTable.allCases.map(\.rawValue)
      reading.problems.append(
        .error(
          .unknownScale, "'\(name)' must be \(known.joined(separator: ", ")) or the path of a CSV file, not '\(text)'",
          at: node.location,
          hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" }
            ?? "write a path with its ending: \(text).csv"))
      return nil
    }
    let choice = ScaleChoice.published(table)
    return ParsedParameter(choice, json: choice.json)
  }

  /// The scale for events of a scheme; nil where there is neither a scheme nor a scale of the user's own.
  ///
  /// Reads the file of a user's own scale.
  public func scale(for ontology: Ontology?, in context: RunContext) throws(Diagnostic) -> EventScale? {
    switch self {
    case .published(let table): ontology.map { EventScale($0, table: table) }
    case .own(let path): try EventScale(reading: path, for: ontology, in: context)
    }
  }
}

extension DiagnosticKind {
  static let unknownScale = DiagnosticKind(
    "scales.unknown-scale", "A scale is named that is not known.",
    "The published ones are `gdelt` and `icews`, whose scores of CAMEO codes differ for 016, 022, 164 and 165. Anything "
      + "that is not of a-z, 0-9 and - alone is the path of a scale of your own: `scale.csv`.")

  /// The kinds that scales can report.
  public static let eventScalesKinds = [unknownClasses, unknownScale, badScale, tooLarge, noCountryCode]
}
