public import Workbench

extension AlertsAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Twelve quiet weeks, then one of six incidents; the week after it is covered on one day",
      events: """
        event_id,date_start,actor1,actor2,code
        1,2021-01-04,A,B,190
        2,2021-02-10,A,B,190
        3,2021-03-10,B,A,180
        4,2021-03-29,A,B,190
        5,2021-03-30,A,B,190
        6,2021-03-31,A,B,190
        7,2021-04-01,A,B,190
        8,2021-04-02,A,B,190
        9,2021-04-04,A,B,190
        10,2021-04-05,A,B,190

        """,
      output: [
        "alerts": """
        by,group,period,incidents,history,expected,low,high,dispersion,p_high,p_low,q,alert,provisional,\
        partial_period,partial_days,partial_incidents,note
        all,all,2021-03-29,6,12,0.25,0,2,1,5.061719381e-06,0.9999995009,1.012343876e-05,high,true,\
        2021-04-05,1,1,

        """,
        "expected": """
        by,group,period,incidents,expected,low,high,outside
        all,all,2021-03-29,6,0.25,0,2,high

        """,
      ])
  ]
}
