// Measures how often the search for changes is wrong, over many series and networks in which it is known what happened.
// Prints a line for each figure, with what it should be. Nothing here passes or fails; docs/calibration.md has the figures.
import Foundation

let usage = """
  usage: calibrate [PART]... [--series 200] [--networks 20] [--seed 1]
    counts     false alarms and power of the search in counts
    peaks      false alarms of a year's highest month
    tone       the same in mean scores
    dates      how often date sets hold the true date
    episodes   how often stretches of 10 weeks are found, and where there are none
    intervals  how often tempered intervals of a rate ratio hold the true one
    networks   planted shifts found by relationship-shift in synthetic networks, false ones, labels
    speed      change points of long series, 60 dyads
    large      5,000 dyads: time and memory; not done unless named
    steps      prints a series of --series numbers with its changes instead, for comparison

  """
enum Part: String, CaseIterable { case counts, peaks, tone, dates, episodes, intervals, networks, speed, large, steps }
var parts: [Part] = []
var numbers = ["--series": 200, "--networks": 20, "--seed": 1]
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  if numbers[argument] != nil, let number = arguments.popFirst().flatMap({ Int($0) }), number > 0 {
    numbers[argument] = number
  } else if let part = Part(rawValue: argument) {
    parts.append(part)
  } else {
    try FileHandle.standardError.write(contentsOf: Data(usage.utf8))
    exit(64)
  }
}
if parts.isEmpty { parts = Part.allCases.filter { $0 != .large && $0 != .steps } }
let calibration = Calibration(
  series: numbers["--series"] ?? 0, networks: numbers["--networks"] ?? 0, seed: numbers["--seed"] ?? 0)
for part in parts {
  switch part {
  case .counts: await calibration.counts()
  case .peaks: await calibration.peaks()
  case .tone: await calibration.tone()
  case .dates: await calibration.dates()
  case .episodes: await calibration.episodes()
  case .intervals: await calibration.intervals()
  case .networks: try await calibration.searchNetworks()
  case .speed: try await calibration.speed()
  case .large: try await calibration.large()
  case .steps: await calibration.steps()
  }
}
