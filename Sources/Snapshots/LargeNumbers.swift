import JSONText

extension JSONValue {
  /// The same value with numbers that are whole, and too large to be written as such, as real ones.
  var withRealLargeNumbers: JSONValue {
    switch self {
    case .integer(let value) where value.magnitude >= 1 << 53: .number(Double(value))
    case .array(let elements): .array(elements.map(\.withRealLargeNumbers))
    case .object(let members): .object(members.mapValues(\.withRealLargeNumbers))
    default: self
    }
  }
}
