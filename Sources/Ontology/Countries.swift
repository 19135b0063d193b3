/// Country codes and names, to ISO 3166-1 alpha-3: the codes that event tables keep.
///
/// Kosovo, which ISO 3166 does not list, is `XKX`, as the World Bank writes it. A state that is no more counts for today's
/// country where that lies over all of it or is its successor: both Germanies for Germany, the Yemens for Yemen, the
/// Vietnams for Vietnam, the Soviet Union for Russia, Yugoslavia (number 345, which lasted to 2006) for Serbia, Zanzibar
/// for Tanzania. Where none does there is no code: Czechoslovakia, Austria-Hungary, Great Colombia, the German and Italian
/// states before unity. Sources: ISO 3166-1; FIPS 10-4 with its change notices, and as GDELT uses it; Gleditsch and Ward
/// (1999), International Interactions 25; the datasets' own spellings.
public enum Countries {
  /// The country of a FIPS 10-4 code, as GDELT's places have it: `IS` is Israel, not Iceland; the West Bank `WE` and the
  /// Gaza Strip `GZ` are Palestine.
  public static func iso3(fips code: String) -> String? { index.ofFIPS[code] ?? index.ofFIPS[code.uppercased()] }
  /// The country of a number in Gleditsch and Ward's list of states, as UCDP has it.
  public static func iso3(gwno number: Int) -> String? { index.ofGWNumber[number] }
  /// The country of an ISO 3166-1 numeric code, as ACLED has it.
  public static func iso3(numeric code: Int) -> String? { index.ofNumber[code] }
  /// The country that a dataset calls so in English; case, accents and punctuation do not matter.
  public static func iso3(name: String) -> String? { index.ofName[key(of: name)] }
  /// A country's short English name.
  public static func name(iso3: String) -> String? { index.names[iso3] }

  /// Lookups, made once.
  private struct Index {
    var ofFIPS: [String: String] = [:]
    var ofGWNumber: [Int: String] = [:]
    var ofNumber: [Int: String] = [:]
    var ofName: [String: String] = [:]
    var names: [String: String] = [:]
  }
  private static let index: Index = {
    var index = Index()
    for row in (countriesFromAToL + "\n" + countriesFromMToZ).split(separator: "\n") {
      let fields = row.split(separator: " ", maxSplits: 4)
      guard fields.count == 5 else { continue }
      let iso3 = String(fields[0])
      func codes(_ field: Int) -> [Substring] { fields[field] == "-" ? [] : fields[field].split(separator: "/") }
      for code in codes(1).compactMap({ Int($0) }) { index.ofNumber[code] = iso3 }
      for code in codes(2) { index.ofFIPS[String(code)] = iso3 }
      for code in codes(3).compactMap({ Int($0) }) { index.ofGWNumber[code] = iso3 }
      let names = fields[4].split(separator: "|")
      index.names[iso3] = names.first.map { String($0) }
      for name in names { index.ofName[key(of: String(name))] = iso3 }
    }
    return index
  }()

  /// A name's letters without accents, its words joined; `the` and `and` left out, `St` as `Saint`.
  private static func key(of name: String) -> String {
    var words: [String] = [""]
    for character in name.lowercased() {
      if let letter = letters[character] {
        words[words.count - 1].append(letter)
      } else if character.isASCII, character.isLetter || character.isNumber {
        words[words.count - 1].append(character)
      } else if !apostrophes.contains(character) {
        words.append("")
      }
    }
    return words.filter { $0 != "the" && $0 != "and" }.map { $0 == "st" ? "saint" : $0 }.joined()
  }
  private static let letters: [Character: Character] = [
    "á": "a", "à": "a", "ã": "a", "å": "a", "ä": "a", "ç": "c", "é": "e", "è": "e", "ë": "e", "í": "i", "ï": "i",
    "ñ": "n", "ó": "o", "ô": "o", "ö": "o", "ü": "u", "ú": "u",
  ]
  private static let apostrophes: Set<Character> = ["'", "’", "`", "."]
}
