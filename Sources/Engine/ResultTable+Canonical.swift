import EventModel
import Workbench

extension ResultTable {
  /// The same rows in the one form in which tables are kept.
  ///
  /// Labels stand in the order of their first row, nothing lies behind missing values, zeros have no sign. So equal rows
  /// have equal digests, wherever they come from.
  var canonical: ResultTable {
    let columns = columns.map { column -> ResultColumn in
      switch column {
      case .text(let column):
        let compacted = column.compacted()
        return .text(CodedColumn(codes: compacted.codes.canonical(0), labels: compacted.labels))
      case .integers(let column): return .integers(column.canonical(0))
      case .reals(let column):
        let values = column.values.contains { $0 == 0 } ? column.values.map { $0 + 0 } : column.values
        return .reals(Column(values, validity: column.validity).canonical(0))
      case .dates(let column): return .dates(column.canonical(Day(daysSinceEpoch: 0)))
      case .booleans(let column): return .booleans(column.canonical(0))
      }
    }
    return ResultTable(schema, columns: columns, count: count)
  }

  /// Some rows, in that order.
  func selecting(_ rows: [Int]) -> ResultTable {
    let rows = rows.map { Int32($0) }
    let columns = columns.map { column -> ResultColumn in
      switch column {
      case .text(let column): .text(column.selecting(rows))
      case .integers(let column): .integers(column.selecting(rows))
      case .reals(let column): .reals(column.selecting(rows))
      case .dates(let column): .dates(column.selecting(rows))
      case .booleans(let column): .booleans(column.selecting(rows))
      }
    }
    return ResultTable(schema, columns: columns, count: rows.count)
  }
}

extension Column {
  /// The same values, with one and the same value where there is none.
  fileprivate func canonical(_ placeholder: Value) -> Column {
    guard let validity else { return self }
    var values = values
    for row in values.indices where !validity[row] { values[row] = placeholder }
    return Column(values, validity: validity)
  }
}
