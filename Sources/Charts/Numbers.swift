import RealModule

/// A number as people read it: four digits that count, a comma before every third, a real minus.
public func readable(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return value == 0 ? "0" : "none" }
  let digits = Int(Double.log10(abs(value)).rounded(.down))
  if digits >= 15 || digits < -6 { return value.description }
  let text = decimal(value, places: min(8, max(0, 3 - digits)))
  guard text.contains(".") else { return text }
  var trimmed = text[...]
  while trimmed.last == "0" { trimmed = trimmed.dropLast() }
  if trimmed.last == "." { trimmed = trimmed.dropLast() }
  return String(trimmed)
}

/// A whole number as people read it, to the last digit.
public func readable(_ value: Int) -> String { (value < 0 ? "\u{2212}" : "") + grouped(String(value.magnitude)) }

private func grouped(_ digits: String) -> String {
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return text
}

/// A number with so many places after the point.
func decimal(_ value: Double, places: Int) -> String {
  var power = 1.0
  for _ in 0..<places { power *= 10 }
  let scaled = (abs(value) * power).rounded()
  guard scaled < 9e17 else { return value.description }
  let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(power))
  let text = (value < 0 && scaled > 0 ? "\u{2212}" : "") + grouped(String(whole))
  guard places > 0 else { return text }
  let fraction = String(rest)
  return text + "." + String(repeating: "0", count: places - fraction.count) + fraction
}

/// A number on an axis; from a million on in millions and billions.
func tickText(_ value: Double, step: Double) -> String {
  for (unit, name) in [(1e12, "tn"), (1e9, "bn"), (1e6, "m")] where abs(value) >= unit && step >= unit / 100 {
    return readable(value / unit) + " \(name)"
  }
  let places = step >= 1 ? 0 : min(8, Int((-Double.log10(step)).rounded(.up)))
  return decimal(value, places: places)
}

/// A name of a table or column in words: `fatalities_best` is fatalities best.
func words(_ name: String) -> String {
  String(name.map { $0 == "_" || $0 == "-" ? " " : $0 })
}
/// A text whose first letter is a capital.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
/// A number with its noun: `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(readable(count)) \(noun)\(count == 1 ? "" : "s")"
}
