import EventModel
import TestSupport
import Testing
import Workbench
import WorkspaceFormat

private let head = "workspace: 1\nname: small\nsources: {coded: {use: csv, with: {path: events.csv}}}\n"

private func read(
  _ text: String, profile: String? = nil, settings: [VariableSetting] = [], all: Bool = false
) -> WorkspaceReading {
  WorkspaceFile(Array(text.utf8), name: "w.yaml").read(profile: profile, settings: settings, checksAllProfiles: all)
}
private func places(_ problems: [Diagnostic]) -> [String] {
  problems.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
}

@Suite struct ReadingTests {
  @Test func scalarsAreTypedByThePlaceTheyStandIn() throws {
    let reading = read(
      head + "title: 24.10\nlicense: NO\nseed: 012\nevents: {all: {countries: [NO, 004], classes: [1e3]}}\n")
    #expect(reading.problems.isEmpty)
    let workspace = try #require(reading.workspace)
    #expect(workspace.description.title == "24.10")
    #expect(workspace.description.license == "NO")
    #expect(workspace.seed == 12)
    #expect(workspace.eventSets?["all"]?.filter.countries?.value == ["NO", "004"])
    #expect(workspace.eventSets?["all"]?.filter.classes?.value == ["1e3"])
  }

  @Test func entriesKeepTheOrderAndThePlaceOfTheirNames() throws {
    let workspace = try #require(
      read("workspace: 1\nname: n\nsources:\n  zeta: {use: csv}\n  alpha: {use: csv}\n  mid: {use: csv}\n").workspace)
    #expect(workspace.sources.names == ["zeta", "alpha", "mid"])
    #expect(workspace.sources.entries.map(\.location.line) == [4, 5, 6])
    #expect(workspace.sources.entries.map(\.location.length) == [4, 5, 3])
  }

  @Test func aFaultyEntryLeavesTheOthersReadable() throws {
    let reading = read(
      head + "analyses:\n  first: {use: panel, form: all}\n  second: {with: {}}\n  third: {use: panel}\n")
    #expect(places(reading.problems) == ["5:23 parameters.unknown", "6:11 parameters.missing"])
    let analyses = try #require(reading.workspace).analyses
    #expect(analyses.names == ["first", "second", "third"])
    #expect(analyses.entries.map(\.name) == ["first", "third"])
    #expect(analyses.entries.map(\.isSound) == [false, true])
  }

  @Test func columnsCountUnicodeScalarsWhateverComesBefore() {
    let reading = read(head + "title: {\"Düränd 🇵🇰\": 1}\nanalyses: {a: {use: \"🇦🇫é\", wiht: {}}}\n")
    #expect(places(reading.problems) == ["4:8 parameters.bad-value", "5:28 parameters.unknown"])
  }

  @Test(arguments: ["\n", "\r\n"]) func lineEndsMakeNoDifference(_ end: String) {
    let text = (head + "titel: x\nlicence: y\n").replacing("\n", with: end)
    #expect(places(read(text).problems) == ["4:1 parameters.unknown", "5:1 parameters.unknown"])
  }

  @Test func everyDuplicateIsFoundAtItsSecondPlace() {
    let text = head + "title: a\nseed: 1\ntitle: b\n'seed': 2\ntitle: c\nanalyses: {x: {use: a, use: b}, x: {use: c}}\n"
    #expect(
      places(read(text).problems) == [
        "6:1 workspace.duplicate-key", "7:1 workspace.duplicate-key", "8:1 workspace.duplicate-key",
        "9:24 workspace.duplicate-key", "9:33 workspace.duplicate-key",
      ])
  }

  @Test func manyDuplicatesEndInOneMessage() {
    let reading = read(head + String(repeating: "title: a\n", count: 60))
    #expect(reading.workspace == nil)
    #expect(reading.problems.map(\.id) == ["workspace.duplicate-key"])
  }

  @Test func anAliasIsReportedOnceAndHidesNothingElse() {
    let reading = read(head + "title: &t Small\nlicense: *t\nsede: 1\n")
    #expect(places(reading.problems) == ["4:8 workspace.anchor", "6:1 parameters.unknown"])
  }

  @Test func aliasesThatGrowWithoutBoundAreRefusedAtOnce() {
    var text = "a0: &a0 [x, x, x, x]\n"
    for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let reading = read(text + "? *a40\n: deep\n")
    #expect(reading.problems.map(\.id) == ["workspace.anchor"])
  }

  @Test func deepNestingIsRefusedWithoutHarm() {
    for depth in [40, 900, 20_000] {
      let reading = read(head + "title: " + String(repeating: "[", count: depth) + "\n")
      #expect(reading.problems.hasErrors)
      let closed = read(
        head + "title: " + String(repeating: "{a: ", count: depth) + String(repeating: "}", count: depth) + "\n")
      #expect(closed.problems.hasErrors)
    }
  }

  @Test func aFileOverTheLimitIsRefused() {
    let reading = read(head + "# " + String(repeating: "x", count: 8 << 20) + "\n")
    #expect(reading.problems.map(\.id) == ["workspace.too-large"])
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "\u{FEFF}"]) func nothingIsNoWorkspace(_ text: String) {
    #expect(read(text).problems.map(\.id) == ["workspace.empty"])
  }

  @Test(arguments: 1...40) func damagedFilesNeverCrash(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let bytes = Array((head + "vars: {a: 1}\nprofiles: {q: {seed: 2}}\ntitle: ${a}\n").utf8)
    let marks = Array("{}[]&*!|>'\"%@`:,#?-$~\t\n \u{0}\u{7F}\u{FF}".unicodeScalars).map {
      UInt8(truncatingIfNeeded: $0.value)
    }
    for _ in 0..<40 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        let mark = marks[Int.random(in: 0..<marks.count, using: &random)]
        if Bool.random(using: &random) { damaged[place] = mark } else { damaged.insert(mark, at: place) }
      }
      let reading = WorkspaceFile(damaged, name: "w.yaml").read(checksAllProfiles: true)
      #expect(reading.workspace != nil || reading.problems.hasErrors)
      #expect(reading.problems.allSatisfy { $0.location != nil })
    }
  }
}

