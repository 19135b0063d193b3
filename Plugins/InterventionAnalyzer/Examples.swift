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
      output: [
        "windows": """
        intervention,position,window,kind,parties,start,end,days,days_covered,incidents,incidents_low,incidents_high,\
        per_30_days,per_30_days_low,per_30_days_high
        truce,1,before,ceasefire,B and A,2021-01-04,2021-01-31,28,28,21,21,21,22.5,13.92785463,34.39364007
        truce,3,during,ceasefire,B and A,2021-02-01,2021-02-28,28,28,1,1,1,1.071428571,0.02712622284,5.969617919
        truce,4,after,ceasefire,B and A,2021-03-01,2021-03-28,28,28,2,2,2,2.142857143,0.2595099413,7.740736787

        """,
        "effects": """
        intervention,comparison,verdict,rate_ratio,rate_ratio_low,rate_ratio_high,bound,interval,exact_low,exact_high,\
        p,p_mid,dispersion,p_placebo,placebos,placebos_apart,detectable_fall,detectable_rise,level_change,\
        level_change_low,level_change_high
        truce,after/before,calm persisted,0.09523809524,0.01082591118,0.3896210183,both,exact,0.01082591118,\
        0.3896210183,6.604194641e-05,3.588199615e-05,,,,,0.28,2.11,,,
        truce,after/during,,2,0.1041175375,117.9943739,both,exact,0.1041175375,117.9943739,1,0.625,,,,,,10.67,,,
        truce,during/before,held,0.04761904762,0.001151471889,0.2960828707,both,exact,0.001151471889,0.2960828707,\
        1.096725464e-05,5.722045898e-06,,,,,0.28,2.11,,,

        """,
      ])
  ]
}
