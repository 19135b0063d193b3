import EventModel
import WorkspaceFormat
import Workbench

extension Engine {
  /// The records of the events that findings name, from every source that has an event of that name.
  /// - Parameter most: how many events of each finding are wanted, the most telling first.
  func evidence(
    behind findings: [Finding], most: Int, _ checked: CheckedWorkspace, _ sources: [String: StepRecord],
    _ context: RunContext
  ) async throws(StepFailure) -> [RunResults.Evidence] {
    let wanted = Set(findings.flatMap { $0.events.prefix(most) })
    guard !wanted.isEmpty else { return [] }
    var evidence: [RunResults.Evidence] = []
    for source in checked.sources {
      guard let record = sources[source.name], record.columns.isSuperset(of: [.id, .record]) else { continue }
      let events = try load(source.name, record, [.id, .record], context)
      guard let ids = events.id, let records = events.record else { continue }
      let rows = ids.rows(among: wanted).filter { records[$0] != nil }
      do throws(Diagnostic) {
        let raw = try await source.plugin.instance.records(rows.compactMap { records[$0] }, in: context)
        for (row, record) in zip(rows, raw) {
          evidence.append(RunResults.Evidence(event: ids[row] ?? "", source: source.name, record: record))
        }
      } catch {
        throw .problem(source.plugin.located(error))
      }
    }
    return evidence
  }
}

extension TextColumn {
  /// The rows whose text is one of these.
  func rows(among wanted: Set<String>) -> [Int] {
    // A text is made of those rows alone that may be meant, by their length and last byte.
    var possible = Set<Int>()
    for text in wanted { possible.insert(text.utf8.count << 8 | Int(text.utf8.last ?? 0)) }
    var rows: [Int] = []
    var start = 0
    for row in ends.indices {
      let end = ends[row]
      defer { start = end }
      guard possible.contains((end - start) << 8 | Int(end > start ? bytes[end - 1] : 0)), let text = self[row],
        wanted.contains(text)
      else { continue }
      rows.append(row)
    }
    return rows
  }
}

extension CheckedWorkspace {
  /// The plugins of sources and analyses, each once.
  var usedPlugins: [RunResults.UsedPlugin] {
    var known: Set<String> = []
    return (sources.map(\.plugin.entry) + analyses.map(\.plugin.entry))
      .filter { known.insert($0.manifest.id).inserted }
      .map { RunResults.UsedPlugin(manifest: $0.manifest, parameters: $0.parameters, description: $0.json) }
  }
}
