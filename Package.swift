// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A target of the core, in Sources/.
func core(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}
/// A plugin: a folder of Plugins/, named for its main type.
func plugin(_ name: String, _ helpers: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: ["EventModel", "JSONText", "Workbench"] + helpers, path: "Plugins/\(name)",
    swiftSettings: strict)
}
/// Tests of one target, in Tests/, with Golden/ and Fixtures/ beside them where they need them.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: ["EventModel", "JSONText", "Workbench", "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let numerics = Target.Dependency.product(name: "Numerics", package: "swift-numerics")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: [Target.Dependency] = [
  .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
]
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

/// The plugins shipped, in the order of `BuiltinPlugins`; `casus plugins new` adds a line at the end.
let plugins: [Target] = [
  plugin("CSVSource", ["TabularEvents", "DelimitedText", "Ontology", "EventScales"]),
  plugin("GDELTSource", ["TabularEvents", "DelimitedText", "EventScales", "Ontology"]),
  plugin("GTDSource", ["TabularEvents", "DelimitedText", "EventScales", "Ontology"]),
  plugin("UCDPSource", ["TabularEvents", "DelimitedText", "Ontology", "EventScales"]),
  plugin("ACLEDSource", ["TabularEvents", "DelimitedText", "Ontology", "EventScales"]),
  plugin("ICEWSSource", ["TabularEvents", "DelimitedText", "Ontology", "EventScales"]),
  plugin("POLECATSource", ["TabularEvents", "DelimitedText", "Ontology", "EventScales"]),
  plugin("SQLiteSource", ["TabularEvents", "Ontology", "EventScales", grdb]),
  plugin("PanelAnalyzer"),
  plugin("IncidentStatisticsAnalyzer", ["Incidents", "Statistics"]),
  plugin("IncidentSeverityAnalyzer", ["Statistics"]),
  plugin("IncidentTimingAnalyzer", ["Incidents", "Statistics"]),
  plugin("IncidentSpaceAnalyzer", ["Incidents", "Statistics"]),
  plugin("AlertsAnalyzer", ["Incidents", "Statistics"]),
  plugin("ConflictIndexAnalyzer", ["Incidents"]),
  plugin("StructuralBalanceAnalyzer", ["DelimitedText", "Statistics"]),
  plugin("RelationshipShiftAnalyzer", ["Ontology", "Statistics"]),
  plugin("InterventionAnalyzer", ["Statistics"]),
  plugin("LeverageAnalyzer", ["Statistics"]),
  plugin("ClaimsAnalyzer", ["DelimitedText", "Statistics"]),
  plugin("TablesExporter", ["DelimitedText"]),
  plugin("ChartsExporter", ["Charts"]),
  plugin("ReportExporter", ["Charts", "HTMLText"]),
  plugin("SQLiteExporter", ["SQLiteRows", grdb]),
  plugin("ArchiveExporter", ["Snapshots"]),
]
let pluginNames = plugins.map { Target.Dependency(stringLiteral: $0.name) }

