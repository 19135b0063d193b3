public import EventModel
import Ontology
public import Workbench

extension EventTable {
  /// The same events with ISO codes in `country`, in place of what the dataset calls its countries.
  ///
  /// What has no code stays as it is, and is counted in a warning.
  /// - Parameter iso3: the ISO code of what the dataset calls a country; nil where there is none. An ISO code is itself,
  ///   without it being asked.
  public func namingCountries(by iso3: (String) -> String?, in context: RunContext) -> EventTable {
    guard let countries = codes(.country) else { return self }
    let codes = countries.labels.map { Countries.name(iso3: $0) == nil ? iso3($0) : $0 }
    if codes.contains(nil) {
      var counts = [Int](repeating: 0, count: codes.count)
      for row in 0..<count where countries.codes.has(row) { counts[Int(countries.codes.values[row])] += 1 }
      let without = codes.indices.filter { codes[$0] == nil && counts[$0] > 0 }
        .sorted { (-counts[$0], countries.labels[$0]) < (-counts[$1], countries.labels[$1]) }
      let events = without.reduce(0) { $0 + counts[$1] }
      if events > 0 {
        context.warn(
          .warning(
            .noCountryCode,
            "\(events) of \(count) events lie in places whose country has no ISO code",
            hint: "what the dataset calls such a place stays as it is in 'country'",
            notes: without.prefix(20).map { "'\(countries.labels[$0])': \(counts[$0])" }
              + (without.count > 20 ? ["and \(without.count - 20) more"] : [])))
      }
    }
    let named = Dictionary(zip(countries.labels, codes), uniquingKeysWith: { first, _ in first })
    return replacing([.country: .codes(countries.renaming { (named[$0] ?? nil) ?? $0 })])
  }
}

extension CodedColumn {
  /// Countries by their numbers in some list, as ISO codes; where a row's number is missing or stands for none, by name.
  ///
  /// Names are left as they are, and numbers too where there are no names; nil where there is neither.
  /// - Parameter iso3: the ISO code of a number; nil where it stands for none.
  public static func countries(
    numbers: CodedColumn?, by iso3: (Int) -> String?, names: CodedColumn?
  ) -> CodedColumn? {
    guard let numbers else { return names }
    // `770.0` is 770.
    let codes = numbers.labels.map { text in text.split(separator: ".").first.flatMap { Int($0) }.flatMap(iso3) }
    let known = Dictionary(zip(numbers.labels, codes), uniquingKeysWith: { first, _ in first })
    guard let names else { return numbers.renaming { (known[$0] ?? nil) ?? $0 } }
    let countries = numbers.renaming { known[$0] ?? nil }
    guard countries.codes.missing > 0 else { return countries }
    return CodedColumn((0..<countries.count).map { countries[$0] ?? names[$0] })
  }
}

extension DiagnosticKind {
  /// Events lie in places that no ISO code stands for.
  public static let noCountryCode = DiagnosticKind(
    "scales.no-country-code", "Some events lie in places whose country has no ISO code.",
    "Datasets number and name countries each in their own way, and as they were at the time. Where ISO 3166-1 alpha-3 has a "
      + "code for what one stands for today, 'country' has that code. What stands for none, such as a state that is no "
      + "more or the open sea, stays as the dataset has it.")
}
