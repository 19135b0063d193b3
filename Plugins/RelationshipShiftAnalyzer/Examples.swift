public import Workbench

extension RelationshipShiftAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Few events are described, not tested: a truce, a demand, and three attacks",
      parameters: "{period: month}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code
        1,2021-11-09,2021-11-09,day,TTP,Pakistan,0871
        2,2021-11-09,2021-11-09,day,Pakistan,TTP,0871
        3,2021-12-10,2021-12-10,day,TTP,Pakistan,1231
        4,2021-12-17,2021-12-17,day,TTP,Pakistan,190
        5,2022-01-06,2022-01-06,day,TTP,Pakistan,190
        6,2022-01-31,2022-01-31,day,TTP,Pakistan,190

        """,
      output: [:])
  ]
}
