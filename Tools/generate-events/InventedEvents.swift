import EventModel
import Workbench

/// Events drawn at random: a few actors do much, and classes have the shares that news-coded data have, roughly.
struct InventedEvents {
  static let header = "event_id,date_start,actor1,actor2,code,goldstein,fatalities_best,country,outlet,note"

  private var random: SeededGenerator
  private let days: [[UInt8]]
  private let actors: [[UInt8]]
  private let drawnClasses: [Int]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    let first = Day(year: 2000, month: 1, day: 1) ?? Day(daysSinceEpoch: 0)
    days = (0..<4018).map { Array(first.adding(days: $0).description.utf8) }
    actors = (0..<400).map { Array("\(places[$0 % places.count]) \(kinds[$0 / 12 % kinds.count]) \(100 + $0)".utf8) }
    drawnClasses = classes.indices.flatMap { Array(repeating: $0, count: classes[$0].share) }
  }

  /// A number from 0 to below a bound, which lies far below 2^32.
  private mutating func below(_ bound: Int) -> Int { Int(((random.next() >> 32) &* UInt64(bound)) >> 32) }
  /// The square of an even number leans to the low ones.
  private mutating func actor() -> Int {
    let even = below(1 << 16)
    return (even * even * 200) >> 32
  }

  mutating func append(_ row: Int, to block: inout [UInt8]) {
    let (source, step) = (actor(), actor())
    let drawn = classes[drawnClasses[below(drawnClasses.count)]]
    let isViolent = drawn.code.hasPrefix("18") || drawn.code.hasPrefix("19")
    block.append(UInt8(ascii: "E"))
    var divisor = 100_000_000
    while divisor > 0 {
      block.append(UInt8(48 + row / divisor % 10))
      divisor /= 10
    }
    put(days[below(days.count)], to: &block)
    put(actors[source], to: &block)
    put(actors[(source + 1 + step) % actors.count], to: &block)
    put(drawn.code.utf8, to: &block)
    put(drawn.score.utf8, to: &block)
    put(String(isViolent ? below(12) * below(12) / 8 : 0).utf8, to: &block)
    put(countries[source % countries.count].utf8, to: &block)
    put(outlets[below(outlets.count)].utf8, to: &block)
    put("\"".utf8, to: &block)
    block += openings[below(openings.count)].utf8
    block += middles[below(middles.count)].utf8
    block += endings[below(endings.count)].utf8
    block += "\"\n".utf8
  }
  private func put(_ field: some Collection<UInt8>, to block: inout [UInt8]) {
    block.append(UInt8(ascii: ","))
    block += field
  }
}

/// CAMEO code, Goldstein score as GDELT has it, and how many of a thousand events.
private let classes: [(code: String, score: String, share: Int)] = [
  ("010", "0.0", 90), ("020", "3.0", 40), ("036", "4.0", 60), ("042", "1.9", 110), ("043", "2.8", 90),
  ("051", "3.4", 60), ("057", "8.0", 30), ("061", "6.4", 20), ("073", "7.4", 25), ("084", "7.0", 15),
  ("111", "-2.0", 60), ("112", "-2.0", 70), ("120", "-4.0", 30), ("138", "-7.0", 30), ("141", "-6.5", 40),
  ("173", "-5.0", 60), ("180", "-9.0", 40), ("190", "-10.0", 80), ("193", "-10.0", 40), ("195", "-10.0", 10),
]
private let kinds = ["Government", "Police", "Militia", "Front", "Army", "Movement", "Council", "Party"]
private let places = [
  "Aldea", "Borun", "Cavar", "Doven", "Estra", "Farun", "Galen", "Hasta", "Ivora", "Jutan", "Kelda", "Lorun",
]
private let countries = ["AFG", "COL", "ETH", "IND", "IRQ", "MLI", "MMR", "NGA", "PAK", "SDN", "SOM", "SYR"]
private let outlets = ["Daily Star", "North Wire", "Radio Kelda", "The Herald", "Agency One"]
private let openings = ["Near the crossing, ", "Two officials said, ", "On the road to the capital, "]
private let middles = ["no claim made, ", "witnesses differ, ", "the figure is \"\"provisional\"\", "]
private let endings = ["later confirmed", "not confirmed by others", "two sources"]
