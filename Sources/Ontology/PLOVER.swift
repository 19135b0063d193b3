public import EventModel

/// The categories of PLOVER with their scores and quad classes, and the modes whose score differs.
///
/// Scores after the PLOVER manual, table of scores. ACCUSE is printed there as 3 while its modes are negative; it is taken
/// as -3. A class is a category, `RETREAT`, or a category and a mode, `RETREAT-ceasefire`; case does not matter. Four
/// categories of version 0.5 are understood by what became of them: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are modes
/// of ACCUSE, FIGHT is ASSAULT.
public enum PLOVER {
  /// A category.
  struct Category: Sendable {
    var name: String
    var tenths: Int32
    var quadClass: QuadClass
    /// The modes whose score is not the category's.
    var modes: [(name: String, tenths: Int32)]
  }

  /// The category a class belongs to, by the names of version 0.8; nil where there is no such category.
  public static func category(of code: String) -> String? { find(code)?.category.name }
  /// The mode of a class, in lower case; nil where it has none.
  public static func mode(of code: String) -> String? { find(code)?.mode }
  /// The score of a category, or of its mode; nil where there is no such category.
  ///
  /// A mode without a score of its own has its category's.
  public static func score(of code: String) -> GoldsteinScore? {
    guard let (category, mode) = find(code) else { return nil }
    return GoldsteinScore(tenths: category.modes.first { $0.name == mode }?.tenths ?? category.tenths)
  }
  /// The quad class of a category; nil where there is no such category.
  public static func quadClass(of code: String) -> QuadClass? { find(code)?.category.quadClass }
  /// A class in words: `Retreat: ceasefire`; nil where there is no such category.
  public static func name(of code: String) -> String? {
    guard let (category, mode) = find(code) else { return nil }
    let name = category.name.prefix(1) + category.name.dropFirst().lowercased()
    return mode.map { "\(name): \($0)" } ?? String(name)
  }

  private static func find(_ code: String) -> (category: Category, mode: String?)? {
    let isBreak = { (character: Character) in character == "-" || character == ":" || character == " " }
    let written = code.prefix { !isBreak($0) }
    let mode = code.dropFirst(written.count).drop(while: isBreak).lowercased()
    let (name, impliedMode) = formerNames[written.uppercased()] ?? (written.uppercased(), nil)
    return categories.first { $0.name == name }.map { ($0, mode.isEmpty ? impliedMode : mode) }
  }

  /// Categories of version 0.5 that have another name since, or are a mode of another category.
  private static let formerNames: [String: (name: String, mode: String?)] = [
    "DEMAND": ("REQUEST", nil), "DISAPPROVE": ("ACCUSE", "disapprove"), "INVESTIGATE": ("ACCUSE", "investigate"),
    "FIGHT": ("ASSAULT", nil),
  ]

  private static let categories: [Category] = [
    Category(name: "AGREE", tenths: 25, quadClass: .verbalCooperation, modes: []),
    Category(
      name: "CONSULT", tenths: 25, quadClass: .verbalCooperation,
      modes: [("visit", 40), ("third-party", 10), ("multilateral", 40), ("phone", 15)]),
    Category(name: "SUPPORT", tenths: 50, quadClass: .verbalCooperation, modes: []),
    Category(name: "CONCEDE", tenths: 45, quadClass: .verbalCooperation, modes: []),
    Category(name: "COOPERATE", tenths: 95, quadClass: .materialCooperation, modes: []),
    Category(name: "AID", tenths: 100, quadClass: .materialCooperation, modes: []),
    Category(
      name: "RETREAT", tenths: 65, quadClass: .materialCooperation,
      modes: [("withdraw", 80), ("disarm", 100), ("ceasefire", 75), ("resign", 45)]),
    Category(
      name: "REQUEST", tenths: 0, quadClass: .verbalConflict, modes: [("assist", 5), ("change", -10), ("yield", -10)]),
    Category(
      name: "ACCUSE", tenths: -30, quadClass: .verbalConflict,
      modes: [("disapprove", -20), ("investigate", -35), ("allege", -35)]),
    Category(name: "REJECT", tenths: -20, quadClass: .verbalConflict, modes: [("assist", -15)]),
    Category(
      name: "THREATEN", tenths: -35, quadClass: .verbalConflict, modes: [("restrict", -30), ("territory", -40)]),
    Category(name: "SANCTION", tenths: -60, quadClass: .verbalConflict, modes: [("expel", -55)]),
    Category(
      name: "PROTEST", tenths: -50, quadClass: .materialConflict,
      modes: [("riot", -70), ("hunger", -45), ("boycott", -45), ("obstruct", -45)]),
    Category(
      name: "MOBILIZE", tenths: -55, quadClass: .materialConflict,
      modes: [("troops", -65), ("weapons", -65), ("militia", -60)]),
    Category(
      name: "COERCE", tenths: -70, quadClass: .materialConflict,
      modes: [("censor", -65), ("curfew", -65), ("misinformation", -65), ("martial-law", -75)]),
    Category(
      name: "ASSAULT", tenths: -90, quadClass: .materialConflict,
      modes: [
        ("abduct", -85), ("beat", -75), ("torture", -85), ("sexual", -85), ("destroy", -85), ("targeted", -95),
        ("primitive", -80), ("suicide", -95), ("suicide-attack", -95), ("aerial", -95), ("drone", -95), ("heavy", -95),
        ("heavy-weapons", -95), ("crowd-control", -75), ("unconventional", -100),
      ]),
  ]
}
