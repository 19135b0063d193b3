import DelimitedText
import EventModel
import Workbench

/// A file of claims: one row each, whose columns are the test.
struct ClaimsFile {
  static let required = ["claim", "kind", "actor1", "actor2", "from", "to"]
  static let optional = ["text", "about", "classes", "compare_from", "compare_to", "sign", "actor3"]
  private let path: InputPath
  private let bytes: [UInt8]
  private let table: DelimitedTable
  private let columns: [String: Int]

  /// Opens a file and reads its header.
  init(_ path: InputPath, in context: RunContext) throws(Diagnostic) {
    self.path = path
    bytes = try context.files.open(path).readAll(limit: 1 << 22, tooLarge: .claimsTooLarge)
    table = try DelimitedTable(TextFile(bytes, name: path.text))
    var columns: [String: Int] = [:]
    for (index, name) in table.header.enumerated() {
      let place = SourceLocation(
        file: path.text, line: 1, column: fieldColumn(index, line: 1, of: bytes), length: max(1, name.count))
      let known = Self.required + Self.optional
      // What its author expected is the author's.
      guard known.contains(name) || name.hasPrefix("expected_") else {
        throw .error(
          .badClaims, "a file of claims has no column '\(name)'", at: place, parameter: "path",
          hint: suggestion(for: name, among: known))
      }
      guard columns[name] == nil else {
        throw .error(.badClaims, "the column '\(name)' stands here twice", at: place, parameter: "path")
      }
      columns[name] = index
    }
    for name in Self.required where columns[name] == nil {
      throw .error(
        .badClaims, "the file of claims has no column '\(name)'", at: SourceLocation(file: path.text, line: 1),
        parameter: "path", hint: "its columns are \((Self.required + Self.optional).joined(separator: ", "))")
    }
    self.columns = columns
  }

  /// The claims in the order of the file; throws at the first row that makes no sense, with its line and column.
  func claims() throws(Diagnostic) -> [Claim] {
    var claims: [Claim] = []
    var lines: [String: Int] = [:]
    for index in table.records.indices {
      let row = Row(file: self, index: index)
      let claim = try row.claim()
      if let line = lines[claim.name] {
        throw row.fault("the claim '\(claim.name)' stands on line \(line) too", "claim")
      }
      lines[claim.name] = row.line
      claims.append(claim)
    }
    return claims
  }

  /// A row of the file.
  private struct Row {
    let file: ClaimsFile
    let index: Int
    var line: Int { file.table.lines[index] }

    func text(_ column: String) -> String? {
      guard let field = file.columns[column], let text = file.table.records[index][field], !text.isEmpty else {
        return nil
      }
      return text
    }
    func place(_ column: String) -> SourceLocation {
      SourceLocation(
        file: file.path.text, line: line,
        column: file.columns[column].map { fieldColumn($0, line: line, of: file.bytes) } ?? 0,
        length: max(1, text(column)?.count ?? 1))
    }
    func fault(_ message: String, _ column: String, hint: String? = nil) -> Diagnostic {
      .error(.badClaims, message, at: place(column), parameter: "path", hint: hint)
    }
    func needed(_ column: String) throws(Diagnostic) -> String {
      guard let text = text(column) else { throw fault("the value of '\(column)' is missing", column) }
      return text
    }
    func day(_ column: String) throws(Diagnostic) -> Day? {
      guard let text = text(column) else { return nil }
      guard let day = Day(text) else {
        throw fault("'\(column)' must be a day such as 2021-12-31, not '\(text)'", column)
      }
      return day
    }
    func range(_ from: String, _ to: String) throws(Diagnostic) -> DayRange? {
      guard let first = try day(from) else {
        guard text(to) == nil else { throw fault("'\(to)' is given, but '\(from)' is not", to) }
        return nil
      }
      guard let last = try day(to) else { throw fault("'\(from)' is given, but '\(to)' is not", from) }
      guard first <= last else { throw fault("'\(to)' \(last) lies before '\(from)' \(first)", to) }
      return DayRange(from: first, to: last)
    }

    func claim() throws(Diagnostic) -> Claim {
      let written = try needed("kind")
      guard let kind = ClaimKind(rawValue: written) else {
        throw fault(
          "no kind of claim '\(written)'", "kind",
          hint: suggestion(for: written, among: ClaimKind.allCases.map(\.rawValue)))
      }
      let name = try needed("claim")
      let (actor1, actor2) = (try needed("actor1"), try needed("actor2"))
      guard actor1 != actor2 else { throw fault("'\(actor1)' is named twice", "actor2") }
      guard let days = try range("from", "to") else { throw fault("the value of 'from' is missing", "from") }
      let compared = try range("compare_from", "compare_to")
      if compared == nil, kind.comparesDays {
        throw fault("a claim of kind '\(written)' compares days: 'compare_from' and 'compare_to' are missing", "kind")
      }
      let (sign, isFromText) = try sign(of: kind)
      var length: PeriodLength?
      if kind == .peak, let compared { length = try self.length(of: days, among: compared) }
      func words(_ column: String) -> [String] {
        (text(column) ?? "").split { $0 == " " || $0 == "," || $0 == ";" }.map(String.init)
      }
      let named = ["actor1", "actor2", "actor3", "classes"].filter { text($0) != nil }
      return Claim(
        name: name, kind: kind, text: text("text") ?? "", actor1: actor1, actor2: actor2, actor3: text("actor3"),
        about: words("about"), classes: words("classes"), days: days, compared: compared, sign: sign,
        isSignFromText: isFromText, length: length,
        places: Dictionary(uniqueKeysWithValues: named.map { ($0, place($0)) }))
    }

    private func sign(of kind: ClaimKind) throws(Diagnostic) -> (sign: Int?, isFromText: Bool) {
      switch text("sign") {
      case "1", "+1", "+", "positive": return (1, false)
      case "-1", "-", "negative": return (-1, false)
      case let other?: throw fault("'sign' must be 1 or -1, not '\(other)'", "sign")
      case nil: return kind.hasSign ? (wordedSign(text("text") ?? ""), true) : (nil, false)
      }
    }

    /// The calendar's periods that the days and the days compared are made of.
    private func length(of days: DayRange, among compared: DayRange) throws(Diagnostic) -> PeriodLength {
      let length = PeriodLength.allCases.first { length in
        let period = Period(length, holding: days.from)
        return period.firstDay == days.from && period.lastDay == days.to
      }
      guard let length else {
        throw fault(
          "the days of a peak must be a day, week, month, quarter or year of the calendar, not \(days.words)", "from")
      }
      guard Period(length, holding: compared.from).firstDay == compared.from,
        Period(length, holding: compared.to).lastDay == compared.to
      else { throw fault("the days compared must be whole \(length.rawValue)s, not \(compared.words)", "compare_from") }
      guard compared.from <= days.from, days.to <= compared.to else {
        throw fault("the days of a peak lie outside the days compared, \(compared.words)", "from")
      }
      return length
    }
  }
}

/// The sign that the last of such words names: the text says how things are after how they were.
private func wordedSign(_ text: String) -> Int? {
  let friends = ["friendly", "friends", "cooperative", "allied", "allies", "amicable"]
  let enemies = ["hostile", "enemies", "conflictual", "adversarial", "rivals", "opponents", "unfriendly"]
  var sign: Int?
  for word in text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) {
    if friends.contains(word) { sign = 1 } else if enemies.contains(word) { sign = -1 }
  }
  return sign
}
