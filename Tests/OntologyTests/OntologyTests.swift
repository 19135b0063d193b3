import EventModel
import Foundation
import Ontology
import TestSupport
import Testing

@Suite struct OntologyTests {
  @Test(arguments: [
    ("190", -10.0), ("19", -10), ("010", 0), ("10", -5), ("0871", 9), ("0874", 10), ("036", 4), ("057", 8),
    ("130", -4.4),
    ("1383", -7), ("0334", 6), ("0331", 5.2), ("1822", -9), ("1823", -10), ("1824", -9.5), ("011", -0.1), ("145", -7.5),
  ]) func cameoScores(_ code: String, _ score: Double) {
    #expect(Ontology.cameo.score(of: code)?.value == score)
  }

  @Test(arguments: ["", "1", "00", "21", "19a", "19012", "١٩", " 19", "+19", "---"]) func whatIsNoCAMEOCodeHasNothing(
    _ code: String
  ) {
    #expect(Ontology.cameo.score(of: code) == nil)
    #expect(Ontology.cameo.quadClass(of: code) == nil)
    #expect(Ontology.cameo.root(of: code) == nil)
  }

  @Test(arguments: [
    ("010", 1), ("057", 1), ("06", 2), ("094", 2), ("100", 3), ("145", 3), ("15", 4), ("204", 4), ("20", 4),
  ]) func cameoQuadClasses(_ code: String, _ quad: Int) {
    #expect(Ontology.cameo.quadClass(of: code).map { Int($0.rawValue) } == quad)
  }

  @Test func cameoRootsKeepTheirZero() {
    #expect(Ontology.cameo.root(of: "010") == "01")
    #expect(Ontology.cameo.root(of: "10") == "10")
  }

  @Test(arguments: [
    ("RETREAT", 6.5, 2), ("retreat-ceasefire", 7.5, 2), ("RETREAT-other", 6.5, 2), ("ACCUSE", -3, 3), ("AID", 10, 2),
    ("CONSULT:phone", 1.5, 1), ("ASSAULT-unconventional", -10, 4), ("REQUEST", 0, 3), ("MOBILIZE-troops", -6.5, 4),
  ]) func ploverScoresAndQuadClasses(_ code: String, _ score: Double, _ quad: Int) {
    #expect(Ontology.plover.score(of: code)?.value == score)
    #expect(Ontology.plover.quadClass(of: code).map { Int($0.rawValue) } == quad)
  }

  @Test func whatIsNoPLOVERCategoryHasNothing() {
    #expect(Ontology.plover.score(of: "190") == nil)
    #expect(Ontology.plover.quadClass(of: "") == nil)
    #expect(Ontology.plover.root(of: "RETREATS") == nil)
    #expect(Ontology.plover.root(of: "retreat-disarm") == "RETREAT")
  }

  @Test func cameoScoresAreThoseOfTheGDELTTable() throws {
    guard let url = sharedData("cameo/CAMEO.goldsteinscale.gdelt.txt") else { return }
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
    var compared = 0
    for line in lines {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let score = Double(fields[1]) else { continue }
      #expect(Ontology.cameo.score(of: String(fields[0]))?.value == score, "code \(fields[0])")
      compared += 1
    }
    #expect(compared == 311)
  }

  @Test func cameoQuadClassesAreThoseOfGDELT() throws {
    guard let url = sharedData("cameo/cameo_master.csv") else { return }
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
    var compared = 0
    for line in lines {
      // No name before the class holds a comma in quotes that would shift it from the right: seven fields follow it.
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let code = fields.first, fields.count >= 10, let quad = Int(fields[fields.count - 7]) else { continue }
      #expect(Ontology.cameo.quadClass(of: String(code)).map { Int($0.rawValue) } == quad, "code \(code)")
      compared += 1
    }
    #expect(compared > 290)
  }
}
