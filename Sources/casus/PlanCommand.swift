public import ArgumentParser
import Engine
import FileStore
import JSONText
import Workbench

extension GraphFormat: ExpressibleByArgument {}

/// The command `casus plan`.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a run would do with each step, and why.",
    usage: "casus plan [<workspace>] [<options>]",
    discussion: """
      A step works again only if something it depends on changed; the plan names what changed.

      EXAMPLES:
        casus plan
        casus plan my-study --graph mermaid
        casus plan my-study --fresh
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var steps: StepOptions
  @Option(help: "Draw the graph of steps: text, mermaid or dot.") var graph: GraphFormat?
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let opened = try await answering(output) { () throws(Diagnostic) in
      try OpenedWorkspace(workspace.workspace, isFresh: steps.fresh, trusting: workspace.reading.trust)
    }
    let (checked, problems) = await opened.check(profile: workspace.profile, settings: workspace.variableSettings)
    guard let checked else { try Failure.exit(problems, output, renderer: opened.renderer(terminal)) }
    let options = try await answering(output) { () throws(Diagnostic) in try steps.options(for: checked) }
    let plan = try await answering(output) { () async throws(Diagnostic) in
      try await opened.engine().plan(checked, options: options)
    }
    try? opened.store.saveDigests()
    if plan.problems.hasErrors {
      try Failure.exit((problems + plan.problems).inFileOrder, output, renderer: opened.renderer(terminal))
    }
    if let graph {
      terminal.answer(plan.graph(graph))
      return
    }
    if output.json {
      terminal.answer([
        "type": "plan",
        "steps": .array(
          plan.steps.map { planned in
            [
              "kind": .string(planned.step.kind.rawValue), "name": .string(planned.step.name),
              "state": .string(planned.state.rawValue), "reason": .string(planned.reason),
              "needs": .array(planned.needs.map { .string($0.name) }),
            ]
          }),
        "outside": .array(plan.outside.map(\.json)),
        "problems": .array((problems + plan.problems).inFileOrder.map(\.json)),
      ])
      return
    }
    var table = TextTable(["step", "is", "will", "why"])
    for planned in plan.steps {
      table.add([planned.step.name, planned.step.kind.rawValue, planned.state.rawValue, planned.reason])
    }
    terminal.answer(table.text(width: terminal.width, bold: terminal.bold))
    terminal.answer(plan.outside.text)
    for problem in problems + plan.problems { terminal.error(opened.renderer(terminal).render(problem)) }
    let count = plan.steps.count { $0.state == .run }
    terminal.answer(count == 0 ? "nothing to run\n" : "\(count) of \(plan.steps.count) steps to run\n")
    terminal.note(
      count == 0
        ? "next: casus show last\(opened.option)\n" : "next: casus run\(opened.argument)\(workspace.arguments)\n")
  }
}

/// Which steps to look at, and which must work though their results are kept.
struct StepOptions: ParsableArguments {
  @Flag(help: "Work from the data again, whatever is kept.") var fresh = false
  @Option(help: ArgumentHelp("Only this step and what it needs.", valueName: "step")) var only: String?
  @Option(help: ArgumentHelp("This step, and all that need it, work again.", valueName: "step")) var from: String?
  @Flag(help: "Let exports write outside the workspace's folder.") var allowOutside = false

  /// The options with names looked up.
  func options(for checked: CheckedWorkspace) throws(Diagnostic) -> RunOptions {
    RunOptions(
      isFresh: fresh, only: try step(only, "--only", checked), from: try step(from, "--from", checked),
      allowOutside: allowOutside)
  }
  private func step(_ name: String?, _ option: String, _ checked: CheckedWorkspace) throws(Diagnostic) -> StepID? {
    guard let name else { return nil }
    let steps = checked.steps
    // Where a source and an analysis share a name, the later step of the run is meant.
    if let step = steps.last(where: { $0.name == name }) { return step }
    throw .error(
      .unknownStep, "\(option): there is no step '\(name)'", hint: suggestion(for: name, among: steps.map(\.name)),
      exit: .usage)
  }
}

extension DiagnosticKind {
  static let unknownStep = DiagnosticKind(
    "command.unknown-step", "A command names a step that the workspace does not have.",
    "Steps are the sources, event sets, analyses and exports of the workspace; `casus plan` lists them.")
}
