import JSONText
import Testing
import Workbench

/// Parameters that are declared as the program runs are read as those declared in Swift.
@Suite struct DeclaredParameterTests {
  private enum Side: String, CaseIterable, ScalarParameter { case initiator, target }

  private static func inSwift(_ reader: inout ParameterReader) {
    _ = reader.required("count", "How many.", where: .inside(1...12)) as Int
    _ = reader.optional("share", default: 0.5, "Which share.", where: .inside(0...1)) as Double
    _ = reader.optional("side", default: Side.target, "Which side.")
    _ = reader.optional("names", default: ["a"], "Which names.", where: .nonemptyList())
    _ = reader.optional("path", "A file.") as InputPath?
  }

  private func node(_ values: [(String, ConfigNode.Value)]) -> ConfigNode {
    ConfigNode(
      .map(
        values.enumerated().map { line, value in
          let place = SourceLocation(file: "w.yaml", line: line + 1, column: 3)
          return ConfigNode.Entry(key: value.0, keyLocation: place, value: ConfigNode(value.1, at: place))
        }), at: SourceLocation(file: "w.yaml", line: 1, column: 1))
  }

  private static let cases: [[(String, ConfigNode.Value)]] = [
    [("count", .scalar("3", isQuoted: false))],
    [("count", .scalar("13", isQuoted: false)), ("share", .scalar("95", isQuoted: false))],
    [("count", .scalar("x", isQuoted: false)), ("side", .scalar("targt", isQuoted: false))],
    [("cuont", .scalar("3", isQuoted: false)), ("names", .list([]))],
    [("count", .scalar("3", isQuoted: true)), ("share", .map([])), ("names", .scalar("a", isQuoted: false))],
    [("count", .scalar("1", isQuoted: false)), ("path", .scalar("data/a.csv", isQuoted: false))],
    [("count", .list([])), ("side", .unreadable)],
  ]

  @Test(arguments: cases.indices) func declarationsReadAsTheyDoInSwift(_ index: Int) {
    var describing = ParameterReader.describing()
    Self.inSwift(&describing)
    var written = ParameterReader(reading: node(Self.cases[index]))
    Self.inSwift(&written)
    var declared = ParameterReader(reading: node(Self.cases[index]))
    for declaration in describing.declarations { declared.declare(declaration) }
    let (expected, found) = (written.finish(), declared.finish())
    #expect(found.declarations == expected.declarations)
    #expect(found.problems == expected.problems)
    #expect(found.json == expected.json)
    #expect(found.identity == expected.identity)
    #expect(found.inputs == expected.inputs)
    #expect(found.isSound == expected.isSound)
  }

  @Test func rulesHoldWithinRecordsAndLists() {
    let item = ParameterDeclaration(
      name: "items",
      shape: .list(
        .record([
          ParameterDeclaration(
            name: "n", shape: .integer, isRequired: true, fallback: nil, summary: "A number.",
            rules: [ParameterRuleDescription(phrase: "be at least 2", schema: ["minimum": 2])])
        ])), isRequired: true, fallback: nil, summary: "Records.", rules: [])
    let place = SourceLocation(file: "w.yaml", line: 4, column: 7)
    let record = ConfigNode(
      .map([.init(key: "n", keyLocation: place, value: ConfigNode(.scalar("1", isQuoted: false), at: place))]),
      at: place)
    var reader = ParameterReader(reading: node([("items", .list([record]))]))
    reader.declare(item)
    let problems = reader.finish().problems
    #expect(problems.map(\.message) == ["'items.n' must be at least 2"])
    #expect(problems.first?.location == place)
  }
}
