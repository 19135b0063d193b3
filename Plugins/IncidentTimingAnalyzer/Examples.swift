public import Workbench

extension IncidentTimingAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Eight incidents, five of them in three days: gaps, a burst, and too few for more",
      events: """
        event_id,date_start,date_precision,actor1,actor2,code
        1,2021-01-01,day,A,B,190
        2,2021-01-31,day,A,B,190
        3,2021-03-01,day,A,B,190
        4,2021-03-01,day,A,B,183
        5,2021-03-02,day,B,A,190
        6,2021-03-03,day,A,B,190
        7,2021-03-03,day,A,B,180
        8,2021-03-31,day,A,B,190
        9,2021-03-01,month,A,B,190
        10,2021-02-03,day,B,A,057

        """,
      output: [
        "timing": """
        by,group,incidents

        """
      ])
  ]
}
