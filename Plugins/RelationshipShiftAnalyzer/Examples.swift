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
      output: [
        "dyads": """
        actor1,actor2,first_day,last_day,events,incidents,conflict,cooperation,confident,tone,tone_se,tone_low,\
        tone_high,tone_30,tone_120,scored,weight,class,last_class,last_class_date,conflict_share,conflict_share_low,\
        conflict_share_high,net_flow,activity,reciprocity,reciprocity_1_leads,reciprocity_2_leads,matching,initiative,\
        exposure_control,tested,reason,shifts,step,score_first,score_last,undated
        Pakistan,TTP,2021-11-09,2022-01-31,6,6,4,2,6,-2.812991591,2.06729685,-6.864893417,1.238910235,-3.213743336,\
        -2.387788869,6,3.658833758,uncertain,,,0.6666666667,0.2864230093,0.92322986,-5.7975,2.1740625,,,,0,\
        -0.6666666667,false,false,3 months covered,,,-2.666666667,-2.666666667,0

        """
      ])
  ]
}
