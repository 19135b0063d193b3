/// One bit for each row: whether the row has a value.
public struct Bitmap: Sendable, Hashable {
  /// The bits, 64 to a word, the first row in the lowest bit; bits past the last row are zero.
  public internal(set) var words: [UInt64]
  /// The number of rows.
  public internal(set) var count: Int

  /// Makes a bitmap of equal bits.
  public init(repeating value: Bool, count: Int) {
    words = [UInt64](repeating: value ? .max : 0, count: (count + 63) / 64)
    self.count = count
    clearTail()
  }
  /// Makes a bitmap from its words; bits past the last row are cleared, missing words are zero.
  public init(words: [UInt64], count: Int) {
    self.words = words
    self.count = count
    let needed = (count + 63) / 64
    if words.count < needed { self.words += [UInt64](repeating: 0, count: needed - words.count) }
    if words.count > needed { self.words.removeLast(words.count - needed) }
    clearTail()
  }

  /// Whether a row has a value.
  @inlinable public subscript(row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
  /// Sets the bit of a row.
  public mutating func set(_ row: Int, to value: Bool) {
    let bit: UInt64 = 1 << UInt64(row & 63)
    if value { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
  }
  /// Adds a row.
  public mutating func append(_ value: Bool) {
    if count & 63 == 0 { words.append(0) }
    if value { words[count >> 6] |= 1 << UInt64(count & 63) }
    count += 1
  }
  /// How many rows have a value.
  public var population: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  private mutating func clearTail() {
    if count & 63 != 0, !words.isEmpty { words[words.count - 1] &= (1 << UInt64(count & 63)) - 1 }
  }
}

/// Values of one type, one for each row, any of which may be missing.
///
/// A hot loop takes `values` (and `validity`, where it is not nil) and runs over those.
public struct Column<Value: BitwiseCopyable & Sendable>: Sendable {
  /// One value for each row; of no meaning where the row has none.
  public let values: [Value]
  /// Which rows have a value; nil where all do.
  public let validity: Bitmap?

  /// Makes a column; a validity without a missing row is dropped, so that equal columns have equal parts.
  public init(_ values: [Value], validity: Bitmap? = nil) {
    self.values = values
    self.validity = validity.flatMap { $0.population == values.count ? nil : $0 }
  }
  /// Makes a column from optional values; `placeholder` stands in the rows that have none.
  public init(_ values: [Value?], placeholder: Value) {
    var validity = Bitmap(repeating: true, count: values.count)
    for (row, value) in values.enumerated() where value == nil { validity.set(row, to: false) }
    self.init(values.map { $0 ?? placeholder }, validity: validity)
  }
  /// The number of rows.
  @inlinable public var count: Int { values.count }
  /// Whether a row has a value.
  @inlinable public func has(_ row: Int) -> Bool { validity?[row] ?? true }
  /// How many rows have none.
  public var missing: Int { validity.map { count - $0.population } ?? 0 }
  /// The value of a row.
  @inlinable public subscript(row: Int) -> Value? { has(row) ? values[row] : nil }

  /// The rows asked for, in that order.
  public func selecting(_ rows: [Int32]) -> Column {
    var selected: [Value] = []
    selected.reserveCapacity(rows.count)
    for row in rows { selected.append(values[Int(row)]) }
    return Column(selected, validity: validity?.selecting(rows))
  }
  /// The rows of several columns, one after another.
  public static func concatenating(_ columns: [Column]) -> Column {
    guard columns.count != 1 else { return columns[0] }
    var values: [Value] = []
    values.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    for column in columns { values += column.values }
    return Column(values, validity: Bitmap.concatenating(columns.map { ($0.validity, $0.count) }))
  }
}

extension Bitmap {
  /// The bits of the rows asked for, in that order.
  public func selecting(_ rows: [Int32]) -> Bitmap {
    var selected = Bitmap(repeating: false, count: rows.count)
    for (index, row) in rows.enumerated() where self[Int(row)] { selected.set(index, to: true) }
    return selected
  }
  /// Bitmaps one after another, of which nil stands for all rows; nil where all are.
  public static func concatenating(_ parts: [(validity: Bitmap?, count: Int)]) -> Bitmap? {
    guard parts.contains(where: { $0.validity != nil }) else { return nil }
    var joined = Bitmap(repeating: true, count: parts.reduce(0) { $0 + $1.count })
    var start = 0
    for part in parts {
      if let validity = part.validity {
        for row in 0..<part.count where !validity[row] { joined.set(start + row, to: false) }
      }
      start += part.count
    }
    return joined
  }
}

/// Names that recur, one for each row, kept as dense codes into a list of labels.
///
/// Grouping by code is an array lookup; grouping by text would be ten times slower.
public struct CodedColumn: Sendable {
  /// One code for each row: an index into `labels`.
  public let codes: Column<UInt32>
  /// The distinct names; a source lists them in the order of their first row.
  public let labels: [String]

  /// Makes a column from codes and their labels.
  public init(codes: Column<UInt32>, labels: [String]) {
    self.codes = codes
    self.labels = labels
  }
  /// Makes a column from names, of which nil is missing.
  public init(_ names: [String?]) {
    var index: [String: UInt32] = [:]
    var labels: [String] = []
    let codes: [UInt32?] = names.map { name in
      name.map { name in
        if let code = index[name] { return code }
        let code = UInt32(labels.count)
        index[name] = code
        labels.append(name)
        return code
      }
    }
    self.init(codes: Column(codes, placeholder: 0), labels: labels)
  }
  /// The number of rows.
  public var count: Int { codes.count }
  /// The name of a row.
  public subscript(row: Int) -> String? { codes[row].map { labels[Int($0)] } }

  /// The rows asked for, in that order, with labels nobody bears left out.
  public func selecting(_ rows: [Int32]) -> CodedColumn {
    CodedColumn(codes: codes.selecting(rows), labels: labels).compacted()
  }
  /// The same names, with labels listed in the order of their first row and unused ones left out.
  public func compacted() -> CodedColumn {
    var newCode = [UInt32?](repeating: nil, count: labels.count)
    var codeOfLabel: [String: UInt32] = [:]
    var newLabels: [String] = []
    var newCodes = codes.values
    for row in newCodes.indices where codes.has(row) {
      let old = Int(newCodes[row])
      if let code = newCode[old] {
        newCodes[row] = code
        continue
      }
      let label = labels[old]
      let code = codeOfLabel[label] ?? UInt32(newLabels.count)
      if code == UInt32(newLabels.count) {
        newLabels.append(label)
        codeOfLabel[label] = code
      }
      newCode[old] = code
      newCodes[row] = code
    }
    return CodedColumn(codes: Column(newCodes, validity: codes.validity), labels: newLabels)
  }
  /// The same rows under other names; a row whose name becomes nil has none.
  ///
  /// Names that become equal become one.
  public func renaming(_ rename: (String) -> String?) -> CodedColumn {
    let renamed = labels.map(rename)
    let values = codes.values
    var validity = codes.validity
    if renamed.contains(nil) {
      var bits = validity ?? Bitmap(repeating: true, count: count)
      for row in values.indices where codes.has(row) && renamed[Int(values[row])] == nil { bits.set(row, to: false) }
      validity = bits
    }
    return CodedColumn(codes: Column(values, validity: validity), labels: renamed.map { $0 ?? "" }).compacted()
  }
  /// The rows of several columns, one after another, with one list of labels.
  public static func concatenating(_ columns: [CodedColumn]) -> CodedColumn {
    guard columns.count != 1 else { return columns[0] }
    var labels: [String] = []
    var codeOfLabel: [String: UInt32] = [:]
    var parts: [Column<UInt32>] = []
    for column in columns {
      let mapping = column.labels.map { label -> UInt32 in
        if let code = codeOfLabel[label] { return code }
        let code = UInt32(labels.count)
        labels.append(label)
        codeOfLabel[label] = code
        return code
      }
      let codes = column.codes
      let recoded = mapping.isEmpty ? codes.values : codes.values.map { Int($0) < mapping.count ? mapping[Int($0)] : 0 }
      parts.append(Column(recoded, validity: codes.validity))
    }
    return CodedColumn(codes: .concatenating(parts), labels: labels)
  }
}

/// Texts that do not recur, one for each row, kept end to end as UTF-8.
public struct TextColumn: Sendable {
  /// All texts, one after another.
  public let bytes: [UInt8]
  /// Where each row's text ends in `bytes`; it begins where the one before ends.
  public let ends: [Int]
  /// Which rows have a text; nil where all do.
  public let validity: Bitmap?

  /// Makes a column from its parts.
  public init(bytes: [UInt8], ends: [Int], validity: Bitmap? = nil) {
    self.bytes = bytes
    self.ends = ends
    self.validity = validity.flatMap { $0.population == ends.count ? nil : $0 }
  }
  /// Makes a column from texts, of which nil is missing.
  public init(_ texts: [String?]) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var validity = Bitmap(repeating: true, count: texts.count)
    for (row, text) in texts.enumerated() {
      if let text { bytes += Array(text.utf8) } else { validity.set(row, to: false) }
      ends.append(bytes.count)
    }
    self.init(bytes: bytes, ends: ends, validity: validity)
  }
  /// The number of rows.
  public var count: Int { ends.count }
  /// Where a row's text lies in `bytes`.
  @inlinable public func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }
  /// The text of a row.
  public subscript(row: Int) -> String? {
    guard validity?[row] ?? true else { return nil }
    return String(decoding: bytes[range(row)], as: UTF8.self)
  }
  /// The rows asked for, in that order.
  public func selecting(_ rows: [Int32]) -> TextColumn {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(rows.count)
    for row in rows {
      bytes += self.bytes[range(Int(row))]
      ends.append(bytes.count)
    }
    return TextColumn(bytes: bytes, ends: ends, validity: validity?.selecting(rows))
  }
  /// The rows of several columns, one after another.
  public static func concatenating(_ columns: [TextColumn]) -> TextColumn {
    guard columns.count != 1 else { return columns[0] }
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for column in columns {
      let start = bytes.count
      bytes += column.bytes
      ends += column.ends.map { $0 + start }
    }
    return TextColumn(
      bytes: bytes, ends: ends, validity: Bitmap.concatenating(columns.map { ($0.validity, $0.count) }))
  }
}
