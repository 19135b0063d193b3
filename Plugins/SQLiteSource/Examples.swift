public import Workbench

extension SQLiteSource {
  /// Documentation that is also a test; each database is shown as the SQL that makes it.
  public static let examples = [
    PluginExample(
      "A table with its own names",
      parameters: """
        path: incidents.sqlite
        table: incidents
        columns: {event_id: id, date_start: day, actor1: side_a, actor2: side_b, fatalities_best: killed}
        """,
      files: [
        "incidents.sqlite": """
        CREATE TABLE incidents (id INTEGER PRIMARY KEY, day TEXT, side_a TEXT, side_b TEXT, killed INTEGER, note TEXT);
        INSERT INTO incidents VALUES (7, '2014-12-28', 'Rebels', 'Army', NULL, 'near the river');
        INSERT INTO incidents VALUES (3, '2014-03-03', 'Army', 'Rebels', 2, '');

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,actor2,fatalities_best
        3,2014-03-03,Army,Rebels,2
        7,2014-12-28,Rebels,Army,

        """
      ]),
    PluginExample(
      "A query: whole numbers as dates, names from another table",
      parameters: """
        path: coded.sqlite
        query: >-
          SELECT events.id AS event_id, day AS date_start, name AS actor1, code
          FROM events JOIN actors ON actors.id = events.actor ORDER BY events.id
        directed: true
        ontology: cameo
        """,
      files: [
        "coded.sqlite": """
        CREATE TABLE actors (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE events (id TEXT, day INTEGER, actor INTEGER, code TEXT);
        INSERT INTO actors VALUES (1, 'TTP'), (2, 'Pakistan');
        INSERT INTO events VALUES ('b', 20211230, 1, '190');
        INSERT INTO events VALUES ('a', 20211217, 2, '040');

        """
      ],
      output: [
        "events": """
        event_id,date_start,actor1,code,quad_class,goldstein
        a,2021-12-17,Pakistan,040,1,1
        b,2021-12-30,TTP,190,4,-10

        """
      ]),
    PluginExample(
      "Rows that cannot be read are left out and counted",
      parameters: "{path: events.sqlite, table: events, on_bad_row: skip}",
      files: [
        "events.sqlite": """
        CREATE TABLE events (date_start, actor1, latitude, fatalities_best);
        INSERT INTO events VALUES ('2021-02-28', 'Army', 33.5, 1);
        INSERT INTO events VALUES ('2021-02-30', 'Army', 33.5, 1);
        INSERT INTO events VALUES ('2021-03-01', x'00ff', 33.5, 1);
        INSERT INTO events VALUES (2459275.5, 'Army', 33.5, 1);
        INSERT INTO events VALUES ('2021-03-02', 'Rebels', 34, '2');

        """
      ],
      output: [
        "events": """
        date_start,actor1,fatalities_best,latitude
        2021-02-28,Army,1,33.5
        2021-03-02,Rebels,2,34

        """
      ]),
  ]
}
