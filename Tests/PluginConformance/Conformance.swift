import TestSupport
public import Workbench

/// What a plugin does that no plugin may: nothing, where it conforms.
///
/// Whoever wrote the plugin, it must describe itself fully, give the same output to the byte each time and with any
/// number of workers, stop when it is told to, keep its promises, and survive having nothing to work on. Whether its
/// examples give the output they state is asked of `exampleProblems`.
public func conformanceProblems(of entry: PluginEntry) async -> [String] {
  var problems = manifestProblems(entry.manifest) + parameterProblems(of: entry)
  let examples = examplePresenceProblems(of: entry)
  problems += examples
  // An example that cannot be made cannot be run either.
  guard examples.isEmpty else { return problems }
  for example in entry.examples {
    let found = await runningProblems(of: entry, example)
    // What the plugin does wrong in one example it does in all: it is said of the first.
    for problem in found where !problems.contains(where: { $0.hasSuffix(problem) }) {
      problems.append("example '\(example.title)': \(problem)")
    }
  }
  return problems
}

private func runningProblems(of entry: PluginEntry, _ example: PluginExample) async -> [String] {
  var problems = Complaints()
  let input = ExampleInput(example)
  var runs: [[String]] = []
  for workers in [2, 2, 1, 5] {
    let warnings = Warnings()
    let context = testContext(files: input.memoryFiles, workers: workers, warnings: warnings)
    guard
      let run = await problems.attempting(
        "it fails",
        { () throws(Diagnostic) in
          try await ExampleRun(of: entry, example, input, in: context)
        })
    else { return problems.list }
    runs.append(run.everything + warnings.all.map { "\($0)" })
  }
  problems.expect(runs[0] == runs[1], "two runs differ")
  if runs[0] == runs[1] { problems.expect(runs[2] == runs[3], "one worker and five give different output") }
  guard let instance = try? entry.instance(for: example) else { return problems.list }
  switch instance {
  case .source(let source): await check(source, example, &problems)
  case .analyzer(let analyzer): await check(analyzer, of: entry, example, &problems)
  case .exporter(let exporter): await check(exporter, of: entry, example, &problems)
  }
  return problems.list
}

extension Complaints {
  /// Complains unless something stops with `run.cancelled` in a context that is cancelled from the start.
  mutating func expectCancellation(
    files: MemoryFiles, _ body: (RunContext) async throws(Diagnostic) -> Void
  ) async {
    do throws(Diagnostic) {
      try await body(testContext(files: files, isCancelled: { true }))
      add("it goes on when the run is cancelled")
    } catch {
      expect(error.id == "run.cancelled", "it answers cancellation with \(error.id): \(error.message)")
    }
  }
}
