public import Workbench

extension IncidentSeverityAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Five fatal events have a deadliest one, and are too few for a law",
      events: """
        event_id,date_start,date_precision,actor1,actor2,code,fatalities_low,fatalities_best,fatalities_high
        1,2021-03-02,day,A,B,180,1,1,4
        2,2021-04-10,day,A,B,183,8,12,12
        3,2021-05-10,day,A,B,183,0,0,0
        4,2021-05-11,day,B,A,190,,,
        5,2021-06-11,day,A,B,181,,1,
        6,2021-07-31,day,B,A,190,2,3,7
        7,2021-08-01,day,B,A,190,60,72,90
        8,2021-01-01,span,B,A,190,900,900,900

        """,
      output: [
        "severity": """
        by,group,estimate,events,missing,fatal,largest,at_least_10,at_least_50,at_least_100,minimum,tail,exponent,\
        exponent_error,distance,p,location,scale,vuong_z,vuong_p,verdict,note
        all,all,best,7,1,5,72,0.4,0.2,0,,,,,,,,,,,,fewer than 50 fatal events
        all,all,high,7,2,4,90,0.5,0.25,0,,,,,,,,,,,,fewer than 50 fatal events
        all,all,low,7,2,4,60,0.25,0.25,0,,,,,,,,,,,,fewer than 50 fatal events

        """,
        "exceedance": """
        by,group,estimate,fatalities,events,share,power_law,log_normal
        all,all,best,1,5,1,,
        all,all,best,3,3,0.6,,
        all,all,best,12,2,0.4,,
        all,all,best,72,1,0.2,,
        all,all,high,4,4,1,,
        all,all,high,7,3,0.75,,
        all,all,high,12,2,0.5,,
        all,all,high,90,1,0.25,,
        all,all,low,1,4,1,,
        all,all,low,2,3,0.75,,
        all,all,low,8,2,0.5,,
        all,all,low,60,1,0.25,,

        """,
      ])
  ]
}
