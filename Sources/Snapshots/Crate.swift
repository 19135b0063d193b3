import JSONText
import Workbench

/// The description of a run as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) with the profiles Process, Workflow and
/// Provenance Run Crate 0.5 (https://www.researchobject.org/workflow-run-crate): which step made which file, from what
/// and with which parameters.
struct Crate {
  private let run: RunResults
  private let files: [ArchivedFile]
  private let paths: Set<String>
  /// The files that the workflow reads, beside itself.
  private let inputFiles: [String]
  /// The files that its steps make.
  private let resultFiles: [String]
  /// Both of them.
  private let formalFiles: Set<String>
  private var steps: [Step] = []

  init(_ run: RunResults, _ files: [ArchivedFile]) {
    self.run = run
    self.files = files
    paths = Set(files.map(\.name))
    inputFiles = run.files.filter { $0.role != .workspace }.map(Payload.place)
    resultFiles = files.map(\.name).filter { $0.hasPrefix(Payload.analyses) || $0.hasPrefix("counts/") }
    formalFiles = Set(inputFiles + resultFiles)
    steps = allSteps
  }

  private static let profiles = [
    ("https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/provenance/0.5", "Provenance Run Crate", "0.5"),
    ("https://w3id.org/workflowhub/workflow-ro-crate/1.0", "Workflow RO-Crate", "1.0"),
  ]
  /// Not a term of the 1.1 context; RO-Crate recommends to declare such a term in the file itself.
  private static let digestTerm: JSONValue = ["sha256": "https://w3id.org/ro/terms/workflow-run#sha256"]

  /// The content of `ro-crate-metadata.json`.
  var json: JSONValue {
    var graph = [descriptor, root, license, language, program, runAction, organizeAction]
    graph += Self.profiles.map { id, name, version in
      ["@id": .string(id), "@type": "CreativeWork", "name": .string(name), "version": .string(version)]
    }
    graph += files.map(entity)
    graph += parameters
    graph += steps.flatMap { $0.entities }
    var seen: Set<String> = []
    for step in steps where seen.insert(step.tool.id).inserted { graph.append(step.tool.json) }
    return ["@context": ["https://w3id.org/ro/crate/1.1/context", Self.digestTerm], "@graph": .array(graph)]
  }

  // MARK: - The crate as a whole

  private var descriptor: JSONValue {
    [
      "@id": .string(Payload.crate), "@type": "CreativeWork", "about": reference("./"),
      "conformsTo": references(["https://w3id.org/ro/crate/1.1", Self.profiles[3].0]),
    ]
  }
  private var root: JSONValue {
    [
      "@id": "./", "@type": "Dataset", "name": .string(run.workspace.title ?? run.workspace.name),
      "description": .string("A run of the Casus workbench: what it read, what it came to, and how."),
      "datePublished": .string(lastDay), "license": reference(licenseID),
      "conformsTo": references(Self.profiles.map(\.0)), "mainEntity": reference(workflowID),
      "hasPart": references(files.map { uri($0.name) }),
      "mentions": references([runID] + steps.map(\.actionID)),
    ]
  }
  /// The last day that the run knows of: a snapshot has no clock, and a crate must name a day.
  private var lastDay: String {
    let accessed = (run.record["sources"]?.elements ?? []).compactMap { $0["accessed"]?.text }
    let covered = (run.record["events"]?.elements ?? []).flatMap { $0["coverage"]?.elements ?? [] }
      .compactMap { $0["to"]?.text }
    return (accessed.isEmpty ? covered : accessed).max() ?? "1980-01-01"
  }
  private var licenseID: String { run.workspace.license.map { "https://spdx.org/licenses/\(uri($0))" } ?? "#license" }
  private var license: JSONValue {
    let name = run.workspace.license ?? "no licence stated"
    return [
      "@id": .string(licenseID), "@type": "CreativeWork", "name": .string(name), "identifier": .string(name),
      "description": .string(
        run.workspace.license == nil
          ? "The workspace states no licence: ask its authors."
          : "The licence that the workspace states for its results. Sources have their own."),
    ]
  }

