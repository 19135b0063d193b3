// Writes invented events as CSV to stdout, the same bytes for the same arguments: `generate-events ROWS [SEED]`.
// Ten columns, about 147 bytes a row, a quoted note with commas in each; five million rows are about 735 MB and fall
// into about 2.5 million directed dyads and months, in no order.
import EventModel
import Foundation
import Workbench

let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard (1...2).contains(arguments.count), let rows = arguments[0], let seed = arguments.count == 2 ? arguments[1] : 1
else {
  try FileHandle.standardError.write(contentsOf: Data("usage: generate-events ROWS [SEED] > events.csv\n".utf8))
  exit(64)
}

/// Code, Goldstein score as GDELT has it, and how many in a thousand events.
let classes: [(code: String, score: String, weight: Int)] = [
  ("010", "0.0", 90), ("020", "3.0", 40), ("036", "4.0", 60), ("042", "1.9", 110), ("043", "2.8", 90),
  ("051", "3.4", 60), ("057", "8.0", 30), ("061", "6.4", 20), ("073", "7.4", 25), ("084", "7.0", 15),
  ("111", "-2.0", 60), ("112", "-2.0", 70), ("120", "-4.0", 30), ("138", "-7.0", 30), ("141", "-6.5", 40),
  ("173", "-5.0", 60), ("180", "-9.0", 40), ("190", "-10.0", 80), ("193", "-10.0", 40), ("195", "-10.0", 10),
]
let kinds = ["Government", "Police", "Militia", "Front", "Army", "Movement", "Council", "Party"]
let places = ["Aldea", "Borun", "Cavar", "Doven", "Estra", "Farun", "Galen", "Hasta", "Ivora", "Jutan", "Kelda", "Lorun"]
let outlets = ["Daily Star", "North Wire", "Radio Kelda", "The Herald", "Agency One"]
let openings = ["Reported near the river crossing", "According to two officials", "On the road to the capital"]
let middles = ["no claim of responsibility", "witnesses differ on the time", "the figure is \"\"provisional\"\""]
let endings = ["later confirmed", "not confirmed by others", "two sources"]

let draws = classes.indices.flatMap { Array(repeating: $0, count: classes[$0].weight) }
let firstDay = Day(year: 2000, month: 1, day: 1)
let days = (0..<7305).map { firstDay?.adding(days: $0).description ?? "" }

var random = SeededGenerator(seed: seed)
/// A number below a bound that is far below 2^32, from the upper half of 64 bits.
func below(_ bound: Int) -> Int { Int(((random.next() >> 32) &* UInt64(bound)) >> 32) }
/// The square of an even number leans to the low ones: a few actors do much.
func actor() -> Int {
  let unit = Double(below(1 << 24)) / Double(1 << 24)
  return Int(unit * unit * 200)
}

var buffer: [UInt8] = []
buffer.reserveCapacity(1 << 20)
func put(_ text: String) { buffer.append(contentsOf: text.utf8) }
func put(_ number: Int, width: Int) {
  var divisor = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    buffer.append(UInt8(48 + number / divisor % 10))
    divisor /= 10
  }
}
func putActor(_ number: Int) {
  put(places[number % places.count])
  put(" ")
  put(kinds[number / places.count % kinds.count])
  put(" ")
  put(number, width: 3)
}

put("event_id,date_start,actor1,actor2,code,goldstein,fatalities_best,country,outlet,note\n")
for row in 0..<Int(rows) {
  put("E")
  put(row, width: 9)
  put(",")
  put(days[below(days.count)])
  put(",")
  let first = actor()
  putActor(first)
  put(",")
  putActor((first + 1 + actor()) % 400)
  let drawn = classes[draws[below(draws.count)]]
  put(",")
  put(drawn.code)
  put(",")
  put(drawn.score)
  put(",")
  if drawn.code.utf8.first == 0x31, drawn.code >= "180" { put(String(below(12) * below(12) / 8)) } else { put("0") }
  put(",")
  put(places[first % places.count])
  put(",")
  put(outlets[below(outlets.count)])
  put(",\"")
  put(openings[below(openings.count)])
  put(", ")
  put(middles[below(middles.count)])
  put(", ")
  put(endings[below(endings.count)])
  put("\"\n")
  if buffer.count > (1 << 20) - 512 {
    try FileHandle.standardOutput.write(contentsOf: Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
try FileHandle.standardOutput.write(contentsOf: Data(buffer))
