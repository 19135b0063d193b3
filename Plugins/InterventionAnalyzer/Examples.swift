public import Workbench

extension InterventionAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "A month of fighting, a ceasefire and what followed: a promise is no incident, a span counts nowhere",
      parameters:
        "{anticipation: 0, interventions: [{name: truce, dyads: [[B, A]], start: 2021-02-01, end: 2021-02-28}]}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,incidents
        1,2021-01-04,2021-01-04,day,A,B,190,1
        2,2021-01-10,2021-01-10,day,A,B,190,12
        3,2021-01-20,2021-01-20,day,B,A,190,8
        4,2021-02-01,2021-02-01,day,A,B,0871,1
        5,2021-02-10,2021-02-10,day,A,B,190,1
        6,2021-02-11,2021-02-11,day,A,C,190,9
        7,2021-02-01,2021-03-28,span,A,B,190,1
        8,2021-03-28,2021-03-28,day,B,A,190,2

        """,
      output: [:])
  ]
}
