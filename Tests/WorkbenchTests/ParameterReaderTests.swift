import EventModel
import JSONText
import TestSupport
import Testing
@testable import Workbench

/// Nodes at made-up places, each on a line of its own.
private func map(_ entries: [(String, ConfigNode)]) -> ConfigNode {
  ConfigNode(
    .map(
      entries.enumerated().map { index, entry in
        var value = entry.1
        value.location.line = index + 1
        return ConfigNode.Entry(
          key: entry.0, keyLocation: Workbench.SourceLocation(file: "w", line: index + 1, column: 1), value: value)
      }), at: Workbench.SourceLocation(file: "w", line: 99, column: 1))
}
private func text(_ text: String, quoted: Bool = false) -> ConfigNode {
  ConfigNode(.scalar(text, isQuoted: quoted), at: Workbench.SourceLocation(file: "w", line: 1, column: 10))
}
private func list(_ nodes: ConfigNode...) -> ConfigNode {
  ConfigNode(.list(nodes), at: Workbench.SourceLocation(file: "w", line: 1, column: 10))
}
private func ids(_ outcome: ParameterReader.Outcome) -> [String] { outcome.problems.map(\.id) }

private enum Mode: String, CaseIterable, ScalarParameter { case fast, careful }

private struct Inner: ParameterRecord, Hashable {
  let size: Int
  let label: String?
  init(parameters: inout ParameterReader) {
    size = parameters.required("size", "The size.", where: .atLeast(1))
    label = parameters.optional("label", "The label.")
  }
}

private struct Everything: ParameterRecord {
  let path: InputPath
  let count: Int
  let share: Double
  let flag: Bool
  let day: Day?
  let mode: Mode
  let names: [String]
  let from: OneOrMore<LocatedValue<String>>?
  let columns: ParameterMap<String>?
  let inner: Inner?
  let low: Int
  let high: Int
  init(parameters: inout ParameterReader) {
    path = parameters.required("path", "A file.")
    count = parameters.optional("count", default: 3, "A count.", where: .inside(1...10))
    share = parameters.optional("share", default: 0.95, "A share.", where: .inside(0...1))
    flag = parameters.optional("flag", default: false, "A flag.")
    day = parameters.optional("day", "A day.")
    mode = parameters.optional("mode", default: .fast, "A mode.")
    names = parameters.optional("names", default: ["a"], "Names.", where: .nonemptyList(), .each(.nonempty))
    from = parameters.optional("from", "Inputs.")
    columns = parameters.optional("columns", "Columns.", where: .eachName(.name))
    inner = parameters.optional("inner", "A record.")
    let low: Int = parameters.optional("low", default: 0, "The low end.")
    let high: Int = parameters.optional("high", default: 9, "The high end.")
    self.low = low
    self.high = high
    parameters.check(low <= high, about: ["high", "low"], "'high' must not be below 'low'")
  }
}
private func read(_ entries: [(String, ConfigNode)]) -> (value: Everything, outcome: ParameterReader.Outcome) {
  var reader = ParameterReader(reading: map(entries))
  let value = Everything(parameters: &reader)
  return (value, reader.finish())
}
private let path = ("path", text("a.csv"))

