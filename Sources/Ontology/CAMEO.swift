public import EventModel

/// CAMEO codes: names, quad classes and Goldstein scores.
///
/// Sources: the codes of the CAMEO manual (Schrodt 2012), the scores as GDELT and ICEWS publish them, the classes as GDELT's
/// files have them. The names are our own.
public enum CAMEO {
  /// Which published scores are meant: they differ for 016, 022, 164 and 165.
  public enum ScoreTable: String, Sendable, Hashable, CaseIterable {
    /// The scores found in GDELT's own data.
    case gdelt
    /// The scores found in ICEWS's own data, its column of intensities.
    case icews
  }

  /// The two digits of a code's top category, `01` to `20`; nil for a text that is no CAMEO code.
  public static func root(of code: String) -> String? {
    let digits = Array(code.utf8)
    guard 2...4 ~= digits.count, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    let root = Int(digits[0] - 48) * 10 + Int(digits[1] - 48)
    return 1...20 ~= root ? String(decoding: digits[..<2], as: UTF8.self) : nil
  }

  /// The quad class of a code, by its top category: 01-05, 06-09, 10-14, 15-20.
  public static func quadClass(of code: String) -> QuadClass? {
    guard let root = root(of: code), let number = Int(root) else { return nil }
    return switch number {
    case 1...5: .verbalCooperation
    case 6...9: .materialCooperation
    case 10...14: .verbalConflict
    default: .materialConflict
    }
  }

  /// The Goldstein score of a code: its own, else that of its first three digits, else of its first two.
  public static func score(of code: String, in table: ScoreTable = .gdelt) -> GoldsteinScore? {
    longestPrefix(of: code) { prefix in
      let own = table == .icews ? tenthsOfICEWS[prefix] : nil
      return (own ?? tenths[prefix]).map { GoldsteinScore(tenths: $0) }
    }
  }

  /// What is found for a code, else for its first three digits, else for its first two.
  static func longestPrefix<Found>(of code: String, _ find: (String) -> Found?) -> Found? {
    guard root(of: code) != nil else { return nil }
    var prefix = code
    while prefix.utf8.count >= 2 {
      if let found = find(prefix) { return found }
      prefix.removeLast()
    }
    return nil
  }

  /// The scores of ICEWS that are not GDELT's.
  private static let tenthsOfICEWS: [String: Int32] = ["016": -50, "022": 34, "164": -65, "165": -70]

  /// GDELT's scores in tenths: of each top category, of its codes of three digits from xx0 on, and of those of four that differ.
  private static let tenths: [String: Int32] = {
    let table: [(root: String, own: Int32, codes: [Int32])] = [
      ("01", 0, [0, -1, -4, 4, 0, 0, -20, 0, 34, 34]),
      ("02", 30, [30, 34, 32, 34, -3, -3, 40, 40, 40]),
      ("03", 40, [40, 52, 45, 52, 70, 70, 40, 50, 70, 50]),
      ("04", 10, [10, 10, 19, 28, 25, 50, 70]),
      ("05", 35, [35, 34, 35, 38, 60, 70, 70, 80]),
      ("06", 60, [60, 64, 74, 74, 70]),
      ("07", 70, [70, 74, 83, 74, 85, 70]),
      ("08", 50, [50, 50, 50, 50, 70, 70, 90, 90]),
      ("09", -20, [-20, -20, -20, -20, -20]),
      ("10", -50, [-50, -50, -50, -50, -50, -50, -50, -50, -50]),
      ("11", -20, [-20, -20, -20, -20, -20, -20, -20]),
      ("12", -40, [-40, -40, -40, -40, -40, -50, -50, -50, -50, -50]),
      ("13", -60, [-44, -58, -58, -58, -58, -58, -70, -70, -70, -70]),
      ("14", -65, [-65, -65, -65, -65, -75, -75]),
      ("15", -72, [-72, -72, -72, -72, -72]),
      ("16", -40, [-40, -40, -56, -80, -70, -65, -70]),
      ("17", -70, [-70, -92, -50, -50, -50, -90]),
      ("18", -90, [-90, -90, -95, -100, -80, -80, -100]),
      ("19", -100, [-100, -95, -95, -100, -100, -100, -95]),
      ("20", -100, [-100, -95, -100, -100, -100]),
    ]
    var tenths: [String: Int32] = ["0334": 60, "0874": 100, "1821": -90, "1822": -90, "1823": -100]
    for row in table {
      tenths[row.root] = row.own
      for (digit, score) in row.codes.enumerated() { tenths["\(row.root)\(digit)"] = score }
    }
    return tenths
  }()
}
