import Workbench

/// What the tables hold.
enum ShiftTables {
  static let all = [dyads, series, shifts, evidence, coverage, episodes]
  private static let actors = [
    ColumnSchema("actor1", .text, "the actor whose name comes first; in directed dyads the one who acts"),
    ColumnSchema("actor2", .text, "the other actor; in directed dyads the one acted on"),
  ]

  static let dyads = TableSchema(
    "dyads", "A row is two actors, and how their relationship stands on the last day that every source covers.",
    keys: ["actor1", "actor2"],
    columns: actors + [
      ColumnSchema("first_day", .date, "first day of the first event"),
      ColumnSchema("last_day", .date, "first day of the last event"),
      ColumnSchema("events", .integer, unit: "events", "all events, states in force included"),
      ColumnSchema("incidents", .integer, unit: "incidents", "incidents counted in rates"),
      ColumnSchema("conflict", .integer, unit: "incidents", "of these, conflict"),
      ColumnSchema("cooperation", .integer, unit: "incidents", "of these, cooperation"),
      ColumnSchema("confident", .integer, unit: "incidents", "of those counted, such of confidence .5 or more"),
      ColumnSchema("tone", .real, unit: "points", "mean score of recent events, drawn towards 0"),
      ColumnSchema("tone_se", .real, unit: "points", "its standard error, which grows with silence"),
      ColumnSchema("tone_low", .real, unit: "points", "lower end of its 95 % interval"),
      ColumnSchema("tone_high", .real, unit: "points", "upper end of its 95 % interval"),
      ColumnSchema("tone_30", .real, unit: "points", "the tone with a half-life of 30 days"),
      ColumnSchema("tone_120", .real, unit: "points", "the tone with a half-life of 120 days"),
      ColumnSchema("scored", .integer, unit: "events", "events the tone is made of"),
      ColumnSchema("weight", .real, unit: "events", "what is left of them, halved with every half-life"),
      ColumnSchema("class", .text, "allied, adversarial, mixed, uncertain, unknown (fewer than 5 events) or stale"),
      ColumnSchema("last_class", .text, "of a stale relationship, the class it was last known to have"),
      ColumnSchema("last_class_date", .date, "the last day of the period in which it had that class"),
      ColumnSchema("conflict_share", .real, "share of conflict in the last 365 days covered"),
      ColumnSchema("conflict_share_low", .real, "lower end of its 95 % interval (Jeffreys)"),
      ColumnSchema("conflict_share_high", .real, "upper end of its 95 % interval (Jeffreys)"),
      ColumnSchema("net_flow", .real, unit: "points", "scores in an average period of the last 365 days, summed"),
      ColumnSchema("activity", .real, unit: "incidents", "incidents in an average period of the last 365 days"),
      ColumnSchema("reciprocity", .real, "correlation of the tones of both directions in the same period"),
      ColumnSchema(
        "reciprocity_1_leads", .real, "correlation of the tone of actor1 with that of actor2 a period later"),
      ColumnSchema(
        "reciprocity_2_leads", .real, "correlation of the tone of actor2 with that of actor1 a period later"),
      ColumnSchema("matching", .real, "share of conflict that is returned: 1 where both sides have as much"),
      ColumnSchema("initiative", .real, "1 where only actor1 acts, -1 where only actor2 does"),
      ColumnSchema("exposure_control", .boolean, "whether rates are relative to what is reported of other dyads"),
      ColumnSchema("tested", .boolean, "whether shifts were looked for"),
      ColumnSchema("reason", .text, "why not"),
      ColumnSchema("shifts", .integer, unit: "shifts", "shifts found; empty where none were looked for"),
      ColumnSchema("step", .integer, unit: "periods", "periods searched together, more than one where most are silent"),
      ColumnSchema("score_first", .real, unit: "points", "mean score of the first regime, of all where there is one"),
      ColumnSchema("score_last", .real, unit: "points", "mean score of the last regime"),
      ColumnSchema("undated", .integer, unit: "incidents", "incidents not dated to one period, which count in no rate"),
    ])
  static let series = TableSchema(
    "series",
    "A row is two actors in one period; of dyads with too few events for rates and for a class there are none.",
    keys: ["actor1", "actor2", "period"],
    columns: actors + [
      ColumnSchema("dyad", .text, "both actors, for charts"),
      ColumnSchema("period", .date, "first day of the period"),
      ColumnSchema("exposure", .real, unit: "periods", "what rates are taken over; 0 where nothing can be known"),
      ColumnSchema("verbal_cooperation", .integer, unit: "incidents", "incidents of quad class 1"),
      ColumnSchema("material_cooperation", .integer, unit: "incidents", "incidents of quad class 2"),
      ColumnSchema("verbal_conflict", .integer, unit: "incidents", "incidents of quad class 3"),
      ColumnSchema("material_conflict", .integer, unit: "incidents", "incidents of quad class 4"),
      ColumnSchema("cooperation", .integer, unit: "incidents", "incidents of cooperation"),
      ColumnSchema("conflict", .integer, unit: "incidents", "incidents of conflict"),
      ColumnSchema("score_mean", .real, unit: "points", "mean score of the period's events; empty where none has one"),
      ColumnSchema("tone", .real, unit: "points", "the tone at the end of the period"),
      ColumnSchema("tone_se", .real, unit: "points", "its standard error"),
      ColumnSchema("tone_low", .real, unit: "points", "lower end of its 95 % interval"),
      ColumnSchema("tone_high", .real, unit: "points", "upper end of its 95 % interval"),
      ColumnSchema("scored", .integer, unit: "events", "events the tone is made of"),
      ColumnSchema("class", .text, "the class at the end of the period"),
      ColumnSchema("regime", .integer, "number of shifts, and of boundaries, up to the period"),
      ColumnSchema(
        "cooperation_level", .real, unit: "incidents", "incidents of cooperation to be expected by the regime's rate"),
      ColumnSchema("conflict_level", .real, unit: "incidents", "incidents of conflict to be expected by the same"),
      ColumnSchema("score_level", .real, unit: "points", "mean score of the regime"),
      ColumnSchema(
        "fatal", .integer, unit: "incidents", "incidents in which somebody died; empty where nobody says so"),
      ColumnSchema(
        "undated", .real, unit: "incidents",
        "incidents not dated to one period, spread over the days they may have happened on; they count in no rate"),
    ])
  static let shifts = TableSchema(
    "shifts", "A row is one shift accepted.", keys: ["actor1", "actor2", "date"],
    columns: actors + [
      ColumnSchema("channel", .text, "what shows it best: conflict, cooperation or tone"),
      ColumnSchema("label", .text, "the kind of shift"),
      ColumnSchema("date", .date, "first day of the first period of the new regime"),
      ColumnSchema("date_low", .date, "first day that the change may have, by its 95 % set"),
      ColumnSchema("date_high", .date, "last day that the change may have"),
      ColumnSchema("rate_ratio", .real, "the channel's rate after over before; of all events where that is tone"),
      ColumnSchema("rate_ratio_low", .real, "lower end of its 95 % interval, exact or tempered by the dispersion"),
      ColumnSchema("rate_ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema("tone_before", .real, unit: "points", "mean score of the regime before"),
      ColumnSchema("tone_after", .real, unit: "points", "mean score of the regime after"),
      ColumnSchema("p", .real, "chance of so much change in a series without any"),
      ColumnSchema("p_local", .real, "the same for this change alone, between its neighbours; rather too small"),
      ColumnSchema("q", .real, "the share of false ones among all series that show at least as much"),
      ColumnSchema("confidence", .text, "strong, moderate or date uncertain"),
      ColumnSchema("fragile", .boolean, "whether it hangs on one day, outlet, event or on the exposure"),
      ColumnSchema("hangs_on", .text, "on which of them"),
      ColumnSchema("channels", .text, "all channels that changed"),
      ColumnSchema("extrapolated", .boolean, "whether p is smaller than permutations can show, from a fitted tail"),
      ColumnSchema("before_from", .date, "first day of the regime before"),
      ColumnSchema("after_to", .date, "last day of the regime after"),
      ColumnSchema("exposure_before", .real, unit: "periods", "what rates before are taken over"),
      ColumnSchema("exposure_after", .real, unit: "periods", "what rates after are taken over"),
      ColumnSchema("conflict_before", .integer, unit: "incidents", "conflict before"),
      ColumnSchema("conflict_after", .integer, unit: "incidents", "conflict after"),
      ColumnSchema("conflict_ratio", .real, "rate of conflict after over before"),
      ColumnSchema("conflict_ratio_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("conflict_ratio_high", .real, "upper end of that interval"),
      ColumnSchema("cooperation_before", .integer, unit: "incidents", "cooperation before"),
      ColumnSchema("cooperation_after", .integer, unit: "incidents", "cooperation after"),
      ColumnSchema("cooperation_ratio", .real, "rate of cooperation after over before"),
      ColumnSchema("cooperation_ratio_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("cooperation_ratio_high", .real, "upper end of that interval"),
      ColumnSchema("tone_change", .real, unit: "points", "mean score after less that before"),
      ColumnSchema("tone_change_low", .real, unit: "points", "lower end of its 95 % interval"),
      ColumnSchema("tone_change_high", .real, unit: "points", "upper end of that interval"),
      ColumnSchema("outlets", .integer, unit: "outlets", "outlets that report the events of both regimes"),
      ColumnSchema("effective_outlets", .real, unit: "outlets", "how many equally large ones would be as diverse"),
      ColumnSchema("fatal_before", .integer, unit: "incidents", "incidents before in which somebody died"),
      ColumnSchema("fatal_after", .integer, unit: "incidents", "such incidents after"),
      ColumnSchema(
        "fatal_ratio", .real, "rate of such incidents after over before: a check, since these are missed least"),
      ColumnSchema("fatal_ratio_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("fatal_ratio_high", .real, "upper end of that interval"),
    ])
  static let evidence = TableSchema(
    "evidence", "A row is an event that shows a shift, or a part of what is different after it.",
    keys: ["actor1", "actor2", "date", "kind", "rank"],
    columns: actors + [
      ColumnSchema("date", .date, "the shift: first day of its new regime"),
      ColumnSchema(
        "kind", .text,
        "event-before, event-after, rate (of a class of events), place (of a division) or tone-mix, tone-within (of the "
          + "difference of means)"),
      ColumnSchema("rank", .integer, "1 for the most telling"),
      ColumnSchema("event_id", .text, "of an event, its identifier"),
      ColumnSchema("event_date", .date, "of an event, its first day"),
      ColumnSchema("initiator", .text, "who stands first; empty where directions are counted together"),
      ColumnSchema("code", .text, "the event's class, or the root of the part's classes"),
      ColumnSchema("goldstein", .real, unit: "points", "of an event, its score"),
      ColumnSchema("outlet", .text, "of an event, who reported it"),
      ColumnSchema("incidents_before", .integer, unit: "incidents", "of a rate, incidents before"),
      ColumnSchema("incidents_after", .integer, unit: "incidents", "of a rate, incidents after"),
      ColumnSchema(
        "contribution", .real,
        "of an event or a part of tone, points of the difference; of a rate, incidents in an average period"),
      ColumnSchema("ratio", .real, "of a rate, that after over that before"),
      ColumnSchema("ratio_low", .real, "lower end of its 95 % interval"),
      ColumnSchema("ratio_high", .real, "upper end of that interval"),
      ColumnSchema("meaning", .text, "what the code means"),
      ColumnSchema("admin1", .text, "the first administrative division"),
    ])
  static let coverage = TableSchema(
    "coverage", "A row is what the run saw, or a change that may be one of reporting alone.",
    keys: ["kind", "date", "actor1", "actor2", "channel"],
    columns: [
      ColumnSchema(
        "kind", .text,
        "covered, break (of all reporting), documented-break, boundary (from which on an actor is another), artefact (a "
          + "change beside a break) or exposure-dependent (a change seen only with, or only without, regard to reporting)"
      ),
      ColumnSchema("date", .date, "first day of the stretch, or of the first period after the change"),
      ColumnSchema("date_to", .date, "last day of the stretch"),
    ] + actors + [
      ColumnSchema("channel", .text, "of a change, what changed"),
      ColumnSchema("level", .real, "of a break, events of all dyads over their average, from then on"),
      ColumnSchema("level_before", .real, "of a break, the same before"),
    ])
  static let episodes = TableSchema(
    "episodes", "A row is a stretch too short to be a regime in which a relationship was otherwise than around it.",
    keys: ["actor1", "actor2", "date_from"],
    columns: actors + [
      ColumnSchema("channel", .text, "what shows it best: conflict, cooperation or tone"),
      ColumnSchema("label", .text, "what it would be called if it had lasted"),
      ColumnSchema("date_from", .date, "its first day"), ColumnSchema("date_to", .date, "its last day"),
      ColumnSchema(
        "rate_ratio", .real, "the channel's rate in it over that around it; of all events where that is tone"),
      ColumnSchema("rate_ratio_low", .real, "lower end of its 95 % interval, exact or tempered by the dispersion"),
      ColumnSchema("rate_ratio_high", .real, "upper end of that interval; empty where the data set no limit"),
      ColumnSchema("tone_around", .real, unit: "points", "mean score around it"),
      ColumnSchema("tone_within", .real, unit: "points", "mean score in it"),
      ColumnSchema("p", .real, "chance that some stretch stands out so much in a series without episodes"),
      ColumnSchema("q", .real, "the share of false ones among all series that show at least as much"),
      ColumnSchema("channels", .text, "all channels that show it"),
      ColumnSchema("conflict_around", .integer, unit: "incidents", "conflict around it"),
      ColumnSchema("conflict_within", .integer, unit: "incidents", "conflict in it"),
      ColumnSchema("cooperation_around", .integer, unit: "incidents", "cooperation around it"),
      ColumnSchema("cooperation_within", .integer, unit: "incidents", "cooperation in it"),
      ColumnSchema("exposure_around", .real, unit: "periods", "what rates around it are taken over"),
      ColumnSchema("exposure_within", .real, unit: "periods", "what rates in it are taken over"),
      ColumnSchema(
        "artefact", .boolean, "whether as much more, or less, was reported of all others, or reporting broke beside it"),
    ])
}
