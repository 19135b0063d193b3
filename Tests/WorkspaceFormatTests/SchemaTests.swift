import Foundation
import JSONText
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

@Suite struct SchemaTests {
  @Test func workspaceSchemaIsAsRecorded() throws {
    try expectGolden(workspaceSchema(catalog: testCatalog).pretty, "workspace.schema.json")
  }

  @Test func parameterSchemaStandsAlone() throws {
    let entry = try #require(testCatalog["panel", .analyzer])
    try expectGolden(parameterSchema(of: entry).pretty, "panel.schema.json")
  }

  @Test func everyObjectIsClosedAndEveryReferenceHasADefinition() throws {
    let schema = workspaceSchema(catalog: testCatalog)
    let definitions = Set(try #require(schema["$defs"]).members.map(\.key))
    var objects = 0
    func walk(_ value: JSONValue, isSchema: Bool) {
      if let reference = value["$ref"]?.text {
        #expect(definitions.contains(String(reference.dropFirst("#/$defs/".count))), "\(reference)")
      }
      if value["type"] == "object", value["properties"] != nil {
        objects += 1
        #expect(value["additionalProperties"] == false)
      }
      for element in value.elements { walk(element, isSchema: true) }
      for member in value.members { walk(member.value, isSchema: true) }
    }
    walk(schema, isSchema: true)
    #expect(objects > 20)
  }

  @Test func everyParameterOfEveryPluginIsDescribed() throws {
    for entry in testCatalog.entries {
      let schema = parameterSchema(of: entry)
      for declaration in entry.parameters {
        let property = try #require(schema["properties"]?[declaration.name])
        #expect(property["description"] == .string(declaration.summary))
        #expect(property["default"] == declaration.fallback)
      }
    }
  }
}
