public import Workbench

extension ClaimsAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "One claim is borne out, one is refuted, and one promise does not make friends", parameters: "{path: claims.csv}",
      files: [
        "claims.csv": """
        claim,kind,text,actor1,actor2,from,to,compare_from,compare_to,sign
        a,rate-change,A attacked B more in February,A,B,2021-02-01,2021-02-28,2021-01-04,2021-01-31,
        b,peak,January was the worst month,A,B,2021-01-01,2021-01-31,2021-01-01,2021-02-28,
        c,sign,A and C are friends,A,C,2021-01-01,2021-02-28,,,1

        """
      ],
      events: """
        event_id,date_start,actor1,actor2,code,incidents
        1,2021-01-01,A,C,030,1
        2,2021-01-05,A,B,190,1
        3,2021-01-20,A,B,190,1
        4,2021-02-02,A,B,190,6
        5,2021-02-11,A,B,190,6
        6,2021-02-28,A,B,190,1

        """,
      output: [
        "claims": """
        claim,kind,text,actor1,actor2,from,to,verdict,reason,due,measure,estimate,low,high,exact_low,exact_high,p,\
        q,dispersion,rank,p_first,detectable,n,for,against,tipping,tipping_change,tipping_verdict
        a,rate-change,A attacked B more in February,A,B,2021-02-01,2021-02-28,supported,rose,,rate ratio,6.5,\
        1.471560393,59.32850036,1.471560393,59.32850036,0.007385253906,0.02215576172,,,,6.55,15,3,2,1,\
        removed or given to another actor,direction as claimed
        b,peak,January was the worst month,A,B,2021-01-01,2021-01-31,contradicted,2021-02 has more,,incidents,2,,,\
        ,,1,1,3.06122449,2,0.038,,15,2,3,2,removed or given to another actor,supported
        c,sign,A and C are friends,A,C,2021-01-01,2021-02-28,direction as claimed,few events,,mean score,1,\
        -3.800999896,5.800999896,,,0.6830913983,1,,,,6.85857128,1,1,0,4,taken from another actor,contradicted

        """,
        "tipping": """
        claim,change,number,what,verdict,events
        a,added,3,incident from 2021-01-04 to 2021-01-31,direction as claimed,
        a,removed or given to another actor,1,event from 2021-02-01 to 2021-02-28,direction as claimed,4
        b,added,11,incident from 2021-01,direction as claimed,
        b,removed or given to another actor,2,event from other months,supported,4 5
        c,added,4,event of score 10 from 2021-01-01 to 2021-02-28,supported,
        c,taken from another actor,4,event from 2021-01-01 to 2021-02-28,contradicted,2 3 4 5

        """,
      ])
  ]
}
