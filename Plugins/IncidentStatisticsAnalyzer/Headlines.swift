import JSONText
import Workbench

/// A finding and what decides its place among all.
struct RankedFinding {
  var finding: Finding
  /// The adjusted p-value; nil of a plain count.
  var q: Double?
  /// How great the effect is: the logarithm of a ratio, or what is like it.
  var effect = 0.0
  /// How many incidents it rests on.
  var count = 0

  /// A test's finding.
  init(_ sentence: String, numbers: [String: JSONValue], q: Double, effect: Double, count: Int, events: [String]) {
    let order: [String: JSONValue] = ["q": exact(q), "effect": exact(abs(effect)), "n": .integer(count)]
    finding = Finding(
      sentence, numbers: numbers.merging(order) { $1 }, strength: q <= 0.01 ? .strong : q <= 0.05 ? .moderate : .weak,
      events: events)
    (self.q, self.effect, self.count) = (q, abs(effect), count)
  }
  /// A plain count.
  init(_ finding: Finding) { self.finding = finding }
}

/// The ten findings that are said: of the tested ones at most six, the surest by q, then the greatest effects, then those
/// of most incidents; after them the plain counts, in the order given.
func headlines(_ all: [RankedFinding]) -> [Finding] {
  let tested = all.enumerated().filter { $0.element.q != nil }.sorted { left, right in
    let (a, b) = (left.element, right.element)
    if a.q != b.q { return a.q ?? 1 < b.q ?? 1 }
    if a.effect != b.effect { return a.effect > b.effect }
    return a.count != b.count ? a.count > b.count : left.offset < right.offset
  }.prefix(6).map(\.element)
  return (tested + all.filter { $0.q == nil }.prefix(10 - tested.count)).map(\.finding)
}
