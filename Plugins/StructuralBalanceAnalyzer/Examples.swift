import EventModel
import JSONText
public import Workbench

extension StructuralBalanceAnalyzer {
  /// Documentation that is also a test.
  public static let examples = [
    PluginExample(
      "A signed edge list of one's own: two allies, their common enemy, and one who is friends with both sides",
      parameters: "{edges: edges.csv, permutations: 100}",
      files: [
        "edges.csv": """
        actor1,actor2,sign
        Army,Militia,1
        Army,Rebels,-1
        Militia,Rebels,-1
        Traders,Army,1
        Traders,Militia,1
        Traders,Rebels,1

        """
      ],
      output: [
        "camps": """
        period,actor,part,camp,positive,negative,frustrated,frustrated_with
        all,Army,1,1,2,1,0,
        all,Militia,1,1,2,1,0,
        all,Rebels,1,2,1,2,1,Traders
        all,Traders,1,1,3,0,1,Rebels

        """
      ]),
    PluginExample(
      "Periods, and columns that are called otherwise",
      parameters: "{edges: ties.csv, columns: {actor1: a, actor2: b, period: year}, permutations: 100}",
      files: [
        "ties.csv": """
        year,a,b,sign
        1947,France,Germany,-1
        1947,France,Italy,+1
        1947,Germany,Italy,+1
        1954,Germany,France,+1
        1954,Italy,France,+1
        1954,Germany,Italy,+1

        """
      ],
      output: [
        "network": """
        period,nodes,edges,negative,triangles_balanced,triangles_unbalanced,triangle_index,walk_index,frustration,\
        frustration_exact,balance,frustration_low,frustration_evidence,weak_index,mean_tension,unsure,thin,\
        chance_mean,chance_low,chance_high,chance_p,date
        1947,3,3,1,0,1,0,0.6857877937,1,true,0.3333333333,1,,0,1,0,0,0,0,0,1,
        1954,3,3,0,1,0,1,1,0,true,1,0,,1,0,0,0,1,1,1,1,

        """
      ]),
  ]
}
