import Testing

/// Who may import whom, row by row; a target that is not here fails the test, and so does a row that is not needed.
private let allowedImports: [String: Set<String>] = [
  "EventModel": [],
  "JSONText": [],
  "CZlib": [],
  "CDeflate": [],
  "Workbench": ["EventModel", "JSONText", "Synchronization"],
  "DelimitedText": ["EventModel", "JSONText", "Workbench", "Synchronization"],
  "Ontology": ["EventModel"],
  "EventScales": ["EventModel", "Workbench", "Ontology", "DelimitedText", "JSONText"],
  "Incidents": ["EventModel", "Workbench"],
  "Statistics": ["Numerics", "RealModule"],
  "HTMLText": [],
  "Charts": ["EventModel", "JSONText", "Workbench", "HTMLText", "RealModule"],
  "Compression": ["Workbench", "CZlib", "CDeflate"],
  "TabularEvents": ["EventModel", "Workbench", "DelimitedText", "Synchronization"],
  "Snapshots": [
    "EventModel", "Workbench", "Charts", "Compression", "DelimitedText", "JSONText", "Crypto", "Foundation",
    "Synchronization",
  ],
  "FileStore": ["Workbench", "Compression", "Crypto", "Glibc", "Synchronization"],
  "WorkspaceFormat": ["EventModel", "Workbench", "JSONText", "Yams"],
  "ProcessPlugins": [
    "EventModel", "Workbench", "WorkspaceFormat", "DelimitedText", "TabularEvents", "JSONText", "Glibc", "Subprocess",
    "Synchronization", "SystemPackage",
  ],
  "SQLiteRows": ["EventModel", "GRDB", "GRDBSQLite"],
  "Engine": [
    "EventModel", "Workbench", "WorkspaceFormat", "DelimitedText", "JSONText", "Crypto", "Dispatch", "Foundation",
    "Synchronization",
  ],
]
/// What any plugin may import; which of the helpers it does, its line in Package.swift says.
private let allowedToPlugins: Set<String> = [
  "EventModel", "JSONText", "Workbench", "TabularEvents", "DelimitedText", "Ontology", "EventScales",
  "Incidents", "Statistics", "Snapshots", "Charts", "HTMLText",
]
/// What the program may import beside everything in Sources.
private let allowedToProgram: Set<String> = ["ArgumentParser", "Dispatch", "Foundation", "Glibc", "Synchronization"]

@Suite struct ImportTests {
  @Test(arguments: House.folders(in: "Sources")) func coreImportsDownwardOnly(_ target: String) throws {
    let allowed: Set<String>
    switch target {
    case "casus": allowed = allowedToProgram.union(House.folders(in: "Sources"))
    case "BuiltinPlugins": allowed = Set(House.folders(in: "Plugins") + ["Workbench"])
    default: allowed = try #require(allowedImports[target], "add '\(target)' to the table")
    }
    let extra = try imports(below: "Sources/\(target)").subtracting(allowed)
    #expect(extra.isEmpty, "\(target) may not import \(extra.sorted())")
  }

  @Test(arguments: House.folders(in: "Plugins")) func pluginImportsContractsAndHelpersOnly(_ target: String) throws {
    let allowed = target.hasPrefix("SQLite") ? allowedToPlugins.union(["GRDB", "SQLiteRows"]) : allowedToPlugins
    let extra = try imports(below: "Plugins/\(target)").subtracting(allowed)
    #expect(extra.isEmpty, "\(target) may not import \(extra.sorted())")
  }

  @Test func theTableNamesNoTargetThatIsGone() {
    let gone = Set(allowedImports.keys).subtracting(House.folders(in: "Sources"))
    #expect(gone.isEmpty, "not in Sources: \(gone.sorted())")
  }

  @Test(arguments: [
    ("CZlib", "Compression"), ("CDeflate", "Compression"), ("Yams", "WorkspaceFormat"), ("ArgumentParser", "casus"),
    ("Subprocess", "ProcessPlugins"), ("GRDBSQLite", "SQLiteRows"),
  ])
  func oneTargetAloneImports(_ module: String, _ owner: String) throws {
    for file in House.files(in: ["Sources", "Plugins"]) where try imports(of: file).contains(module) {
      #expect(file.target == owner, "\(file.path) imports \(module)")
    }
  }

  @Test func onlySQLiteRowsAndTheSQLitePluginsImportGRDB() throws {
    for file in House.files(in: ["Sources", "Plugins"]) where try imports(of: file).contains("GRDB") {
      #expect(file.target.hasPrefix("SQLite"), "\(file.path) imports GRDB")
    }
  }

  private func imports(below folder: String) throws -> Set<String> {
    try House.files(in: [folder]).reduce(into: []) { try $0.formUnion(imports(of: $1)) }
  }

  /// The modules a file imports, in any form an import can have.
  ///
  /// Imports stand above the first declaration; what looks like one below it is text that the program writes.
  private func imports(of file: House.File) throws -> Set<String> {
    let statement =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    let head = file.lines.prefix { $0.allSatisfy(\.isWhitespace) || $0.hasPrefix("//") || $0.contains(statement) }
    return Set(head.compactMap { $0.firstMatch(of: statement).map { String($0.output.1) } })
  }
}
