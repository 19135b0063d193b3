public import Workbench

extension UCDPSource {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "A yearly release: dates, types of violence, estimates",
      parameters: "{path: GEDEvent_v25_1.csv}",
      files: [
        "GEDEvent_v25_1.csv": """
        id,type_of_violence,side_a,side_b,number_of_sources,source_office,where_prec,where_coordinates,adm_1,latitude,longitude,country,country_id,event_clarity,date_prec,date_start,date_end,best,high,low
        900001,1,Government of Arnor,Rangers,2,Northern News,1,Bree town,North province,34.5,71.25,Pakistan,770,1,1,2014-03-01 00:00:00.000,2014-03-01 00:00:00.000,2,3,1
        900002,3,Rangers,Civilians,-1,,4,North province,North province,34.75,71,Pakistan,770,2,4,2014-03-01 00:00:00.000,2014-03-31 00:00:00.000,0,7,0

        """
      ],
      output: [
        "events": """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,quad_class,goldstein,fatalities_low,fatalities_best,fatalities_high,latitude,longitude,geo_precision,country,admin1,place,reports,outlet
        900001,2014-03-01,2014-03-01,day,Government of Arnor,Rangers,state-based,4,-10,1,2,3,34.5,71.25,1,PAK,North province,Bree town,2,Northern News
        900002,2014-03-01,2014-03-31,month,Rangers,Civilians,one-sided,4,-9,0,0,7,34.75,71,4,PAK,North province,North province,,

        """
      ]),
    PluginExample(
      "A file of the Humanitarian Data Exchange, state-based conflict alone, high estimates",
      parameters: "{path: pakistan.csv, violence: [state-based], max_where_prec: 3, estimate: high}",
      files: [
        "pakistan.csv": """
        id,type_of_violence,side_a,side_b,where_prec,iso3,date_start,date_end,best,high,low
        ,,#group+name+first,#group+name+second,,#country+code,#date+start,#date+end,#affected+killed,,
        900001,1,Government of Arnor,Rangers,1,PAK,2014-03-01,2014-03-01,2,3,1
        900002,3,Rangers,Civilians,1,PAK,2014-03-02,2014-03-02,4,4,4
        900003,1,Government of Arnor,Rangers,6,PAK,2014-03-03,2014-03-03,5,5,5

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,fatalities_low,fatalities_best,fatalities_high,geo_precision,country
        900001,2014-03-01,Government of Arnor,Rangers,state-based,4,-10,1,3,3,1,PAK

        """
      ]),
  ]
}
