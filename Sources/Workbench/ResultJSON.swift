public import JSONText

extension Finding {
  /// The finding as records and `--json` show it.
  public var json: JSONValue {
    [
      "sentence": .string(sentence), "numbers": .object(numbers), "strength": .string(strength.rawValue),
      "events": .array(events.map { .string($0) }),
    ]
  }
  /// Reads what `json` gives; nil where it is not that.
  public init?(_ json: JSONValue) {
    guard let sentence = json["sentence"]?.text, case .object(let numbers)? = json["numbers"],
      let strength = json["strength"]?.text.flatMap(Strength.init(rawValue:))
    else { return nil }
    self.init(
      sentence, numbers: numbers, strength: strength, events: json["events"]?.elements.compactMap(\.text) ?? [])
  }
}

extension Chart {
  /// The chart as records and `--json` show it.
  public var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "kind": .string(kind.rawValue), "table": .string(table),
      "x": .string(x), "y": texts(y), "series": texts(series), "interval": texts(interval), "panels": texts(panels),
      "size": text(size), "precision": text(precision), "label": text(label), "marks": marks?.json ?? .null,
      "x_scale": .string(xScale.rawValue), "y_scale": .string(yScale.rawValue),
      "reference": reference.map(JSONValue.number) ?? .null, "note": text(note),
    ]
  }
  /// Reads what `json` gives; nil where it is not that.
  public init?(_ json: JSONValue) {
    guard let name = json["name"]?.text, let title = json["title"]?.text,
      let kind = json["kind"]?.text.flatMap(Kind.init(rawValue:)), let table = json["table"]?.text,
      let x = json["x"]?.text
    else { return nil }
    self.init(
      name, title, kind: kind, table: table, x: x, y: json.texts("y"), series: json.texts("series"),
      interval: json.texts("interval"), panels: json.texts("panels"), size: json["size"]?.text,
      precision: json["precision"]?.text, label: json["label"]?.text, marks: json["marks"].flatMap(Marks.init),
      xScale: json["x_scale"]?.text.flatMap(Scale.init(rawValue:)) ?? .linear,
      yScale: json["y_scale"]?.text.flatMap(Scale.init(rawValue:)) ?? .linear,
      reference: json["reference"]?.number, note: json["note"]?.text)
  }
}

extension Chart.Marks {
  fileprivate var json: JSONValue {
    [
      "table": .string(table), "at": .string(at), "interval": texts(interval), "label": text(label),
      "matching": texts(matching),
    ]
  }
  fileprivate init?(_ json: JSONValue) {
    guard let table = json["table"]?.text, let at = json["at"]?.text else { return nil }
    self.init(
      table, at: at, interval: json.texts("interval"), label: json["label"]?.text, matching: json.texts("matching"))
  }
}

private func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
private func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }

extension JSONValue {
  fileprivate func texts(_ key: String) -> [String] { self[key]?.elements.compactMap(\.text) ?? [] }
}

extension TableSchema {
  /// The description of a table as records and `--json` show it.
  public var json: JSONValue {
    let columns = columns.map { column -> JSONValue in
      [
        "name": .string(column.name), "kind": .string(column.kind.rawValue), "meaning": .string(column.meaning),
        "unit": column.unit.map { .string($0) } ?? .null,
      ]
    }
    return [
      "name": .string(name), "summary": .string(summary), "keys": .array(keys.map { .string($0) }),
      "columns": .array(columns),
    ]
  }
  /// Reads what `json` gives; nil where it is not that.
  public init?(_ json: JSONValue) {
    guard let name = json["name"]?.text, let summary = json["summary"]?.text else { return nil }
    var columns: [ColumnSchema] = []
    for column in json["columns"]?.elements ?? [] {
      guard let name = column["name"]?.text, let meaning = column["meaning"]?.text,
        let kind = column["kind"]?.text.flatMap(ColumnSchema.Kind.init(rawValue:))
      else { return nil }
      columns.append(ColumnSchema(name, kind, unit: column["unit"]?.text, meaning))
    }
    self.init(name, summary, keys: json["keys"]?.elements.compactMap(\.text) ?? [], columns: columns)
  }
}
