/// What two actors do to each other in a week: events of each quad class, in shares of their usual number.
struct Mixture: Sendable {
  /// Of verbal and material cooperation, verbal and material conflict.
  var rates: [Double]
  init(_ rates: [Double], times factor: Double = 1) { self.rates = rates.map { $0 * factor } }
  static let friendly = Mixture([0.5, 0.34, 0.1, 0.06])
  static let mixed = Mixture([0.42, 0.18, 0.28, 0.12])
  static let hostile = Mixture([0.25, 0.05, 0.45, 0.25])
  static let violent = Mixture([0.09, 0.02, 0.28, 0.61])
}

/// The kinds of shift that are planted, each with what it does.
public enum ShiftKind: String, CaseIterable, Sendable {
  case rupture
  case rapprochement
  case escalation
  case deescalation = "de-escalation"
  case decoupling

  var before: Mixture {
    switch self {
    case .rupture, .decoupling: .friendly
    case .rapprochement, .escalation: .hostile
    case .deescalation: .violent
    }
  }
  var after: Mixture {
    switch self {
    case .rupture: .hostile
    case .rapprochement: .friendly
    case .escalation: Mixture(Mixture.violent.rates, times: 2)
    case .deescalation: Mixture(Mixture.hostile.rates, times: 0.5)
    case .decoupling: Mixture(Mixture.friendly.rates, times: 0.25)
    }
  }
}

/// An event class: CAMEO's code and the Goldstein score that GDELT gives it.
public struct SyntheticClass: Sendable {
  public var code: String
  public var goldstein: String
  /// 1 to 4: verbal and material cooperation, verbal and material conflict.
  public var quadClass: Int

  init(_ code: String, _ goldstein: String, _ quadClass: Int) {
    (self.code, self.goldstein, self.quadClass) = (code, goldstein, quadClass)
  }
  /// The classes drawn, equally often within a quad class.
  public static let all = [
    SyntheticClass("036", "4", 1), SyntheticClass("040", "1", 1), SyntheticClass("042", "1.9", 1),
    SyntheticClass("051", "3.4", 1), SyntheticClass("057", "8", 1),
    SyntheticClass("061", "6.4", 2), SyntheticClass("070", "7", 2), SyntheticClass("072", "8.3", 2),
    SyntheticClass("0841", "7", 2),
    SyntheticClass("1011", "-5", 3), SyntheticClass("111", "-2", 3), SyntheticClass("112", "-2", 3),
    SyntheticClass("120", "-4", 3), SyntheticClass("130", "-4.4", 3),
    SyntheticClass("173", "-5", 4), SyntheticClass("183", "-10", 4), SyntheticClass("190", "-10", 4),
    SyntheticClass("193", "-10", 4), SyntheticClass("194", "-10", 4),
  ]
  static let ofQuadClass = (1...4).map { quad in all.indices.filter { all[$0].quadClass == quad } }
}
