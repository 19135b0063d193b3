import JSONText
import Workbench

/// The description of all tables, as Frictionless Data Package 1.0 and Tabular Data Resource ask for it.
func dataPackage(_ run: RunResults, _ resources: [JSONValue]) -> JSONValue {
  var package: [String: JSONValue] = [
    "profile": "tabular-data-package", "name": .string(run.workspace.name), "resources": .array(resources),
  ]
  package["title"] = run.workspace.title.map(JSONValue.string)
  if let license = run.workspace.license { package["licenses"] = [["name": .string(license)]] }
  if !run.citations.isEmpty { package["sources"] = .array(run.citations.map { ["title": .string($0)] }) }
  return .object(package)
}

/// One table of the package.
func resource(_ name: String, _ path: String, _ schema: TableSchema, _ bytes: Int, _ digest: String) -> JSONValue {
  var fields: [String: JSONValue] = ["fields": .array(schema.columns.map(field)), "missingValues": [""]]
  if !schema.keys.isEmpty { fields["primaryKey"] = .array(schema.keys.map(JSONValue.string)) }
  return [
    "profile": "tabular-data-resource", "name": .string(name), "path": .string(path),
    "description": .string(schema.summary), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
    "dialect": ["delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true],
    "bytes": .integer(bytes), "hash": .string("sha256:\(digest)"), "schema": .object(fields),
  ]
}

private func field(_ column: ColumnSchema) -> JSONValue {
  let type: JSONValue =
    switch column.kind {
    case .text: "string"
    case .integer: "integer"
    case .real: "number"
    case .date: "date"
    case .boolean: "boolean"
    }
  var field: [String: JSONValue] = [
    "name": .string(column.name), "type": type, "description": .string(column.meaning),
  ]
  field["unit"] = column.unit.map(JSONValue.string)
  return .object(field)
}
