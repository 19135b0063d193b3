import Foundation
import JSONText

extension JSONValue {
  /// Reads JSON; nil where the bytes are none.
  init?(reading bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
    self = value
  }
}
