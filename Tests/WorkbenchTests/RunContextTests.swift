import Synchronization
import TestSupport
import Testing
import Workbench

private let kind = DiagnosticKind("test.failed", "Failed.", "On purpose.")

@Suite struct RunContextTests {
  @Test(arguments: [1, 2, 8]) func resultsComeInOrder(_ workers: Int) throws {
    let context = testContext(workers: workers)
    let results = try context.concurrentMap(500) { (index: Int) throws(Diagnostic) -> Int in index * index }
    #expect(results == (0..<500).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 8]) func theFirstErrorByOrderIsThrown(_ workers: Int) {
    let begun = Mutex(0)
    let error = #expect(throws: Diagnostic.self) {
      _ = try testContext(workers: workers).concurrentMap(100) { (index: Int) throws(Diagnostic) -> Int in
        begun.withLock { $0 += 1 }
        guard index != 97, index != 41, index != 63 else { throw .error(kind, "piece \(index)") }
        return index
      }
    }
    #expect(error?.message == "piece 41")
    #expect(begun.withLock { $0 } == 100)
  }

  @Test func noPiecesGiveNoResults() throws {
    let results = try testContext().concurrentMap(0) { (_: Int) throws(Diagnostic) -> Int in 1 }
    #expect(results.isEmpty)
    #expect(try testContext().concurrentMap(1) { (index: Int) throws(Diagnostic) -> Int in index + 5 } == [5])
  }

  @Test func nothingBeginsOnceCancelled() {
    let begun = Mutex(0)
    let error = #expect(throws: Diagnostic.self) {
      _ = try testContext(isCancelled: { true }).concurrentMap(10) { (_: Int) throws(Diagnostic) -> Int in
        begun.withLock { $0 += 1 }
        return 1
      }
    }
    #expect(error?.exit == .interrupted)
    #expect(begun.withLock { $0 } == 0)
  }

  @Test func piecesMayStopOnCancellation() {
    let begun = Mutex(0)
    let context = testContext(workers: 1, isCancelled: { begun.withLock { $0 } > 3 })
    let error = #expect(throws: Diagnostic.self) {
      _ = try context.concurrentMap(10) { (_: Int) throws(Diagnostic) -> Int in
        try context.checkCancellation()
        begun.withLock { $0 += 1 }
        return 1
      }
    }
    #expect(error?.id == "run.cancelled")
    #expect(begun.withLock { $0 } == 4)
  }

  @Test func randomNumbersDependOnTheUnitAlone() {
    let context = testContext()
    func first(_ unit: String) -> UInt64 {
      var generator = context.randomNumbers(for: unit)
      return generator.next()
    }
    #expect(first("a") == first("a"))
    #expect(Set(["", "a", "b", "ab", "ba"].map(first)).count == 5)
  }
}

@Suite struct SeededGeneratorTests {
  /// The sequence that Vigna's reference implementation of SplitMix64 gives (Rosetta Code, "Pseudo-random numbers/Splitmix64").
  @Test func knownAnswersOfSplitMix64() {
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }
}
