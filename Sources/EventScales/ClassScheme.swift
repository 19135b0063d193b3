public import EventModel
public import Ontology
public import Workbench

/// What the classes of a table of the user's own mean: their scheme, and whose scores they have.
///
/// Goldstein scores and quad classes are looked up where the table has no such columns; those of a scale of the user's own
/// come before the table's.
public struct ClassScheme: Sendable {
  /// The scheme; nil where classes belong to none that is known.
  public let ontology: Ontology?
  private let scale: ScaleChoice

  /// Declares `ontology` and `scale`.
  public init(parameters: inout ParameterReader) {
    let scheme = parameters.optional(
      "ontology", default: Name.none,
      "The scheme of the codes; Goldstein score and quad class are looked up where there is no such column.")
    ontology = Ontology(rawValue: scheme.rawValue)
    scale = parameters.optional(
      "scale", default: ScaleChoice.published(.gdelt),
      "Whose scores CAMEO codes have, gdelt or icews; or a CSV of your own with class, goldstein and quad_class.")
    parameters.check(
      scale != .published(.icews) || scheme == .cameo, about: ["scale", "ontology"],
      "'scale' icews has scores for CAMEO codes, but 'ontology' is \(scheme.rawValue)", hint: "write ontology: cameo")
  }
  /// The schemes a workspace can name.
  private enum Name: String, ScalarParameter, CaseIterable { case cameo, plover, ucdp, acled, gtd, none }

  /// Whether the user has a scale of their own, so that classes must be there.
  public var hasOwnScale: Bool { if case .own = scale { true } else { false } }

  /// What events have, with what is looked up.
  public func completing(_ schema: EventSchema, in context: RunContext) throws(Diagnostic) -> EventSchema {
    guard schema.columns.contains(.eventClass), let scale = try scale.scale(for: ontology, in: context) else {
      return schema
    }
    var schema = schema
    schema.columns.formUnion(scale.columns)
    return schema
  }

  /// What must be read and what looked up, so that events have some columns.
  /// - Parameter own: the columns that the table has itself.
  public func reading(
    _ columns: EventColumns, beside own: EventColumns, in context: RunContext
  ) throws(Diagnostic) -> ScoredReading {
    guard own.contains(.eventClass), let scale = try scale.scale(for: ontology, in: context) else {
      return ScoredReading(columns: columns, wanted: columns, lookedUp: [], scale: nil)
    }
    let lookedUp = columns.intersection(scale.columns).subtracting(own.subtracting(scale.replaces))
    return ScoredReading(
      columns: lookedUp.isEmpty ? columns : columns.union(.eventClass), wanted: columns, lookedUp: lookedUp,
      scale: scale)
  }
}

/// What to read of a table so that scores can be looked up.
public struct ScoredReading: Sendable {
  /// The columns to be read.
  public let columns: EventColumns
  let wanted: EventColumns
  let lookedUp: EventColumns
  let scale: EventScale?

  /// The events that were read, with what is looked up, and no more columns than are wanted.
  public func completing(_ events: EventTable, in context: RunContext) throws(Diagnostic) -> EventTable {
    guard let scale else { return events }
    return try events.scored(lookedUp, by: scale, in: context).keeping(wanted)
  }
}
