import JSONText

/// Whole numbers as a text: the step from each to the next, in digits of base 64.
///
/// As in source maps (VLQ): five bits a digit, the lowest first, a sixth for "goes on"; the sign is the lowest bit of all.
/// `*N` repeats the step before it N times more.
///
/// Columns of a table sorted by key hardly change from row to row, so that most of them come to almost nothing.
/// `pageScript` has the other direction.
func packed(_ numbers: [Int]) -> String {
  var text: [UInt8] = []
  func put(_ number: Int) {
    var rest = number < 0 ? -number << 1 | 1 : number << 1
    repeat {
      text.append(digits[rest & 31 | (rest > 31 ? 32 : 0)])
      rest >>= 5
    } while rest > 0
  }
  var (last, index) = (0, 0)
  while index < numbers.count {
    let step = numbers[index] - last
    var end = index + 1
    while end < numbers.count, numbers[end] - numbers[end - 1] == step { end += 1 }
    put(step)
    let repeated = end - index - 1
    if repeated > 2 {
      text.append(UInt8(ascii: "*"))
      put(repeated)
    } else {
      for _ in 0..<repeated { put(step) }
    }
    (last, index) = (numbers[end - 1], end)
  }
  return String(decoding: text, as: UTF8.self)
}
private let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Numbers of a column, with those that are missing: `steps` over `scale`, and `missing` rows.
///
/// A real number is given to a hundred-thousandth of the largest, far below what a drawing shows. Where numbers are too large
/// for that, or too unlike in size, they stand in a list, to six digits.
func packed(_ values: [JSONValue]) -> JSONValue {
  let sizes = values.compactMap { $0.number.map(abs) }
  let largest = sizes.max() ?? 0
  var scale = 1.0
  if values.contains(where: { if case .number = $0 { true } else { false } }) {
    let least = sizes.filter { $0 > 0 }.min() ?? 0
    // Numbers of one sign over many orders of magnitude are read for their ratios.
    guard values.contains(where: { ($0.number ?? 0) < 0 }) || least * 1_000 >= largest else { return plain(values) }
    while largest > 0, largest * scale < 10_000, scale < 1e12 { scale *= 10 }
  }
  guard largest * scale < 1e15 else { return plain(values) }
  var last = 0
  let steps = values.map { value -> Int in
    if let number = value.number { last = Int((number * scale).rounded()) }
    return last
  }
  var json: [String: JSONValue] = ["steps": .string(packed(steps)), "scale": .number(scale)]
  let missing = values.indices.filter { values[$0] == .null }
  if !missing.isEmpty { json["missing"] = .string(packed(missing)) }
  return .object(json)
}

/// Numbers as they are, real ones to six digits; packed places in a list of `labels` where few of them differ.
private func plain(_ values: [JSONValue]) -> JSONValue {
  let short = values.map { value -> JSONValue in
    guard case .number(let number) = value, number != 0, abs(number) < 1e9, abs(number) > 1e-6 else { return value }
    var power = 1.0
    while abs(number) * power < 100_000 { power *= 10 }
    return .number((number * power).rounded() / power)
  }
  var codes: [JSONValue: Int] = [:]
  var labels: [JSONValue] = []
  let coded = short.map { value -> Int in
    if value == .null { return -1 }
    if let code = codes[value] { return code }
    codes[value] = labels.count
    labels.append(value)
    return labels.count - 1
  }
  return labels.count * 4 > values.count ? .array(short) : ["labels": .array(labels), "codes": .string(packed(coded))]
}