let package = Package(
  name: "casus",
  products: [
    .executable(name: "casus", targets: ["casus"]),
    .library(name: "Workbench", targets: ["Workbench"]),
    .library(name: "EventModel", targets: ["EventModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CDeflate", providers: [.apt(["libdeflate-dev"])]),
    core("EventModel"),
    core("JSONText"),
    core("Workbench", ["EventModel", "JSONText"]),
    core("DelimitedText", ["EventModel", "JSONText", "Workbench"]),
    core("TabularEvents", ["EventModel", "Workbench", "DelimitedText"]),
    core("Ontology", ["EventModel"]),
    core("EventScales", ["EventModel", "Workbench", "Ontology", "DelimitedText", "JSONText"]),
    core("Incidents", ["EventModel", "Workbench"]),
    core("Statistics", [numerics]),
    core("HTMLText"),
    core("Charts", ["EventModel", "JSONText", "Workbench", "HTMLText", numerics]),
    core("Compression", ["Workbench", "CZlib", "CDeflate"]),
    core("Snapshots", ["EventModel", "Workbench", "Charts", "Compression", "DelimitedText", "JSONText", crypto]),
    core("SQLiteRows", ["EventModel", grdb, sqlite]),
    core("FileStore", ["Workbench", "Compression", crypto]),
    core("WorkspaceFormat", ["Workbench", "EventModel", "JSONText", yams]),
    core("Engine", ["EventModel", "Workbench", "WorkspaceFormat", "DelimitedText", "JSONText", crypto]),
    core(
      "ProcessPlugins",
      ["EventModel", "Workbench", "WorkspaceFormat", "DelimitedText", "TabularEvents", "JSONText"] + subprocess),
    core("BuiltinPlugins", ["Workbench"] + pluginNames),
    .executableTarget(
      name: "casus",
      dependencies: [
        "EventModel", "Workbench", "WorkspaceFormat", "Engine", "FileStore", "JSONText", "DelimitedText", "Compression",
        "BuiltinPlugins", "ProcessPlugins", "Snapshots", "Statistics", argumentParser,
      ],
      resources: ["workspace.yaml", "README.md", "actors.csv", "data/events.csv", "data/claims.csv"].map {
        .embedInCode("Examples/durand-line/\($0)")
      } + [.embedInCode("Examples/known-actors.csv")],
      swiftSettings: strict),
    .executableTarget(
      name: "generate-events", dependencies: ["EventModel", "Workbench"], path: "Tools/generate-events",
      swiftSettings: strict),
    .target(
      name: "SyntheticNetwork", dependencies: ["Workbench", numerics], path: "Tools/SyntheticNetwork",
      swiftSettings: strict),
    .executableTarget(
      name: "simulate", dependencies: ["EventModel", "SyntheticNetwork"], path: "Tools/simulate", swiftSettings: strict),
    .executableTarget(
      name: "calibrate",
      dependencies: [
        "EventModel", "RelationshipShiftAnalyzer", "Statistics", "SyntheticNetwork", "Workbench", numerics,
      ],
      path: "Tools/calibrate", swiftSettings: strict),
  ] + plugins + [
    .target(
      name: "TestSupport",
      dependencies: ["EventModel", "JSONText", "Workbench", crypto, grdb],
      path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "PluginConformance",
      dependencies: [
        "EventModel", "JSONText", "Workbench", "DelimitedText", "TabularEvents", "WorkspaceFormat", "CSVSource",
        "Charts", "TestSupport",
      ],
      path: "Tests/PluginConformance", swiftSettings: strict),
    tests("EventModelTests"),
    tests("WorkbenchTests", exclude: ["Golden"]),
    tests("JSONTextTests"),
    tests("DelimitedTextTests", ["DelimitedText"]),
    tests("TabularEventsTests", ["TabularEvents", "DelimitedText"]),
    tests("OntologyTests", ["Ontology"]),
    tests("EventScalesTests", ["EventScales", "Ontology"]),
    tests("StatisticsTests", ["Statistics", "DelimitedText"]),
    tests("HTMLTextTests", ["HTMLText"]),
    tests("ChartsTests", ["Charts", "HTMLText"], exclude: ["Golden"]),
    tests("CompressionTests", ["Compression"]),
    tests("SnapshotsTests", ["Snapshots", "Compression", "DelimitedText", crypto]),
    tests("FileStoreTests", ["FileStore", "Compression"]),
    tests("WorkspaceFormatTests", ["WorkspaceFormat", "BuiltinPlugins"], exclude: ["Golden", "Fixtures"]),
    tests(
      "ProcessPluginsTests",
      ["ProcessPlugins", "Engine", "WorkspaceFormat", "FileStore", "BuiltinPlugins"]),
    tests("EngineTests", ["Engine", "WorkspaceFormat", "FileStore", "BuiltinPlugins", "TablesExporter"]),
    tests(
      "BuiltinPluginsTests",
      ["BuiltinPlugins", "PluginConformance", "WorkspaceFormat", "FileStore", "TabularEvents"] + pluginNames,
      exclude: ["Fixtures"]),
    tests("ArchitectureTests", ["BuiltinPlugins"]),
    tests("EndToEndTests", ["DelimitedText", crypto], exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings the program's beginning with it, so that this target links with `-sanitize=fuzzer` alone: see
// Tools/fuzz-snapshots.
if Context.environment["CASUS_FUZZER"] != nil {
  package.targets.append(
    .executableTarget(
      name: "SnapshotFuzzer",
      dependencies: ["Compression", "DelimitedText", "JSONText", "Snapshots", "Workbench", crypto],
      path: "Tools/SnapshotFuzzer"))
}
