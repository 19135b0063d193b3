import Charts
import HTMLText
import JSONText
import Workbench

/// The headlines, and where there are further findings all of them, those of each analysis together; each with its
/// numbers and the events behind it.
func findings(of run: RunResults) -> Markup {
  var evidence: [String: [RunResults.Evidence]] = [:]
  for event in run.evidence { evidence[event.event, default: []].append(event) }
  let headlines = run.headlines.map { headline -> Markup in
    let number = (run.analyses.firstIndex { $0.name == headline.analysis } ?? 0) + 1
    return item(
      headline.finding, evidence, of: "<a class=\"faint\" href=\"#a\(number)\">\(headline.analysis)</a>")
  }
  let count = run.analyses.reduce(0) { $0 + $1.result.findings.count }
  let groups = run.analyses.enumerated().compactMap { index, analysis -> Markup? in
    guard !analysis.result.findings.isEmpty, count > headlines.count else { return nil }
    let items = analysis.result.findings.map { item($0, evidence) }
    return """
      <h3>All of <a href="#a\(index + 1)">\(analysis.name)</a></h3>
      <ul class="findings">\(items.joined())</ul>
      """
  }
  let list: Markup =
    headlines.isEmpty ? "<p>The analyses state no findings.</p>" : "<ol class=\"findings\">\(headlines.joined())</ol>"
  return """
    <section id="findings"><h2>Findings</h2>
    <p class="faint">\(count > headlines.count ? "The \(headlines.count) firmest of \(counted(count, "finding")) come first. " : "")Strong:
    the data leave little doubt. Moderate: they speak for it. Weak: few events, or a wide interval. Descriptive: a plain
    count or date.</p>
    \(list)
    \(groups.joined())
    </section>
    """
}

private func item(
  _ finding: Finding, _ evidence: [String: [RunResults.Evidence]], of analysis: Markup = ""
) -> Markup {
  let numbers = JSONValue.object(finding.numbers).members.map { member -> Markup in
    "<div><dt>\(member.key.replacing("_", with: " "))</dt><dd dir=\"auto\">\(shown(member.value))</dd></div>"
  }
  let events = finding.events.compactMap { evidence[$0].map { ($0.first?.event ?? "", $0) } }
  let blocks = events.map { id, records in records.map { block(id, $0) }.joined() }
  let rest = finding.events.count - events.count
  let more: Markup =
    rest == 0
    ? ""
    : "<p>\(events.isEmpty ? "Events" : "Further events"): \(finding.events.filter { evidence[$0] == nil }.prefix(20).joined(separator: ", "))\(rest > 20 ? " and \(rest - 20) more" : "").</p>"
  var parts: [String] = []
  if !numbers.isEmpty { parts.append("numbers") }
  if !finding.events.isEmpty { parts.append(counted(finding.events.count, "event")) }
  let list: Markup = numbers.isEmpty ? "" : "<dl class=\"numbers\">\(numbers.joined())</dl>"
  let details: Markup =
    parts.isEmpty
    ? ""
    : "<details><summary>Behind it: \(parts.joined(separator: " and "))</summary>\(list)\(blocks.joined())\(more)</details>"
  return """
    <li><p><span class="strength \(finding.strength.rawValue)">\(finding.strength.rawValue)</span>
    <span dir="auto">\(unbroken(finding.sentence))</span> \(analysis)</p>\(details)</li>
    """
}

/// A sentence whose dates stay on one line.
private func unbroken(_ sentence: String) -> Markup {
  var (markup, rest) = (Markup(), sentence[...])
  while let date = rest.firstMatch(of: /\d{4}-\d\d(-\d\d)?/) {
    markup += "\(String(rest[..<date.range.lowerBound]))<span class=\"date\">\(String(date.output.0))</span>"
    rest = rest[date.range.upperBound...]
  }
  return markup + Markup(String(rest))
}

/// A record field by field, as the file has it.
private func block(_ id: String, _ evidence: RunResults.Evidence) -> Markup {
  let fields = evidence.record.fields.filter { !$0.value.isEmpty }.map { field -> Markup in
    let value = field.value.count > 2_000 ? field.value.prefix(2_000) + " … (cut)" : field.value
    let meaning: Markup = field.meaning.map { "<span class=\"faint\"> \($0)</span>" } ?? ""
    return "<div><dt>\(field.name)\(meaning)</dt><dd dir=\"auto\">\(Markup.linking(value))</dd></div>"
  }
  let place = evidence.record.location
  return """
    <article class="event"><p><strong>Event \(id)</strong>
    <span class="faint">\(evidence.source): \(place.file), line \(place.line)</span></p>
    <dl class="record">\(fields.joined())</dl></article>
    """
}

/// A value as a reader sees it.
func shown(_ value: JSONValue) -> String {
  switch value {
  case .null: ""
  case .string(let text): text
  case .boolean(let value): value ? "yes" : "no"
  case .integer(let value): readable(value)
  case .number(let value): readable(value)
  case .array, .object: value.compact
  }
}
