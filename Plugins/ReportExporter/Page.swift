import Charts
import HTMLText
import JSONText
import Workbench

/// The page: findings, what was run, analyses, quality of the data, how to do it again.
func page(of run: RunResults, analyses: [Markup]) -> Markup {
  let title = run.workspace.title ?? run.workspace.name
  let nonce = nonce(of: run)
  let policy =
    "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; img-src blob: data:; "
    + "base-uri 'none'; form-action 'none'"
  let links = run.analyses.enumerated().map { index, analysis -> Markup in
    "<li><a href=\"#a\(index + 1)\">\(analysis.name)</a></li>"
  }
  return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="Casus \(run.record["casus"]?.text ?? "")">
    <title>\(title)</title>
    <style nonce="\(nonce)">\(Markup(trusted: pageStyle))</style>
    <style nonce="\(nonce)" id="chart-style">\(Markup(trusted: ChartStyle.light))</style>
    <style nonce="\(nonce)">@media screen and (prefers-color-scheme:dark){\(Markup(trusted: ChartStyle.dark))}</style>
    </head>
    <body>
    <a class="skip" href="#findings">Skip to the findings</a>
    <header>
    <p class="kicker">Report of the workspace \(run.workspace.name)</p>
    <h1 dir="auto">\(title)</h1>
    <p class="lead">\(lead(run))</p>
    </header>
    <nav aria-label="Contents"><ul>
    <li><a href="#findings">Findings</a></li><li><a href="#run">What was run</a></li>\(links.joined())
    <li><a href="#quality">Data and their quality</a></li><li><a href="#again">How to do it again</a></li>
    </ul></nav>
    <main>
    \(findings(of: run))
    \(whatWasRun(run))
    \(analyses.joined())
    \(quality(of: run))
    \(howToReproduce(run))
    </main>
    <footer><p>Made by Casus \(run.record["casus"]?.text ?? ""). The page loads nothing from elsewhere and sends nothing.</p></footer>
    <script nonce="\(nonce)">\(Markup(trusted: pageScript))</script>
    </body>
    </html>

    """
}

/// A word that nobody can know who wrote the data: it is made from the digests of the files, the data's among them.
private func nonce(of run: RunResults) -> String {
  let digits = run.files.map { $0.digest.prefix(12) }.joined().prefix(48)
  return digits.isEmpty ? "casus" : String(digits)
}

private func lead(_ run: RunResults) -> Markup {
  let sources = run.record["sources"]?.elements ?? []
  let events = sources.reduce(0) { $0 + ($1["events"]?.integer ?? 0) }
  let findings = run.analyses.reduce(0) { $0 + $1.result.findings.count }
  var parts: [String] = []
  if !sources.isEmpty { parts.append("\(counted(events, "event")) from \(counted(sources.count, "source"))") }
  parts.append(counted(run.analyses.count, "analysis", "analyses"))
  parts.append(counted(findings, "finding"))
  let profile = run.record["workspace"]?["profile"]?.text.map { " Profile: \($0)." } ?? ""
  return Markup(parts.joined(separator: ", ") + "." + profile)
}

/// A number with its noun.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(readable(count)) \(count == 1 ? one : many ?? "\(one)s")"
}

/// The sources and the analyses, with their data's vintage, digests and parameters.
private func whatWasRun(_ run: RunResults) -> Markup {
  let sources = (run.record["sources"]?.elements ?? []).map { source -> Markup in
    let files = (source["inputs"]?.elements ?? []).map { file -> Markup in
      "<li><code>\(file["path"]?.text ?? "")</code>, \(counted(file["bytes"]?.integer ?? 0, "byte")), SHA-256 <code class=\"digest\">\(file["sha256"]?.text ?? "not known")</code></li>"
    }
    let vintage = [("release", "release"), ("accessed", "accessed")].compactMap { word, key in
      source[key]?.text.map { "\(word) \($0)" }
    }
    let events = source["events"]?.integer.map { readable($0) } ?? source["reason"]?.text ?? "none"
    return """
      <tr><th scope="row">\(source["name"]?.text ?? "")</th><td>\(name(of: source, in: run))</td>
      <td>\(vintage.isEmpty ? "not stated" : vintage.joined(separator: ", "))</td><td class="n">\(events)</td>
      <td><ul class="plain">\(files.joined())</ul></td></tr>
      """
  }
  let analyses = (run.record["analyses"]?.elements ?? []).filter { entry in
    run.analyses.contains { $0.name == entry["name"]?.text }
  }.map { analysis -> Markup in
    let from = (analysis["from"]?.elements ?? []).compactMap(\.text).joined(separator: ", ")
    return """
      <tr><th scope="row">\(analysis["name"]?.text ?? "")</th><td>\(name(of: analysis, in: run))</td><td>\(from)</td>
      <td>\(parameters(analysis["parameters"]))</td></tr>
      """
  }
  return """
    <section id="run"><h2>What was run</h2>
    \(table("Sources of events", ["Source", "Read by", "Vintage", "Events", "Files"], sources))
    \(table("Analyses", ["Analysis", "Method", "Of", "Parameters"], analyses))
    </section>
    """
}

private func name(of step: JSONValue, in run: RunResults) -> String {
  guard let id = step["plugin"]?.text else { return "" }
  let used = run.plugins.first { $0.manifest.id == id }
  return "\(used?.manifest.name ?? id), version \(step["version"]?.text ?? "1")"
}

/// Parameters as a line of code; a file or a list by its own words.
func parameters(_ json: JSONValue?) -> Markup {
  let parts = (json?.members ?? []).filter { $0.value != .null }.map { member -> Markup in
    "<code>\(member.key): \(member.value.text ?? member.value.compact)</code>"
  }
  return parts.joined(separator: " ")
}

/// A plain table of the page's own.
func table(_ caption: String, _ heads: [String], _ rows: [Markup]) -> Markup {
  guard !rows.isEmpty else { return "" }
  let cells = heads.map { head -> Markup in "<th scope=\"col\">\(head)</th>" }
  return """
    <div class="scroll" role="region" tabindex="0" aria-label="\(caption)"><table><caption>\(caption)</caption>
    <thead><tr>\(cells.joined())</tr></thead><tbody>\(rows.joined())</tbody></table></div>
    """
}

/// Which days are covered, what became of the events, and what the run warns of.
private func quality(of run: RunResults) -> Markup {
  let covered = (run.record["events"]?.elements ?? []).flatMap { set in
    (set["coverage"]?.elements ?? []).map { cover -> Markup in
      """
      <tr><th scope="row">\(set["name"]?.text ?? "")</th><td>\(cover["source"]?.text ?? "")</td>
      <td>\(cover["from"]?.text ?? "")</td><td>\(cover["to"]?.text ?? "")</td></tr>
      """
    }
  }
  let steps = ["sources", "events", "analyses"].flatMap { run.record[$0]?.elements ?? [] }
  let warnings = steps.flatMap { step in
    (step["warnings"]?.elements ?? []).map { warning(of: $0, step: step["name"]?.text ?? "") }
  }
  let failed = steps.compactMap { step -> Markup? in
    guard let state = step["state"]?.text else { return nil }
    return
      "<li class=\"warning\"><strong>\(step["name"]?.text ?? "")</strong> \(state): \(step["reason"]?.text ?? "")</li>"
  }
  let all = failed + warnings
  let list: Markup = all.isEmpty ? "<p>None.</p>" : "<ul class=\"warnings\">\(all.joined())</ul>"
  let merged: Markup =
    run.merges.map { "<p>\(counted($0.count, "record")) merged into others as reports of one event.</p>" } ?? ""
  return """
    <section id="quality"><h2>Data and their quality</h2>
    <p>Outside the days covered nothing can be known: there, no events means no data, not peace.</p>
    \(table("Days covered", ["Event set", "Source", "From", "To"], covered))
    <h3>What became of the events</h3>
    \(dataTable(run.counts, name: run.counts.schema.name, rows: 200))
    \(merged)
    <h3>Warnings</h3>
    \(list)
    </section>
    """
}

private func warning(of json: JSONValue, step: String) -> Markup {
  let hint: Markup = json["hint"]?.text.map { " <span class=\"faint\">\($0)</span>" } ?? ""
  let notes = (json["notes"]?.elements ?? []).compactMap(\.text).map { note -> Markup in "<li>\(note)</li>" }
  let more: Markup = notes.isEmpty ? "" : "<ul>\(notes.joined())</ul>"
  return "<li class=\"warning\"><strong>\(step)</strong>: \(json["message"]?.text ?? "")\(hint)\(more)</li>"
}

/// Citations, and what it takes to get the same page again.
private func howToReproduce(_ run: RunResults) -> Markup {
  let workspace = run.record["workspace"]
  let profile = workspace?["profile"]?.text.map { " --profile \($0)" } ?? ""
  let sets = (workspace?["vars"]?.members ?? []).compactMap { member in member.value.text.map { (member.key, $0) } }
  let facts: [(String, String?)] = [
    ("Program", run.record["casus"]?.text.map { "Casus \($0)" }),
    ("Workspace file, SHA-256", workspace?["sha256"]?.text),
    ("Table of actors, SHA-256", workspace?["actors"]?.text), ("Seed", workspace?["seed"]?.integer.map(String.init)),
    ("Profile", workspace?["profile"]?.text),
    ("Variables", sets.isEmpty ? nil : sets.map { "\($0) = \($1)" }.joined(separator: ", ")),
    ("Licence of the results", run.workspace.license),
  ]
  let rows = facts.compactMap { name, value in
    value.map { value -> Markup in
      "<tr><th scope=\"row\">\(name)</th><td><code class=\"digest\">\(value)</code></td></tr>"
    }
  }
  let cited = run.citations.map { citation -> Markup in "<li dir=\"auto\">\(Markup.linking(citation))</li>" }
  let citations: Markup = cited.isEmpty ? "<p>The sources name no citation.</p>" : "<ul>\(cited.joined())</ul>"
  return """
    <section id="again"><h2>How to do it again</h2>
    <p>The same workspace, the same files and the same version of the program give this page again, to the byte. Digests
    show that files are the same; they do not show who wrote them.</p>
    <pre><code>casus check path/to/\(run.workspace.name)
    casus run path/to/\(run.workspace.name)\(profile)</code></pre>
    \(table("What the run depends on", ["What", "Value"], rows))
    <h3>Please cite the data</h3>
    \(citations)
    </section>
    """
}
