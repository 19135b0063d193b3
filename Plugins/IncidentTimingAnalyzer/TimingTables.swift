import EventModel
import Incidents
import JSONText
import Statistics
import Workbench

/// What the series come to, as tables.
struct TimingTables {
  let series: [DaySeries]
  let excitations: [Excitation]
  let calendar: DayCalendar
  /// Of each series its bursts.
  let episodes: [[Burst]]

  init(_ series: [DaySeries], _ excitations: [Excitation], _ calendar: DayCalendar) {
    (self.series, self.excitations, self.calendar) = (series, excitations, calendar)
    episodes = series.map { $0.note == nil ? Statistics.bursts($0.counts) : [] }
  }

  static let timing = TableSchema(
    "timing", "A row is how the incidents of a group follow each other.", keys: ["by", "group"],
    columns: IncidentGroup.columns + [
      ColumnSchema("incidents", .integer, unit: "records", "incident records dated to a day that every source covers"),
      ColumnSchema("undated", .integer, unit: "records", "records left out: dated less precisely than to the day"),
      ColumnSchema("uncovered", .integer, unit: "records", "records left out: on days that not every source covers"),
      ColumnSchema("from", .date, "the first covered day"), ColumnSchema("to", .date, "the last"),
      ColumnSchema("days", .integer, unit: "days", "days that every source covers"),
      ColumnSchema("active_days", .integer, unit: "days", "those with an incident"),
      ColumnSchema("most_in_a_day", .integer, unit: "records", "incidents of the day that has most"),
      ColumnSchema("mean_gap", .real, unit: "days", "mean time from an incident to the next; 0 is the same day"),
      ColumnSchema("median_gap", .real, unit: "days", "median of these"),
      ColumnSchema("longest_gap", .integer, unit: "days", "the longest of these"),
      ColumnSchema("longest_from", .date, "the day after which it began"),
      ColumnSchema(
        "burstiness", .real, "(s - m)/(s + m) of gaps: -1 where all are equal, 0 by chance, near 1 in bursts"),
      ColumnSchema("burstiness_finite", .real, "the same, corrected for the number of gaps"),
      ColumnSchema("memory", .real, "correlation of each gap with the next"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])
  static let excitation = TableSchema(
    "excitation", "A row is how many further incidents each incident of a group brings, and how soon.",
    keys: ["by", "group"],
    columns: IncidentGroup.columns + [
      ColumnSchema("incidents", .integer, unit: "records", "incident records dated to a covered day"),
      ColumnSchema(
        "segments", .integer, "stretches with a background of their own: lasting changes of the rate, and 1"),
      ColumnSchema(
        "background", .real, unit: "incidents per 30 days", "the rate, in the last stretch, of those that none brings"),
      ColumnSchema("branching", .real, "how many further incidents each brings on average, after its own day"),
      ColumnSchema("branching_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("branching_high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema("half_life", .real, unit: "days", "in how many days half of them have come"),
      ColumnSchema("half_life_low", .real, unit: "days", "lower end of its 95 % interval"),
      ColumnSchema("half_life_high", .real, unit: "days", "upper end of that interval; empty beyond 160 days"),
      ColumnSchema("gain", .real, "by how much the log-likelihood is above that of backgrounds alone"),
      ColumnSchema(
        "p", .real, "p of no excitation: days in other orders within each stretch have as great a score, by permutation"
      ),
      ColumnSchema("q", .real, "that p adjusted for the rows of this table (Benjamini and Hochberg)"),
      ColumnSchema("misfit", .real, "greatest distance of the days' probabilities from even ones (Kolmogorov)"),
      ColumnSchema("misfit_p", .real, "p of so great a distance: where it is small, the model misses something"),
      ColumnSchema("note", .text, "what cannot be said, and why"),
    ])
  static let gaps = TableSchema(
    "gaps", "A row is a length that gaps between incidents have, and how many last at least as long.",
    keys: ["by", "group", "days"],
    columns: IncidentGroup.columns + [
      ColumnSchema("days", .integer, unit: "days", "the length"),
      ColumnSchema("gaps", .integer, "gaps of at least that length"),
      ColumnSchema("share", .real, "their share"),
      ColumnSchema("expected", .real, "the share where incidents come at one rate and none brings others"),
    ])
  static let bursts = TableSchema(
    "bursts", "A row is a burst: days on which incidents came at a higher rate than around them.",
    keys: ["by", "group", "level", "from"],
    columns: IncidentGroup.columns + [
      ColumnSchema("level", .integer, "1 is twice the mean rate, 2 four times, and so on"),
      ColumnSchema("from", .date, "the first day"), ColumnSchema("to", .date, "the last"),
      ColumnSchema("days", .integer, unit: "days", "how many days"),
      ColumnSchema("incidents", .integer, unit: "records", "incident records in them"),
      ColumnSchema("rate", .real, unit: "incidents per 30 days", "their rate"),
      ColumnSchema(
        "weight", .real, "how much likelier this level is than the one below, as a difference of logarithms"),
    ])

  var all: [ResultTable] {
    var timing = ResultTable.Builder(Self.timing)
    var excitation = ResultTable.Builder(Self.excitation)
    var gaps = ResultTable.Builder(Self.gaps)
    var bursts = ResultTable.Builder(Self.bursts)
    for (index, one) in series.enumerated() {
      let key: [JSONValue] = [.string(one.group.by), .string(one.group.group)]
      timing.append(key + timingRow(one))
      excitation.append(key + excitationRow(excitations[index], one))
      guard one.note == nil else { continue }
      for row in gapRows(one) { gaps.append(key + row) }
      for burst in episodes[index] {
        let days = burst.days.count
        bursts.append(
          key + [
            .integer(burst.level), cell(calendar.days[burst.days.lowerBound]),
            cell(calendar.days[burst.days.upperBound - 1]), .integer(days), .integer(Int(burst.count)),
            exact(burst.count * 30 / Double(days)), exact(burst.weight),
          ])
      }
    }
    return [timing.finish(), excitation.finish(), gaps.finish(), bursts.finish()]
  }

  private func timingRow(_ one: DaySeries) -> [JSONValue] {
    let burstiness = one.note == nil ? Burstiness(gaps: one.gaps.map(Double.init)) : nil
    var longest: (gap: Int, place: Int)?
    for (place, next) in zip(one.places, one.places.dropFirst())
    where next - place > longest?.gap ?? -1 && calendar.days[place].days(until: calendar.days[next]) == next - place {
      longest = (next - place, place)
    }
    return [
      .integer(one.places.count), .integer(one.undated), .integer(one.uncovered), cell(calendar.days.first),
      cell(calendar.days.last), .integer(one.counts.count), .integer(one.counts.count { $0 > 0 }),
      cell(one.counts.max().map { Int($0) }), exact(burstiness?.mean),
      exact(one.note == nil ? median(one.gaps.map(Double.init)) : nil), cell(longest?.gap),
      cell(longest.map { calendar.days[$0.place] }), exact(burstiness?.coefficient), exact(burstiness?.finite),
      exact(burstiness?.memory), cell(one.note),
    ]
  }

  private func excitationRow(_ own: Excitation, _ one: DaySeries) -> [JSONValue] {
    let fit = own.fit
    return [
      .integer(one.places.count), cell(fit.map { _ in own.segments }), exact(fit?.background.last.map { $0 * 30 }),
      exact(fit?.branching), exact(fit?.branchingInterval.lower), exact(fit?.branchingInterval.upper),
      // Where an incident brings none there is no half-life.
      exact(fit.flatMap { $0.branching > 0 ? $0.halfLife : nil }),
      exact(fit.flatMap { $0.branching > 0 ? $0.halfLifeInterval.lower : nil }),
      exact(fit.flatMap { $0.branching > 0 ? $0.halfLifeInterval.upper : nil }), exact(fit?.gain), exact(own.p),
      exact(own.q), exact(own.misfit?.distance), exact(own.misfit?.pValue), cell(own.note),
    ]
  }

  private func gapRows(_ one: DaySeries) -> [[JSONValue]] {
    let sorted = one.gaps.sorted()
    guard let longest = sorted.last, one.counts.count > 0 else { return [] }
    let rate = Double(one.places.count) / Double(one.counts.count)
    var rows: [[JSONValue]] = []
    for (index, gap) in sorted.enumerated() where index == 0 || sorted[index - 1] != gap {
      guard gap <= longest else { break }
      let left = sorted.count - index
      rows.append([
        .integer(gap), .integer(left), exact(Double(left) / Double(sorted.count)),
        exact(poissonGapShare(atLeast: gap, rate: rate)),
      ])
    }
    return rows
  }
}
