import ArgumentParser
import FileStore
import JSONText
import Workbench

/// An example that `casus init` can write.
enum ExampleName: String, CaseIterable, ExpressibleByArgument {
  case durandLine = "durand-line"
}

/// The command `casus init`.
struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Start a workspace that runs at once.",
    usage: "casus init [<folder>] [<options>]",
    discussion: """
      Writes a small workspace with a few invented events, or a complete example. Nothing is overwritten.

      EXAMPLES:
        casus init my-study
        casus init my-study --example durand-line
      """)

  @Argument(help: "The folder of the workspace; it is made where it does not exist.") var folder = "."
  @Option(help: "Write this example: durand-line.") var example: ExampleName?
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let terminal = Terminal(output)
    let files = example == .durandLine ? DurandLineExample.files : StarterWorkspace.files
    try await answering(output) { () throws(Diagnostic) in
      try PlainFolder(folder).write(files, replacing: [])
    }
    let shown = folder == "." ? "" : " \(folder)"
    if output.json {
      terminal.answer(["type": "init", "folder": .string(folder), "files": .array(files.map { .string($0.path) })])
      return
    }
    for file in files { terminal.answer("\(folder == "." ? "" : "\(folder)/")\(file.path)\n") }
    terminal.note("next: casus check\(shown)\n      casus run\(shown)\n")
  }
}

/// The workspace that `casus init` writes without an example.
enum StarterWorkspace {
  static let files: [(path: String, text: String)] = [
    ("workspace.yaml", workspace), ("data/events.csv", events),
  ]
  private static let workspace = """
    workspace: 1
    name: my-study
    title: Incidents between three invented actors
    license: CC-BY-4.0
    seed: 1
    sources:
      coded:
        use: csv                      # casus plugins csv
        with:
          path: data/events.csv
          directed: true              # actor1 acts on actor2
          ontology: cameo             # codes give Goldstein scores and quad classes
        covers: {from: 2024-01-01, to: 2024-04-30}
    analyses:
      incidents:
        use: incident-statistics
        with: {period: month}
      panel:
        use: panel
        with: {unit: directed-dyad, period: month}
    exports:
      tables: {use: tables, to: out/tables}
      archive: {use: archive, to: out/my-study.zip}

    """
  private static let events = """
    event_id,date_start,actor1,actor2,code,fatalities_best,place
    E1,2024-01-09,Northland,Southland,042,,Capital
    E2,2024-01-20,Rebels,Southland,190,3,Harbour
    E3,2024-02-03,Southland,Rebels,190,5,Hills
    E4,2024-02-11,Northland,Southland,112,,Capital
    E5,2024-03-05,Rebels,Southland,183,7,Market
    E6,2024-03-06,Southland,Northland,1012,,Capital
    E7,2024-04-22,Southland,Rebels,0871,0,Hills

    """
}
