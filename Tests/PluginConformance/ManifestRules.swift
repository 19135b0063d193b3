import Workbench

/// A manifest names its plugin, says what it does and explains what can go wrong.
func manifestProblems(_ manifest: PluginManifest) -> [String] {
  var problems = Complaints()
  problems.expect(isName(manifest.id, joinedBy: "-"), "the id '\(manifest.id)' must be in kebab case")
  problems.expect(!manifest.name.isEmpty, "the name must not be empty")
  problems.expect(isDocumentation(manifest.summary), "the summary must be a sentence: '\(manifest.summary)'")
  problems.expect(
    manifest.version.split(separator: ".", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } },
    "the version '\(manifest.version)' must be numbers with periods between")
  problems.expect(manifest.behaviourVersion >= 1, "the behaviour version must be at least 1")
  problems.expect(!(manifest.citation?.isEmpty ?? false), "the citation must not be empty; leave it out")
  for id in repeated(manifest.diagnostics.map(\.id)) { problems.add("the diagnostic '\(id)' is listed twice") }
  for kind in manifest.diagnostics {
    let parts = kind.id.split(separator: ".", omittingEmptySubsequences: false)
    problems.expect(
      parts.count == 2 && parts.allSatisfy { isName(String($0), joinedBy: "-") },
      "the diagnostic '\(kind.id)' must be named area.problem")
    problems.expect(isDocumentation(kind.summary), "the summary of '\(kind.id)' must be a sentence")
    problems.expect(
      kind.explanation.hasSuffix(".") || kind.explanation.hasSuffix("?"),
      "the explanation of '\(kind.id)' must be sentences")
  }
  return problems.list
}

/// Examples are there, have titles that tell them apart, and can be made.
func examplePresenceProblems(of entry: PluginEntry) -> [String] {
  var problems = Complaints()
  problems.expect(!entry.examples.isEmpty, "it has no example")
  for title in repeated(entry.examples.map(\.title)) { problems.add("two examples have the title '\(title)'") }
  for example in entry.examples {
    problems.expect(!example.title.isEmpty, "an example has no title")
    do throws(Diagnostic) {
      _ = try entry.instance(for: example)
    } catch {
      problems.add("example '\(example.title)': \(error.id): \(error.message)")
    }
    switch entry.kind {
    case .source: problems.expect(!example.files.isEmpty, "example '\(example.title)' has no files to read")
    case .analyzer:
      problems.expect(
        example.events != nil || !example.analyses.isEmpty || !example.files.isEmpty,
        "example '\(example.title)' has nothing to analyze")
    case .exporter: break
    }
    // The output of an exporter need not be text; `exporterProblems` sees to the others.
    problems.expect(
      !example.output.isEmpty || entry.kind == .exporter, "example '\(example.title)' does not say what comes out")
  }
  return problems.list
}
