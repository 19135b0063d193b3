public import EventModel
public import Workbench

extension EventTable {
  /// The same events with the ISO codes of their countries in place of what the dataset calls them.
  ///
  /// What has no code stays as it is, and is told of.
  /// - Parameter iso3: the ISO code of what the dataset calls a country; nil where there is none.
  /// - Parameter unknown: makes the warning, from how many events lie in countries without a code, and what those are
  ///   called with their numbers of events, the most frequent first, to be its notes.
  public func namingCountries(
    by iso3: (String) -> String?, in context: RunContext, unknown: (_ events: Int, _ notes: [String]) -> Diagnostic
  ) -> EventTable {
    guard let countries = codes(.country) else { return self }
    let known = countries.labels.map(iso3)
    if known.contains(nil) {
      var counts = [Int](repeating: 0, count: known.count)
      for row in 0..<count where countries.codes.has(row) { counts[Int(countries.codes.values[row])] += 1 }
      let without = known.indices.filter { known[$0] == nil }
        .sorted { (-counts[$0], countries.labels[$0]) < (-counts[$1], countries.labels[$1]) }
      let notes = without.prefix(20).map { "'\(countries.labels[$0])': \(counts[$0])" }
      context.warn(
        unknown(
          without.reduce(0) { $0 + counts[$1] },
          notes + (without.count > 20 ? ["and \(without.count - 20) more"] : [])))
    }
    return replacing([.country: .codes(countries.renaming { iso3($0) ?? $0 })])
  }
}
