public import Workbench

extension LeverageAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "Of three demands one is met, one only promised; an act against the demander meets none",
      events: """
        event_id,date_start,actor1,actor2,code,about
        1,2021-01-04,A,B,1041,trade
        2,2021-01-20,B,A,030,trade
        3,2021-02-02,B,A,061,trade
        4,2021-03-01,A,B,1012,rebels
        5,2021-03-09,B,A,030,rebels
        6,2021-03-10,A,B,1056,border
        7,2021-03-12,B,A,190,border
        8,2021-12-31,B,C,070,

        """,
      output: [
        "demands": """
        demander,target,about,first,last,events,promised,refused,done,outcome,days,until,placebo_share
        A,B,border,2021-03-10,2021-03-10,1,,,,no answer,296,2021-12-31,
        A,B,rebels,2021-03-01,2021-03-01,1,2021-03-09,,,promised,305,2021-12-31,
        A,B,trade,2021-01-04,2021-01-04,1,2021-01-20,,2021-02-02,met,29,2021-02-02,

        """,
        "compliance": """
        demander,target,demands,followed,promised,promised_share,promised_share_low,promised_share_high,refused,done,\
        done_share,done_share_low,done_share_high,placebo_share,estimated_share,estimated_share_low,\
        estimated_share_high,median_days
        A,B,3,3,2,0.6666666667,0.09429932405,0.9915962413,0,1,0.3333333333,0.00840375866,0.9057006759,,0.3333333333,\
        0.05479361273,0.9459265732,

        """,
      ]),
    PluginExample(
      "Half of B's reported cooperation is with A, all of A's with B: B has leverage over A",
      events: """
        event_id,date_start,actor1,actor2,code
        1,2021-01-04,A,B,061
        2,2021-02-02,B,A,070
        3,2021-03-01,B,C,030
        4,2021-04-01,B,D,040
        5,2021-04-02,B,C,190

        """,
      output: [
        "dependence": """
        actor,partner,from,to,events,events_actor,share,share_low,share_high,partner_share,leverage,leverage_low,\
        leverage_high,change,change_low,change_high,partners,effective_partners,effective_partners_low,\
        effective_partners_high,next_partner,next_share
        A,B,2021-01-04,2021-04-02,2,2,1,0.3331782456,1,0.5,0.5,-0.1117729734,0.7548262752,,,,1,1,1,1,,
        B,A,2021-01-04,2021-04-02,2,4,0.5,0.1227538828,0.8772461172,1,-0.5,-0.7548262752,0.1117729734,,,,3,2.666666667,1.385138216,2.966966387,C,0.25
        B,C,2021-01-04,2021-04-02,1,4,0.25,0.02847089509,0.7162483204,1,-0.75,-0.868676213,0.02461439662,,,,3,2.666666667,1.385138216,2.966966387,A,0.5
        B,D,2021-01-04,2021-04-02,1,4,0.25,0.02847089509,0.7162483204,1,-0.75,-0.8750401903,0.02959355676,,,,3,2.666666667,1.385138216,2.966966387,A,0.5
        C,B,2021-01-04,2021-04-02,1,1,1,0.1467463163,1,0.25,0.75,-0.02461439662,0.868676213,,,,1,1,1,1,,
        D,B,2021-01-04,2021-04-02,1,1,1,0.1467463163,1,0.25,0.75,-0.02959355676,0.8750401903,,,,1,1,1,1,,

        """
      ]),
  ]
}
