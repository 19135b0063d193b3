public import Workbench

extension CSVSource {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Canonical names, scores from the codes",
      parameters: "{path: events.csv, directed: true, ontology: cameo}",
      files: [
        "events.csv": """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,fatalities_best,note
        1,2021-11-09,2021-12-09,span,Pakistan,TTP,0871,,"A truce, for a month"
        2,2021-12-10,2021-12-10,day,TTP,Pakistan,190,4,
        3,2021-12-11,,,TTP,Pakistan,,,No code

        """
      ],
      output: [
        "events": """
        event_id,date_start,date_end,date_precision,actor1,actor2,code,quad_class,goldstein,fatalities_best
        1,2021-11-09,2021-12-09,span,Pakistan,TTP,0871,2,9,
        2,2021-12-10,2021-12-10,day,TTP,Pakistan,190,4,-10,4
        3,2021-12-11,2021-12-11,day,TTP,Pakistan,,,,

        """
      ]),
    PluginExample(
      "A scale of your own",
      parameters: "{path: raids.csv, scale: scale.csv}",
      files: [
        "raids.csv": """
        date_start,actor1,actor2,event_class
        1921-03-01,Clan,Garrison,raid
        1921-03-09,Garrison,Clan,feast
        1921-04-02,Clan,Garrison,parley

        """,
        "scale.csv": """
        class,goldstein,quad_class
        raid,-7.5,4
        feast,2.5,2
        parley,0,

        """,
      ],
      output: [
        "events": """
        date_start,actor1,actor2,code,quad_class,goldstein
        1921-03-01,Clan,Garrison,raid,4,-7.5
        1921-03-09,Garrison,Clan,feast,2,2.5
        1921-04-02,Clan,Garrison,parley,,0

        """
      ]),
    PluginExample(
      "The file's own names and dates",
      parameters: """
        path: incidents.csv
        columns: {date_start: Event date, actor1: Side A, actor2: Side B, fatalities_best: Killed}
        date_format: d MMM yyyy
        delimiter: semicolon
        """,
      files: [
        "incidents.csv": """
        Side A;Side B;Event date;Killed;Remarks
        Army;Rebels;3 Mar 2014;2;
        Rebels;Army;28 dec 2014;;"near the river; at night"

        """
      ],
      output: [
        "events": """
        date_start,actor1,actor2,fatalities_best
        2014-03-03,Army,Rebels,2
        2014-12-28,Rebels,Army,

        """
      ]),
    PluginExample(
      "Year, month and day in columns of their own",
      parameters: "{path: attacks.csv, columns: {date_start: [iyear, imonth, iday], place: city}}",
      files: [
        "attacks.csv": """
        iyear,imonth,iday,actor1,city
        2014,3,9,Rebels,Northgate
        2014,3,0,Rebels,Southgate
        2014,,,Rebels,

        """
      ],
      output: [
        "events": """
        date_start,date_end,date_precision,actor1,place
        2014-03-09,2014-03-09,day,Rebels,Northgate
        2014-03-01,2014-03-31,month,Rebels,Southgate
        2014-01-01,2014-12-31,year,Rebels,

        """
      ]),
    PluginExample(
      "Rows that cannot be read are left out and counted",
      parameters: "{path: events.csv, on_bad_row: skip}",
      files: [
        "events.csv": """
        date_start,actor1,fatalities_best
        2021-02-28,Army,1
        2021-02-30,Army,1
        2021-03-01,Army,-9
        2021-03-02,Rebels,

        """
      ],
      output: [
        "events": """
        date_start,actor1,fatalities_best
        2021-02-28,Army,1
        2021-03-02,Rebels,

        """
      ]),
    PluginExample(
      "Several files, and words for missing values",
      parameters: """
        path: [2013.csv, 2014.csv]
        missing: [NA, "-99"]
        date_format: yyyy-mm-dd* | d MMMM yyyy
        """,
      files: [
        "2013.csv": """
        date_start,actor1,fatalities_best
        2013-12-31 00:00:00.000,Army,-99

        """,
        "2014.csv": """
        actor1,date_start,fatalities_best
        Rebels,1 January 2014,3
        NA,2 January 2014,0

        """,
      ],
      output: [
        "events": """
        date_start,actor1,fatalities_best
        2013-12-31,Army,
        2014-01-01,Rebels,3
        2014-01-02,,0

        """
      ]),
    PluginExample(
      "A tab file without quoting",
      parameters: "{path: events.tab, delimiter: tab, quoting: false, ontology: plover, directed: true}",
      files: [
        "events.tab":
          "date_start\tactor1\tactor2\tevent_class\tplace\n2018-06-01\tUnited States\tNorth Korea\tCONSULT-visit\t5\" shell\n"
      ],
      output: [
        "events": """
        date_start,actor1,actor2,code,quad_class,goldstein,place
        2018-06-01,United States,North Korea,CONSULT-visit,1,4,"5"" shell"

        """
      ]),
  ]
}
