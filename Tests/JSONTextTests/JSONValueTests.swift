import Foundation
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct JSONValueTests {
  @Test func keysAreSortedByTheirBytes() {
    let value: JSONValue = ["b": 1, "a": 2, "B": 3, "é": 4, "z": 5, "aa": 6, "": 7, "😀": 8, "\u{FFFF}": 9]
    #expect(value.compact == #"{"":7,"B":3,"a":2,"aa":6,"b":1,"z":5,"é":4,"\#u{FFFF}":9,"😀":8}"#)
  }

  @Test func canonicallyEqualTextsStayApart() {
    let value = JSONValue.array([.string("\u{E9}"), .string("e\u{301}")])
    #expect(Array(value.compact.utf8) == Array("[\"\u{E9}\",\"e\u{301}\"]".utf8))
  }

  @Test(arguments: [
    ("\"\\\n\r\t", #""\"\\\n\r\t""#), ("\u{0}\u{1F}\u{7F}", #""\u0000\u001f\u007f""#),
    ("</script>", #""\u003c/script>""#), ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("ü😀", "\"ü😀\""),
  ]) func textIsEscaped(_ text: String, _ expected: String) {
    #expect(JSONValue.string(text).compact == expected)
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (3.4, "3.4"), (-0.5, "-0.5"), (5, "5"), (1e15, "1000000000000000"),
      (9_007_199_254_740_991, "9007199254740991"), (1e16, "1e+16"), (123_456_789_012_345, "123456789012345"),
      (1e-7, "1e-07"), (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
      (.nan, "null"),
      (.infinity, "null"),
    ] as [(Double, String)]) func numbersHaveTheirShortestText(_ number: Double, _ expected: String)
  {
    #expect(JSONValue.number(number).compact == expected)
  }

  @Test func prettyTextIsIndentedAndEndsWithANewline() {
    let value: JSONValue = ["list": [1, []], "empty": [:], "null": nil, "yes": true]
    #expect(
      value.pretty == """
        {
          "empty": {},
          "list": [
            1,
            []
          ],
          "null": null,
          "yes": true
        }

        """)
  }

  @Test(arguments: 1...50) func foundationReadsBackWhatIsWritten(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<20 {
      let value = randomValue(depth: 4, &random)
      for text in [value.compact, value.pretty] {
        let data = Data(text.utf8)
        #expect(JSONValue(reading: Array(text.utf8)) == value)
        let other = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
        #expect(equal(other, value), "\(text)")
      }
    }
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "[1 2]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "\"\u{1}\"", "\"\\x\"", "\"\\ud800\"", "\"a",
    "tru",
    "01", "-", "1.", ".5", "1.e5", "+1", "1e", "0x1", "1e999", "[1]]", "nan", "\"\\u12g4\"", "\"\\u+123\"",
    String(repeating: "[", count: 100_000),
  ]) func whatIsNoJSONIsNotRead(_ text: String) {
    #expect(JSONValue(reading: Array(text.utf8)) == nil)
    // Foundation takes a comma at the end of a list, which RFC 8259 does not have.
    guard text != "[1,]" else { return }
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) == nil)
  }

  @Test func theReaderReadsWhatOthersWrite() {
    let text = "\u{FEFF}{\"a\": [1, -2.5e3, \"\\u00e9\\ud83d\\ude00\\/\\n\", true, null], \"a b\": {}}"
    #expect(JSONValue(reading: Array(text.utf8)) == ["a": [1, .number(-2500), "é😀/\n", true, nil], "a b": [:]])
    #expect(JSONValue(reading: [34, 0xFF, 34]) == nil)
  }

  @Test func integersStayIntegers() throws {
    let text = "[1,-9223372036854775808,9223372036854775807,1.5,1e3,true,18446744073709551615]"
    let value = try #require(JSONValue(reading: Array(text.utf8)))
    #expect(value.elements.prefix(4) == [.integer(1), .integer(.min), .integer(.max), .number(1.5)])
    #expect(value.elements[4].number == 1000)
    #expect(value.elements[5] == .boolean(true))
    #expect(value.elements[6] == .number(18_446_744_073_709_551_616))
  }
}

private func randomValue(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
  switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
  case 0: return .null
  case 1: return .boolean(.random(using: &random))
  case 2: return .integer(Int(truncatingIfNeeded: Int64.random(in: .min ... .max, using: &random)))
  case 3:
    // Never a whole number: those are written like integers and read as such.
    let number = Double(bitPattern: .random(in: .min ... .max, using: &random))
    return number.isFinite && number.rounded() != number ? .number(number) : .number(0.25)
  case 4: return .string(randomText(&random))
  case 5: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth - 1, &random) })
  default:
    let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      (randomText(&random), randomValue(depth: depth - 1, &random))
    }
    return .object(Dictionary(members, uniquingKeysWith: { $1 }))
  }
}
private func randomText(_ random: inout SeededGenerator) -> String {
  String(
    String.UnicodeScalarView(
      (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x1FFFF), using: &random))
      }))
}

/// Whether what JSONSerialization read is a value.
private func equal(_ other: Any, _ value: JSONValue) -> Bool {
  switch value {
  case .null: other is NSNull
  case .boolean(let boolean): (other as? Bool) == boolean
  case .integer(let integer): (other as? NSNumber)?.int64Value == Int64(integer)
  // JSONSerialization goes through decimal numbers, and may be off by the last bit.
  case .number(let number): (other as? NSNumber).map { abs($0.doubleValue - number) <= abs(number) * 1e-15 } ?? false
  case .string(let text): (other as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
  case .array(let elements):
    (other as? [Any]).map { $0.count == elements.count && zip($0, elements).allSatisfy { equal($0, $1) } } ?? false
  case .object(let members):
    (other as? [String: Any]).map { read in
      read.count == members.count && members.allSatisfy { key, value in read[key].map { equal($0, value) } ?? false }
    } ?? false
  }
}
