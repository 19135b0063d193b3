import EventModel
import IncidentSpaceAnalyzer
import JSONText
import TestSupport
import Testing
import Workbench

@Suite struct IncidentSpaceAnalyzerTests {
  private struct Spot {
    var latitude: Double?
    var longitude: Double?
    var day = 0
    var precision: UInt8? = 1
    var admin1: String? = "North"
  }
  private func analyze(
    _ spots: [Spot], with values: [(String, [String])] = [("permutations", ["99"])], workers: Int = 2
  ) async throws -> AnalysisResult {
    let start = try #require(Day("2020-01-01"))
    let list = try spots.enumerated().map { index, spot in
      try event("\(index)", start.adding(days: spot.day).description) {
        ($0.latitude, $0.longitude) = (spot.latitude, spot.longitude)
        ($0.geoPrecision, $0.admin1) = (spot.precision, spot.admin1)
      }
    }
    return try await analysis(
      IncidentSpaceAnalyzer.self, of: try events(list, .all.subtracting(.record)), with: values, workers: workers)
  }
  /// A grid of ten by ten cells with one incident each, and ten in each of nine neighbouring ones.
  private var clustered: [Spot] {
    (0..<100).flatMap { cell -> [Spot] in
      let (x, y) = (cell % 10, cell / 10)
      let count = 3...5 ~= x && 3...5 ~= y ? 10 : 1
      return (0..<count).map {
        Spot(latitude: 30.25 + Double(y) / 2, longitude: 60.25 + Double(x) / 2, day: (cell * 37 + $0 * 91) % 700)
      }
    }
  }

  @Test func aClusterIsFoundAndItsCellsAreHotSpots() async throws {
    let result = try await analyze(clustered)
    #expect(
      try lines(try #require(result["clustering"]), ["incidents", "cells", "cells_of_10", "p"]) == ["181,100,9,0.01"])
    let hot = try lines(try #require(result["cells"]), ["latitude", "longitude", "verdict"]).filter {
      $0.hasSuffix("hot spot")
    }
    // The middle of the nine, and those beside it: they have four neighbours of ten, or three.
    #expect(hot.contains("32.25,62.25,hot spot") && (5...9).contains(hot.count), "\(hot)")
    #expect(result.findings.contains { $0.sentence.hasPrefix("Incidents cluster: 0.5-degree cells") })
  }

  @Test func aSingleMetropolisIsNoHotSpot() async throws {
    var spots = (0..<100).map { Spot(latitude: 30.25 + Double($0 / 10) / 2, longitude: 60.25 + Double($0 % 10) / 2) }
    spots += (0..<900).map { Spot(latitude: 32.25, longitude: 62.25, day: $0 % 300) }
    let result = try await analyze(spots)
    let verdicts = try lines(try #require(result["cells"]), ["verdict"])
    #expect(Set(verdicts) == ["other"])
  }

  @Test func evenCellsAreNotTested() async throws {
    let spots = (0..<25).map { Spot(latitude: 30.25 + Double($0 / 5) / 2, longitude: 60.25 + Double($0 % 5) / 2) }
    let result = try await analyze(spots)
    let note = "all cells have as many incidents, or none lies beside another"
    #expect(try lines(try #require(result["clustering"]), ["cells", "moran", "note"]) == ["25,,\(note)"])
  }

  @Test func noCellIsFinerThanTheData() async throws {
    let spots = (0..<8).map {
      Spot(latitude: 30 + Double($0), longitude: 60, precision: $0 < 3 ? 1 : $0 < 6 ? 2 : 3)
    }
    let wide = try await analyze(spots, with: [("cell", ["0.5"])])
    let narrow = try await analyze(spots, with: [("cell", ["0.1"])])
    #expect(try lines(try #require(wide["clustering"]), ["geo_precision", "incidents"]) == ["2,6"])
    #expect(try lines(try #require(narrow["clustering"]), ["geo_precision", "incidents"]) == ["1,3"])
  }

  @Test func repeatsAtTheSamePlaceAreFound() async throws {
    // Twenty places, each with ten incidents in pairs a day apart.
    let spots = (0..<20).flatMap { place in
      (0..<10).map { turn in
        Spot(
          latitude: 30 + Double(place) / 10, longitude: 60, day: (place * 53 + turn / 2 * 67) % 330 + turn % 2)
      }
    }
    let result = try await analyze(spots, with: [("permutations", ["999"])])
    let rows = try lines(try #require(result["near-repeats"]), ["distance", "days", "pairs", "ratio", "q"])
    let row = try #require(rows.first { $0.hasPrefix("same place,0 to 2,") }).split(separator: ",")
    #expect(try #require(Int(row[2])) >= 100 && #require(Double(row[3])) > 3 && #require(Double(row[4])) <= 0.05)
    #expect(result.findings.contains { $0.sentence.contains("at the same place") })
    #expect(rows.count == 16)
  }

  @Test func divisionsAreRankedFromFiveOn() async throws {
    let names = ["A", "A", "A", "B", "B", "C", "D", nil, "E", "F", "F"]
    let result = try await analyze(names.map { Spot(admin1: $0) })
    let rows = try lines(try #require(result["divisions"]), ["admin1", "incidents", "rank"])
    #expect(rows == [",1,", "A,3,1", "B,2,2", "C,1,4", "D,1,4", "E,1,4", "F,2,2"])
    #expect(
      result.findings.first?.sentence
        == "A has most incidents of 6 divisions: 3 of 11 (27.3 %); B follows with 2; 1 name no division.")
    let few = try await analyze(["A", "A", "B"].map { Spot(admin1: $0) })
    #expect(try lines(try #require(few["divisions"]), ["rank"]) == ["", ""] && few.findings.count == 1)
  }

  @Test func withoutCoordinatesTheRestIsSaid() async throws {
    let result = try await analyze([Spot(), Spot()])
    #expect(try lines(try #require(result["clustering"]), ["note"]) == ["no incident has coordinates"])
    #expect(try lines(try #require(result["near-repeats"]), ["note"]) == ["no incident has coordinates"])
    #expect(result["divisions"]?.count == 1 && result["sites"]?.count == 0)
    #expect(
      result.findings.map(\.sentence) == [
        "None of 2 incidents has coordinates: nothing is said of clusters or repeats."
      ])
  }

  @Test(arguments: [1, 3]) func resultsDoNotDependOnTheNumberOfWorkers(workers: Int) async throws {
    let one = try await analyze(clustered, workers: 1)
    let other = try await analyze(clustered, workers: workers)
    for (table, columns) in [("cells", ["p", "q"]), ("near-repeats", ["expected", "p"]), ("clustering", ["p"])] {
      #expect(try lines(try #require(one[table]), columns) == lines(try #require(other[table]), columns))
    }
  }
}
