import EventModel
import JSONText
import Statistics

/// A number and a word, which gets an s unless the number is one.
func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

/// A number to three digits that count, as text.
func short(_ value: Double) -> String { JSONValue.number(rounded(value, digits: 3)).compact }

/// A share as percent.
func percent(_ share: Double) -> String { "\(short(share * 100)) %" }

/// A rate of growth as percent, with its sign.
func signed(_ rate: Double) -> String { (rate > 0 ? "+" : "") + percent(rate) }

/// P-values adjusted for the false discovery rate over all that there are.
func adjusted(_ pValues: [Double?]) -> [Double?] {
  falseDiscoveryRates(pValues.map { $0 ?? .nan }).map { $0.isNaN ? nil : $0 }
}

extension String {
  /// The same with a capital first.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension PeriodLength {
  /// How many days one has on average.
  var typicalDays: Double {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 365.25 / 12
    case .quarter: 365.25 / 4
    case .year: 365.25
    }
  }
}

/// A number to some digits that count.
func rounded(_ value: Double, digits: Int) -> Double {
  guard value != 0, value.isFinite else { return value }
  var scale = 1.0
  for _ in 1..<digits { scale *= 10 }
  var size = abs(value)
  var exponent = 0
  while size < 1 { (size, exponent) = (size * 10, exponent - 1) }
  while size >= 10 { (size, exponent) = (size / 10, exponent + 1) }
  if -12...9 ~= exponent {
    for _ in 0..<abs(exponent) { scale = exponent < 0 ? scale * 10 : scale / 10 }
    return scale >= 1 ? (value * scale).rounded() / scale : value.rounded()
  }
  // Through text, so that the digits are those of the shortest form.
  let digitsOfSize = Int((size * scale).rounded())
  return Double("\(value < 0 ? "-" : "")\(digitsOfSize)e\(exponent - digits + 1)") ?? value
}

/// A computed number for a table: to ten digits, since further ones are those of the logarithms a machine happens to have.
func real(_ value: Double?) -> JSONValue {
  value.map { $0.isFinite ? .number(rounded($0, digits: 10)) : .null } ?? .null
}
func integer(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
func date(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }
func boolean(_ value: Bool?) -> JSONValue { value.map { .boolean($0) } ?? .null }
