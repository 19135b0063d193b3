import BuiltinPlugins
import Testing
import Workbench

/// Folder of Plugins/ = target in Package.swift = entry of the list = documentation page.
@Suite struct PluginFolderTests {
  static let folders = House.folders(in: "Plugins")

  @Test func foldersAreTheTargets() throws {
    #expect(try House.names(declaredBy: "plugin").sorted() == Self.folders)
  }

  @Test(arguments: folders) func folderIsInTheList(_ name: String) {
    let list = House.text(of: "Sources/BuiltinPlugins/BuiltinPlugins.swift")
    #expect(list.contains("import \(name)\n"), "BuiltinPlugins does not import \(name)")
    #expect(list.contains("\(name).self"), "BuiltinPlugins does not list \(name)")
  }

  @Test func theListHasAnEntryForEachFolder() { #expect(builtinPlugins.entries.count == Self.folders.count) }

  @Test(arguments: folders) func folderHasAPage(_ name: String) {
    let page = House.text(of: "Plugins/\(name)/\(name).docc/\(name).md")
    #expect(page.hasPrefix("# "), "write Plugins/\(name)/\(name).docc/\(name).md")
  }

  @Test(arguments: folders) func nameSaysWhatKindOfStepItIs(_ name: String) {
    let ending = ["Source", "Analyzer", "Exporter"].first(where: name.hasSuffix)
    #expect(ending != nil, "\(name) must end with Source, Analyzer or Exporter")
    #expect(House.text(of: "Plugins/\(name)/\(name).swift").contains("struct \(name)"), "\(name).swift declares it")
  }

  @Test func everyParameterIsDocumented() {
    for entry in builtinPlugins.entries {
      let id = entry.manifest.id
      #expect(entry.manifest.summary.hasSuffix("."), "the summary of '\(id)' is a sentence")
      for parameter in entry.parameters {
        #expect(parameter.summary.hasSuffix("."), "the summary of '\(id)' '\(parameter.name)' is a sentence")
      }
    }
  }

  @Test func sourcesAreTheTargetsOfTheCore() throws {
    let libraries = House.manifest.matches(of: /systemLibrary\(name: "(\w+)"/).map { String($0.output.1) }
    let declared = try House.names(declaredBy: "core") + libraries + ["casus"]
    #expect(declared.sorted() == House.folders(in: "Sources"))
  }
}
