public import Workbench

extension ICEWSSource {
  /// Documentation that is also a test; the events are invented.
  public static let examples = [
    PluginExample(
      "Who did what to whom",
      parameters: "{path: events.tab}",
      files: [
        "events.tab": """
        Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Country\tPublisher\tCity\tProvince\tCountry\tLatitude\tLongitude
        901\t2018-06-01\tCitizen (Arnor)\tArnor\tConsult\t040\t1.0\tTown "Council\tArnor\tThe Arnor Daily\tAnnuminas\tNA\tPakistan\t33.72\t73.06
        902\t2018-06-02\tArmed Band (Gondor)\tGondor\tUse conventional military force\t190\t-10.0\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,code,quad_class,goldstein,latitude,longitude,country,admin1,place,outlet
        901,2018-06-01,Citizen (Arnor),"Town ""Council",040,1,1,33.72,73.06,PAK,,Annuminas,The Arnor Daily
        902,2018-06-02,Armed Band (Gondor),,190,4,-10,,,,,,

        """
      ])
  ]
}
