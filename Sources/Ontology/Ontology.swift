public import EventModel

/// The scheme that event classes belong to: what they say about cooperation and conflict.
///
/// Classes are texts: the CAMEO code `010` (make a statement) is not `10` (demand).
public enum Ontology: String, Sendable, Hashable, CaseIterable {
  /// CAMEO, Conflict and Mediation Event Observations: codes of two to four digits.
  case cameo
  /// PLOVER: sixteen categories by name, `RETREAT`, with a mode after a hyphen or not, `RETREAT-ceasefire`.
  case plover
  /// UCDP: the types of violence `state-based`, `non-state` and `one-sided`.
  case ucdp
  /// ACLED: sub-event types and event types, as the dataset spells them.
  case acled
  /// GTD, Global Terrorism Database: attack types, as the dataset spells them.
  case gtd

  /// The scheme's name in an event table.
  public var name: String { rawValue }

  /// The Goldstein score of a class; nil where the scheme has none for it.
  ///
  /// CAMEO codes have those of GDELT.
  public func score(of eventClass: String) -> GoldsteinScore? {
    switch self {
    case .cameo: CAMEO.score(of: eventClass)
    case .plover: PLOVER.score(of: eventClass)
    case .ucdp: UCDPClasses.classes[eventClass]?.score
    case .acled: ACLEDClasses.classes[eventClass]?.score
    case .gtd: GTDClasses.classes[eventClass]?.score
    }
  }
  /// The quad class of a class; nil where it is not of the scheme, or is neither cooperation nor conflict.
  public func quadClass(of eventClass: String) -> QuadClass? {
    switch self {
    case .cameo: CAMEO.quadClass(of: eventClass)
    case .plover: PLOVER.quadClass(of: eventClass)
    case .ucdp: UCDPClasses.classes[eventClass]?.quadClass
    case .acled: ACLEDClasses.classes[eventClass]?.quadClass
    case .gtd: GTDClasses.classes[eventClass]?.quadClass
    }
  }
  /// The top category a class belongs to: `19`, `RETREAT`, `Battles`; nil where the class is not of the scheme.
  public func root(of eventClass: String) -> String? {
    switch self {
    case .cameo: CAMEO.root(of: eventClass)
    case .plover: PLOVER.category(of: eventClass)
    case .ucdp: UCDPClasses.classes[eventClass]?.root
    case .acled: ACLEDClasses.classes[eventClass]?.root
    case .gtd: GTDClasses.classes[eventClass]?.root
    }
  }
  /// A short English name of a class; nil where the class is not of the scheme.
  public func name(of eventClass: String) -> String? {
    switch self {
    case .cameo: CAMEO.name(of: eventClass)
    case .plover: PLOVER.name(of: eventClass)
    case .ucdp: UCDPClasses.classes[eventClass]?.name
    case .acled: ACLEDClasses.classes[eventClass]?.name
    case .gtd: GTDClasses.classes[eventClass]?.name
    }
  }
}
