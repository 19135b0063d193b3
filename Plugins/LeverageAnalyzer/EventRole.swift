import EventModel

/// What an event is to a demand.
enum EventRole: Sendable {
  case demand, promise, refusal
  /// A material concession: it meets a demand of the one it is made to.
  case concession
  /// An act against someone: it meets a demand about the same subject, unless it is against who demands.
  case coercion

  /// The role of an event class; nil where it has none, or the ontology is another.
  ///
  /// CAMEO: demand 10 (appeal 02), express intent to cooperate 03, reject 12, cooperate, aid and yield 06 to 08, and
  /// force 15 to 20. PLOVER names its categories; what CAMEO calls yielding is CONCEDE or RETREAT there.
  init?(_ eventClass: String, ontology: String?, countsAppeals: Bool) {
    switch ontology {
    case "cameo":
      switch eventClass.prefix(2) {
      case "10": self = .demand
      case "02" where countsAppeals: self = .demand
      case "03": self = .promise
      case "12": self = .refusal
      case "06", "07", "08": self = .concession
      case "15", "16", "17", "18", "19", "20": self = .coercion
      default: return nil
      }
    case "plover":
      switch eventClass.prefix(while: { $0 != "-" }) {
      case "REQUEST", "DEMAND": self = .demand
      case "AGREE": self = .promise
      case "REJECT": self = .refusal
      case "COOPERATE", "AID", "CONCEDE", "RETREAT": self = .concession
      case "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "FIGHT": self = .coercion
      default: return nil
      }
    default: return nil
    }
  }
}
