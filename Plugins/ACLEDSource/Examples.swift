public import Workbench

extension ACLEDSource {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Sub-event types, kinds of actors by name",
      parameters: "{path: arnor.csv}",
      files: [
        "arnor.csv": """
        event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,civilian_targeting,iso,country,admin1,location,latitude,longitude,geo_precision,source,fatalities
        ARN1,16 May 2025,1,Battles,Armed clash,Military Forces of Arnor (2022-),State forces,Rangers,Rebel group,,586,Pakistan,North,Bree,34.5,71.25,1,Northern News; Southern Post,3
        ARN2,17 May 2025,2,Protests,Peaceful protest,Protesters (Arnor),Protesters,,,,586,Pakistan,North,Bree,34.5,71.25,2,Northern News,0

        """
      ],
      output: [
        "events": """
        event_id,date_start,date_precision,actor1,actor2,code,quad_class,goldstein,fatalities_best,latitude,longitude,geo_precision,country,admin1,place,outlet
        ARN1,2025-05-16,day,Military Forces of Arnor (2022-),Rangers,Armed clash,4,-10,3,34.5,71.25,1,PAK,North,Bree,Northern News; Southern Post
        ARN2,2025-05-17,week,Protesters (Arnor),,Peaceful protest,3,-6.5,0,34.5,71.25,2,PAK,North,Bree,Northern News

        """
      ]),
    PluginExample(
      "Event types, violence of armed groups against civilians alone",
      parameters: "{path: arnor.csv, class: event-type, kinds: [rebels, political-militias], civilian_targeting: true}",
      files: [
        "arnor.csv": """
        event_id_cnty,event_date,event_type,sub_event_type,actor1,inter1,actor2,inter2,civilian_targeting,fatalities
        ARN1,2022-01-30,Battles,Armed clash,Military Forces of Arnor (2022-),1,Rangers,2,,3
        ARN2,2022-01-31,Violence against civilians,Attack,Rangers,2,Civilians (Arnor),7,Civilian targeting,2
        ARN3,2022-02-01,Violence against civilians,Attack,Military Forces of Arnor (2022-),1,Civilians (Arnor),7,Civilian targeting,1

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,fatalities_best
        ARN2,2022-01-31,Rangers,Civilians (Arnor),Violence against civilians,4,-9,2

        """
      ]),
  ]
}
