import Workbench

extension DiagnosticKind {
  static let outsideCoverage = DiagnosticKind(
    "incident-statistics.outside-coverage", "Events lie outside what the sources are said to cover.",
    "The workspace says by `covers` on which days a source's silence means that nothing happened. Events on other days "
      + "belong to no row of the tables by period.")
  static let multiPeriod = DiagnosticKind(
    "incident-statistics.multi-period", "Incident records last over several periods.",
    "Each counts in the period of its first day, so a record such as 'in the course of the year' makes that period "
      + "look worse than it was. Longer periods hold more of them whole.")
  static let noGroups = DiagnosticKind(
    "incident-statistics.no-groups", "Incidents were to be grouped by something that no incident has.",
    "The data lack the column, or it is empty wherever an event is an incident. The tables have rows of all incidents "
      + "alone.")
}
