import EventModel
import Workbench

extension IncidentSettings {
  /// The charts of the chosen tables.
  var charts: [Chart] {
    var charts: [Chart] = []
    let word = period.rawValue
    let panels = by.isEmpty ? [] : ["by", "group"]
    if tables.contains(.summary) {
      let marks =
        tables.contains(.changes)
        ? Chart.Marks(
          "changes", at: "date", interval: ["earliest", "latest"], label: "ratio", matching: ["by", "group"])
        : nil
      charts += [
        Chart(
          "epicurve", "Incidents by \(word), their mean over four, and lasting changes with their 95 % sets of dates",
          kind: .line, table: "summary", x: "period", y: ["incidents", "mean_of_4"], panels: panels, marks: marks),
        Chart(
          "incidents", "Incidents by \(word), with the bounds the data give", kind: .bars, table: "summary",
          x: "period", y: ["incidents"], interval: ["incidents_low", "incidents_high"], panels: panels),
        Chart(
          "fatalities", "Fatalities of incidents by \(word), best, low and high estimate", kind: .bars,
          table: "summary", x: "period", y: ["fatalities_best"], interval: ["fatalities_low", "fatalities_high"],
          panels: panels),
        Chart(
          "types", "Share of each class of incidents by \(word)", kind: .stackedBars, table: "composition",
          x: "period", y: ["share"], series: "event_class"),
        Chart(
          "calendar", "Incident records on each covered day", kind: .calendar, table: "days", x: "day", y: ["records"],
          note: "records dated less precisely than to the day are not shown"),
      ]
    }
    if tables.contains(.cross) {
      charts.append(
        Chart(
          "residuals", "How many standard errors classes lie above or below what independence expects", kind: .heatMap,
          table: "cross", x: "group", y: ["residual"], series: "event_class", panels: ["by"]))
    }
    if tables.contains(.concentration) {
      charts.append(
        Chart(
          "lorenz", "Share of incidents that a share of units has, the units of fewest first", kind: .line,
          table: "lorenz", x: "units_share", y: ["incidents_share"], series: "unit"))
    }
    return charts
  }
}
