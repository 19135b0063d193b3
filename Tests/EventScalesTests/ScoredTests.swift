import EventModel
import EventScales
import Ontology
import TestSupport
import Testing
import Workbench

@Suite struct ScoredTests {
  private func table(_ classes: [String?]) -> EventTable {
    EventTable(
      count: classes.count,
      columns: [
        .firstDay: .days(Column([Day](repeating: Day(daysSinceEpoch: 0), count: classes.count))),
        .eventClass: .codes(CodedColumn(classes)),
      ], direction: .directed, ontology: "cameo")
  }

  @Test func addsScoresAndQuadClasses() throws {
    let warnings = Warnings()
    let scored = try table(["190", "0871", nil, "190"])
      .scored([.goldstein, .quadClass], by: EventScale(.cameo), in: testContext(warnings: warnings))
    #expect((0..<4).map { scored[$0].goldstein?.value } == [-10, 9, nil, -10])
    #expect((0..<4).map { scored[$0].quadClass } == [.materialConflict, .materialCooperation, nil, .materialConflict])
    #expect(scored.direction == .directed && scored.ontology == "cameo")
    #expect(warnings.all.isEmpty)
  }

  @Test func addsOnlyWhatIsAskedFor() throws {
    let scored = try table(["190"]).scored([.quadClass, .place], by: EventScale(.cameo), in: testContext())
    #expect(scored.columns == EventColumns.dates.union([.eventClass, .quadClass]))
    let untouched = try table(["xyz"]).scored([.place], by: EventScale(.cameo), in: testContext())
    #expect(untouched.columns == EventColumns.dates.union(.eventClass))
  }

  @Test func aTableWithoutClassesStaysAsItIs() throws {
    let events = EventTable(
      count: 1, columns: [.firstDay: .days(Column([Day(daysSinceEpoch: 0)]))], direction: .undirected)
    #expect(try events.scored([.goldstein], by: EventScale(.ucdp), in: testContext()).goldstein == nil)
  }

  @Test(arguments: [(19, Diagnostic.Severity.note), (18, .warning)])
  func warnsOfMoreThanOneInTwenty(_ known: Int, _ severity: Diagnostic.Severity) throws {
    let warnings = Warnings()
    let classes = [String?](repeating: "190", count: known) + ["999", nil, nil]
    _ = try table(classes).scored([.goldstein], by: EventScale(.cameo), in: testContext(warnings: warnings))
    #expect(warnings.all.map(\.severity) == [severity])
    #expect(warnings.all.first?.id == "scales.unknown-classes")
    #expect(
      warnings.all.first?.message
        == "1 of \(known + 1) events with a class have one that the scale 'cameo-gdelt' does not know")
    #expect(warnings.all.first?.notes == ["'999': 1"])
  }

  @Test func unknownClassesAreListedMostFrequentFirst() throws {
    let warnings = Warnings()
    let classes = (0..<25).map { "x\($0)" } + ["z", "z", "y", "y"]
    _ = try table(classes).scored([.goldstein], by: EventScale(.plover), in: testContext(warnings: warnings))
    let notes = warnings.all.first?.notes ?? []
    #expect(notes.prefix(3) == ["'y': 2", "'z': 2", "'x0': 1"])
    #expect(notes.count == 21 && notes.last == "and 7 more classes")
  }

  /// A class that is neither cooperation nor conflict is known all the same.
  @Test func neutralClassesAreNotUnknown() throws {
    let warnings = Warnings()
    let scored = try table(["Other", "Agreement"])
      .scored([.goldstein, .quadClass], by: EventScale(.acled), in: testContext(warnings: warnings))
    #expect((0..<2).map { scored[$0].goldstein?.value } == [0, 8])
    #expect((0..<2).map { scored[$0].quadClass } == [nil, .verbalCooperation])
    #expect(warnings.all.isEmpty)
  }

  @Test func theTableOfScoresIsChosenByName() {
    #expect(EventScale(.cameo, table: .icews).score(of: "016")?.value == -5)
    #expect(EventScale(.cameo, table: .gdelt).score(of: "016")?.value == -2)
    #expect(EventScale(.cameo, table: .icews).name == "cameo-icews")
    #expect(EventScale(.gtd).name == "gtd")
  }
}
