public import Workbench

extension PanelAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Dyads by month: the order of the actors does not matter, a state in force is no event",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,incidents,goldstein,quad_class,fatalities_best
        1,2021-11-09,2021-11-09,day,TTP,Pakistan,0871,1,9,2,0
        2,2021-11-09,2021-11-09,day,Pakistan,TTP,0871,1,9,2,
        3,2021-12-01,2021-12-31,month,TTP,Pakistan,180,45,-9,4,
        4,2021-12-17,2021-12-17,day,Pakistan,TTP,185,1,-8,4,0
        5,2021-12-20,2021-12-20,day,Afghan Taliban,Pakistan,171,1,-9.2,4,0
        6,2021-08-16,2021-12-31,span,Pakistan,Afghan Taliban,1012,1,-5,3,0

        """,
      output: [
        "panel": """
        period,actor1,actor2,events,incidents,fatalities_low,fatalities_best,fatalities_high,goldstein_sum,\
        goldstein_mean,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict
        2021-11-01,Pakistan,TTP,2,2,,0,,18,9,0,2,0,0
        2021-12-01,Afghan Taliban,Pakistan,1,1,,0,,-9.2,-9.2,0,0,0,1
        2021-12-01,Pakistan,TTP,2,46,,0,,-17,-8.5,0,0,0,2

        """
      ]),
    PluginExample(
      "Actors, where the data name only the one who acts",
      parameters: "{unit: actor, period: year}",
      events: """
        event_id,date_start,actor1,fatalities_best
        1,2021-02-01,Rebels,2
        2,2021-08-01,Rebels,1
        3,2021-10-01,Army,

        """,
      output: [
        "panel": """
        period,actor,events,incidents,fatalities_low,fatalities_best,fatalities_high,goldstein_sum,goldstein_mean,\
        verbal_cooperation,material_cooperation,verbal_conflict,material_conflict
        2021-01-01,Army,1,1,,,,,,,,,
        2021-01-01,Rebels,2,2,,3,,,,,,,

        """
      ]),
    PluginExample(
      "Zeros in covered quarters: the first and the last are covered in part, so their silence says nothing",
      parameters: "{unit: country, period: quarter, zero_fill: covered}",
      events: """
        event_id,date_start,actor1,actor2,code,country,fatalities_best,goldstein,quad_class
        1,2020-12-31,A,B,190,PAK,2,-10,4
        2,2021-02-01,A,B,190,AFG,1,-10,4
        3,2021-08-01,A,B,190,PAK,,-10,4
        4,2021-10-01,A,B,190,PAK,3,-10,4

        """,
      output: [
        "panel": """
        period,country,events,incidents,fatalities_low,fatalities_best,fatalities_high,goldstein_sum,goldstein_mean,\
        verbal_cooperation,material_cooperation,verbal_conflict,material_conflict
        2020-10-01,PAK,1,1,,2,,-10,-10,0,0,0,1
        2021-01-01,AFG,1,1,,1,,-10,-10,0,0,0,1
        2021-01-01,PAK,0,0,,0,,0,,0,0,0,0
        2021-04-01,AFG,0,0,,0,,0,,0,0,0,0
        2021-04-01,PAK,0,0,,0,,0,,0,0,0,0
        2021-07-01,AFG,0,0,,0,,0,,0,0,0,0
        2021-07-01,PAK,1,1,,,,-10,-10,0,0,0,1
        2021-10-01,PAK,1,1,,3,,-10,-10,0,0,0,1

        """
      ]),
    PluginExample(
      "An event of ten days, of which seven fall in the first month and three in the next, is spread",
      parameters: "{unit: directed-dyad, multi_period: spread}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,incidents,goldstein,quad_class,fatalities_best
        1,2021-01-25,2021-02-03,day,A,B,190,10,-10,4,5
        2,2021-02-03,2021-02-03,day,B,A,190,1,-10,4,1

        """,
      output: [
        "panel": """
        period,actor1,actor2,events,incidents,fatalities_low,fatalities_best,fatalities_high,goldstein_sum,\
        goldstein_mean,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict
        2021-01-01,A,B,1,7,,4,,-10,-10,0,0,0,1
        2021-02-01,A,B,0,3,,1,,,,0,0,0,0
        2021-02-01,B,A,1,1,,1,,-10,-10,0,0,0,1

        """
      ]),
    PluginExample(
      "An actor has the events of both its sides; an event within one actor counts once",
      parameters: "{unit: actor, period: year, multi_period: exclude}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,goldstein,quad_class
        1,2021-03-01,2021-03-01,day,A,B,042,1.9,1
        2,2021-04-01,2021-04-01,day,B,B,190,-10,4
        3,2021-05-01,2021-05-01,day,,B,190,-10,4
        4,2021-12-31,2022-01-01,day,A,B,190,-10,4

        """,
      output: [
        "panel": """
        period,actor,events,incidents,fatalities_low,fatalities_best,fatalities_high,goldstein_sum,goldstein_mean,\
        verbal_cooperation,material_cooperation,verbal_conflict,material_conflict
        2021-01-01,A,1,1,,,,1.9,1.9,1,0,0,0
        2021-01-01,B,3,3,,,,-18.1,-6.033333333333333,1,0,0,2

        """
      ]),
  ]
}
