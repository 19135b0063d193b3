/// The fields of GDELT's event files, which have no header: their names in order, and what the dataset means by them.
enum GDELTFields {
  /// A field: its name, and what it means.
  typealias Field = (name: String, meaning: String)

  /// The 61 fields of GDELT 2.0.
  static let version2: [Field] = named(hasSecondDivision: true)
  /// The 58 fields of GDELT 1.0 since April 2013.
  static let version1: [Field] = named(hasSecondDivision: false)
  /// The 57 fields of GDELT 1.0 up to March 2013, which name no source.
  static let backfile: [Field] = version1.dropLast()

  /// The lists of names that a file can have; their lengths tell them apart.
  static let nameLists: [[String]] = [version2, version1, backfile].map { $0.map(\.name) }
  /// What each field means, by its name.
  static let meanings = Dictionary(version2.map { ($0.name, $0.meaning) }) { first, _ in first }

  private static func named(hasSecondDivision: Bool) -> [Field] {
    func place(_ prefix: String, _ what: String) -> [Field] {
      let second: [Field] = [("\(prefix)Geo_ADM2Code", "second division of the place of \(what), by GAUL or US county")]
      return [
        (
          "\(prefix)Geo_Type", "kind of place: 1 country, 2 US state, 3 US city, 4 city or 5 division elsewhere, 0 none"
        ),
        ("\(prefix)Geo_FullName", "name of the place of \(what), as city, division, country"),
        ("\(prefix)Geo_CountryCode", "country of the place of \(what), FIPS 10-4"),
        ("\(prefix)Geo_ADM1Code", "country and first division of the place of \(what), FIPS 10-4"),
      ] + (hasSecondDivision ? second : []) + [
        ("\(prefix)Geo_Lat", "degrees north of the place of \(what): its middle, not where it happened"),
        ("\(prefix)Geo_Long", "degrees east of the place of \(what): its middle, not where it happened"),
        ("\(prefix)Geo_FeatureID", "number of the place of \(what) in GNS or GNIS, or a code of its division"),
      ]
    }
    return event + actor("Actor1", "actor 1, who acts") + actor("Actor2", "actor 2, who is acted on") + action
      + place("Actor1", "actor 1") + place("Actor2", "actor 2") + place("Action", "the action") + source
  }

  private static let event: [Field] = [
    ("GLOBALEVENTID", "number of the event, unique within its version of GDELT"),
    ("SQLDATE", "day of the event, as yyyymmdd; it may lie long before the day it was reported"),
    ("MonthYear", "month of the event, as yyyymm"),
    ("Year", "year of the event"),
    ("FractionDate", "day of the event as a year with a fraction, (month * 30 + day) / 365"),
  ]
  private static func actor(_ prefix: String, _ who: String) -> [Field] {
    [
      ("\(prefix)Code", "CAMEO code of \(who): country, group, religion and roles, three letters each"),
      ("\(prefix)Name", "name of \(who), as the text has it"),
      ("\(prefix)CountryCode", "CAMEO country code of \(who): ISO alpha-3, or a region such as EUR"),
      ("\(prefix)KnownGroupCode", "CAMEO code of a known organization that \(who) belongs to"),
      ("\(prefix)EthnicCode", "CAMEO code of the ethnic group of \(who)"),
      ("\(prefix)Religion1Code", "CAMEO code of the religion of \(who)"),
      ("\(prefix)Religion2Code", "CAMEO code of the branch of religion of \(who)"),
      ("\(prefix)Type1Code", "CAMEO code of the first role of \(who), such as GOV or REB"),
      ("\(prefix)Type2Code", "CAMEO code of the second role of \(who)"),
      ("\(prefix)Type3Code", "CAMEO code of the third role of \(who)"),
    ]
  }
  private static let action: [Field] = [
    ("IsRootEvent", "1 where the event stands in a report's opening paragraph, else 0"),
    ("EventCode", "CAMEO code of the action, two to four digits"),
    ("EventBaseCode", "first three digits of the action's code"),
    ("EventRootCode", "first two digits of the action's code"),
    ("QuadClass", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
    ("GoldsteinScale", "Goldstein score of the action's code, by GDELT's own table"),
    ("NumMentions", "how often the event was mentioned when it was first seen"),
    ("NumSources", "how many outlets reported the event when it was first seen"),
    ("NumArticles", "how many reports mention the event when it was first seen"),
    ("AvgTone", "mean tone of the reports, from -100 to 100; of the words, not of the action"),
  ]
  private static let source: [Field] = [
    ("DATEADDED", "when the event was added: a day, or in GDELT 2.0 a quarter of an hour in UTC"),
    ("SOURCEURL", "one report of the event"),
  ]
}
