import JSONText
import Testing
import Workbench

/// Numbers in sentences and tables.
@Suite struct FiguresTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (3.14159, "3.14"), (-0.000123456, "-0.000123"), (1234.5, "1235"), (57.98887041, "58"),
    (0.9996, "1"), (1e-20, "1e-20"),
  ]) func sentencesShowThreeDigits(_ value: Double, _ text: String) { #expect(short(value) == text) }

  @Test func tablesHoldTenDigitsAndNothingThatIsNoNumber() {
    #expect(exact(1 / 3) == .number(0.3333333333) && exact(2_000_000_000.4) == .number(2_000_000_000))
    #expect(exact(nil) == .null && exact(.nan) == .null && exact(-.infinity) == .null)
    #expect(exact(-0.0).compact == "0")
  }
  @Test func oneIsNotMany() {
    #expect(
      ["dyad": 1, "event": 0, "shift": 2].map { counted($1, $0) }.sorted() == ["0 events", "1 dyad", "2 shifts"])
  }
}
