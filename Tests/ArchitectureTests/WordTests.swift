import Testing

/// What may not be written, and where.
@Suite struct WordTests {
  static let house = House.files(in: ["Sources", "Plugins"])
  static let everySwiftFile = House.files(in: ["Sources", "Plugins", "Tests", "Tools"])

  @Test(arguments: ["try!", "as!", "fatalError(", "@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"])
  func codeIsFreeOf(_ word: String) {
    for file in Self.house {
      for (number, line) in file.code where line.contains(word) {
        Issue.record("\(file.path):\(number): \(word)")
      }
    }
  }

  @Test(arguments: ["TODO", "FIXME", "XXX:"]) func nothingIsPutOff(_ word: String) {
    for file in Self.house where file.text.contains(word) { Issue.record("\(file.path): \(word)") }
  }

  @Test func unsafeStandsInFiveTargetsOnly() {
    let allowed: Set = ["FileStore", "DelimitedText", "TabularEvents", "Compression", "SQLiteRows"]
    for file in Self.house where !allowed.contains(file.target) {
      for (number, line) in file.code where line.contains(/\bunsafe\b/) {
        Issue.record("\(file.path):\(number): unsafe")
      }
    }
  }

  /// Glibc's `open` is left to the table of imports, which gives Glibc to FileStore and the program alone.
  @Test func onlyFileStoreOpensFiles() {
    let opening =
      /\bFileManager\b|\bFileHandle\((?!\.)|\bfopen\(|\b(Input|Output)Stream\b|\b(String|Data)\(contentsOf|\.write\(to: (?!&)/
    for file in Self.house where file.target != "FileStore" {
      for (number, line) in file.code {
        if let match = line.firstMatch(of: opening) { Issue.record("\(file.path):\(number): \(match.output.0)") }
      }
    }
  }

  @Test func filesAreShort() {
    for file in Self.everySwiftFile where file.lines.count >= 500 {
      Issue.record("\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func eachKindOfProblemIsDeclaredOnce() {
    var places: [String: [String]] = [:]
    for file in Self.house {
      for match in file.text.matches(of: /DiagnosticKind(?:\s*=\s*\.init)?\(\s*"([^"]*)"/) {
        places[String(match.output.1), default: []].append(file.path)
      }
    }
    #expect(!places.isEmpty)
    for (id, files) in places.sorted(by: { $0.key < $1.key }) {
      #expect(files.count == 1, "'\(id)' is declared in \(files)")
      #expect(id.wholeMatch(of: /[a-z0-9-]+\.[a-z0-9-]+/) != nil, "'\(id)' must be area.problem")
    }
  }

  @Test func publicTypesUseTheHouseWords() {
    let banned =
      /public (?:final )?(?:struct|class|enum|protocol|actor|typealias) \w*(Importer|Loader|Manager|Helper|Util|Utils|Bucket|Deaths|Info)\b/
    for file in Self.house {
      for (number, line) in file.code {
        if let match = line.firstMatch(of: banned) { Issue.record("\(file.path):\(number): \(match.output.0)") }
      }
    }
  }

  @Test func nothingNamesAMachine() {
    // Split, so that this file does not name them.
    let machines = ["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/o" + "pt/", "/wo" + "rk/"]
    let hosts = ["deb.deb" + "ian.org", "py" + "pi.org", "python" + "hosted"]
    let folders = ["Sources", "Plugins", "Tests", "Tools", "Workspaces", ".ci"]
    let files = House.files(in: folders, endings: nil).filter { !$0.path.contains("/out/") }
    let pages = ["Package.swift", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      .map { House.File(path: $0, text: House.text(of: $0)) }
    for file in files + pages {
      for word in machines + hosts where file.text.contains(word) { Issue.record("\(file.path): \(word)") }
    }
  }

  @Test func packageIsPinnedAndStrict() {
    let packages = House.manifest.matches(of: /\.package\([^)]*\)/).map { String($0.output) }
    #expect(!packages.isEmpty)
    for package in packages { #expect(package.contains(/exact: "\d+\.\d+\.\d+"/), "\(package)") }
    for setting in [
      "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "strictMemorySafety()",
      "treatAllWarnings(as: .error)", "swiftLanguageModes: [.v6]",
    ] { #expect(House.manifest.contains(setting), "Package.swift must set \(setting)") }
  }
}
