import Workbench

/// What the tables hold.
enum BalanceSchemas {
  static let all = [network, changes, triads, relationships, thirdParties, camps, similarity]
  private static let period = ColumnSchema(
    "period", .text,
    "the file's own period, or the first day of the period at whose end; all: no periods; latest: the last day covered")
  private static let pair = [
    ColumnSchema("actor1", .text, "the actor whose name comes first"), ColumnSchema("actor2", .text, "the other actor"),
  ]

  static let network = TableSchema(
    "network", "A row is the network of one period as a whole.", keys: ["period"],
    columns: [
      period, ColumnSchema("nodes", .integer, unit: "actors", "actors that have a relationship"),
      ColumnSchema("edges", .integer, unit: "relationships", "relationships"),
      ColumnSchema("negative", .integer, unit: "relationships", "of these, negative ones"),
      ColumnSchema("triangles_balanced", .integer, unit: "triads", "triangles with no negative edge or with two"),
      ColumnSchema("triangles_unbalanced", .integer, unit: "triads", "triangles with one negative edge or with three"),
      ColumnSchema("triangle_index", .real, "share of balanced triangles; empty where there is none"),
      ColumnSchema("walk_index", .real, "trace of exp(A) over that of exp(|A|): 1 where all cycles are balanced"),
      ColumnSchema(
        "frustration", .integer, unit: "relationships",
        "least number of edges to change for balance; an upper bound where it is not exact"),
      ColumnSchema("frustration_exact", .boolean, "whether no smaller number would do"),
      ColumnSchema("balance", .real, "1 - 2 frustration / edges"),
      ColumnSchema("frustration_low", .integer, unit: "relationships", "lower bound of the frustration"),
      ColumnSchema("frustration_evidence", .real, "least evidence, in log odds, that contradicts two camps"),
      ColumnSchema(
        "weak_index", .real, "share of triangles in balance where three enemies of one another count so too"),
      ColumnSchema("mean_tension", .real, "mean probability of a triad to be out of balance"),
      ColumnSchema("unsure", .integer, unit: "relationships", "those whose 95 % interval of the tone holds 0"),
      ColumnSchema("thin", .integer, unit: "relationships", "those that rest on fewer than 5 events"),
      ColumnSchema("chance_mean", .real, "mean triangle index with the signs dealt out by chance to the same edges"),
      ColumnSchema("chance_low", .real, "its quantile at .025"),
      ColumnSchema("chance_high", .real, "its quantile at .975"),
      ColumnSchema("chance_p", .real, "two-sided chance of a triangle index so far from that"),
      ColumnSchema("date", .date, "first day of the period; empty for a file's own periods and for latest"),
    ])
  static let changes = TableSchema(
    "changes", "A row is a period from which on the network as a whole is another, of 24 periods or more.",
    keys: ["measure", "period"],
    columns: [
      ColumnSchema("measure", .text, "triangle_index, frustration_share (frustration / edges) or mean_tension"),
      ColumnSchema("period", .text, "the first period of the new regime"),
      ColumnSchema("period_low", .text, "the first period of the 95 % set of where that is"),
      ColumnSchema("period_high", .text, "the last period of that set"),
      ColumnSchema("before", .real, "mean since the change before"),
      ColumnSchema("after", .real, "mean up to the next change"),
    ])
  static let triads = TableSchema(
    "triads", "A row is three actors of which each two have a relationship.",
    keys: ["period", "actor1", "actor2", "actor3"],
    columns: [
      period, ColumnSchema("actor1", .text, "the actor whose name comes first"),
      ColumnSchema("actor2", .text, "the second actor"), ColumnSchema("actor3", .text, "the third actor"),
      ColumnSchema(
        "verdict", .text, "balanced or tense, each with a probability of .8 or more; else undetermined"),
      ColumnSchema("p_balanced", .real, "probability of an even number of negative relationships"),
      ColumnSchema("tension", .real, "probability of an odd number"),
      ColumnSchema("weakly_balanced", .boolean, "whether the signs are in balance with --- counted so (Davis)"),
      ColumnSchema("few_events", .boolean, "whether a relationship rests on fewer than 5 events"),
      ColumnSchema(
        "importance", .real, unit: "incidents", "geometric mean of the three relationships' incidents in a period"),
      ColumnSchema("weighted_tension", .real, unit: "incidents", "tension times importance"),
      ColumnSchema("least_evidence", .text, "the two actors the sign of whose relationship is least sure"),
      ColumnSchema("nearest", .text, "the two actors whose tone is nearest to a change of sign"),
      ColumnSchema("nearest_drift", .text, "where that tone moved since the period before: towards or away"),
    ]
      + [("12", "1 and 2"), ("13", "1 and 3"), ("23", "2 and 3")].flatMap { name, actors in
        [
          ColumnSchema("sign_\(name)", .integer, "sign of \(actors): 1 friends, -1 enemies"),
          ColumnSchema("p_\(name)", .real, "probability that \(actors) are friends"),
          ColumnSchema("cost_\(name)", .real, "evidence against a change of sign of \(actors), in log odds"),
          ColumnSchema("distance_\(name)", .real, unit: "points", "how far the tone of \(actors) is from 0"),
          ColumnSchema("drift_\(name)", .real, unit: "points", "how that tone changed since the period before"),
        ]
      })
  static let relationships = TableSchema(
    "relationships", "A row is two actors that have a relationship in a period.", keys: ["period", "actor1", "actor2"],
    columns: [period] + pair + [
      ColumnSchema("sign", .integer, "1 friends, -1 enemies"),
      ColumnSchema("p_positive", .real, "probability that they are friends; empty where the sign is given"),
      ColumnSchema("tone", .real, unit: "points", "the tone that the sign is of"),
      ColumnSchema("cost", .real, "evidence against a change of sign, in log odds"),
      ColumnSchema("drift", .real, unit: "points", "how the tone changed since the period before"),
      ColumnSchema("events", .integer, unit: "events", "events the tone is made of"),
      ColumnSchema("few_events", .boolean, "whether these are fewer than 5"),
      ColumnSchema("activity", .real, unit: "incidents", "incidents in an average period of the analysis read"),
      ColumnSchema("triads", .integer, unit: "triads", "triads it is a side of"),
      ColumnSchema("tense", .integer, unit: "triads", "of these, such as are out of balance by the signs"),
      ColumnSchema("frustrated", .boolean, "whether it contradicts the camps"),
    ])
  static let thirdParties = TableSchema(
    "third-parties", "A row is a relationship that shifted, and a third actor related to both.",
    keys: ["actor1", "actor2", "date", "third"],
    columns: pair + [
      ColumnSchema("date", .date, "the shift: first day of its new regime"),
      ColumnSchema("third", .text, "the third actor"), ColumnSchema("label", .text, "the kind of shift"),
      ColumnSchema("before", .text, "the period before the first that the shift may lie in"),
      ColumnSchema("after", .text, "the period after the last that it may lie in, or the last there is"),
      ColumnSchema("sign_before", .integer, "sign of actor1 and actor2 before; empty where they had none"),
      ColumnSchema("sign_after", .integer, "their sign after"),
      ColumnSchema("sign_1", .integer, "sign of actor1 and the third after"),
      ColumnSchema("sign_2", .integer, "sign of actor2 and the third after"),
      ColumnSchema("contradicts", .boolean, "whether the signs to the third speak against their new sign"),
      ColumnSchema("tension_before", .real, "probability of the triad to be out of balance before"),
      ColumnSchema("tension_after", .real, "the same after"),
      ColumnSchema("verdict_before", .text, "balanced, tense or undetermined; empty where there was no triad"),
      ColumnSchema("verdict_after", .text, "the same after"),
    ])
  static let camps = TableSchema(
    "camps", "A row is an actor and the side it is on, where relationships are divided with the fewest contradictions.",
    keys: ["period", "actor"],
    columns: [
      period, ColumnSchema("actor", .text, "the actor"),
      ColumnSchema(
        "part", .integer, "number of the connected part of the network; camps of different parts are unrelated"),
      ColumnSchema("camp", .integer, "1 or 2; the part's first actor is in camp 1"),
      ColumnSchema("positive", .integer, unit: "relationships", "its positive relationships"),
      ColumnSchema("negative", .integer, unit: "relationships", "its negative relationships"),
      ColumnSchema("frustrated", .integer, unit: "relationships", "those that contradict the camps"),
      ColumnSchema("frustrated_with", .text, "the actors these are with"),
    ])
  static let similarity = TableSchema(
    "similarity", "A row is two actors and how alike their relationships to third parties are.",
    keys: ["period", "actor1", "actor2"],
    columns: [period] + pair + [
      ColumnSchema("third_parties", .integer, unit: "actors", "the other actors; no relationship counts as 0"),
      ColumnSchema("shared", .integer, unit: "actors", "those with whom both have a relationship"),
      ColumnSchema("kappa", .real, "agreement beyond chance (Cohen): 1 the same, 0 as by chance"),
      ColumnSchema("kappa_linear", .real, "the same with disagreement weighted by distance"),
      ColumnSchema("kappa_quadratic", .real, "the same weighted by the square of it"),
      ColumnSchema("s", .real, "Signorino and Ritter's S, not corrected for chance: from -1 to 1"),
    ])

