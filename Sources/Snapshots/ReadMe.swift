import JSONText
import Workbench

/// What the person reads who finds a snapshot, perhaps in twenty years and without the program.
func snapshotReadMe(_ run: RunResults) -> String {
  let withheld = run.files.filter { !$0.mayRedistribute }
  let (name, title) = (run.workspace.name, run.workspace.title ?? run.workspace.name)
  var text = """
    # \(title)

    This is a snapshot of one run of Casus \(run.record["casus"]?.text ?? ""), a workbench for conflict and security
    events: what the run read, what it came to, and how. It needs no program of its own to be read.

    ## What is here

    | path | what it is |
    |---|---|
    | `data/workspace/` | the workspace file, which says what was done, and the files it names |
    | `data/analyses/ANALYSIS/TABLE.csv` | every table of results: CSV in UTF-8 with a header, lines end with LF, an empty field is a missing value |
    | `data/analyses/ANALYSIS/CHART.svg` | the charts, drawn |
    | `data/analyses/ANALYSIS/result.json` | the findings, each with its numbers, its strength and the events behind it; the charts; what the columns mean |
    | `data/counts/` | what became of the events of each set: read, kept, dropped for which reason, merged |
    | `data/datapackage.json` | every table, its columns, types, units and keys, as a Frictionless data package |
    | `data/ro-crate-metadata.json` | which step made which file, with which parameters, as an RO-Crate |
    | `data/inputs.json` | every file that the run read, with size and SHA-256 |
    | `data/withheld/` | what stands for files that may not be passed on: their digest, and where they came from |
    | `data/plugins/` | what the plugins that did the work say of themselves |
    | `data/run.json`, `data/steps.json` | the record of the run: plugins, versions, parameters, digests |

    ## To verify it

    The last 64 characters of the zip file are the SHA-256 of all that comes before them:

        head -c -64 FILE.zip | sha256sum; tail -c 64 FILE.zip

    Unpack it, go into the folder `\(name)` and say

        sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt

    The id of the snapshot is the SHA-256 of `tagmanifest-sha256.txt`. It stands for all the content. Whoever cites the
    snapshot should give the id; whoever holds the id can prove that this is the snapshot meant. Digests prove that files
    are unchanged. They do not prove who made them, or that the results are right.

    ## To run it again

        casus snapshot verify FILE.zip --rerun
        casus snapshot restore FILE.zip FOLDER

    Without Casus, `data/workspace/` holds the input, and `data/run.json` says in plain words which method each step used,
    with all its parameters. `data/plugins/` names the publications that the methods come from.


    """
  text += findings(of: run)
  if let license = run.workspace.license {
    text += "## Licence\n\nOf the results: \(license). Sources have their own.\n\n"
  }
  if !run.citations.isEmpty {
    text += "## To be cited\n\n" + run.citations.map { "- \($0)\n" }.joined() + "\n"
  }
  if !withheld.isEmpty {
    text +=
      "## Not in this snapshot\n\nThese files may not be passed on. To run again from the start, fetch them and put "
    text += "them where the workspace names them:\n\n"
    for file in withheld { text += "- `\(file.path.text)`, \(file.bytes) bytes, SHA-256 `\(file.digest)`\n" }
    text += "\n"
  }
  while text.hasSuffix("\n\n") { text.removeLast() }
  return text
}

private func findings(of run: RunResults) -> String {
  guard run.analyses.contains(where: { !$0.result.findings.isEmpty }) else { return "" }
  var text = "## What the run found\n\n"
  for analysis in run.analyses {
    for finding in analysis.result.findings {
      text += "- \(finding.sentence) (\(analysis.name), \(finding.strength.rawValue))\n"
    }
  }
  return text + "\n"
}
