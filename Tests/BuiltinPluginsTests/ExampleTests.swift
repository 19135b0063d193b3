import BuiltinPlugins
import PluginConformance
import Testing
import Workbench

/// An example of a plugin, and how its input is written.
struct ExampleCase: Sendable, CustomTestStringConvertible {
  let entry: PluginEntry
  let example: PluginExample
  let disguise: Disguise?
  var testDescription: String {
    "\(entry.manifest.id): \(example.title)\(disguise.map { " (\($0.rawValue))" } ?? "")"
  }

  static let plain = builtinPlugins.entries.flatMap { entry in
    entry.examples.map { ExampleCase(entry: entry, example: $0, disguise: nil) }
  }
  static let disguised = plain.flatMap { plain in
    Disguise.allCases.filter { canBeDisguised(plain.example, $0) }
      .map { ExampleCase(entry: plain.entry, example: plain.example, disguise: $0) }
  }
}

/// Every example gives the output it states, however its input is written.
@Suite struct ExampleTests {
  @Test(arguments: ExampleCase.plain) func exampleGivesItsOutput(_ example: ExampleCase) async {
    await expectOutput(of: example)
  }
  @Test(arguments: ExampleCase.disguised) func disguiseChangesNothing(_ example: ExampleCase) async {
    // An example that is wrong as it stands is reported once, above.
    guard await exampleProblems(of: example.entry, example.example).isEmpty else { return }
    await expectOutput(of: example)
  }
  private func expectOutput(of test: ExampleCase) async {
    for problem in await exampleProblems(of: test.entry, test.example, disguise: test.disguise) {
      Issue.record("\(test.testDescription): \(problem)")
    }
  }
}

@Suite struct DisguiseTests {
  private let text = "a,b,c\n1,\"two, or\n\"\"three\"\"\",\n"

  @Test func linesEndWithCarriageReturnsOutsideOfQuotesOnly() {
    #expect(Disguise.carriageReturns.applied(to: text) == "a,b,c\r\n1,\"two, or\n\"\"three\"\"\",\r\n")
  }
  @Test func everyFieldIsQuoted() {
    #expect(Disguise.allQuoted.applied(to: text) == "\"a\",\"b\",\"c\"\n\"1\",\"two, or\n\"\"three\"\"\",\"\"\n")
  }
  @Test func columnsAreShuffledWithTheirHeader() {
    #expect(Disguise.shuffledColumns.applied(to: text) == "c,b,a\n,\"two, or\n\"\"three\"\"\",1\n")
  }
  @Test func columnsWithoutNamesStayInTheirPlaces() {
    #expect(Disguise.shuffledColumns.applied(to: "1\t\ta\n2\tx\ta\n") == nil)
    #expect(Disguise.carriageReturns.applied(to: "1\t\ta\n") == "1\t\ta\r\n")
  }
  @Test func tabsHaveNoQuotes() {
    #expect(Disguise.allQuoted.applied(to: "a\tb\n5\" shell\t1\n") == nil)
    #expect(Disguise.shuffledColumns.applied(to: "a\tb\n5\" shell\t1\n") == "b\ta\n1\t5\" shell\n")
  }
}
