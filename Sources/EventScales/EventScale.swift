public import EventModel
public import Ontology

/// What event classes weigh: a Goldstein score and a quad class for each.
public struct EventScale: Sendable {
  /// What messages and documentation call it: `cameo-gdelt`, `plover`, the path of a user's own.
  public let name: String
  /// The scheme that the classes belong to; nil where they belong to none known.
  public let ontology: Ontology?
  private let table: CAMEO.ScoreTable
  /// A user's own values, by classes in lower case; nil for a published scale.
  private let own: [String: Entry]?

  /// What a user's own scale says of a class.
  struct Entry: Sendable {
    var score: GoldsteinScore
    var quadClass: QuadClass?
  }

  /// The scale of a scheme.
  /// - Parameter table: whose scores CAMEO codes have; of no meaning for other schemes.
  public init(_ ontology: Ontology, table: CAMEO.ScoreTable = .gdelt) {
    name = ontology == .cameo ? "cameo-\(table.rawValue)" : ontology.name
    self.ontology = ontology
    self.table = table
    own = nil
  }
  /// A user's own scale.
  init(_ entries: [String: Entry], for ontology: Ontology?, name: String) {
    self.name = name
    self.ontology = ontology
    table = .gdelt
    own = entries
  }

  /// The columns it can give to events.
  public var columns: EventColumns {
    let givesQuadClasses = ontology != nil || own?.contains { $0.value.quadClass != nil } == true
    return givesQuadClasses ? [.goldstein, .quadClass] : [.goldstein]
  }
  /// The columns it gives even to events that have their own: a user's own scale is meant to decide.
  public var replaces: EventColumns {
    guard let own else { return [] }
    return own.contains { $0.value.quadClass != nil } ? [.goldstein, .quadClass] : [.goldstein]
  }

  /// The score of a class, from -10 to 10; nil where the scale does not know it.
  public func score(of eventClass: String) -> GoldsteinScore? {
    guard own == nil else { return entry(of: eventClass)?.score }
    return ontology == .cameo ? CAMEO.score(of: eventClass, in: table) : ontology?.score(of: eventClass)
  }
  /// The quad class of a class: the scale's own, else the scheme's; nil where it is neither cooperation nor conflict.
  public func quadClass(of eventClass: String) -> QuadClass? {
    entry(of: eventClass)?.quadClass ?? ontology?.quadClass(of: eventClass)
  }
  /// Whether the scale has a score for a class.
  public func knows(_ eventClass: String) -> Bool { score(of: eventClass) != nil }

  /// What a user's own scale says of a class: of the class itself, else of its longest prefix where it is a CAMEO code,
  /// else of its top category.
  private func entry(of eventClass: String) -> Entry? {
    guard let own else { return nil }
    if let entry = own[eventClass.lowercased()] { return entry }
    if ontology == .cameo, CAMEO.root(of: eventClass) != nil {
      var prefix = eventClass
      while prefix.utf8.count > 2 {
        prefix.removeLast()
        if let entry = own[prefix] { return entry }
      }
    }
    return ontology?.root(of: eventClass).flatMap { own[$0.lowercased()] }
  }
}
