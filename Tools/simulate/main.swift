// Writes events among fictional actors, and what was planted in them: `simulate FOLDER [--seed N] [--OPTION N]...`.
// FOLDER gets events.csv, with the names that the source `csv` reads, and truth.json: for each dyad its usual weekly number,
// dispersion and shifts, and in `_meta` the jump of coverage, the ceasefire and the seed. The same bytes for the same
// arguments.
import EventModel
import Foundation
import SyntheticNetwork

func fail(_ message: String) throws -> Never {
  try FileHandle.standardError.write(contentsOf: Data("simulate: \(message)\n".utf8))
  exit(64)
}

let usage = """
  usage: simulate FOLDER [--seed 1] [--actors 14] [--dyads 60] [--shifts 30] [--weeks 313] [--autocorrelation 0]
                  [--jump 2] [--duplicates .05] [--no-ceasefire]
  """
var settings = SyntheticNetwork.Settings()
var folder: String?
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  guard argument.hasPrefix("--") else {
    if folder != nil { try fail("one folder, please\n\(usage)") }
    folder = argument
    continue
  }
  if argument == "--no-ceasefire" {
    settings.ceasefire = 0..<0
    continue
  }
  guard let text = arguments.popFirst(), let number = Double(text), number >= 0, number < 1e9 else {
    try fail("'\(argument)' needs a number\n\(usage)")
  }
  switch argument {
  case "--seed": settings.seed = UInt64(number)
  case "--actors": settings.actors = Int(number)
  case "--dyads": settings.dyads = Int(number)
  case "--shifts": settings.shifts = Int(number)
  case "--weeks": settings.weeks = Int(number)
  case "--autocorrelation" where number < 1: settings.autocorrelation = number
  case "--jump": settings.jump = number
  case "--duplicates" where number <= 1: settings.duplicates = number
  default: try fail("no option '\(argument)', or '\(text)' is out of its range\n\(usage)")
  }
}
guard let folder else { try fail(usage) }
guard settings.actors > 1, settings.dyads <= settings.actors * (settings.actors - 1) / 2 else {
  try fail("\(settings.actors) actors have no \(settings.dyads) dyads")
}

let network = SyntheticNetwork(settings)
let firstDay = Day(year: 2018, month: 1, day: 1) ?? Day(daysSinceEpoch: 0)
func day(_ number: Int) -> String { firstDay.adding(days: number).description }
let digits = String(settings.actors).count
func actor(_ number: Int) -> String { "A" + padded(number + 1, digits) }
func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
func event(_ number: Int) -> String { "E" + padded(number + 1, 6) }

var csv = "event_id,date_start,actor1,actor2,code,goldstein,quad_class,fatalities_best,outlet,note\n"
for (number, row) in network.events.enumerated() {
  let kind = SyntheticClass.all[row.eventClass]
  let note = row.duplicateOf.map { "another report of \(event($0))" } ?? ""
  csv += "\(event(number)),\(day(row.day)),\(actor(row.actor1)),\(actor(row.actor2)),\(kind.code),\(kind.goldstein),"
  csv += "\(kind.quadClass),\(row.fatalities),S\(row.outlet + 1),\(note)\n"
}
var truth: [String] = []
for dyad in network.dyads {
  let shifts = dyad.shift.map { "{\"date\": \"\(day($0.day))\", \"label\": \"\($0.kind.rawValue)\"}" } ?? ""
  truth.append(
    " \"\(actor(dyad.actor1))|\(actor(dyad.actor2))\": {\"base_weekly\": \(dyad.baseWeekly), \"phi\": \(dyad.dispersion), "
      + "\"shifts\": [\(shifts)]}")
}
var ceasefire = "null"
if let first = settings.ceasefire.first, let last = settings.ceasefire.last, let dyad = network.dyads.first {
  ceasefire =
    "{\"dyad\": \"\(actor(dyad.actor1))|\(actor(dyad.actor2))\", \"start\": \"\(day(first))\", "
    + "\"end\": \"\(day(last))\", \"material_conflict_reduction\": 0.85}"
}
truth.append(
  " \"_meta\": {\"coverage_jump\": \"\(day(settings.jumpDay))\", \"factor\": \(settings.jump), "
    + "\"ceasefire\": \(ceasefire), \"seed\": \(settings.seed), \"note\": \"fictional actors\"}")
let place = URL(filePath: folder, directoryHint: .isDirectory)
try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
try Data(csv.utf8).write(to: place.appending(path: "events.csv"), options: .atomic)
try Data("{\n\(truth.joined(separator: ",\n"))\n}\n".utf8).write(
  to: place.appending(path: "truth.json"), options: .atomic)
print("\(network.events.count) events of \(settings.dyads) dyads, \(settings.shifts) with a shift: \(folder)")
