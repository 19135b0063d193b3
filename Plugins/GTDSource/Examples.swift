public import Workbench

extension GTDSource {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Unknown days, unknown numbers of the killed, a failed attack",
      parameters: "{path: gtd.csv}",
      files: [
        "gtd.csv": """
        eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,specificity,summary,success,attacktype1_txt,targtype1_txt,corp1,gname,nkill
        209901020001,2099,1,2,Pakistan,Balochistan,Quetta,30.1872,67.0125,1,"A bomb, invented, went off.",1,Bombing/Explosion,Military,Army,Blue Hill Front,3
        209903000001,2099,3,0,Afghanistan,Kabul,Unknown,,,5,,0,Assassination,Government (General),Ministry,Unknown,-99

        """
      ],
      output: [
        "events": """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,quad_class,goldstein,fatalities_best,latitude,longitude,geo_precision,country,admin1,place
        209901020001,2099-01-02,2099-01-02,day,Blue Hill Front,Military,Bombing/Explosion,4,-10,3,30.1872,67.0125,1,PAK,Balochistan,Quetta
        209903000001,2099-03-01,2099-03-31,month,Unknown,Government (General),Assassination,4,-9,,,,5,AFG,Kabul,

        """
      ]),
    PluginExample(
      "A cut of the database, with organizations as targets",
      parameters: "{path: cut.csv, target: organization}",
      files: [
        "cut.csv": """
        iyear,imonth,iday,attacktype1_txt,corp1,gname,nkill
        2099,5,6,Armed Assault,Frontier Force,Blue Hill Front,

        """
      ],
      output: [
        "events": """
        date_start,actor1,actor2,code,quad_class,goldstein,fatalities_best
        2099-05-06,Blue Hill Front,Frontier Force,Armed Assault,4,-10,

        """
      ]),
  ]
}
