import JSONText
import Workbench

/// What is wrong, in the order found; the same thing is said once.
struct Complaints {
  private(set) var list: [String] = []

  /// Complains unless a condition holds.
  mutating func expect(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    guard !condition else { return }
    let complaint = complaint()
    if !list.contains(complaint) { list.append(complaint) }
  }
  /// Complains.
  mutating func add(_ complaint: String) { expect(false, complaint) }
  /// Does something that should not throw, and complains where it does.
  mutating func attempting<Result>(
    _ what: String, _ body: () async throws(Diagnostic) -> Result
  ) async -> Result? {
    do throws(Diagnostic) {
      return try await body()
    } catch {
      add("\(what): \(error.id): \(error.message)")
      return nil
    }
  }
}

/// Whether a text is a name of words in small letters: `relationship-shift`, `minimum_events`.
func isName(_ text: String, joinedBy joint: Character) -> Bool {
  let words = text.split(separator: joint, omittingEmptySubsequences: false)
  return words.first?.first?.isLetter ?? false
    && words.allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 }
    }
}
/// Whether a text is one line that ends with a period.
func isSentence(_ text: String) -> Bool { text.hasSuffix(".") && !text.contains(where: \.isNewline) && text.count > 1 }
/// Whether a text is a sentence that begins as one.
func isDocumentation(_ text: String) -> Bool {
  isSentence(text) && !(text.first?.isLowercase ?? true) && !(text.first?.isWhitespace ?? true)
}
/// The names that occur more than once.
func repeated(_ names: [String]) -> [String] {
  Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
}

extension Finding {
  /// Its numbers as text that does not depend on their order.
  var numberText: String { JSONValue.object(numbers).compact }
}
