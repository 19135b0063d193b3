public import Workbench

extension ConflictIndexAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Five divisions, of which fatalities alone are known: ranks by one indicator",
      parameters: "{unit: admin1, days: 100}",
      events: """
        event_id,date_start,actor1,actor2,code,admin1,fatalities_low,fatalities_best,fatalities_high
        1,2020-01-01,A,B,190,East,9,9,9
        2,2021-01-05,A,B,190,North,1,2,4
        3,2021-01-06,A,B,190,North,,0,
        4,2021-02-05,B,A,183,South,0,1,1
        5,2021-02-06,B,A,190,West,7,12,12
        6,2021-03-09,A,B,180,Centre,,1,
        7,2021-03-10,A,B,057,Centre,,5,

        """,
      output: [
        "index": """
        unit,from,to,days_covered,incidents,fatalities_low,fatalities_best,fatalities_high,\
        targeting_civilians,cells,cells_of_10,diffusion,armed_groups,deadliness_rank,danger_rank,\
        diffusion_rank,fragmentation_rank,indicators,index,rank,note
        Centre,2020-12-01,2021-03-10,100,1,,1,,,,,,,0.375,,,,1,0.375,3,\
        no danger: neither classes nor kinds of actors say who is targeted; no diffusion: the events have \
        no coordinates; no fragmentation: the table of actors says of nobody that it is armed
        East,2020-12-01,2021-03-10,100,0,0,0,0,,,,,,0,,,,1,0,5,\
        no danger: neither classes nor kinds of actors say who is targeted; no diffusion: the events have \
        no coordinates; no fragmentation: the table of actors says of nobody that it is armed
        North,2020-12-01,2021-03-10,100,2,1,2,4,,,,,,0.75,,,,1,0.75,2,\
        no danger: neither classes nor kinds of actors say who is targeted; no diffusion: the events have \
        no coordinates; no fragmentation: the table of actors says of nobody that it is armed
        South,2020-12-01,2021-03-10,100,1,0,1,1,,,,,,0.375,,,,1,0.375,3,\
        no danger: neither classes nor kinds of actors say who is targeted; no diffusion: the events have \
        no coordinates; no fragmentation: the table of actors says of nobody that it is armed
        West,2020-12-01,2021-03-10,100,1,7,12,12,,,,,,1,,,,1,1,1,\
        no danger: neither classes nor kinds of actors say who is targeted; no diffusion: the events have \
        no coordinates; no fragmentation: the table of actors says of nobody that it is armed

        """
      ])
  ]
}
