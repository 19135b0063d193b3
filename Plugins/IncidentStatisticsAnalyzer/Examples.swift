public import Workbench

extension IncidentStatisticsAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Violence by month: a truce is an event but no incident, and 'up to 45' has no lower bound but one",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,incidents,incidents_low,incidents_high,\
        fatalities_best
        1,2021-11-01,2022-01-31,span,Pakistan,TTP,191,1,,,
        2,2021-11-09,2021-11-09,day,TTP,Pakistan,0871,1,,,0
        3,2021-12-01,2021-12-31,month,TTP,Pakistan,180,45,,45,
        4,2021-12-17,2021-12-17,day,Pakistan,TTP,185,1,,,0
        5,2022-01-06,2022-01-06,day,TTP,Pakistan,190,1,,,5
        6,2022-01-31,2022-01-31,day,Afghan Taliban,Pakistan,120,1,,,0

        """,
      output: [
        "summary": """
        period,events,incidents,incidents_low,incidents_high,fatal_events,fatalities_low,fatalities_best,\
        fatalities_high,fatalities_missing,rank,days_covered,complete,rate_ratio,rate_ratio_low,rate_ratio_high
        2021-11-01,1,0,0,0,0,,0,,0,3,30,true,,,
        2021-12-01,2,46,2,46,0,,0,,1,1,31,true,,0.1817507524,
        2022-01-01,2,1,1,1,1,,5,,0,2,31,true,0.021739130434782608,0.000538821878,9.604529885

        """
      ]),
    PluginExample(
      "Chosen classes by quarter: of the first and the last only some days are covered, and rates are by day",
      parameters: "{period: quarter, classes: [\"17\", \"18\"]}",
      events: """
        event_id,date_start,actor1,actor2,code,fatalities_low,fatalities_best,fatalities_high
        1,2021-03-02,A,B,180,0,1,2
        2,2021-04-10,A,B,1723,,,
        3,2021-05-10,A,B,183,3,4,9
        4,2021-05-11,B,A,057,0,0,0
        5,2021-06-11,A,B,181,,,
        6,2021-07-31,B,A,190,7,7,7

        """,
      output: [
        "summary": """
        period,events,incidents,incidents_low,incidents_high,fatal_events,fatalities_low,fatalities_best,\
        fatalities_high,fatalities_missing,rank,days_covered,complete,rate_ratio,rate_ratio_low,rate_ratio_high
        2021-01-01,1,1,1,1,1,0,1,2,0,2,30,false,,,
        2021-04-01,4,3,3,3,1,3,4,9,2,1,91,true,0.989010989010989,0.07941106412,51.92046866
        2021-07-01,1,0,0,0,0,0,0,0,0,3,31,false,0,0,7.103729751

        """
      ]),
    PluginExample(
      "The quality of records: what is missing, how precise the dates are, and which records may be the same event",
      parameters: "{period: year, classes: \"19\"}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,place,geo_precision,latitude
        1,2021-01-01,2021-01-01,day,A,B,190,Kabul,1,34.5
        2,2021-01-01,2021-01-01,day,A,B,190,Kabul,1,34.5
        2,2021-01-01,2021-01-01,day,A,B,190,Herat,3,
        4,2021-02-01,2021-02-28,month,,B,190,,,

        """,
      output: [
        "quality": """
        measure,item,count,share
        date-precision,day,3,0.75
        date-precision,month,1,0.25
        date-precision,quarter,0,0
        date-precision,span,0,0
        date-precision,week,0,0
        date-precision,year,0,0
        duplicates,same-days-actors-class,2,0.5
        duplicates,same-days-actors-class-about-place,1,0.25
        duplicates,same-id,1,0.25
        geo-precision,1,2,0.5
        geo-precision,3,1,0.25
        missing,about,4,1
        missing,actor1,1,0.25
        missing,actor2,0,0
        missing,admin1,4,1
        missing,code,0,0
        missing,confidence,4,1
        missing,country,4,1
        missing,event_id,0,0
        missing,fatalities_best,4,1
        missing,fatalities_high,4,1
        missing,fatalities_low,4,1
        missing,geo_precision,1,0.25
        missing,goldstein,0,0
        missing,incidents,4,1
        missing,incidents_high,4,1
        missing,incidents_low,4,1
        missing,latitude,2,0.5
        missing,longitude,4,1
        missing,outlet,4,1
        missing,place,1,0.25
        missing,quad_class,0,0
        missing,reports,4,1
        records,all,4,1

        """
      ]),
  ]
}
