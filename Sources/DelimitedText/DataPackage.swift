public import JSONText
public import Workbench

/// The description of a run's tables, as Frictionless Data Package 1.0 and Tabular Data Resource ask for it.
public func dataPackage(_ run: RunResults, _ resources: [JSONValue]) -> JSONValue {
  var package: [String: JSONValue] = [
    "profile": "tabular-data-package", "name": .string(run.workspace.name), "resources": .array(resources),
  ]
  package["title"] = run.workspace.title.map(JSONValue.string)
  if let license = run.workspace.license { package["licenses"] = [["name": .string(license)]] }
  if !run.citations.isEmpty { package["sources"] = .array(run.citations.map { ["title": .string($0)] }) }
  return .object(package)
}

extension TableSchema {
  /// The description of a table written as CSV, for a data package.
  public func resource(named name: String, path: String, bytes: Int, digest: String) -> JSONValue {
    var fields: [String: JSONValue] = ["fields": .array(columns.map(field)), "missingValues": [""]]
    if !keys.isEmpty { fields["primaryKey"] = .array(keys.map(JSONValue.string)) }
    return [
      "profile": "tabular-data-resource", "name": .string(name), "path": .string(path),
      "description": .string(summary), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
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
}
