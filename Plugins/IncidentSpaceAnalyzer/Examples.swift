public import Workbench

extension IncidentSpaceAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Six incidents in two divisions: counted by cell, and too few for tests",
      parameters: "{cell: 1}",
      events: """
        event_id,date_start,actor1,actor2,code,admin1,latitude,longitude,geo_precision,fatalities_best
        1,2021-01-05,A,B,190,North,34.1,71.2,1,2
        2,2021-01-06,A,B,190,North,34.2,71.8,2,0
        3,2021-02-05,B,A,183,North,34.9,71.3,3,
        4,2021-03-09,A,B,190,South,31.5,68.5,1,1
        5,2021-03-10,A,B,180,South,,,,
        6,2021-03-11,A,B,057,South,31.5,68.5,1,9

        """,
      output: [
        "divisions": """
        country,admin1,incidents,share,rank,fatalities_low,fatalities_best,fatalities_high,first,last
        ,North,3,0.6,,,2,,2021-01-05,2021-02-05
        ,South,2,0.4,,,1,,2021-03-09,2021-03-10

        """,
        "cells": """
        latitude,longitude,incidents,share,neighbours,gi_star,p,q,verdict
        31.5,68.5,1,0.3333333333,0,,,,not tested
        34.5,71.5,2,0.6666666667,0,,,,not tested

        """,
        "clustering": """
        side,geo_precision,incidents,cells,moran,expected,z,p,hot_spots,cells_of_10,diffusion,note
        1,2,3,2,,,,,,0,0,fewer than 5 cells have incidents

        """,
        "placement": """
        geo_precision,incidents,share,sites
        1,2,0.4,2
        2,1,0.2,1
        3,1,0.2,1
        no place,1,0.2,0

        """,
      ])
  ]
}
