/// One event as a value: for building small tables, for tests and for printing.
///
/// Code that goes over many events takes columns instead.
public struct Event: Sendable, Hashable {
  /// The dataset's own identifier.
  public var id: String?
  /// The first day.
  public var firstDay: Day
  /// The last day.
  public var lastDay: Day
  /// How precisely it is dated.
  public var datePrecision: DatePrecision
  /// The first actor; the one who acts, where the data are directed.
  public var actor1: String?
  /// The second actor; the one acted on, where the data are directed.
  public var actor2: String?
  /// The dataset's own category.
  public var eventClass: String?
  /// The quad class.
  public var quadClass: QuadClass?
  /// The Goldstein score.
  public var goldstein: GoldsteinScore?
  /// How many incidents it stands for.
  public var incidents: Int32?
  /// The lowest credible number of incidents.
  public var incidentsLow: Int32?
  /// The highest credible number of incidents.
  public var incidentsHigh: Int32?
  /// The three estimates of the dead.
  public var fatalities: Fatalities
  /// Degrees north.
  public var latitude: Double?
  /// Degrees east.
  public var longitude: Double?
  /// How precisely it is placed, on the dataset's own scale.
  public var geoPrecision: UInt8?
  /// The country where it happened.
  public var country: String?
  /// The first administrative division.
  public var admin1: String?
  /// The name of the place.
  public var place: String?
  /// The subject of a demand, promise or refusal.
  public var about: String?
  /// The number of reports behind it.
  public var reports: Int32?
  /// Who reported it.
  public var outlet: String?
  /// The coder's confidence, from 0 to 1.
  public var confidence: Double?
  /// The way back to the raw record.
  public var record: RecordReference?

  /// Makes an event of one day; every other field is set afterwards.
  public init(id: String? = nil, day: Day, actor1: String? = nil, actor2: String? = nil, eventClass: String? = nil) {
    self.id = id
    firstDay = day
    lastDay = day
    datePrecision = .day
    self.actor1 = actor1
    self.actor2 = actor2
    self.eventClass = eventClass
    fatalities = Fatalities()
  }
}

extension EventTable {
  /// One event of the table.
  public subscript(row: Int) -> Event {
    var event = Event(id: id?[row], day: firstDay.values[row])
    event.lastDay = lastDay.values[row]
    event.datePrecision = DatePrecision(rawValue: datePrecision.values[row]) ?? .day
    event.actor1 = actor1?[row]
    event.actor2 = actor2?[row]
    event.eventClass = eventClass?[row]
    event.quadClass = quadClass?[row].flatMap(QuadClass.init(rawValue:))
    event.goldstein = goldstein?[row]
    event.incidents = integers(.incidents)?[row]
    event.incidentsLow = integers(.incidentsLow)?[row]
    event.incidentsHigh = integers(.incidentsHigh)?[row]
    event.fatalities = Fatalities(
      low: integers(.fatalitiesLow)?[row], best: integers(.fatalitiesBest)?[row],
      high: integers(.fatalitiesHigh)?[row])
    event.latitude = reals(.latitude)?[row]
    event.longitude = reals(.longitude)?[row]
    event.geoPrecision = bytes(.geoPrecision)?[row]
    event.country = codes(.country)?[row]
    event.admin1 = codes(.admin1)?[row]
    event.place = codes(.place)?[row]
    event.about = codes(.about)?[row]
    event.reports = integers(.reports)?[row]
    event.outlet = codes(.outlet)?[row]
    event.confidence = reals(.confidence)?[row]
    event.record = record?[row]
    return event
  }

  /// Collects events and hands them over as one table.
  public struct Builder: ~Copyable, Sendable {
    private let schema: EventSchema
    private var events: [Event] = []

    /// Starts a table with the columns of a schema.
    public init(_ schema: EventSchema) { self.schema = schema }

    /// Adds an event; fields that the schema does not have are left out.
    public mutating func append(_ event: Event) { events.append(event) }

    /// Hands over the table.
    public consuming func finish(coverage: [Coverage] = []) -> EventTable {
      let events = events
      func codes(_ field: (Event) -> String?) -> Values { .codes(CodedColumn(events.map(field))) }
      func integers(_ field: (Event) -> Int32?) -> Values { .integers(Column(events.map(field), placeholder: 0)) }
      func reals(_ field: (Event) -> Double?) -> Values { .reals(Column(events.map(field), placeholder: 0)) }
      var columns: [EventColumn: Values] = [:]
      for column in schema.columns.columns {
        columns[column] =
          switch column {
          case .id: .text(TextColumn(events.map(\.id)))
          case .firstDay: .days(Column(events.map(\.firstDay)))
          case .lastDay: .days(Column(events.map(\.lastDay)))
          case .datePrecision: .bytes(Column(events.map(\.datePrecision.rawValue)))
          case .actor1: codes(\.actor1)
          case .actor2: codes(\.actor2)
          case .eventClass: codes(\.eventClass)
          case .quadClass: .bytes(Column(events.map { $0.quadClass?.rawValue }, placeholder: 0))
          case .goldstein: .scores(Column(events.map(\.goldstein), placeholder: GoldsteinScore(millionths: 0)))
          case .incidents: integers(\.incidents)
          case .incidentsLow: integers(\.incidentsLow)
          case .incidentsHigh: integers(\.incidentsHigh)
          case .fatalitiesLow: integers(\.fatalities.low)
          case .fatalitiesBest: integers(\.fatalities.best)
          case .fatalitiesHigh: integers(\.fatalities.high)
          case .latitude: reals(\.latitude)
          case .longitude: reals(\.longitude)
          case .geoPrecision: .bytes(Column(events.map(\.geoPrecision), placeholder: 0))
          case .country: codes(\.country)
          case .admin1: codes(\.admin1)
          case .place: codes(\.place)
          case .about: codes(\.about)
          case .reports: integers(\.reports)
          case .outlet: codes(\.outlet)
          case .confidence: reals(\.confidence)
          case .record: .records(Column(events.map(\.record), placeholder: RecordReference(packed: 0)))
          }
      }
      return EventTable(
        count: events.count, columns: columns, direction: schema.direction, ontology: schema.ontology,
        coverage: coverage)
    }
  }
}
