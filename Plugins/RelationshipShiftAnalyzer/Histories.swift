import EventModel
import Workbench

/// An event as a relationship sees it.
struct DyadEvent: Sendable {
  /// What an event is to a relationship, by quad class, or by the sign of its score where it has none.
  enum Category: Int, CaseIterable, Sendable {
    case verbalCooperation, materialCooperation, verbalConflict, materialConflict, cooperation, conflict, neither
    var isConflict: Bool { self == .verbalConflict || self == .materialConflict || self == .conflict }
    var isCooperation: Bool { self == .verbalCooperation || self == .materialCooperation || self == .cooperation }
  }
  var row: Int
  var firstDay: Day
  var lastDay: Day
  /// Whether the dyad's first actor stands first: in directed data, acts.
  var isForward: Bool
  var score: Double?
  var category: Category
  var incidents: Int
  /// Whether anybody died.
  var isFatal: Bool
  /// The coder's confidence, 1 where none is given.
  var confidence: Double
  /// What it counts in tone: its confidence, shared by the rows of an event of several dyads.
  var weight: Double
  /// A state in force from the first to the last day: part of tone, never of rates.
  var isState: Bool
  var precision: DatePrecision
}

/// The events of two actors, by first day.
struct DyadHistory: Sendable {
  var actor1: String
  var actor2: String
  var events: [DyadEvent] = []
  /// Both actors, for sentences.
  var name: String { "\(actor1) – \(actor2)" }
}

/// The events of all dyads, and what was left out.
struct Histories: Sendable {
  /// The dyads in order of their names.
  private(set) var dyads: [DyadHistory] = []
  /// Events with one actor, with an actor who is nobody in particular, or civilians, or with the same actor twice.
  private(set) var withoutDyad = 0
  /// Events without a score, and how many of them there are of each class.
  private(set) var unscored = 0
  private(set) var unscoredClasses: [(name: String, count: Int)] = []
  let count: Int
  let isDirected: Bool
  let ontology: String?
  /// Whether any event is cooperation.
  private(set) var hasCooperation = false
  private(set) var hasQuadClasses = false
  /// The code of each event's outlet; nil where the data name none.
  let outlets: Column<UInt32>?
  /// Whether the data say who died.
  let hasFatalities: Bool

  init(
    _ events: EventTable, _ unit: ShiftSettings.UnitChoice, in context: RunContext
  ) throws(Diagnostic) {
    (count, isDirected, ontology) = (events.count, events.direction == .directed, events.ontology)
    outlets = events.codes(.outlet)?.codes
    hasFatalities = events.integers(.fatalitiesBest).map { $0.missing < $0.count } ?? false
    guard let actors = events.dyadActors else { return }
    let isCivilian = actors.labels.map { events.actorKinds[$0] == .civilians }
    let (scores, quads) = (events.goldstein, events.quadClass)
    let (confidences, incidents) = (events.reals(.confidence), events.integers(.incidents))
    let (firstDays, lastDays) = (events.firstDay.values, events.lastDay.values)
    let precisions = events.datePrecision.values
    let (deaths, classes) = (events.integers(.fatalitiesBest), events.eventClass)
    let shared = SharedEvents(events)
    var unscoredOf = [Int](repeating: 0, count: classes?.labels.count ?? 0)
    var places: [UInt64: Int] = [:]
    for row in 0..<events.count {
      if row & 0xFFFF == 0 { try context.checkCancellation() }
      guard let one = actors.actor1[row], let other = actors.actor2[row], one != other, !isCivilian[Int(one)],
        !isCivilian[Int(other)]
      else {
        withoutDyad += 1
        continue
      }
      let isForward = unit == .directedDyad || actors.labels[Int(one)].precedes(actors.labels[Int(other)])
      let (first, second) = isForward ? (one, other) : (other, one)
      let key = UInt64(first) << 32 | UInt64(second)
      let place = places[key] ?? dyads.count
      if place == dyads.count {
        places[key] = place
        dyads.append(DyadHistory(actor1: actors.labels[Int(first)], actor2: actors.labels[Int(second)]))
      }
      let score = scores?[row]?.value
      let quad = quads?[row].flatMap(QuadClass.init(rawValue:))
      if score == nil {
        unscored += 1
        if let code = classes?.codes[row] { unscoredOf[Int(code)] += 1 }
      }
      if quad != nil { hasQuadClasses = true }
      let category = DyadEvent.Category(quad, score)
      if category.isCooperation { hasCooperation = true }
      let confidence = min(1, max(0, confidences?[row] ?? 1))
      dyads[place].events.append(
        DyadEvent(
          row: row, firstDay: firstDays[row], lastDay: max(firstDays[row], lastDays[row]), isForward: isForward,
          score: score, category: category, incidents: max(0, Int(incidents?[row] ?? 1)),
          isFatal: deaths?[row] ?? 0 > 0, confidence: confidence, weight: confidence / shared.rows(of: row),
          isState: precisions[row] == DatePrecision.span.rawValue,
          precision: DatePrecision(rawValue: precisions[row]) ?? .day))
    }
    unscoredClasses = zip(classes?.labels ?? [], unscoredOf).filter { $0.1 > 0 }.map { ($0.0, $0.1) }
      .sorted { $0.count == $1.count ? $0.name.precedes($1.name) : $0.count > $1.count }
    for place in dyads.indices {
      dyads[place].events.sort { ($0.firstDay, $0.row) < ($1.firstDay, $1.row) }
    }
    dyads.sort { left, right in
      left.actor1 == right.actor1 ? left.actor2.precedes(right.actor2) : left.actor1.precedes(right.actor1)
    }
  }
}

/// Events that several rows tell of: such of one id, day and class, as an event of several actors has one for each dyad.
private struct SharedEvents {
  private let keys: [UInt64]
  private var rowsOfKey: [UInt64: Double] = [:]

  init(_ events: EventTable) {
    guard let ids = events.id else {
      keys = []
      return
    }
    let (days, classes) = (events.firstDay.values, events.eventClass?.codes)
    // FNV-1a, over the day, the class and the bytes of the id; rows without an id have none of their own.
    keys = (0..<events.count).map { row in
      guard ids.validity?[row] ?? true else { return 0 }
      let start = UInt64(UInt32(bitPattern: days[row].daysSinceEpoch)) << 32 | UInt64(classes?[row] ?? .max)
      var key: UInt64 = (0xCBF2_9CE4_8422_2325 ^ start) &* 0x100_0000_01B3
      for byte in ids.bytes[ids.range(row)] { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return key
    }
    var start = 0
    let sorted = keys.filter { $0 != 0 }.sorted()
    for end in sorted.indices where end + 1 == sorted.count || sorted[end + 1] != sorted[start] {
      if end > start { rowsOfKey[sorted[start]] = Double(end - start + 1) }
      start = end + 1
    }
  }
  /// How many rows tell of the event of a row.
  func rows(of row: Int) -> Double { keys.isEmpty ? 1 : rowsOfKey[keys[row]] ?? 1 }
}

extension DyadEvent.Category {
  init(_ quad: QuadClass?, _ score: Double?) {
    self =
      switch quad {
      case .verbalCooperation?: .verbalCooperation
      case .materialCooperation?: .materialCooperation
      case .verbalConflict?: .verbalConflict
      case .materialConflict?: .materialConflict
      case nil: score.map { $0 > 0 ? .cooperation : $0 < 0 ? .conflict : .neither } ?? .neither
      }
  }
}

extension String {
  /// Whether it comes before another in the order of UTF-8 bytes.
  func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
