import TestSupport
import Testing
import Workbench

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.csv", "a.csv", true), ("*.csv", ".csv", false), ("*.csv", "a.csv.gz", false), ("*.csv", "data/a.csv", false),
    ("*", "a", true), ("*", ".hidden", false), (".*", ".hidden", true), ("?hidden", ".hidden", false),
    ("[.]hidden", ".hidden", false), ("data/*.csv", "data/a.csv", true), ("data/*.csv", "data/b/a.csv", false),
    ("*/*.csv", "data/a.csv", true), ("./data//*.csv", "data/a.csv", true), ("a?c", "abc", true), ("a?c", "ac", false),
    ("a?c", "aéc", true), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[!a-c]x", "dx", true),
    ("[^a-c]x", "bx", false),
    ("[]x]", "]", true), ("[a-]", "-", true), ("[z-a]", "b", false), ("a[b", "a[b", true), ("[", "[", true),
    ("*a*b*c*", "xxaxxbxxcxx", true), ("*a*b*c*", "xxaxxcxxbxx", false), ("ab*", "ab", true), ("**", "abc", true),
    ("*.CSV", "a.csv", false), ("2018????.export.CSV", "20180101.export.CSV", true), ("", "", true), ("a*", "", false),
  ]) func matches(pattern: String, path: String, expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  /// A star after a star must not make the work explode.
  @Test func isFastWhereMuchCouldMatch() {
    #expect(!PathPattern(String(repeating: "a*", count: 500) + "b").matches(String(repeating: "a", count: 5_000)))
  }

  /// By definition: a star is nothing, or one scalar and a star.
  @Test(arguments: 0..<50) func agreesWithTheDefinition(seed: UInt64) {
    func matches(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
      guard let first = pattern.first else { return name.isEmpty }
      if first == "*" {
        return matches(pattern.dropFirst(), name) || !name.isEmpty && matches(pattern, name.dropFirst())
      }
      guard let own = name.first, first == "?" || first == own else { return false }
      return matches(pattern.dropFirst(), name.dropFirst())
    }
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let pattern = (0..<Int.random(in: 1...7, using: &random)).map { _ in "ab*?".randomElement(using: &random) ?? "a" }
      let name = (0..<Int.random(in: 0...9, using: &random)).map { _ in "ab".randomElement(using: &random) ?? "a" }
      #expect(
        PathPattern.Part(String(pattern)).matches(String(name)) == matches(pattern[...], name[...]),
        "\(String(pattern)) \(String(name))")
    }
  }

  @Test func knowsWhatReachesIntoAFolder() {
    #expect(PathPattern("data/*/*.csv").reaches(into: "data/tables"))
    #expect(PathPattern("data/*/*.csv").reaches(into: "data"))
    #expect(!PathPattern("data/*.csv").reaches(into: "data/a.csv"))
    #expect(!PathPattern("data/*.csv").reaches(into: "out"))
  }

  @Test func namesTheNearest() {
    let names = ["events.csv.gz", "notes.txt", "EVENTS.CSV", "readme"]
    #expect(PathPattern.Part("*.csv").nearest(among: names, count: 2) == ["EVENTS.CSV", "events.csv.gz"])
    #expect(PathPattern.Part("evants.csv").nearest(among: names, count: 1) == ["EVENTS.CSV"])
    #expect(PathPattern.Part("x").nearest(among: [], count: 3) == [])
  }

  @Test func filesInMemoryHavePatterns() throws {
    let files = MemoryFiles(["data/b.csv": "", "data/a.csv": "", "data/x.txt": "", "odd[1].csv": ""])
    func names(_ paths: String...) throws(Diagnostic) -> [String] {
      try files.parts(of: InputPaths(paths.map { InputPath($0) })).map(\.name)
    }
    #expect(try names("data/*.csv") == ["data/a.csv", "data/b.csv"])
    #expect(try names("data/x.txt", "data/?.csv") == ["data/x.txt", "data/a.csv", "data/b.csv"])
    #expect(try names("odd[1].csv", "missing.csv") == ["odd[1].csv", "missing.csv"])
    #expect(throws: Diagnostic.self) { try names("*.tsv") }
    #expect(throws: Diagnostic.self) { try names("data/*", "data/a.csv") }
  }
}
