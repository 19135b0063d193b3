public import Workbench

extension ClaimsAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "One claim is borne out, one is not; a promise is no test of friendship", parameters: "{path: claims.csv}",
      files: [
        "claims.csv": """
        claim,kind,text,actor1,actor2,from,to,compare_from,compare_to,sign
        a,rate-change,A attacked B more in February,A,B,2021-02-01,2021-02-28,2021-01-04,2021-01-31,
        b,peak,January was the worst month,A,B,2021-01-01,2021-01-31,2021-01-01,2021-02-28,
        c,sign,A and C are friends,A,C,2021-01-01,2021-02-28,,,1

        """
      ],
      events: """
        event_id,date_start,actor1,actor2,code,incidents
        1,2021-01-01,A,C,030,1
        2,2021-01-05,A,B,190,1
        3,2021-01-20,A,B,190,1
        4,2021-02-02,A,B,190,6
        5,2021-02-11,A,B,190,6
        6,2021-02-28,A,B,190,1

        """,
      output: ["claims": ""])
  ]
}
