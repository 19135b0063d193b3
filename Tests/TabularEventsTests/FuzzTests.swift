import DelimitedText
import EventModel
import TabularEvents
import TestSupport
import Testing
import Workbench

/// Files made of the bytes that matter to a reader, in any order.
@Suite struct FuzzTests {
  private func bytes(_ random: inout SeededGenerator, _ length: Int) -> [UInt8] {
    let alphabet = Array("\"\",,\n\n\r;\t 0123-.eE+aé\u{FEFF}".utf8) + [0, 255]
    return (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }
  }
  private func layout() -> TabularLayout {
    TabularLayout(
      fields: [
        TabularField("a", as: .firstDay, .day(.iso)), TabularField("b", as: .actor1, .label),
        TabularField("c", as: .fatalitiesBest, .integer(0...Int32.max)),
        TabularField("d", as: .latitude, .real(-90...90)),
        TabularField("e", as: .goldstein, .score), TabularField("f", as: .id, .text),
        TabularField("g", as: .quadClass, .byte(1...4)),
      ], direction: .undirected, onBadRow: .skip)
  }
  private func read(_ content: [UInt8], _ blockBytes: Int, _ workers: Int) -> String {
    let warnings = Warnings()
    let context = testContext(files: MemoryFiles(bytes: ["e.csv": content]), workers: workers, warnings: warnings)
    do {
      var form = TabularForm.csv
      form.blockBytes = blockBytes
      let input = TabularInput(InputPaths("e.csv"), form)
      let table = try input.events(.all, in: context) { _ in layout() }
      let records = try (0..<table.count).map { row in
        try input.records(table.record.map { [$0.values[row]] } ?? [], in: context).map(\.fields.count).description
      }
      return "\((0..<table.count).map { table[$0] }) \(records) \(warnings.all)"
    } catch { return "\(error)" }
  }

  @Test(arguments: 0..<12) func anyBytesReadAlikeWhateverTheBlocks(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for length in [0, 1, 2, 3, 7, 30, 200] {
      let rows = (0..<4).flatMap { _ in Array("2021-01-02,x,1,2,3,i,4\n".utf8) + bytes(&random, length) }
      let headed = Array("a,b,c,d,e,f,g\n".utf8) + rows
      // Where there is no header either, which of two faults is met first depends on the blocks.
      let headless = bytes(&random, length)
      let (whole, wholeHeadless) = (read(headed, 1 << 16, 1), read(headless, 1 << 16, 1))
      for size in [4, 5, 7, 16, 33] {
        #expect(read(headed, size, 2) == whole)
        #expect(read(headless, size, 2).hasPrefix("Diagnostic") == wholeHeadless.hasPrefix("Diagnostic"))
      }
    }
  }
}
