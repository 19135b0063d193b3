/// A column an event table may have; the raw value is its place in every listing, and its name is that of the CSV.
public enum EventColumn: Int, Sendable, CaseIterable {
  case id, firstDay, lastDay, datePrecision, actor1, actor2, eventClass, quadClass, goldstein
  case incidents, incidentsLow, incidentsHigh, fatalitiesLow, fatalitiesBest, fatalitiesHigh
  case latitude, longitude, geoPrecision, country, admin1, place, about, reports, outlet, confidence, record

  /// What a column's values are.
  public enum Kind: String, Sendable {
    case days, integers, bytes, scores, reals, codes, text, records
  }

  /// What the column's values are.
  public var kind: Kind {
    switch self {
    case .firstDay, .lastDay: .days
    case .incidents, .incidentsLow, .incidentsHigh, .fatalitiesLow, .fatalitiesBest, .fatalitiesHigh, .reports:
      .integers
    case .datePrecision, .quadClass, .geoPrecision: .bytes
    case .goldstein: .scores
    case .latitude, .longitude, .confidence: .reals
    case .actor1, .actor2, .eventClass, .country, .admin1, .place, .about, .outlet: .codes
    case .id: .text
    case .record: .records
    }
  }

  /// The column's name in the canonical CSV.
  public var name: String {
    switch self {
    case .id: "event_id"
    case .firstDay: "date_start"
    case .lastDay: "date_end"
    case .datePrecision: "date_precision"
    case .actor1: "actor1"
    case .actor2: "actor2"
    case .eventClass: "code"
    case .quadClass: "quad_class"
    case .goldstein: "goldstein"
    case .incidents: "incidents"
    case .incidentsLow: "incidents_low"
    case .incidentsHigh: "incidents_high"
    case .fatalitiesLow: "fatalities_low"
    case .fatalitiesBest: "fatalities_best"
    case .fatalitiesHigh: "fatalities_high"
    case .latitude: "latitude"
    case .longitude: "longitude"
    case .geoPrecision: "geo_precision"
    case .country: "country"
    case .admin1: "admin1"
    case .place: "place"
    case .about: "about"
    case .reports: "reports"
    case .outlet: "outlet"
    case .confidence: "confidence"
    case .record: "record"
    }
  }

  /// What the column means, in one line.
  public var meaning: String {
    switch self {
    case .id: "the dataset's own identifier of the event"
    case .firstDay: "first day of the event; any row but a span counts in the period of this day"
    case .lastDay: "last day of the event; the first day where the source gives one day only"
    case .datePrecision:
      "how precisely the event is dated: day, week, month, quarter, year, or span for a lasting state"
    case .actor1: "first actor; the one who acts, where the data are directed"
    case .actor2: "second actor; the one acted on, where the data are directed"
    case .eventClass: "the dataset's own category; CAMEO codes are strings and keep their leading zeros"
    case .quadClass: "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    case .goldstein: "Goldstein score, from -10 (most conflictual) to 10 (most cooperative)"
    case .incidents: "how many incidents the row stands for"
    case .incidentsLow: "lowest credible number of incidents the row stands for"
    case .incidentsHigh: "highest credible number of incidents the row stands for"
    case .fatalitiesLow: "fatalities, low estimate; empty is unknown, not zero"
    case .fatalitiesBest: "fatalities, best estimate; empty is unknown, not zero"
    case .fatalitiesHigh: "fatalities, high estimate; empty is unknown, not zero"
    case .latitude: "degrees north, WGS 84"
    case .longitude: "degrees east, WGS 84"
    case .geoPrecision: "how precisely the event is placed, on the scale of the dataset: less is more precise"
    case .country: "country where it happened, ISO 3166-1 alpha-3 where known"
    case .admin1: "first administrative division"
    case .place: "name of the place"
    case .about: "subject of a demand, promise or refusal"
    case .reports: "number of reports behind the event"
    case .outlet: "who reported it"
    case .confidence: "the coder's confidence, from 0 to 1"
    case .record: "file and byte of the raw record"
    }
  }
}

/// A set of event columns: what a source provides, or a step needs.
public struct EventColumns: OptionSet, Sendable, Hashable {
  /// One bit for each column, by its raw value.
  public let rawValue: UInt32
  /// Makes a set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// Makes a set of columns.
  public init(_ columns: [EventColumn]) { rawValue = columns.reduce(0) { $0 | 1 << UInt32($1.rawValue) } }

  /// The identifier.
  public static let id = Self([.id])
  /// First day, last day and precision: in every table, whether asked for or not.
  public static let dates = Self([.firstDay, .lastDay, .datePrecision])
  /// Both actors.
  public static let actors = Self([.actor1, .actor2])
  /// The dataset's own category.
  public static let eventClass = Self([.eventClass])
  /// The quad class.
  public static let quadClass = Self([.quadClass])
  /// The Goldstein score.
  public static let goldstein = Self([.goldstein])
  /// How many incidents a row stands for, with bounds.
  public static let incidents = Self([.incidents, .incidentsLow, .incidentsHigh])
  /// The three estimates of the dead.
  public static let fatalities = Self([.fatalitiesLow, .fatalitiesBest, .fatalitiesHigh])
  /// Latitude and longitude.
  public static let coordinates = Self([.latitude, .longitude])
  /// The dataset's own precision of places.
  public static let geoPrecision = Self([.geoPrecision])
  /// The country.
  public static let country = Self([.country])
  /// The first administrative division.
  public static let admin1 = Self([.admin1])
  /// The name of the place.
  public static let place = Self([.place])
  /// The subject of a demand, promise or refusal.
  public static let about = Self([.about])
  /// The number of reports.
  public static let reports = Self([.reports])
  /// Who reported it.
  public static let outlet = Self([.outlet])
  /// The coder's confidence.
  public static let confidence = Self([.confidence])
  /// The way back to the raw record.
  public static let record = Self([.record])
  /// Every column.
  public static let all = Self(EventColumn.allCases)

  /// The columns in their fixed order.
  public var columns: [EventColumn] { EventColumn.allCases.filter(contains) }
  /// Whether a column is in the set.
  public func contains(_ column: EventColumn) -> Bool { rawValue >> UInt32(column.rawValue) & 1 == 1 }
}

/// What a source promises, or an analyzer needs.
public struct EventSchema: Sendable, Hashable {
  /// The columns that are there.
  public var columns: EventColumns
  /// Whether actor 1 acts on actor 2.
  public var direction: DyadDirection
  /// The scheme that event classes belong to, such as `cameo` or `plover`; nil where they belong to none known.
  public var ontology: String?

  /// Makes a schema.
  public init(columns: EventColumns, direction: DyadDirection, ontology: String? = nil) {
    self.columns = columns.union(.dates)
    self.direction = direction
    self.ontology = ontology
  }
  /// What is promised of events that come from either of two sources: what both have; directed only if both are.
  public func intersection(_ other: EventSchema) -> EventSchema {
    EventSchema(
      columns: columns.intersection(other.columns),
      direction: direction == .directed && other.direction == .directed ? .directed : .undirected,
      ontology: ontology == other.ontology ? ontology : nil)
  }
}
