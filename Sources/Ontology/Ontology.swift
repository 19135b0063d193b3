public import EventModel

/// The scheme that event classes belong to: what its codes say about cooperation and conflict.
///
/// Codes are texts: `010` (make a statement) is not `10` (demand).
public enum Ontology: String, Sendable, Hashable, CaseIterable {
  /// CAMEO, Conflict and Mediation Event Observations: codes of two to four digits.
  case cameo
  /// PLOVER: sixteen categories by name, `RETREAT`, with a mode after a hyphen or not, `RETREAT-ceasefire`.
  case plover

  /// The scheme's name in an event table.
  public var name: String { rawValue }

  /// The Goldstein score of a code; nil where the scheme has none for it.
  public func score(of code: String) -> GoldsteinScore? {
    switch self {
    case .cameo: CAMEO.score(of: code)
    case .plover: PLOVER.score(of: code)
    }
  }
  /// The quad class of a code; nil where the code is not of the scheme.
  public func quadClass(of code: String) -> QuadClass? {
    switch self {
    case .cameo: CAMEO.quadClass(of: code)
    case .plover: PLOVER.quadClass(of: code)
    }
  }
  /// The top category a code belongs to, `19` or `RETREAT`; nil where the code is not of the scheme.
  public func root(of code: String) -> String? {
    switch self {
    case .cameo: CAMEO.root(of: code)
    case .plover: PLOVER.category(of: code)?.name
    }
  }
}
