import EventModel
import TabularEvents
import TestSupport
import Testing
import Workbench

/// Rows without a name have equal bytes, whichever worker parsed them: digests are made of them.
@Suite struct MissingNameTests {
  @Test(arguments: 1...20) func codesOfMissingNamesAreZero(_ attempt: Int) throws {
    // Each block begins with a name of its own, so that code zero of each worker's list is another name.
    let rows = (0..<4000).map { row in
      row.isMultiple(of: 3) ? "2021-01-01," : "2021-01-01,place \(row / 20 + attempt)"
    }
    let text = (["date_start,place"] + rows).joined(separator: "\n") + "\n"
    var form = TabularForm.csv
    form.blockBytes = 512
    let context = testContext(files: MemoryFiles(["e.csv": text]), workers: 4)
    let table = try TabularInput(InputPaths("e.csv"), form).events(.place, in: context) { _ in
      TabularLayout(
        fields: [
          TabularField("date_start", as: .firstDay, .day(.iso)), TabularField("place", as: .place, .label),
        ], direction: .undirected)
    }
    let places = try #require(table.codes(.place)).codes
    #expect(places.missing == 1334)
    #expect((0..<places.count).allSatisfy { places.has($0) || places.values[$0] == 0 })
  }
}
