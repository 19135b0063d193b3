import JSONText
import TestSupport
import Testing
import Workbench

@testable import ReportExporter

@Suite struct PackedNumbersTests {
  /// The digits are those of source maps, revision 3.
  @Test(arguments: [([], ""), ([0], "A"), ([1], "C"), ([-1], "D"), ([16], "gB"), ([1, 17], "CgB")])
  func stepsAreWrittenAsInSourceMaps(_ numbers: [Int], _ text: String) { #expect(packed(numbers) == text) }

  @Test func stepsThatRecurAreCounted() {
    #expect(packed([5, 5, 5, 5, 5, 5]) == "KA*I")
    #expect(packed([1, 2, 3, 4, 5]) == "C*I")
    #expect(packed([1, 2, 3]) == "CCC")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func numbersComeBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let size = 1 << Int.random(in: 0..<45, using: &random)
    var numbers: [Int] = []
    while numbers.count < 300 {
      let number = Int.random(in: -size...size, using: &random)
      numbers += [Int](repeating: number, count: Int.random(in: 1...9, using: &random))
    }
    #expect(unpacked(packed(numbers)) == numbers)
  }

  @Test func aColumnComesBackToAHundredThousandthOfItsLargest() throws {
    let values: [JSONValue] = [.number(-3.4567891), .null, .number(0.000123), .number(9.99999), .null]
    let json = packed(values)
    let scale = try #require(json["scale"]?.number)
    let steps = unpacked(try #require(json["steps"]?.text)).map { Double($0) / scale }
    #expect(unpacked(try #require(json["missing"]?.text)) == [1, 4])
    for row in [0, 2, 3] { #expect(abs(steps[row] - (values[row].number ?? 0)) <= 1e-4) }
  }

  @Test func numbersOfManyMagnitudesKeepTheirDigits() {
    #expect(packed([.number(0.000012345678), .number(12.3456789)] as [JSONValue]) == [1.23457e-05, 12.3457])
    let few = packed((0..<100).map { JSONValue.number($0 % 2 == 0 ? 0.001 : 5.5) })
    #expect(few["labels"] == [0.001, 5.5])
    #expect(unpacked(few["codes"]?.text ?? "") == (0..<100).map { $0 % 2 })
  }

  /// What the page's script does.
  private func unpacked(_ text: String) -> [Int] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var rest = Array(text)[...]
    var (numbers, step, last) = ([Int](), 0, 0)
    func next() -> Int {
      var (number, power) = (0, 1)
      while let character = rest.popFirst(), let digit = digits.firstIndex(of: character) {
        number += digit % 32 * power
        power *= 32
        if digit < 32 { break }
      }
      return number % 2 == 0 ? number / 2 : -(number / 2)
    }
    while let first = rest.first {
      if first == "*" { rest.removeFirst() }
      let number = next()
      if first != "*" { step = number }
      for _ in 0..<(first == "*" ? number : 1) {
        last += step
        numbers.append(last)
      }
    }
    return numbers
  }
}
