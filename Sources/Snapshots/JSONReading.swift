import Foundation
import JSONText

extension JSONValue {
  /// Reads JSON; nil where the bytes are none.
  init?(reading bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
    self = value
  }

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
