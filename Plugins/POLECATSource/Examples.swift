public import Workbench

extension POLECATSource {
  /// Documentation that is also a test; the events are invented.
  public static let examples = [
    PluginExample(
      "Type and mode as one class",
      parameters: "{path: events.txt}",
      files: [
        "events.txt": """
        Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tActor Name\tActor Country\tRecipient Name\tRecipient Country\tCountry\tCity\tLatitude\tLongitude\tSource
        p-1\t2023-01-01\tRETREAT\tceasefire\t7.5\tArmed Band\tNone\tArnor; Gondor\tPAK\tPAK\tAnnuminas\t33.72\t73.06\tThe Arnor Daily
        p-2\t2023-01-02\tAGREE\tNone\t2.5\tArnor\tPAK\tNone\tNone\tNone\tNone\tNone\tNone\tNone

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,latitude,longitude,country,place,outlet
        p-1,2023-01-01,Armed Band,Arnor,RETREAT-ceasefire,2,7.5,33.72,73.06,PAK,Annuminas,The Arnor Daily
        p-2,2023-01-02,Arnor,,AGREE,1,2.5,,,,,

        """
      ])
  ]
}