@Suite struct ParameterReaderTests {
  @Test func everyKindOfValueIsRead() {
    let (value, outcome) = read([
      path, ("count", text("7")), ("share", text("1e-1")), ("flag", text("true")), ("day", text("2021-12-09")),
      ("mode", text("careful", quoted: true)), ("names", list(text("24.10"), text("NO"))),
      ("from", text("all")), ("columns", map([("one", text("Eins"))])),
      ("inner", map([("size", text("2"))])),
    ])
    #expect(outcome.problems.isEmpty && outcome.isSound)
    #expect(value.path.text == "a.csv")
    #expect(value.count == 7)
    #expect(value.share == 0.1)
    #expect(value.flag)
    #expect(value.day?.description == "2021-12-09")
    #expect(value.mode == .careful)
    #expect(value.names == ["24.10", "NO"])
    #expect(value.from?.elements.map(\.value) == ["all"])
    #expect(value.columns?["one"] == "Eins")
    #expect(value.inner?.size == 2 && value.inner?.label == nil)
    #expect(outcome.inputs.map(\.path.text) == ["a.csv"])
    #expect(
      outcome.json.compact
        == #"{"columns":{"one":"Eins"},"count":7,"day":"2021-12-09","flag":true,"from":["all"],"high":9,"inner":{"size":2},"low":0,"mode":"careful","names":["24.10","NO"],"path":"a.csv","share":0.1}"#
    )
    #expect(outcome.identity["path"] == "input")
  }

  @Test func whatIsLeftOutHasItsDefaultInTheRecordToo() {
    let (value, outcome) = read([path])
    #expect(value.count == 3 && value.mode == .fast && value.from == nil)
    #expect(outcome.json["count"] == 3)
    #expect(outcome.json["day"] == nil)
  }

  @Test func oneOrMoreTakesBoth() {
    #expect(read([path, ("from", list(text("a"), text("b")))]).value.from?.elements.map(\.value) == ["a", "b"])
  }

  @Test(arguments: [
    ("count", "many"), ("count", "7.5"), ("count", "1e1"), ("share", "nan"), ("share", "0x1p3"), ("share", "inf"),
    ("flag", "yes"), ("day", "2021-02-30"), ("mode", "slow"),
  ]) func aWrongTextIsRefused(_ name: String, _ written: String) {
    let (_, outcome) = read([path, (name, text(written))])
    #expect(ids(outcome) == ["parameters.bad-value"])
    #expect(outcome.problems.first?.message.contains("'\(written)'") == true)
    #expect(outcome.problems.first?.location?.line == 2)
  }

  @Test(arguments: ["count", "share", "flag"]) func quotedNumbersAndTruthValuesAreRefused(_ name: String) {
    let written = name == "flag" ? "true" : "1"
    let (_, outcome) = read([path, (name, text(written, quoted: true))])
    #expect(ids(outcome) == ["parameters.bad-value"])
    #expect(outcome.problems.first?.hint == "write it without quotes")
    #expect(read([path, (name, text(written))]).outcome.problems.isEmpty)
  }

  @Test func aWrongShapeIsRefused() {
    let nothing = ConfigNode(.null, at: Workbench.SourceLocation(file: "w", line: 1, column: 10))
    let wrong: [(String, ConfigNode)] = [
      ("path", list()), ("count", nothing), ("names", text("a")), ("columns", list()), ("inner", text("a")),
      ("from", map([])),
    ]
    #expect(ids(read(wrong).outcome) == Array(repeating: "parameters.bad-value", count: wrong.count))
  }

  @Test func percentagesGetAHint() {
    #expect(read([path, ("share", text("95"))]).outcome.problems.first?.hint == "did you mean 0.95?")
    #expect(read([path, ("share", text("950"))]).outcome.problems.first?.hint == nil)
  }

  @Test func rulesAreChecked() {
    #expect(ids(read([path, ("count", text("11"))]).outcome) == ["parameters.out-of-range"])
    #expect(ids(read([path, ("names", list())]).outcome) == ["parameters.out-of-range"])
    #expect(
      ids(read([path, ("names", list(text("a"), text("", quoted: true)))]).outcome) == ["parameters.out-of-range"])
    #expect(ids(read([path, ("inner", map([("size", text("0"))]))]).outcome) == ["parameters.out-of-range"])
  }

  @Test func aNameThatBreaksItsRuleIsShownAtTheName() {
    let (_, outcome) = read([path, ("columns", map([("fine", text("a")), ("Not Fine", list())]))])
    #expect(ids(outcome) == ["parameters.out-of-range", "parameters.bad-value"])
    #expect(outcome.problems.first?.location == Workbench.SourceLocation(file: "w", line: 2, column: 1))
    #expect(outcome.problems.first?.message == "the name 'columns.Not Fine' must be a name of a-z, 0-9 and -")
  }

  @Test func crossChecksAreSilentOnceOneOfTheirValuesFailed() {
    #expect(ids(read([path, ("low", text("9")), ("high", text("1"))]).outcome) == ["parameters.conflict"])
    #expect(read([path, ("low", text("9")), ("high", text("1"))]).outcome.problems.first?.location?.line == 3)
    #expect(ids(read([path, ("low", text("9")), ("high", text("x"))]).outcome) == ["parameters.bad-value"])
    #expect(ids(read([path, ("low", text("10"))]).outcome) == ["parameters.conflict"])
  }

  @Test func missingAndUnknownNamesAreReported() {
    #expect(ids(read([]).outcome) == ["parameters.missing"])
    #expect(ids(read([path, ("cuont", text("1"))]).outcome) == ["parameters.unknown"])
    #expect(read([path, ("cuont", text("1"))]).outcome.problems.first?.hint == "did you mean 'count'?")
    let far = read([path, ("something-else", text("1"))]).outcome.problems.first?.hint
    #expect(far?.hasPrefix("known: path, count, share") == true)
  }

  @Test func aRequiredNameThatWasMistypedIsOneProblem() {
    #expect(ids(read([("pth", text("a.csv"))]).outcome) == ["parameters.unknown"])
    #expect(
      ids(read([("paths", text("a.csv")), ("cuont", text("1"))]).outcome) == [
        "parameters.unknown", "parameters.unknown",
      ])
  }

  @Test func unreadableValuesArePassedOverInSilence() {
    let unreadable = ConfigNode(.unreadable, at: Workbench.SourceLocation(file: "w", line: 1, column: 10))
    for name in ["path", "count", "names", "from", "columns", "inner"] {
      let entries = name == "path" ? [(name, unreadable)] : [path, (name, unreadable)]
      let (_, outcome) = read(entries)
      #expect(outcome.problems.isEmpty, "\(name)")
      #expect(!outcome.isSound, "\(name)")
    }
  }

  @Test func problemsComeInFileOrder() {
    let (_, outcome) = read([
      ("unknown-one", text("1")), ("mode", text("x")), path, ("another", text("1")), ("count", text("99")),
    ])
    #expect(outcome.problems.map { $0.location?.line } == [1, 2, 4, 5])
  }

  @Test func describingDeclaresWhatReadingDeclares() {
    var describing = ParameterReader.describing()
    _ = Everything(parameters: &describing)
    #expect(describing.declarations == read([path]).outcome.declarations)
    #expect(describing.declarations.map(\.name).count == 12)
    #expect(describing.declarations.first { $0.name == "inner" }?.shape == Inner.shape)
    #expect(describing.finish().problems.isEmpty)
  }

  @Test func aScalarInPlaceOfTheMapIsRefused() {
    var reader = ParameterReader(reading: text("path"))
    _ = Everything(parameters: &reader)
    #expect(ids(reader.finish()).contains("parameters.not-a-map"))
  }
}

@Suite struct NearestNameTests {
  @Test(
    arguments: [
      ("directd", "directed"), ("form", "from"), ("PATH", "path"), ("zero-fill", "zero_fill"), ("xyz", nil), ("p", nil),
      ("to", "to"), ("", nil),
    ] as [(String, String?)]) func nearNamesAreFound(_ typed: String, _ expected: String?)
  {
    #expect(nearestName(to: typed, among: ["path", "directed", "from", "zero_fill", "to"]) == expected)
  }

  /// Known distances of optimal string alignment, where no letter is edited twice: CA to ABC is 3, not 2.
  @Test(arguments: [
    ("CA", "ABC", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("", "abc", 3), ("abc", "abc", 0),
    ("abcdef", "badcfe", 3),
  ]) func distances(_ left: String, _ right: String, _ expected: Int) {
    #expect(alignmentDistance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == expected)
    #expect(alignmentDistance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == expected)
  }

  @Test func ofEquallyNearNamesTheFirstIsTaken() {
    #expect(nearestName(to: "bat", among: ["cat", "rat"]) == "cat")
  }
}
