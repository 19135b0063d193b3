public import Workbench

extension IncidentTimingAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Eight incidents dated to the day: their gaps beside chance, and too few for more",
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
        by,group,incidents,undated,uncovered,from,to,days,active_days,most_in_a_day,mean_gap,median_gap,\
        longest_gap,longest_from,burstiness,burstiness_finite,memory,note
        all,all,8,1,0,2021-01-01,2021-03-31,90,6,2,12.71428571,1,30,2021-01-01,0.05235066634,0.2052079355,\
        0.2501150831,

        """,
        "excitation": """
        by,group,incidents,segments,background,branching,branching_low,branching_high,half_life,\
        half_life_low,half_life_high,gain,p,q,misfit,misfit_p,note
        all,all,8,,,,,,,,,,,,,,fewer than 30 incidents are dated to a covered day

        """,
        "gaps": """
        by,group,days,gaps,share,expected
        all,all,0,7,1,1
        all,all,1,5,0.7142857143,0.9568436768
        all,all,28,3,0.4285714286,0.08680289998
        all,all,29,2,0.2857142857,0.07942007278
        all,all,30,1,0.1428571429,0.07266517549

        """,
      ])
  ]
}
