// Writes invented events as CSV to stdout, the same bytes for the same arguments: `generate-events ROWS [SEED]`.
// Ten columns, about 147 bytes a row, a quoted note with commas in each; five million rows are about 735 MB and fall
// into about 2.5 million directed dyads and months, in no order.
import Foundation

let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard (1...2).contains(numbers.count), let rows = numbers[0], let seed = numbers.count == 2 ? numbers[1] : 1 else {
  try FileHandle.standardError.write(contentsOf: Data("usage: generate-events ROWS [SEED] > events.csv\n".utf8))
  exit(64)
}
var events = InventedEvents(seed: seed)
var block = Array("\(InventedEvents.header)\n".utf8)
for row in 0..<Int(rows) {
  events.append(row, to: &block)
  if block.count > 1 << 20 {
    try FileHandle.standardOutput.write(contentsOf: Data(block))
    block.removeAll(keepingCapacity: true)
  }
}
try FileHandle.standardOutput.write(contentsOf: Data(block))
