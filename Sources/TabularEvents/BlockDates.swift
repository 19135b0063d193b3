import DelimitedText
import EventModel

/// How the dates of a block's rows are made.
extension BlockParser {
  /// A column of years, months or days of the month, as numbers in the place of what will be made of them.
  mutating func dateParts(_ part: DatePart, _ block: DelimitedBlock, _ place: Place) -> EventTable.Values {
    func number(_ text: FieldText, upTo limit: Int64) -> Int64? {
      guard let number = unsafe Decimal(text)?.scaled(toDecimals: 0), 0...limit ~= number else { return nil }
      return number
    }
    switch part {
    case .year, .month:
      let limit: Int64 = part == .year ? 9999 : 12
      return unsafe .days(
        values(block, place, Day(daysSinceEpoch: 0)) { text in
          unsafe number(text, upTo: limit).map { Day(daysSinceEpoch: Int32($0)) }
        })
    case .day: return unsafe .bytes(values(block, place, 0) { text in unsafe number(text, upTo: 31).map { UInt8($0) } })
    case .unknown:
      return fields[place.number].field.parser.kind == .days
        ? .days(Column([Day](repeating: Day(daysSinceEpoch: 0), count: place.rows)))
        : .bytes(Column([UInt8](repeating: 0, count: place.rows)))
    }
  }

  /// Makes first days, last days and precisions of the columns of years, months and days.
  mutating func combineDateParts(_ columns: inout [EventTable.Values], _ rows: Int) {
    func number(_ part: DatePart) -> Int? { fields.firstIndex { $0.part == part } }
    func number(_ column: EventColumn) -> Int? { fields.firstIndex { $0.field.column == column } }
    guard let year = number(.year), case .days(let years) = columns[year] else { return }
    let day = number(.day)
    var (months, days): (Column<Day>?, Column<UInt8>?)
    if let month = number(.month), case .days(let column) = columns[month] { months = column }
    if let day, case .bytes(let column) = columns[day] { days = column }
    var (first, last) = (years.values, years.values)
    var precisions = [UInt8](repeating: DatePrecision.day.rawValue, count: rows)
    for row in 0..<rows where years.has(row) {
      let yearNumber = Int(years.values[row].daysSinceEpoch)
      let monthNumber = months?[row].map { Int($0.daysSinceEpoch) } ?? 0
      let dayNumber = monthNumber == 0 ? 0 : days?[row].map { Int($0) } ?? 0
      guard let begin = Day(year: yearNumber, month: max(1, monthNumber), day: max(1, dayNumber)) else {
        // The year 0, or a day that its month does not have.
        let number = yearNumber == 0 ? year : day ?? year
        faults.add(row, .value(number, grid.fields[row * grid.width + fields[number].slot]))
        continue
      }
      first[row] = begin
      last[row] = begin
      if dayNumber == 0 {
        precisions[row] = (monthNumber == 0 ? DatePrecision.year : .month).rawValue
        let lastMonth = monthNumber == 0 ? 12 : monthNumber
        let lastDay = Day.daysInMonth(lastMonth, of: yearNumber)
        last[row] = Day(year: yearNumber, month: lastMonth, day: lastDay) ?? begin
      }
    }
    columns[year] = .days(Column(first, validity: years.validity))
    // What the file says itself comes first.
    if let place = number(.lastDay), case .days(let own) = columns[place] {
      columns[place] = .days(Column(fields[place].part == nil ? (0..<rows).map { own[$0] ?? last[$0] } : last))
    }
    if let place = number(.datePrecision), case .bytes(let own) = columns[place] {
      columns[place] = .bytes(
        Column(fields[place].part == nil ? (0..<rows).map { own[$0] ?? precisions[$0] } : precisions))
    }
  }

  /// Fills in last days and precisions that are missing, and finds rows without a first day or with reversed dates.
  mutating func completeDates(_ columns: inout [EventTable.Values], _ rows: Int) {
    func number(_ column: EventColumn) -> Int? { fields.firstIndex { $0.field.column == column } }
    if let precision = number(.datePrecision), case .bytes(let column) = columns[precision], column.missing > 0 {
      columns[precision] = .bytes(Column((0..<rows).map { column[$0] ?? DatePrecision.day.rawValue }))
    }
    guard let first = number(.firstDay), case .days(let firstDays) = columns[first] else { return }
    if firstDays.missing > 0 {
      for row in 0..<rows where !firstDays.has(row) { faults.add(row, .noDate(first)) }
    }
    guard let last = number(.lastDay), case .days(let lastDays) = columns[last] else { return }
    var completed = lastDays.values
    for row in 0..<rows {
      if !lastDays.has(row) { completed[row] = firstDays.values[row] }
      if completed[row] < firstDays.values[row] {
        faults.add(row, .reversed(grid.fields[row * grid.width + fields[last].slot], firstDays.values[row]))
      }
    }
    columns[last] = .days(Column(completed))
    columns[first] = .days(Column(firstDays.values))
  }
}
