import Workbench
import WorkspaceFormat

// How the steps of a workspace refer to each other.
extension Checker {
  /// The analyses with each after those it reads; a circle is shown whole.
  func inOrder(
    _ steps: [AnalysisStep], _ workspace: Workspace, _ problems: inout [Diagnostic]
  ) -> [AnalysisStep] {
    var ordered: [AnalysisStep] = []
    var waiting = steps
    while let next = waiting.firstIndex(where: { step in
      step.analyses.allSatisfy { name in !waiting.contains { $0.name == name } }
    }) {
      ordered.append(waiting.remove(at: next))
    }
    guard let first = waiting.first else { return ordered }
    var circle = [first.name]
    while let next = waiting.first(where: { $0.name == circle[circle.count - 1] })?
      .analyses.first(where: { name in waiting.contains { $0.name == name } })
    {
      if let start = circle.firstIndex(of: next) {
        circle = Array(circle[start...]) + [next]
        break
      }
      circle.append(next)
    }
    let entry = workspace.analyses.entries.first { $0.name == circle[0] }
    let reference = entry?.value.from?.elements.first { $0.value == circle.dropFirst().first }
    problems.append(
      .error(
        .cycle, "analyses read each other in a circle", at: reference?.location ?? entry?.location,
        hint: "take one of these references out",
        notes: [circle.map { "'\($0)'" }.joined(separator: " reads ")]))
    return ordered + waiting
  }

  func checkRepetition(_ from: OneOrMore<LocatedValue<String>>?, _ problems: inout [Diagnostic]) {
    var seen: Set<String> = []
    for name in from?.elements ?? [] where !seen.insert(name.value).inserted {
      problems.append(
        .error(.namedTwice, "'\(name.value)' is named twice", at: name.location, hint: "take one of them out"))
    }
  }

  /// Refuses exports that write where another does, or into its folder; symbolic links are not followed.
  func checkPlaces(_ workspace: Workspace, _ problems: inout [Diagnostic]) {
    var taken: [(name: String, place: [Substring])] = []
    for item in workspace.exports.entries {
      let place = item.value.to.value.split(separator: "/").filter { $0 != "." }
      if let other = taken.first(where: { place.starts(with: $0.place) || $0.place.starts(with: place) }) {
        problems.append(
          .error(
            .sharedExport, "export '\(item.name)' writes where export '\(other.name)' does", at: item.value.to.location,
            hint: "give each a place of its own"))
      }
      taken.append((item.name, place))
    }
  }
}
