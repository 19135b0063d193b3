import DelimitedText
import EventModel
import Workbench

// What a program gives back, checked before anything is published.

extension ProcessPlugin {
  /// The most bytes of a file that a program gives.
  static let fileLimit = 4 << 30

  /// Opens a file that the program wrote to its folder for output.
  func open(_ path: String, in work: any WorkFolder) throws(Diagnostic) -> any InputFile {
    let file: any InputFile
    do throws(Diagnostic) {
      file = try work.open("output/\(path)")
    } catch {
      throw bad(
        "the file '\(path)' cannot be read: \(error.message)", "write it beneath the folder `output` of the request")
    }
    guard file.storedBytes <= Self.fileLimit else {
      throw .error(
        .tooLargeOutput, "'\(id)' wrote '\(path)' with \(file.storedBytes) bytes, more than \(Self.fileLimit)",
        exit: .plugin)
    }
    return file
  }

  /// Reads a table that was promised, its rows in the order of their keys.
  func table(
    _ schema: TableSchema, of said: Transcript.Said, in work: any WorkFolder
  ) throws(Diagnostic) -> ResultTable {
    let told = try told(schema.name, of: said)
    let file = try open(told.path, in: work)
    let table: ResultTable
    do throws(Diagnostic) {
      table = try ResultTable(reading: file, schema: schema)
    } catch {
      throw bad("table '\(schema.name)': \(error.message)", error.hint)
    }
    try checkCount(told, table.count)
    guard let sorted = table.sortedByKey else {
      throw bad(
        "table '\(schema.name)' has two rows of one key (\(schema.keys.joined(separator: ", ")))",
        schema.keys.isEmpty ? "a table without keys has one row" : nil)
    }
    return sorted
  }

  /// The one message about a table.
  func told(_ name: String, of said: Transcript.Said) throws(Diagnostic) -> Transcript.Table {
    let told = said.tables.filter { $0.name == name }
    guard told.count == 1 else {
      throw bad("table '\(name)' was given \(told.isEmpty ? "not at all" : "\(told.count) times")", "give it once")
    }
    return told[0]
  }
  func checkCount(_ told: Transcript.Table, _ count: Int) throws(Diagnostic) {
    guard told.rows == count else {
      throw .error(
        .wrongCount, "'\(id)' says that table '\(told.name)' has \(told.rows) rows, and it has \(count)", exit: .plugin)
    }
  }
  /// Refuses tables that were not promised.
  func checkTables(_ said: Transcript.Said, promised: [String]) throws(Diagnostic) {
    if let extra = said.tables.first(where: { !promised.contains($0.name) }) {
      throw bad("table '\(extra.name)' was not promised", "name it among the `outputs` of the description")
    }
  }
  func bad(_ message: String, _ hint: String? = nil) -> Diagnostic {
    .error(.badOutput, "'\(id)': \(message)", hint: hint, exit: .plugin)
  }
}

extension ResultTable {
  /// The same rows in the order of their keys; nil where two rows have the same.
  var sortedByKey: ResultTable? {
    let keys = schema.keys.compactMap { self[$0]?.ranks }
    guard !keys.isEmpty else { return count <= 1 ? self : nil }
    func order(_ left: Int, _ right: Int) -> Int {
      for key in keys where key[left] != key[right] { return key[left] < key[right] ? -1 : 1 }
      return 0
    }
    var isSorted = true
    for row in 1..<max(1, count) where order(row - 1, row) >= 0 { isSorted = false }
    if isSorted { return self }
    let rows = (0..<count).sorted { order($0, $1) < 0 }
    for place in 1..<max(1, count) where order(rows[place - 1], rows[place]) == 0 { return nil }
    let wanted = rows.map { Int32($0) }
    return ResultTable(schema, columns: columns.map { $0.selecting(wanted) }, count: count)
  }
}

extension ResultColumn {
  /// A number for each row that orders the rows as their values do; rows without a value come first.
  fileprivate var ranks: [Int64] {
    switch self {
    case .text(let column):
      let labels = column.labels.indices.sorted {
        column.labels[$0].utf8.lexicographicallyPrecedes(column.labels[$1].utf8)
      }
      var rank = [Int64](repeating: 0, count: labels.count)
      for (place, label) in labels.enumerated() { rank[label] = Int64(place) }
      return (0..<column.count).map { column.codes[$0].map { rank[Int($0)] } ?? .min }
    case .integers(let column): return (0..<column.count).map { column[$0] ?? .min }
    case .reals(let column):
      return (0..<column.count).map { row in
        guard let value = column[row] else { return .min }
        let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
        return bits < 0 ? ~bits | .min : bits
      }
    case .dates(let column): return (0..<column.count).map { column[$0].map { Int64($0.daysSinceEpoch) } ?? .min }
    case .booleans(let column): return (0..<column.count).map { column[$0].map { Int64($0) } ?? .min }
    }
  }
  fileprivate func selecting(_ rows: [Int32]) -> ResultColumn {
    switch self {
    case .text(let column): .text(column.selecting(rows))
    case .integers(let column): .integers(column.selecting(rows))
    case .reals(let column): .reals(column.selecting(rows))
    case .dates(let column): .dates(column.selecting(rows))
    case .booleans(let column): .booleans(column.selecting(rows))
    }
  }
}
