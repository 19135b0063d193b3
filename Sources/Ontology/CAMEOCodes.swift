/// What the tables of codes say of one.
struct CAMEOCode: Sendable {
  var name: String
  /// The PLOVER class that the code is: a category and, where it has one, a mode.
  var plover: (category: String, mode: String?)?
  var contexts: [String]

  /// All codes.
  static let all: [String: CAMEOCode] = {
    var codes: [String: CAMEOCode] = [:]
    for row in (cameoCodes01to10 + "\n" + cameoCodes11to20).split(separator: "\n") {
      let fields = row.split(separator: " ", maxSplits: 4).map { $0 == "-" ? nil : String($0) }
      guard fields.count == 5, let code = fields[0], let name = fields[4] else { continue }
      codes[code] = CAMEOCode(
        name: name, plover: fields[1].map { ($0, fields[2]) },
        contexts: fields[3]?.split(separator: "/").map { String($0) } ?? [])
    }
    return codes
  }()
}

extension CAMEO {
  /// A short English name of a code: its own, else that of the nearest code above it.
  public static func name(of code: String) -> String? { longestPrefix(of: code) { CAMEOCode.all[$0]?.name } }
}

extension PLOVER {
  /// The category of a CAMEO code; nil for statements and appeals, roots 01 and 02, which PLOVER leaves out.
  ///
  /// A code that the table does not have is mapped as the nearest above it. Root and code need not agree: 163 (impose
  /// sanctions) is COERCE, 084 to 087 are RETREAT. Source: CAMEO2PLOVER of 17 September 2021, Open Event Data Alliance.
  public static func category(ofCAMEO code: String) -> String? { mapping(ofCAMEO: code)?.plover?.category }
  /// The mode of a CAMEO code; nil where the table gives none.
  public static func mode(ofCAMEO code: String) -> String? { mapping(ofCAMEO: code)?.plover?.mode }
  /// The contexts of a CAMEO code, such as `military` and `legal`; often none.
  public static func contexts(ofCAMEO code: String) -> [String] { mapping(ofCAMEO: code)?.contexts ?? [] }
  /// The class of a CAMEO code, category and mode: `RETREAT-ceasefire`.
  public static func eventClass(ofCAMEO code: String) -> String? {
    mapping(ofCAMEO: code)?.plover.map { plover in plover.category + (plover.mode.map { "-\($0)" } ?? "") }
  }

  private static func mapping(ofCAMEO code: String) -> CAMEOCode? {
    CAMEO.longestPrefix(of: code) { CAMEOCode.all[$0] }
  }
}
