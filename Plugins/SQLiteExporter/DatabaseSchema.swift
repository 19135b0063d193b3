import EventModel

/// The tables, indexes and views that every database has, whatever the workspace.
enum DatabaseSchema {
  /// The bytes of "Casu": by them an export knows its own earlier file.
  static let applicationID = 0x4361_7375
  /// The version of what is declared here; a change that breaks a query raises it.
  static let version = 1

  static let beginning = """
    PRAGMA page_size = 8192;
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    """

  static let tables = """
    CREATE TABLE workspace (
      name TEXT NOT NULL PRIMARY KEY, title TEXT, license TEXT, record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE files (
      name TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
      may_redistribute INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE citations (position INTEGER PRIMARY KEY, citation TEXT NOT NULL) STRICT;
    CREATE TABLE event_sets (name TEXT NOT NULL PRIMARY KEY, events INTEGER NOT NULL) STRICT;
    CREATE TABLE actors (name TEXT NOT NULL PRIMARY KEY, kind TEXT) STRICT;
    CREATE TABLE events (
      event INTEGER PRIMARY KEY, event_set TEXT NOT NULL REFERENCES event_sets(name),
      \(eventColumns.map(declaration).joined(separator: ", "))
    ) STRICT;
    CREATE TABLE analyses (
      name TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, plugin TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tables (
      name TEXT NOT NULL PRIMARY KEY, analysis TEXT REFERENCES analyses(name), title TEXT NOT NULL,
      summary TEXT NOT NULL, rows INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE columns (
      "table" TEXT NOT NULL REFERENCES tables(name), position INTEGER NOT NULL, name TEXT NOT NULL,
      kind TEXT NOT NULL, unit TEXT, meaning TEXT NOT NULL, PRIMARY KEY ("table", position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE findings (
      finding INTEGER PRIMARY KEY, analysis TEXT NOT NULL REFERENCES analyses(name), rank INTEGER NOT NULL,
      strength TEXT NOT NULL, sentence TEXT NOT NULL, numbers TEXT NOT NULL
    ) STRICT;
    CREATE TABLE finding_events (
      finding INTEGER NOT NULL REFERENCES findings(finding), position INTEGER NOT NULL, event_id TEXT NOT NULL,
      event INTEGER REFERENCES events(event), PRIMARY KEY (finding, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE charts (
      analysis TEXT NOT NULL REFERENCES analyses(name), name TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
      "table" TEXT NOT NULL REFERENCES tables(name), specification TEXT NOT NULL, PRIMARY KEY (analysis, name)
    ) STRICT, WITHOUT ROWID;
    """

  static let indexes = """
    CREATE INDEX events_by_set_and_day ON events (event_set, date_start);
    CREATE INDEX events_by_id ON events (event_id);
    CREATE INDEX events_by_actor1 ON events (actor1);
    CREATE INDEX events_by_actor2 ON events (actor2);
    CREATE INDEX findings_by_analysis ON findings (analysis, rank);
    CREATE INDEX tables_by_analysis ON tables (analysis);
    """

  /// Findings name events by the dataset's own identifiers; the first event that has it is meant.
  static let links = """
    UPDATE finding_events
    SET event = (SELECT min(event) FROM events WHERE events.event_id = finding_events.event_id);
    """

  static let views = """
    CREATE VIEW evidence AS
      SELECT findings.analysis, findings.rank, findings.strength, findings.sentence, finding_events.position,
        events.event_id, events.date_start, events.date_end, events.actor1, events.actor2, events.code, events.about,
        events.goldstein, events.fatalities_best, events.place, events.event
      FROM findings JOIN finding_events USING (finding) LEFT JOIN events USING (event)
      ORDER BY findings.finding, finding_events.position;
    CREATE VIEW dyads AS
      SELECT event_set, min(actor1, actor2) AS actor_a, max(actor1, actor2) AS actor_b, count(*) AS events,
        min(date_start) AS first_day, max(date_start) AS last_day, sum(fatalities_low) AS fatalities_low,
        sum(fatalities_best) AS fatalities_best, sum(fatalities_high) AS fatalities_high,
        avg(goldstein) AS goldstein_mean
      FROM events WHERE actor1 IS NOT NULL AND actor2 IS NOT NULL AND date_precision <> 'span'
      GROUP BY event_set, actor_a, actor_b ORDER BY event_set, events DESC, actor_a, actor_b;
    CREATE VIEW months AS
      SELECT event_set, substr(date_start, 1, 7) AS month, count(*) AS events,
        sum(fatalities_low) AS fatalities_low, sum(fatalities_best) AS fatalities_best,
        sum(fatalities_high) AS fatalities_high, avg(goldstein) AS goldstein_mean
      FROM events WHERE date_precision <> 'span' GROUP BY event_set, month ORDER BY event_set, month;
    CREATE VIEW dictionary AS
      SELECT tables.analysis, columns."table", columns.name, columns.kind, columns.unit, columns.meaning,
        tables.summary, tables.rows
      FROM columns JOIN tables ON tables.name = columns."table" ORDER BY columns."table", columns.position;
    """

  /// The columns of events, which are there whether a source has them or not, so that queries work everywhere.
  static let eventColumns = EventColumn.allCases.filter { $0 != .record }

  private static func declaration(_ column: EventColumn) -> String {
    switch column {
    case .firstDay, .lastDay, .datePrecision: "\(column.name) TEXT NOT NULL"
    case .actor1, .actor2: "\(column.name) TEXT REFERENCES actors(name)"
    default: "\(column.name) \(type(of: column))"
    }
  }
  private static func type(of column: EventColumn) -> String {
    switch column.kind {
    case .integers, .bytes: "INTEGER"
    case .scores, .reals: "REAL"
    case .days, .codes, .text, .records: "TEXT"
    }
  }
}