@Suite struct VariableTests {
  @Test func aReferenceAloneKeepsTheKindOfItsVariable() throws {
    let reading = read(
      head + "vars: {n: 7, day: 2021-12-09}\nseed: \"${n}\"\nevents: {all: {between: [\"${day}\", \"${day}\"]}}\n")
    #expect(reading.problems.isEmpty)
    let workspace = try #require(reading.workspace)
    #expect(workspace.seed == 7)
    #expect(workspace.eventSets?["all"]?.filter.between?.value.map(\.description) == ["2021-12-09", "2021-12-09"])
    #expect(reading.variables.map(\.name) == ["n", "day"])
  }

  @Test(arguments: [
    ("up to ${last}.", "up to 2021."), ("$${last}", "${last}"), ("$$${last}", "$${last}"),
    ("$5 and ${last}$", "$5 and 2021$"),
    ("${last}${last}", "20212021"), ("$last", "$last"),
  ]) func textAroundAReferenceStays(_ written: String, _ expected: String) {
    let reading = read(head + "vars: {last: 2021}\ntitle: '\(written)'\n")
    #expect(reading.problems.isEmpty)
    #expect(reading.workspace?.description.title == expected)
  }

  @Test func settingsGoBeforeProfilesAndProfilesBeforeTheFile() {
    let text =
      head
      + "vars: {a: file, b: file, c: file}\ntitle: ${a} ${b} ${c}\nprofiles: {q: {vars: {b: profile, c: profile}}}\n"
    #expect(read(text).workspace?.description.title == "file file file")
    let reading = read(text, profile: "q", settings: [VariableSetting(name: "c", value: "set")])
    #expect(reading.workspace?.description.title == "file profile set")
    #expect(reading.variables.map(\.value) == ["file", "profile", "set"])
  }

  @Test func undeclaredSettingsAreRefusedWithASuggestion() {
    let reading = read(head + "vars: {last: 2021}\n", settings: [VariableSetting(name: "lsat", value: "2022")])
    #expect(reading.problems.map(\.id) == ["workspace.unknown-variable"])
    #expect(reading.problems.first?.hint == "did you mean 'last'?")
  }

