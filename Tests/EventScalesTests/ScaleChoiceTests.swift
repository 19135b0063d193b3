import EventModel
import EventScales
import JSONText
import Ontology
import TestSupport
import Testing
import Workbench

@Suite struct ScaleChoiceTests {
  private static let place = SourceLocation(file: "workspace.yaml", line: 7, column: 12)
  private func read(_ value: ConfigNode.Value) -> (ParsedParameter<ScaleChoice>?, ParameterReading) {
    var reading = ParameterReading()
    let parsed = ScaleChoice.read(ConfigNode(value, at: Self.place), as: "scale", in: &reading)
    return (parsed, reading)
  }
  private func scale(_ text: String, for ontology: Ontology?) throws -> EventScale {
    let context = testContext(files: MemoryFiles(["own.csv": text]))
    return try EventScale(reading: InputPath("own.csv"), for: ontology, in: context)
  }
  private func fault(_ text: String, for ontology: Ontology? = nil) -> Diagnostic? {
    do {
      _ = try scale(text, for: ontology)
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  @Test(arguments: CAMEO.ScoreTable.allCases) func publishedScalesAreNamed(_ table: CAMEO.ScoreTable) throws {
    let (parsed, reading) = read(.scalar(table.rawValue, isQuoted: false))
    #expect(parsed?.value == .published(table))
    #expect(parsed?.json == .string(table.rawValue) && parsed?.identity == .string(table.rawValue))
    #expect(reading.inputs.isEmpty && reading.problems.isEmpty)
    #expect(try parsed?.value.scale(for: .cameo, in: testContext())?.name == "cameo-\(table.rawValue)")
    #expect(try parsed?.value.scale(for: nil, in: testContext()) == nil)
  }

  @Test func aPathIsAnInputThatNeverEntersKeysItself() {
    let (parsed, reading) = read(.scalar("data/own.csv", isQuoted: false))
    #expect(parsed?.value == .own(InputPath("data/own.csv")))
    #expect(parsed?.json == "data/own.csv" && parsed?.identity == "input")
    #expect(reading.inputs.map(\.path.text) == ["data/own.csv"])
    #expect(reading.inputs.map(\.location) == [Self.place])
  }

  @Test(arguments: [
    ("icew", "did you mean 'icews'?"), ("myscale", "write a path with its ending: myscale.csv"),
  ]) func aNameThatIsNotKnownIsRefused(_ name: String, _ hint: String) {
    let (parsed, reading) = read(.scalar(name, isQuoted: false))
    #expect(parsed == nil && reading.inputs.isEmpty)
    #expect(reading.problems.map(\.id) == ["scales.unknown-scale"])
    #expect(reading.problems.map(\.hint) == [hint])
    #expect(reading.problems.map(\.location) == [Self.place])
  }

  @Test func whatIsNoTextIsRefused() {
    let (parsed, reading) = read(.list([]))
    #expect(parsed == nil && reading.problems.map(\.id) == ["parameters.bad-value"])
  }

  @Test func anOwnScaleHoldsForTheCodesBelow() throws {
    let scale = try scale("class,goldstein\n19,-9\n190,-8.25\n0871,+4\n", for: .cameo)
    #expect(scale.score(of: "190")?.value == -8.25 && scale.score(of: "1905")?.value == -8.25)
    #expect(scale.score(of: "195")?.value == -9 && scale.score(of: "0871")?.value == 4)
    #expect(scale.score(of: "087") == nil && scale.score(of: "010") == nil && !scale.knows("010"))
    #expect(scale.quadClass(of: "195") == .materialConflict, "the scheme's, where the scale has none")
    #expect(scale.columns == [.goldstein, .quadClass] && scale.replaces == [.goldstein])
    #expect(scale.name == "own.csv")
  }

  @Test func anOwnScaleHoldsForTheClassesOfACategory() throws {
    let plover = try scale("class,goldstein\nRETREAT,5\nretreat-ceasefire,9\nASSAULT,-7\n", for: .plover)
    #expect(plover.score(of: "RETREAT-disarm")?.value == 5 && plover.score(of: "RETREAT-ceasefire")?.value == 9)
    #expect(plover.score(of: "FIGHT")?.value == -7, "a former name")
    let acled = try scale("class,goldstein\nBattles,-8\n", for: .acled)
    #expect(acled.score(of: "Armed clash")?.value == -8 && acled.score(of: "Mob violence") == nil)
  }

  @Test func anOwnScaleNeedsNoScheme() throws {
    let text = "quad_class,class,goldstein\n4,raid,-7\n,feast,2.5\n"
    let scale = try scale(text, for: nil)
    #expect(scale.score(of: "Raid")?.value == -7 && scale.quadClass(of: "raid") == .materialConflict)
    #expect(scale.score(of: "feast")?.value == 2.5 && scale.quadClass(of: "feast") == nil)
    #expect(scale.columns == [.goldstein, .quadClass] && scale.replaces == [.goldstein, .quadClass])
    #expect(try self.scale("class,goldstein\nraid,-7\n", for: nil).columns == [.goldstein])
  }

  @Test(arguments: [
    ("class,goldstien\n", 1, 7, "unknown column 'goldstien', expected class, goldstein or quad_class"),
    ("class,class,goldstein\n", 1, 7, "the column 'class' stands here twice"),
    ("class\nraid\n", 1, 1, "the scale has no column 'goldstein'"),
    ("class,goldstein\n", 1, 1, "the scale has no rows"),
    (
      "class,goldstein\nraid,-10.5\n", 2, 6,
      "'goldstein' must be a number from -10 to 10 with at most six decimals, not '-10.5'"
    ),
    (
      "class,goldstein\n\"a, é\",x\n", 2, 8,
      "'goldstein' must be a number from -10 to 10 with at most six decimals, not 'x'"
    ),
    ("class,goldstein\nraid,\n", 2, 6, "'goldstein' must be a number from -10 to 10 with at most six decimals, not ''"),
    (
      "class,goldstein\nraid,0.1234567\n", 2, 6,
      "'goldstein' must be a number from -10 to 10 with at most six decimals, not '0.1234567'"
    ),
    (
      "class,goldstein\nraid,1e1\n", 2, 6,
      "'goldstein' must be a number from -10 to 10 with at most six decimals, not '1e1'"
    ),
    ("class,goldstein\nraid,1\n\nfeast,2\nRaid,3\n", 5, 1, "the class 'Raid' stands here twice, first on line 2"),
    ("goldstein,class\n1,\n", 2, 3, "the class is missing"),
    ("class,goldstein,quad_class\nraid,1,5\n", 2, 8, "'quad_class' must be 1, 2, 3 or 4, not '5'"),
  ]) func mistakesAreShownAtTheirPlace(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let fault = fault(text)
    #expect(fault?.message == message)
    #expect(fault?.location == SourceLocation(file: "own.csv", line: line, column: column))
    #expect(fault?.id == "scales.bad-scale")
  }

  @Test func aCodeThatIsNotOfTheSchemeIsRefused() {
    #expect(fault("class,goldstein\n1,0\n", for: .cameo)?.message == "'1' is not a class of CAMEO")
    #expect(fault("class,goldstein\nRAID,0\n", for: .plover)?.message == "'RAID' is not a class of PLOVER")
    #expect(fault("class,goldstein\nA new type,0\n", for: .acled) == nil, "datasets add classes")
  }

  @Test func anOwnScaleScoresEvents() throws {
    let events = EventTable(
      count: 3,
      columns: [
        .firstDay: .days(Column([Day](repeating: Day(daysSinceEpoch: 0), count: 3))),
        .eventClass: .codes(CodedColumn(["raid", "feast", "rain"])),
      ], direction: .undirected)
    let warnings = Warnings()
    let scale = try scale("class,goldstein,quad_class\nraid,-7,4\nfeast,2.5,\n", for: nil)
    let scored = try events.scored([.goldstein, .quadClass], by: scale, in: testContext(warnings: warnings))
    #expect((0..<3).map { scored[$0].goldstein?.value } == [-7, 2.5, nil])
    #expect((0..<3).map { scored[$0].quadClass } == [.materialConflict, nil, nil])
    #expect(
      warnings.all.map(\.message)
        == ["1 of 3 events with a class have one that the scale 'own.csv' does not know"])
  }
}