  private func entity(_ file: ArchivedFile) -> JSONValue {
    var members: [String: JSONValue] = [
      "@id": .string(uri(file.name)), "@type": "File", "name": .string(file.name),
      "encodingFormat": .string(mediaType(file.name)), "contentSize": .string(String(file.bytes)),
      "sha256": .string(file.digest),
    ]
    if file.name == Payload.readMe { members["about"] = reference("./") }
    if uri(file.name) == workflowID {
      members["@type"] = ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"]
      members["name"] = .string("\(run.workspace.name), workspace file")
      members["programmingLanguage"] = reference(languageID)
      members["conformsTo"] = reference("https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE")
      members["version"] = "1"
      members["step"] = references(steps.map(\.id))
      members["hasPart"] = references(Array(Set(steps.map(\.tool.id))).sorted())
      members["input"] = references(inputFiles.map(formalID))
      members["output"] = references(resultFiles.map(formalID))
    } else if formalFiles.contains(file.name) {
      members["exampleOfWork"] = reference(formalID(file.name))
    }
    return .object(members)
  }
  private func mediaType(_ name: String) -> String {
    let types = [
      "csv": "text/csv", "json": "application/json", "md": "text/markdown", "svg": "image/svg+xml",
      "yaml": "application/yaml", "yml": "application/yaml", "zip": "application/zip", "gz": "application/gzip",
      "sqlite": "application/vnd.sqlite3", "tsv": "text/tab-separated-values", "txt": "text/plain",
    ]
    return types[name.split(separator: ".").last.map { $0.lowercased() } ?? ""] ?? "application/octet-stream"
  }

  // MARK: - The workflow

  private var workflowID: String { uri(Payload.workspace + (run.files.first { $0.role == .workspace }?.name ?? "")) }
  private var languageID: String { "\(programID)#workspace" }
  private var language: JSONValue {
    [
      "@id": .string(languageID), "@type": "ComputerLanguage", "name": "Casus workspace file",
      "alternateName": "workspace", "identifier": reference(languageID), "url": reference(languageID), "version": "1",
    ]
  }
  /// A name that leads nowhere, as the program has no address of its own: `.example` is reserved for such (RFC 2606).
  private var programID: String { "https://casus.example/\(run.record["casus"]?.text ?? "0")" }
  private var program: JSONValue {
    let version = run.record["casus"] ?? ""
    return [
      "@id": .string(programID), "@type": "SoftwareApplication", "name": "Casus",
      "description": "A workbench for conflict and security events.", "softwareVersion": version,
      "url": reference(programID),
    ]
  }
  private func formalID(_ name: String) -> String { "\(workflowID)#\(uri(name))" }
  private var parameters: [JSONValue] {
    (inputFiles + resultFiles).map { name in
      [
        "@id": .string(formalID(name)), "@type": "FormalParameter", "additionalType": "File", "name": .string(name),
        "workExample": reference(uri(name)),
      ]
    }
  }

  /// What makes event sets: a part of the program, no plugin.
  private var eventSetsID: String { "\(programID)/event-sets" }
  private var eventSets: JSONValue {
    [
      "@id": .string(eventSetsID), "@type": "SoftwareApplication", "name": "event sets",
      "description": "Joins sources, resolves actors, filters, removes duplicates, and counts what it leaves out.",
      "softwareVersion": run.record["casus"] ?? "", "url": reference(eventSetsID),
    ]
  }

  // MARK: - The run

  private var runID: String { "#run" }
  private var runAction: JSONValue {
    action(
      runID, "run of \(run.workspace.name)", instrument: workflowID, objects: inputFiles.map(uri),
      results: resultFiles.map(uri))
  }
  private var organizeAction: JSONValue {
    [
      "@id": "#orchestration", "@type": "OrganizeAction", "name": "orchestration by Casus",
      "instrument": reference(programID), "object": references(steps.map(\.controlID)), "result": reference(runID),
    ]
  }
  private func action(
    _ id: String, _ name: String, instrument: String, objects: [String], results: [String]
  ) -> JSONValue {
    [
      "@id": .string(id), "@type": "CreateAction", "name": .string(name), "description": .string(name),
      "instrument": reference(instrument), "object": references(objects), "result": references(results),
      "actionStatus": "http://schema.org/CompletedActionStatus",
    ]
  }

  /// A step of the workflow: which tool made what from what.
  private struct Step {
    var id: String
    var actionID: String
    var controlID: String
    var tool: (id: String, json: JSONValue)
    var entities: [JSONValue]

