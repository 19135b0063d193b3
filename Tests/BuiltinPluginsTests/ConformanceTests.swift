import BuiltinPlugins
import PluginConformance
import Testing
import Workbench

/// What every plugin shipped must satisfy.
@Suite struct ConformanceTests {
  @Test(arguments: Set(builtinPlugins.entries.map(\.manifest.id)).sorted()) func pluginConforms(_ id: String) async {
    for entry in builtinPlugins[id] {
      for problem in await conformanceProblems(of: entry) { Issue.record("\(entry.kind) \(id): \(problem)") }
    }
  }

  /// Plugins that share a helper list its kinds alike; else one id would have two explanations.
  @Test func oneIdHasOneExplanation() {
    let kinds = builtinPlugins.entries.flatMap(\.manifest.diagnostics)
    for (id, kinds) in Dictionary(grouping: kinds, by: \.id).sorted(by: { $0.key < $1.key }) {
      #expect(Set(kinds).count == 1, "'\(id)' is explained in two ways")
    }
  }
}
