public import Workbench

extension IncidentStatisticsAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Violence by month: a truce is an event but no incident, and 'up to 45' has no lower bound but one",
      parameters: "{tables: summary}",
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
        by,group,period,events,incidents,incidents_low,incidents_high,mean_of_4,fatal_events,fatal_share,\
        fatal_share_low,fatal_share_high,fatalities_low,fatalities_best,fatalities_best_low,fatalities_best_high,\
        fatalities_high,fatalities_missing,lethality,rank,last_as_high,days_covered,complete,rate,\
        rate_low,rate_high,interval,rate_ratio,rate_ratio_low,\
        rate_ratio_high,year_ratio,year_ratio_low,year_ratio_high,baseline_ratio,baseline_ratio_low,\
        baseline_ratio_high,low_base
        all,all,2021-11-01,1,0,0,0,,0,,,,,0,,,,0,,3,,30,true,0,0,3.688879454,exact,,,,,,,,,,
        all,all,2021-12-01,2,46,2,46,,0,0,0,0.6576197725,,0,,,,1,0,1,,31,true,44.51612903,0.234396076,59.37827778,exact,\
        ,0.1817507524,,,,,,,,previous
        all,all,2022-01-01,2,1,1,1,,1,1,0.2065493144,1,,5,,,,0,5,2,2021-12-01,31,true,0.9677419355,0.0245011045,\
        5.391912959,exact,0.02173913043,0.000538821878,9.604529885,,,,,,,

        """
      ]),
    PluginExample(
      "Chosen classes by quarter: of the first and the last only some days are covered, and rates are by day",
      parameters: "{period: quarter, classes: [\"17\", \"18\"], tables: [summary]}",
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
        by,group,period,events,incidents,incidents_low,incidents_high,mean_of_4,fatal_events,fatal_share,\
        fatal_share_low,fatal_share_high,fatalities_low,fatalities_best,fatalities_best_low,fatalities_best_high,\
        fatalities_high,fatalities_missing,lethality,rank,last_as_high,days_covered,complete,rate,\
        rate_low,rate_high,interval,rate_ratio,rate_ratio_low,\
        rate_ratio_high,year_ratio,year_ratio_low,year_ratio_high,baseline_ratio,baseline_ratio_low,\
        baseline_ratio_high,low_base
        all,all,2021-01-01,1,1,1,1,,1,1,0.2065493144,1,0,1,,,2,0,1,,,30,false,1,0.02531780798,5.571643391,exact,,,,,,,,,,
        all,all,2021-04-01,4,3,3,3,,1,0.3333333333,0.06149194472,0.7923403992,3,4,,,9,2,4,1,,91,true,0.989010989,\
        0.2039578427,2.890309803,exact,0.989010989,0.07941106412,51.92046866,,,,,,,previous
        all,all,2021-07-01,1,0,0,0,,0,,,,0,0,,,0,0,,,,31,false,0,0,3.569883343,exact,0,0,7.103729751,,,,,,,previous

        """
      ]),
    PluginExample(
      "The quality of records: what is missing, how precise the dates are, and which records may be the same event",
      parameters: "{period: year, classes: \"19\", tables: quality}",
      events: """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,place,geo_precision,latitude
        1,2021-01-01,2021-01-01,day,A,B,190,Kabul,1,34.5
        2,2021-01-01,2021-01-01,day,A,B,190,Kabul,1,34.5
        2,2021-01-01,2021-01-01,day,A,B,190,Herat,3,
        4,2021-02-01,2021-02-28,month,,B,190,,,

        """,
      output: [
        "quality": """
        by,group,measure,item,count,share
        all,all,date-precision,day,3,0.75
        all,all,date-precision,month,1,0.25
        all,all,date-precision,quarter,0,0
        all,all,date-precision,span,0,0
        all,all,date-precision,week,0,0
        all,all,date-precision,year,0,0
        all,all,duplicates,same-days-actors-class,2,0.5
        all,all,duplicates,same-days-actors-class-about-place,1,0.25
        all,all,duplicates,same-id,1,0.25
        all,all,geo-precision,1,2,0.5
        all,all,geo-precision,3,1,0.25
        all,all,missing,about,4,1
        all,all,missing,actor1,1,0.25
        all,all,missing,actor2,0,0
        all,all,missing,admin1,4,1
        all,all,missing,code,0,0
        all,all,missing,confidence,4,1
        all,all,missing,country,4,1
        all,all,missing,event_id,0,0
        all,all,missing,fatalities_best,4,1
        all,all,missing,fatalities_high,4,1
        all,all,missing,fatalities_low,4,1
        all,all,missing,geo_precision,1,0.25
        all,all,missing,goldstein,0,0
        all,all,missing,incidents,4,1
        all,all,missing,incidents_high,4,1
        all,all,missing,incidents_low,4,1
        all,all,missing,latitude,2,0.5
        all,all,missing,longitude,4,1
        all,all,missing,outlet,4,1
        all,all,missing,place,1,0.25
        all,all,missing,quad_class,0,0
        all,all,missing,reports,4,1
        all,all,records,all,4,1

        """
      ]),
    PluginExample(
      "Ten incidents of two months: what they are too few for is said in a line, the rest is computed",
      parameters: "{tables: [cross, trend, changes, concentration], by: admin1}",
      events: """
        event_id,date_start,actor1,actor2,code,admin1,place,fatalities_best
        1,2021-03-01,A,B,180,North,Ash,1
        2,2021-03-05,A,B,183,North,Ash,2
        3,2021-03-09,A,B,183,North,Ash,
        4,2021-03-20,A,B,183,North,Birch,0
        5,2021-04-01,B,A,190,South,Cedar,3
        6,2021-04-04,B,A,190,South,Cedar,0
        7,2021-04-11,B,A,190,South,Dale,0
        8,2021-04-19,B,A,190,South,Cedar,1
        9,2021-04-28,,A,183,,,6
        10,2021-04-30,A,B,183,North,Birch,0

        """,
      output: [
        "association": """
        by,records,missing,classes,groups,chi_squared,degrees,least_expected,p,method,q,cramers_v,note
        admin1,9,1,3,2,,2,0.4444444444,,,,,fewer than 10 records

        """,
        "cross": """
        by,event_class,group,records,class_share,group_share,expected,residual
        admin1,180,North,1,1,0.2,0.5555555556,0.9486832981
        admin1,180,South,0,0,0,0.4444444444,-0.9486832981
        admin1,183,North,4,1,0.8,2.222222222,2.4
        admin1,183,South,0,0,0,1.777777778,-2.4
        admin1,190,North,0,0,0,2.222222222,-3
        admin1,190,South,4,1,1,1.777777778,3

        """,
        "trend": """
        by,group,from,to,periods,incidents,autocorrelation_p,test,s,tau,z,p,q,slope,slope_low,slope_high,growth,\
        growth_low,growth_high,doubling_days,doubling_days_low,doubling_days_high,unattributed_share,\
        growth_if_proportional,growth_if_all,note
        admin1,North,2021-03-01,2021-04-30,2,5,,,,,,,,,,,,,,,,,0.1,,,fewer than 8 months are wholly covered
        admin1,South,2021-03-01,2021-04-30,2,4,,,,,,,,,,,,,,,,,0.1,,,fewer than 8 months are wholly covered
        all,all,2021-03-01,2021-04-30,2,10,,,,,,,,,,,,,,,,,,,,fewer than 8 months are wholly covered

        """,
      ]),
  ]
}