    /// The same step with its place among all of them.
    func at(_ position: Int) -> Step {
      var step = self
      step.entities = entities.map { entity in
        guard case .object(var members) = entity, members["@id"]?.text == id else { return entity }
        members["position"] = .string(String(position))
        return .object(members)
      }
      return step
    }
  }
  private var allSteps: [Step] {
    let sources = (run.record["sources"]?.elements ?? []).map { source -> Step in
      step(
        "source", source, of: source["plugin"]?.text, objects: inputs(of: source), results: [events("source", source)])
    }
    let sets = (run.record["events"]?.elements ?? []).map { set -> Step in
      let read = (set["sources"]?.elements ?? []).map { "#events/source/\($0.text ?? "")" }
      let made = [Payload.counts, Payload.merges].filter(paths.contains).map { uri($0) }
      return step("event-set", set, of: nil, objects: read, results: [events("event-set", set)], files: made)
    }
    let analyses = (run.record["analyses"]?.elements ?? []).map { analysis -> Step in
      let name = analysis["name"]?.text ?? ""
      let made = files.map(\.name).filter { $0.hasPrefix("\(Payload.analyses)\(name)/") }.map { uri($0) }
      let read = (analysis["from"]?.elements ?? []).compactMap(\.text).flatMap { from -> [String] in
        let isSet = run.record["events"]?.elements.contains { $0["name"]?.text == from } ?? false
        return isSet
          ? ["#events/event-set/\(from)"]
          : files.map(\.name).filter { $0.hasPrefix("\(Payload.analyses)\(from)/") }.map { uri($0) }
      }
      return step("analysis", analysis, of: analysis["plugin"]?.text, objects: read + inputs(of: analysis), files: made)
    }
    return (sources + sets + analyses).enumerated().map { position, step in step.at(position) }
  }
  private func step(
    _ kind: String, _ record: JSONValue, of plugin: String?, objects: [String], results: [JSONValue] = [],
    files: [String] = []
  ) -> Step {
    let name = "\(kind)/\(record["name"]?.text ?? "")"
    let tool = tool(plugin, record)
    let values = (record["parameters"]?.members ?? []).filter { $0.value != .null }.map { key, value -> JSONValue in
      [
        "@id": .string("#parameter/\(name)/\(uri(key))"), "@type": "PropertyValue", "name": .string(key),
        "value": .string(value.text ?? value.compact),
      ]
    }
    let (id, actionID, controlID) = ("\(workflowID)#step/\(name)", "#action/\(name)", "#control/\(name)")
    let made = results.compactMap { $0["@id"]?.text } + files
    return Step(
      id: id, actionID: actionID, controlID: controlID, tool: tool,
      entities: [
        [
          "@id": .string(id), "@type": "HowToStep", "name": .string(name),
          "workExample": reference(tool.id),
        ],
        [
          "@id": .string(controlID), "@type": "ControlAction", "name": .string("start of \(name)"),
          "instrument": reference(id), "object": reference(actionID),
        ],
        action(
          actionID, name, instrument: tool.id, objects: objects + values.compactMap { $0["@id"]?.text }, results: made),
      ] + values + results)
  }
  private func tool(_ plugin: String?, _ record: JSONValue) -> (id: String, json: JSONValue) {
    guard let plugin else { return (eventSetsID, eventSets) }
    let version = "\(record["version"]?.text ?? "").\(record["behaviour"]?.integer ?? 0)"
    let id = "\(programID)/plugins/\(uri(plugin))/\(version)"
    let description = JSONValue.string(run.plugins.first { $0.manifest.id == plugin }?.manifest.summary ?? plugin)
    return (
      id,
      [
        "@id": .string(id), "@type": "SoftwareApplication", "name": .string(plugin), "description": description,
        "version": .string(version), "url": reference(id),
      ]
    )
  }
  /// The events that a step made, which are not in the archive: how many, and the digest of each column.
  private func events(_ kind: String, _ record: JSONValue) -> JSONValue {
    let name = record["name"]?.text ?? ""
    let facts: JSONValue = ["events": record["events"] ?? .null, "sha256": record["columns"] ?? [:]]
    return [
      "@id": .string("#events/\(kind)/\(name)"), "@type": "PropertyValue", "name": .string("events of \(name)"),
      "value": .string(facts.compact),
    ]
  }
  private func inputs(of record: JSONValue) -> [String] {
    (record["inputs"]?.elements ?? []).compactMap { input in
      run.files.first { $0.path.text == input["path"]?.text }.map { uri(Payload.place(of: $0)) }
    }
  }

  // MARK: - Forms

  private func reference(_ id: String) -> JSONValue { ["@id": .string(id)] }
  /// References; a single one stands for itself, as JSON-LD has it when it is compacted.
  private func references(_ ids: [String]) -> JSONValue {
    ids.count == 1 ? reference(ids[0]) : .array(ids.map(reference))
  }
  /// A name as a relative reference (RFC 3986): what is not unreserved is escaped.
  private func uri(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + hexadecimal([byte]).uppercased()
      }
    }
    return text
  }
}
