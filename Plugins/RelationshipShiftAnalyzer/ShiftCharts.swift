import Workbench

/// What is drawn.
enum ShiftCharts {
  /// Where the shifts of a dyad lie.
  private static let shifts = Chart.Marks(
    "shifts", at: "date", interval: ["date_low", "date_high"], label: "label", matching: ["actor1", "actor2"])
  private static let noCooperation = "The data have no cooperation: rates of violence alone, no tone."

  /// - Parameter isOneSided: whether the data have no cooperation, so that there is no tone to draw.
  static func all(isOneSided: Bool) -> [Chart] {
    let rates = Chart(
      "incidents", "Conflict and cooperation of each dyad, incidents by period", kind: .stackedBars, table: "series",
      x: "period", y: isOneSided ? ["conflict"] : ["conflict", "cooperation"], panels: ["actor1", "actor2"],
      marks: shifts, note: isOneSided ? noCooperation : nil)
    let levels = Chart(
      "conflict", "Incidents of conflict to be expected of each regime, by period", kind: .line, table: "series",
      x: "period", y: ["conflict_level"], series: "regime", panels: ["actor1", "actor2"], marks: shifts,
      note: isOneSided ? noCooperation : nil)
    guard !isOneSided else { return [rates, levels] }
    return [
      Chart(
        "tone",
        "Tone of each relationship, in points of the Goldstein scale, with its 95 % interval; a colour for each "
          + "regime", kind: .line, table: "series", x: "period", y: ["tone"], series: "regime",
        interval: ["tone_low", "tone_high"], panels: ["actor1", "actor2"], marks: shifts, reference: 0),
      rates, levels,
      Chart(
        "cooperation", "Incidents of cooperation to be expected of each regime, by period", kind: .line,
        table: "series", x: "period", y: ["cooperation_level"], series: "regime", panels: ["actor1", "actor2"],
        marks: shifts),
      Chart(
        "relationships", "Tone of each relationship on the last day, in points", kind: .heatMap, table: "dyads",
        x: "actor1", y: ["tone"], series: "actor2"),
      Chart(
        "before", "Mean score of each relationship's first regime, in points", kind: .heatMap, table: "dyads",
        x: "actor1", y: ["score_first"], series: "actor2",
        note: "Where no shift was found there is one regime: both matrices have the same score."),
      Chart(
        "after", "Mean score of each relationship's last regime, in points", kind: .heatMap, table: "dyads",
        x: "actor1", y: ["score_last"], series: "actor2"),
      Chart(
        "ratios", "Rates after each shift over those before, with 95 % intervals", kind: .points, table: "shifts",
        x: "date", y: ["rate_ratio"], series: "channel", interval: ["rate_ratio_low", "rate_ratio_high"],
        label: "label", yScale: .logarithmic, reference: 1),
    ]
  }
}
