public import Workbench

extension GDELTSource {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "A file of GDELT 2.0, without a header",
      parameters: "{path: 20210810120000.export.CSV}",
      files: ["20210810120000.export.CSV": text(events, GDELTFields.version2, added: "20210810120000")],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,latitude,longitude,geo_precision,country,admin1,place,reports
        1,2021-08-10,PAKGOV,AFGREB,130,3,-4.4,33.7,73.1667,1,PAK,PK08,"Islamabad, Islamabad, Pakistan",4
        2,2021-07-12,AFGREB,,190,4,-10,34.5167,69.1833,1,AFG,AF13,"Kabul, Kabol, Afghanistan",2

        """
      ]),
    PluginExample(
      "Countries, of GDELT 1.0, from opening paragraphs alone",
      parameters: "{path: 20210810.export.CSV, actor: country, root_events: true}",
      files: ["20210810.export.CSV": text(events, GDELTFields.version1, added: "20210810")],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,latitude,longitude,geo_precision,country,admin1,place,reports
        1,2021-08-10,PAK,AFG,130,3,-4.4,33.7,73.1667,1,PAK,PK08,"Islamabad, Islamabad, Pakistan",4

        """
      ]),
  ]

  /// Invented events: one field after another, by name; those not named are empty.
  private static let events: [[String: String]] = [
    [
      "GLOBALEVENTID": "1", "SQLDATE": "20210810", "Actor1Code": "PAKGOV", "Actor1CountryCode": "PAK",
      "Actor2Code": "AFGREB", "Actor2CountryCode": "AFG", "IsRootEvent": "1", "EventCode": "130", "QuadClass": "3",
      "GoldsteinScale": "-4.4", "NumMentions": "6", "NumSources": "1", "NumArticles": "4", "ActionGeo_Type": "4",
      "ActionGeo_FullName": "Islamabad, Islamabad, Pakistan", "ActionGeo_CountryCode": "PK",
      "ActionGeo_ADM1Code": "PK08", "ActionGeo_Lat": "33.7", "ActionGeo_Long": "73.1667",
      "SOURCEURL": "https://news.example/1",
    ],
    [
      "GLOBALEVENTID": "2", "SQLDATE": "20210712", "Actor1Code": "AFGREB", "Actor1CountryCode": "AFG",
      "IsRootEvent": "0", "EventCode": "190", "QuadClass": "4", "GoldsteinScale": "-10", "NumMentions": "2",
      "NumSources": "1", "NumArticles": "2", "ActionGeo_Type": "4", "ActionGeo_FullName": "Kabul, Kabol, Afghanistan",
      "ActionGeo_CountryCode": "AF", "ActionGeo_ADM1Code": "AF13", "ActionGeo_Lat": "34.5167",
      "ActionGeo_Long": "69.1833", "SOURCEURL": "https://news.example/2",
    ],
  ]
  private static func text(_ events: [[String: String]], _ fields: [GDELTFields.Field], added: String) -> String {
    events.map { event in
      fields.map { $0.name == "DATEADDED" ? added : event[$0.name] ?? "" }.joined(separator: "\t") + "\n"
    }.joined()
  }
}
