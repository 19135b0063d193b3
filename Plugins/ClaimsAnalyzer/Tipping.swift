import EventModel
import JSONText
import Workbench

/// A way to change events until a verdict turns.
struct TippingWay: Sendable {
  /// What is done with events.
  enum Kind: String, Sendable, CaseIterable {
    /// For the claim it is the same whether an event is struck out or was another actor's.
    case removed = "removed or given to another actor"
    case taken = "taken from another actor"
    case added
  }
  let kind: Kind
  /// Of which days.
  let what: String
  /// What is added, one of it.
  var word = "event"
  /// The rows in the order in which they are changed; none where events are added.
  let rows: [Int]
  /// The change of so many.
  let change: @Sendable (Int) -> EventChange
  /// How many there are to change; of added ones how many are tried.
  var most: Int { kind == .added ? Self.limit : min(rows.count, Self.limit) }
  /// No more are tried.
  static let limit = 200

  static func removing(_ rows: [Int], from days: String) -> TippingWay {
    TippingWay(kind: .removed, what: "from \(days)", rows: rows) { EventChange(removed: Set(rows.prefix($0))) }
  }
  static func taking(_ rows: [Int], on days: String) -> TippingWay {
    TippingWay(kind: .taken, what: "from \(days)", rows: rows) { EventChange(taken: Set(rows.prefix($0))) }
  }
  /// Adding what a word names, one or several, such as the words after it say.
  static func adding(
    _ word: String, _ rest: String, _ add: @escaping @Sendable (inout EventChange, Int) -> Void
  ) -> TippingWay {
    TippingWay(kind: .added, what: rest, word: word, rows: []) { number in
      var change = EventChange()
      add(&change, number)
      return change
    }
  }
}

/// The fewest events whose change turns a verdict, in one way.
struct Tipping: Sendable {
  let way: TippingWay
  let number: Int
  /// What the verdict then is.
  let verdict: Verdict
  /// Which rows; none where events are added.
  let rows: [Int]

  /// Of each kind of change the one that needs the fewest.
  static func all(of test: any ClaimTest, in context: RunContext) throws(Diagnostic) -> [Tipping] {
    let now = test.leaning(.none)
    var best: [TippingWay.Kind: Tipping] = [:]
    for way in test.ways {
      try context.checkCancellation()
      let limit = best[way.kind].map { min(way.most, $0.number - 1) } ?? way.most
      guard limit >= 1, let number = (1...limit).first(where: { test.leaning(way.change($0)) != now }) else { continue }
      best[way.kind] = Tipping(
        way: way, number: number, verdict: test.judgement(way.change(number)).verdict,
        rows: Array(way.rows.prefix(number)))
    }
    return TippingWay.Kind.allCases.compactMap { best[$0] }
  }
}