  /// What is drawn: by days where the periods are of the calendar, by the file's own words where they are not.
  static func charts(isDated: Bool) -> [Chart] {
    let x = isDated ? "date" : "period"
    return [
      Chart(
        "network", "Friends and enemies", kind: .network, table: "relationships", x: "actor1", y: ["sign"],
        series: "actor2", panels: ["period"], label: isDated ? "tone" : nil,
        note: isDated ? "signs of few events count like others here: the table says which are sure" : nil),
      Chart(
        "triangle-index", "Share of balanced triangles, and the range of that by chance", kind: .line, table: "network",
        x: x, y: ["triangle_index"], interval: ["chance_low", "chance_high"],
        note: "the band is where the index would lie with the same signs dealt out by chance"),
      Chart(
        "triangles", "Balanced and unbalanced triangles", kind: .stackedBars, table: "network", x: x,
        y: ["triangles_balanced", "triangles_unbalanced"]),
      Chart(
        "balance", "Balance by the frustration index: 1 where two camps are at odds and nothing else", kind: .line,
        table: "network", x: x, y: ["balance"], reference: 1),
    ]
      + (isDated
        ? [
          Chart(
            "tension", "Mean probability of a triad to be out of balance", kind: .line, table: "network", x: x,
            y: ["mean_tension"])
        ] : [])
  }
}
