public import EventModel
public import Ontology

/// What event classes weigh: a Goldstein score and a quad class for each.
public struct EventScale: Sendable {
  /// What messages and documentation call it: `cameo-gdelt`, `plover`, the path of a user's own.
  public let name: String
  private let ontology: Ontology
  private let table: CAMEO.ScoreTable

  /// The scale of a scheme.
  /// - Parameter table: whose scores CAMEO codes have; of no meaning for other schemes.
  public init(_ ontology: Ontology, table: CAMEO.ScoreTable = .gdelt) {
    name = ontology == .cameo ? "cameo-\(table.rawValue)" : ontology.name
    self.ontology = ontology
    self.table = table
  }

  /// The score of a class, from -10 to 10; nil where the scale does not know it.
  public func score(of eventClass: String) -> GoldsteinScore? {
    ontology == .cameo ? CAMEO.score(of: eventClass, in: table) : ontology.score(of: eventClass)
  }
  /// The quad class of a class; nil where the scale does not know it, or it is neither cooperation nor conflict.
  public func quadClass(of eventClass: String) -> QuadClass? { ontology.quadClass(of: eventClass) }
  /// Whether the scale says anything about a class.
  public func knows(_ eventClass: String) -> Bool { score(of: eventClass) != nil || quadClass(of: eventClass) != nil }
}
