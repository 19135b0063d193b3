import Foundation

/// What is measured: over how many series and networks, of which seeds.
struct Calibration: Sendable {
  var series: Int
  var networks: Int
  var seed: Int

  /// Prints a figure beside what it should be.
  func report(_ what: String, _ figure: Double, _ wanted: String) {
    let text = String((figure * 1000).rounded() / 1000)
    let (name, value) = (
      what.padding(toLength: max(72, what.count), withPad: " ", startingAt: 0),
      text.padding(toLength: max(8, text.count), withPad: " ", startingAt: 0)
    )
    print("\(name) \(value) \(wanted)")
  }
  /// Seconds that some work takes.
  func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let time = try await ContinuousClock().measure(work)
    return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  }
  /// The median of what some work takes, in seconds, done so often.
  func medianSeconds(of rounds: Int, _ work: () -> Void) async -> Double {
    var all: [Double] = []
    for _ in 0..<rounds { all.append(await seconds(work)) }
    return all.sorted()[rounds / 2]
  }
  /// The most memory the program had so far, in megabytes; nil where the system does not tell.
  var peakMegabytes: Double? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 }
  }
}

/// Does pieces of work at the same time; results in order.
func concurrently<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Result
) async rethrows -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    for index in 0..<count { group.addTask { (index, try await body(index)) } }
    var results = [Result?](repeating: nil, count: count)
    for try await (index, result) in group { results[index] = result }
    return results.compactMap(\.self)
  }
}

/// The share of pieces of work that say yes.
func share(of count: Int, _ body: @escaping @Sendable (Int) -> Bool) async -> Double {
  let answers = await concurrently(count, body)
  return Double(answers.count(where: \.self)) / Double(max(1, count))
}