  @Test func anUnknownVariableIsTheOnlyMessageForItsPlace() {
    let reading = read(head + "vars: {n: 7}\nseed: ${m}\nanalyses: {a: {use: \"${p}\", with: {period: \"${q}\"}}}\n")
    #expect(
      places(reading.problems) == [
        "5:7 workspace.unknown-variable", "6:22 workspace.unknown-variable", "6:45 workspace.unknown-variable",
      ])
  }
}

@Suite struct ProfileTests {
  private let text =
    head + "seed: 1\nevents: {all: {between: [2020-01-01, 2021-12-31], classes: [\"18\"]}}\nprofiles:\n"
    + "  quick: {seed: 2, events: {all: {between: [2021-01-01, 2021-12-31]}}}\n  broken: {sede: 3}\n"

  @Test func mapsMergeAndListsReplace() throws {
    let reading = read(text, profile: "quick")
    #expect(reading.problems.isEmpty)
    let workspace = try #require(reading.workspace)
    #expect(workspace.seed == 2)
    #expect(workspace.eventSets?["all"]?.filter.between?.value.first?.description == "2021-01-01")
    #expect(workspace.eventSets?["all"]?.filter.classes?.value == ["18"])
  }

  @Test func aProfileNotChosenIsCheckedOnRequestOnly() {
    #expect(read(text).problems.isEmpty)
    #expect(places(read(text, all: true).problems) == ["8:12 parameters.unknown"])
    #expect(read(text, profile: "quick", all: true).workspace?.seed == 2)
  }

  @Test func aFaultOfTheFileIsReportedOnceForAllProfiles() {
    #expect(read(text + "titel: x\n", all: true).problems.count == 2)
  }

  @Test func unknownProfilesAreRefusedWithASuggestion() {
    let problems = read(text, profile: "quik").problems
    #expect(problems.map(\.id) == ["workspace.unknown-profile"])
    #expect(problems.first?.hint == "did you mean 'quick'?")
  }
}

@Suite struct MistypedNameTests {
  /// A name with one letter left out, doubled or replaced, or two swapped.
  private func edits(of name: String) -> [String] {
    let letters = Array(name)
    var edits: Set<String> = []
    for index in letters.indices {
      var left = letters
      left.remove(at: index)
      edits.insert(String(left))
      var doubled = letters
      doubled.insert(letters[index], at: index)
      edits.insert(String(doubled))
      var replaced = letters
      replaced[index] = "x"
      edits.insert(String(replaced))
      guard index > 0 else { continue }
      var swapped = letters
      swapped.swapAt(index, index - 1)
      edits.insert(String(swapped))
    }
    return edits.filter { $0 != name && !$0.isEmpty }.sorted()
  }

  @Test func everyParameterMistypedByOneEditIsFoundAndNamed() throws {
    var tried = 0
    for entry in testCatalog.entries {
      for parameter in entry.parameters {
        for typo in edits(of: parameter.name) {
          let text =
            "workspace: 1\nname: n\nsources: {s: {use: csv, with: {path: a}}}\nanalyses:\n  a:\n    use: x\n    with:\n      \(typo): 1\n"
          let workspace = WorkspaceFile(Array(text.utf8), name: "w.yaml").read().workspace
          let with = try #require(workspace?.analyses["a"]?.with?.node)
          let problems = entry.make(with).outcome.problems
          let unknown = try #require(problems.first { $0.id == "parameters.unknown" }, "\(typo)")
          #expect(
            unknown.location
              == Workbench.SourceLocation(file: "w.yaml", line: 8, column: 7, length: typo.unicodeScalars.count))
          #expect(unknown.hint == "did you mean '\(parameter.name)'?", "\(entry.manifest.id) \(typo)")
          #expect(!problems.contains { $0.message == "missing '\(parameter.name)'" })
          tried += 1
        }
      }
    }
    #expect(tried > 200)
  }

  @Test func theMarkedTextOfEveryMistypedKeyIsTheKey() throws {
    for entry in testCatalog.entries {
      for parameter in entry.parameters {
        for typo in edits(of: parameter.name) {
          let text = "{use: csv, with: {\(typo): 1}}"
          let document = YAMLDocument(Array(text.utf8), name: "w.yaml")
          let key = try #require(document.root?["with"]?.entries.first)
          let begin = text.index(text.startIndex, offsetBy: key.keyLocation.column - 1)
          #expect(text[begin...].prefix(key.keyLocation.length) == typo)
        }
      }
    }
  }
}
