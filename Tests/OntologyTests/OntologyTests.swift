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

  @Test(arguments: [
    ("DEMAND", "REQUEST", 0.0), ("Disapprove", "ACCUSE", -2), ("INVESTIGATE", "ACCUSE", -3.5), ("FIGHT", "ASSAULT", -9),
    ("FIGHT-aerial", "ASSAULT", -9.5),
  ]) func formerPLOVERCategoriesAreUnderstood(_ code: String, _ category: String, _ score: Double) {
    #expect(PLOVER.category(of: code) == category)
    #expect(PLOVER.score(of: code)?.value == score)
  }

  @Test(arguments: [
    ("022", 3.2, 3.4), ("016", -2, -5), ("163", -8, -8), ("124", -4, -4), ("164", -7, -6.5), ("165", -6.5, -7),
    ("166", -7, -7), ("1661", -7, -7), ("1213", -4, -4), ("190", -10, -10), ("0871", 9, 9),
  ]) func publishedTablesDiffer(_ code: String, _ gdelt: Double, _ icews: Double) {
    #expect(CAMEO.score(of: code, in: .gdelt)?.value == gdelt)
    #expect(CAMEO.score(of: code, in: .icews)?.value == icews)
  }

  @Test(arguments: [
    ("state-based", -10.0), ("non-state", -10), ("one-sided", -9),
  ]) func ucdpTypesOfViolence(_ name: String, _ score: Double) {
    #expect(Ontology.ucdp.score(of: name)?.value == score)
    #expect(Ontology.ucdp.quadClass(of: name) == .materialConflict)
    #expect(Ontology.ucdp.root(of: name) == name && Ontology.ucdp.name(of: name) == name)
    #expect(Ontology.gtd.score(of: name) == nil && Ontology.acled.score(of: name) == nil)
  }

  @Test(arguments: [
    ("Armed clash", "Battles", -10.0, 4), ("Battles", "Battles", -10, 4),
    ("Air/drone strike", "Explosions/Remote violence", -10, 4),
    ("Abduction/forced disappearance", "Violence against civilians", -9, 4), ("Mob violence", "Riots", -7.5, 4),
    ("Peaceful protest", "Protests", -6.5, 3), ("Agreement", "Strategic developments", 8, 1),
    ("Arrests", "Strategic developments", -5, 4), ("Looting/property destruction", "Strategic developments", -8, 4),
    ("Other", "Strategic developments", 0, nil), ("Strategic developments", "Strategic developments", 0, nil),
    ("battle-no change of territory ", "Battles", -10, 4), ("Riots/Protests", "Protests", -6.5, 3),
  ]) func acledTypes(_ name: String, _ root: String, _ score: Double, _ quad: Int?) {
    #expect(Ontology.acled.score(of: name)?.value == score)
    #expect(Ontology.acled.root(of: name) == root)
    #expect(Ontology.acled.quadClass(of: name).map { Int($0.rawValue) } == quad)
  }

  @Test func gtdAttackTypes() {
    #expect(Ontology.gtd.score(of: "Bombing/Explosion")?.value == -10)
    #expect(Ontology.gtd.quadClass(of: "armed assault") == .materialConflict)
    #expect(Ontology.gtd.name(of: "armed assault") == "Armed Assault")
    #expect(Ontology.gtd.score(of: "Bombing") == nil && Ontology.gtd.root(of: "") == nil)
  }

  @Test(arguments: [
    ("0871", "Declare truce or ceasefire"), ("190", "Use conventional force"), ("1909", "Use conventional force"),
    ("010", "Make a statement"), ("10", "Demand"), ("1", nil), ("21", nil),
  ]) func cameoNames(_ code: String, _ name: String?) { #expect(Ontology.cameo.name(of: code) == name) }

  @Test func ploverNames() {
    #expect(Ontology.plover.name(of: "RETREAT-ceasefire") == "Retreat: ceasefire")
    #expect(Ontology.plover.name(of: "fight") == "Assault")
    #expect(Ontology.plover.name(of: "190") == nil)
  }

  @Test(arguments: [
    ("0871", "RETREAT-ceasefire"), ("087", "RETREAT-disarm"), ("0813", "RETREAT"), ("081", "CONCEDE"),
    ("163", "COERCE-restrict"), ("1712", "ASSAULT-seize"), ("190", "ASSAULT"), ("1909", "ASSAULT"), ("100", "REQUEST"),
    ("090", "ACCUSE-investigate"), ("010", nil), ("02", nil), ("21", nil),
  ]) func cameoToPLOVER(_ code: String, _ eventClass: String?) {
    #expect(PLOVER.eventClass(ofCAMEO: code) == eventClass)
    // What a code is mapped to is itself of the scheme.
    if let eventClass { #expect(PLOVER.category(of: eventClass) == PLOVER.category(ofCAMEO: code)) }
  }

  @Test func ploverHasSixteenCategoriesWithTheirModes() {
    #expect(PLOVER.categories.count == 16 && Set(PLOVER.categories).count == 16)
    #expect(PLOVER.modes(of: "CONSULT") == ["visit", "third-party", "multilateral", "phone"])
    #expect(PLOVER.modes(of: "AID").isEmpty && PLOVER.modes(of: "190").isEmpty)
    for category in PLOVER.categories {
      for mode in PLOVER.modes(of: category) { #expect(PLOVER.mode(of: "\(category)-\(mode)") == mode) }
    }
  }

  @Test(arguments: [
    ("ASSAULT-suicide", -9.5), ("ASSAULT-suicide-attack", -9.5), ("ASSAULT-heavy-weapons", -9.5),
    ("ASSAULT-assassinate", -9.5), ("ASSAULT-firearms", -9), ("RETREAT-release", 6.5), ("RETREAT-access", 6.5),
    ("REQUEST-meet", 0), ("REQUEST-assist", 0.5), ("COERCE-martial-law", -7.5), ("SANCTION-expel", -5.5),
  ]) func ploverModesHaveScores(_ code: String, _ score: Double) {
    #expect(PLOVER.score(of: code)?.value == score)
  }

  @Test func contextsOfCAMEOCodes() {
    #expect(PLOVER.contexts(ofCAMEO: "1124") == ["military", "legal"])
    #expect(PLOVER.contexts(ofCAMEO: "175") == ["pro_autocracy", "military"] && PLOVER.mode(ofCAMEO: "175") == nil)
    #expect(PLOVER.contexts(ofCAMEO: "010").isEmpty)
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

  @Test func cameoScoresAreThoseOfTheICEWSTable() throws {
    guard let url = sharedData("cameo/goldstein_icews.csv") else { return }
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    var compared = 0
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      // Two numbers follow the score; names before it may hold commas.
      let fields = line.split(separator: ",")
      guard fields.count >= 5, let score = Double(fields[fields.count - 3]) else { continue }
      let code = fields[0].filter { $0 != "\"" }
      #expect(CAMEO.score(of: code, in: .icews)?.value == score, "code \(code)")
      #expect(CAMEO.name(of: code) != CAMEO.name(of: String(code.dropLast())), "code \(code) has no name of its own")
      compared += 1
    }
    #expect(compared == 312)
  }

  @Test func cameoIsMappedToPLOVERAsPublished() throws {
    guard let url = sharedData("cameo/CAMEO2PLOVER-2021.txt") else { return }
    var seen: Set<String> = []
    for line in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline) {
      let row = line.prefix { $0 != "#" }.split(separator: ":", maxSplits: 1)
      guard row.count == 2, row[0].allSatisfy(\.isNumber) else { continue }
      let code = String(row[0])
      let fields =
        row[1].split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) } + ["", ""]
      // The roots 08 stand for two categories; 175 has a context where its mode should be.
      guard seen.insert(code).inserted, code != "175" else { continue }
      #expect(PLOVER.category(ofCAMEO: code) == fields[0], "code \(code)")
      #expect(PLOVER.mode(ofCAMEO: code) ?? "" == fields[1], "code \(code)")
      #expect(fields[1].isEmpty || PLOVER.modes(of: fields[0]).contains(fields[1]), "mode of \(code)")
      let contexts = fields[2].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(PLOVER.contexts(ofCAMEO: code) == contexts, "code \(code)")
    }
    #expect(seen.count == 274)
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
