import Workbench

extension DiagnosticKind {
  static let shiftLeftOut = DiagnosticKind(
    "relationship-shift.left-out", "Events were left out of the rates of relationships.",
    "An event counts in a rate where it has two known actors that are no civilians, is dated to one period and lies on "
      + "a day that every source covers. The message says how many do not, and why.")
  static let shiftUnscored = DiagnosticKind(
    "relationship-shift.unscored", "Events have no score.",
    "An event without a Goldstein score counts in no tone. Codes that the scale does not know are the usual reason: "
      + "`scale:` of the source can add them. It is a warning where they are more than one event in twenty.")
  static let shiftUnknownActor = DiagnosticKind(
    "relationship-shift.unknown-actor", "A parameter names an actor whom no event has.",
    "Actors are named as the table of actors names them, or as the data do where there is no such table.")
  static let shiftOneSided = DiagnosticKind(
    "relationship-shift.one-sided", "The data have no cooperation, so that only the rate of violence can be seen.",
    "UCDP, ACLED and GTD record violence alone. Less of it may mean peace or a frozen conflict: the data cannot tell, "
      + "so no relationship is called better or worse.")
  static let shiftTooShort = DiagnosticKind(
    "relationship-shift.too-short", "The time covered by every source is too short to look for shifts.",
    "A shift needs a regime before it and one after it, and at least 24 periods in all. Shorter periods, or sources "
      + "that cover more, help; the tables describe what there is.")
  static let shiftNoControl = DiagnosticKind(
    "relationship-shift.no-control", "How much was reported could not be told from other dyads.",
    "That takes at least five other dyads and on average five events of theirs in a period. Rates are then by covered "
      + "days alone, and a change of reporting would look like a shift.")
}
