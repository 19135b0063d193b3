public import EventModel

/// The categories of PLOVER with their modes, scores and quad classes.
///
/// Scores after the PLOVER manual, table of scores. ACCUSE is printed there as 3 while its modes are negative; it is taken
/// as -3. A class is a category, `RETREAT`, or a category and a mode, `RETREAT-ceasefire`; case does not matter. Four
/// categories of version 0.5 are understood by what became of them: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are modes
/// of ACCUSE, FIGHT is ASSAULT.
public enum PLOVER {
  /// A category.
  private struct Category: Sendable {
    let name: String
    let tenths: Int32
    let quadClass: QuadClass
    let modes: [(name: String, tenths: Int32?)]

    init(
      _ name: String, _ tenths: Int32, _ quadClass: QuadClass, _ modes: KeyValuePairs<String, Int32?> = [:]
    ) {
      (self.name, self.tenths, self.quadClass) = (name, tenths, quadClass)
      self.modes = modes.map { ($0.key, $0.value) }
    }
  }

  /// The sixteen categories, cooperation first, in the order of the manual.
  public static var categories: [String] { table.map(\.name) }
  /// The modes of a category; none where there is no such category.
  ///
  /// Those of the manual, of its table of scores and of the mapping from CAMEO, which differ in a few: `suicide` is
  /// `suicide-attack`, `heavy` is `heavy-weapons`, `targeted` is `assassinate`.
  public static func modes(of category: String) -> [String] { find(category)?.category.modes.map(\.name) ?? [] }

  /// The category a class belongs to, by the names of version 0.8; nil where there is no such category.
  public static func category(of code: String) -> String? { find(code)?.category.name }
  /// The mode of a class, in lower case; nil where it has none.
  public static func mode(of code: String) -> String? { find(code)?.mode }
  /// The score of a category, or of its mode; nil where there is no such category.
  ///
  /// A mode without a score of its own has its category's.
  public static func score(of code: String) -> GoldsteinScore? {
    guard let (category, mode) = find(code) else { return nil }
    let ofMode = category.modes.first { $0.name == mode }.flatMap(\.tenths)
    return GoldsteinScore(tenths: ofMode ?? category.tenths)
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
    return table.first { $0.name == name }.map { ($0, mode.isEmpty ? impliedMode : mode) }
  }

  /// Categories of version 0.5 that have another name since, or are a mode of another category.
  private static let formerNames: [String: (name: String, mode: String?)] = [
    "DEMAND": ("REQUEST", nil), "DISAPPROVE": ("ACCUSE", "disapprove"), "INVESTIGATE": ("ACCUSE", "investigate"),
    "FIGHT": ("ASSAULT", nil),
  ]

  /// Categories with their score in tenths, and their modes; a mode without a score has its category's.
  private static let table: [Category] = [
    Category("AGREE", 25, .verbalCooperation),
    Category(
      "CONSULT", 25, .verbalCooperation, ["visit": 40, "third-party": 10, "multilateral": 40, "phone": 15]),
    Category("SUPPORT", 50, .verbalCooperation),
    Category("CONCEDE", 45, .verbalCooperation),
    Category("COOPERATE", 95, .materialCooperation),
    Category("AID", 100, .materialCooperation),
    Category(
      "RETREAT", 65, .materialCooperation,
      [
        "withdraw": 80, "release": nil, "return": nil, "disarm": 100, "ceasefire": 75, "access": nil, "ease": nil,
        "resign": 45,
      ]),
    Category("REQUEST", 0, .verbalConflict, ["assist": 5, "change": -10, "yield": -10, "meet": nil]),
    Category("ACCUSE", -30, .verbalConflict, ["disapprove": -20, "investigate": -35, "allege": -35]),
    Category("REJECT", -20, .verbalConflict, ["assist": -15, "change": nil, "yield": nil, "meet": nil]),
    Category(
      "THREATEN", -35, .verbalConflict,
      [
        "restrict": -30, "ban": nil, "arrest": nil, "political": nil, "relations": nil, "expel": nil, "territory": -40,
        "violence": nil,
      ]),
    Category(
      "SANCTION", -60, .verbalConflict, ["convict": nil, "expel": -55, "withdraw": nil, "discontinue": nil]),
    Category(
      "PROTEST", -50, .materialConflict,
      [
        "demo": nil, "riot": -70, "general": nil, "strike": nil, "hunger": -45, "boycott": -45, "obstruct": -45,
      ]),
    Category(
      "MOBILIZE", -55, .materialConflict, ["troops": -65, "weapons": -65, "police": nil, "militia": -60]),
    Category(
      "COERCE", -70, .materialConflict,
      [
        "seize": nil, "confiscate": nil, "restrict": nil, "ban": nil, "censor": -65, "curfew": -65, "martial-law": -75,
        "misinformation": -65, "arrest": nil, "deport": nil, "withhold": nil,
      ]),
    Category(
      "ASSAULT", -90, .materialConflict,
      [
        "abduct": -85, "beat": -75, "torture": -85, "execute": nil, "sexual": -85, "targeted": -95, "assassinate": -95,
        "destroy": -85, "seize": nil, "primitive": -80, "firearms": nil, "explosives": nil, "suicide": -95,
        "suicide-attack": -95, "aerial": -95, "drone": -95, "heavy": -95, "heavy-weapons": -95, "crowd-control": -75,
        "cleansing": nil, "massacre": nil, "unconventional": -100,
      ]),
  ]
}
