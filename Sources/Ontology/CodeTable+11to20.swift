/// CAMEO's codes from 11 to 20: code, the category, mode and contexts of PLOVER that the table CAMEO2PLOVER of 17 September
/// 2021 gives to it (Open Event Data Alliance), and a short name of our own; a hyphen stands for none.
///
/// 175 is printed there with a context, `pro_autocracy`, in the place of a mode.
let cameoCodes11to20 = """
  11 ACCUSE - - Disapprove
  110 ACCUSE disapprove - Disapprove, otherwise
  111 ACCUSE disapprove - Criticise or denounce
  112 ACCUSE disapprove - Accuse
  1121 ACCUSE allege crime/corruption Accuse of crime or corruption
  1122 ACCUSE allege human_rights Accuse of rights abuses
  1123 ACCUSE allege military Accuse of aggression
  1124 ACCUSE allege military/legal Accuse of war crimes
  1125 ACCUSE allege legal Accuse of espionage or treason
  113 ACCUSE disapprove - Rally opposition to
  114 ACCUSE allege diplomatic Complain officially
  115 ACCUSE allege legal Sue
  116 ACCUSE disapprove legal Find guilty or liable
  12 REJECT - - Reject
  120 REJECT - - Reject, otherwise
  121 REJECT assist - Reject material cooperation
  1211 REJECT assist economic Reject economic cooperation
  1212 REJECT assist military Reject military cooperation
  1213 REJECT assist legal Reject judicial cooperation
  1214 REJECT assist intelligence Reject sharing intelligence
  122 REJECT assist - Refuse aid asked for
  1221 REJECT assist economic Refuse economic aid
  1222 REJECT assist military Refuse military aid
  1223 REJECT assist humanitarian Refuse humanitarian aid
  1224 REJECT assist peacekeeping Refuse protection or peacekeepers
  123 REJECT change political_institutions Refuse political reform
  1231 REJECT change executive Refuse new leaders
  1232 REJECT change executive Refuse another policy
  1233 REJECT change rights_freedoms Refuse rights
  1234 REJECT change political_institutions Refuse new institutions
  124 REJECT change - Refuse to yield
  1241 REJECT change executive Refuse to ease administrative sanctions
  1242 REJECT change - Refuse to ease dissent
  1243 REJECT yield legal Refuse to release people or property
  1244 REJECT yield economic Refuse to ease economic sanctions
  1245 REJECT yield diplomatic Refuse to admit outsiders
  1246 REJECT yield military Refuse to de-escalate
  125 REJECT meet diplomatic Refuse to meet or negotiate
  126 REJECT meet diplomatic Refuse mediation
  127 REJECT meet diplomatic Reject a plan or settlement
  128 REJECT yield legal Defy norms or law
  129 REJECT yield diplomatic Veto
  13 THREATEN - - Threaten
  130 THREATEN - - Threaten, otherwise
  131 THREATEN - - Threaten without force
  1311 THREATEN relations - Threaten to cut aid
  1312 THREATEN restrict economic Threaten sanctions or boycott
  1313 THREATEN relations diplomatic Threaten to cut relations
  132 THREATEN ban executive Threaten administrative sanctions
  1321 THREATEN political human_rights Threaten limits on political freedoms
  1322 THREATEN ban pro_autocracy Threaten a ban on parties or politicians
  1323 THREATEN restrict pro_autocracy Threaten a curfew
  1324 THREATEN restrict pro_autocracy Threaten martial law or an emergency
  133 THREATEN relations - Threaten protest
  134 THREATEN relations diplomatic Threaten to halt talks
  135 THREATEN relations diplomatic Threaten to halt mediation
  136 THREATEN expel diplomatic Threaten to end outsiders' involvement
  137 THREATEN violence pro_autocracy Threaten repression
  138 THREATEN violence military Threaten military force
  1381 THREATEN restrict military Threaten a blockade
  1382 THREATEN territory military Threaten occupation
  1383 THREATEN violence military Threaten unconventional violence
  1384 THREATEN violence military Threaten a conventional attack
  1385 THREATEN violence cbrn Threaten weapons of mass destruction
  139 THREATEN relations diplomatic Give an ultimatum
  14 PROTEST - - Protest
  140 PROTEST - - Dissent, otherwise
  141 PROTEST demo - Demonstrate or rally
  1411 PROTEST demo executive Demonstrate for new leaders
  1412 PROTEST demo executive Demonstrate for another policy
  1413 PROTEST demo rights_freedoms Demonstrate for rights
  1414 PROTEST demo political_institutions Demonstrate for new institutions
  142 PROTEST hunger - Go on hunger strike
  1421 PROTEST hunger executive Hunger strike for new leaders
  1422 PROTEST hunger executive Hunger strike for another policy
  1423 PROTEST hunger rights_freedoms Hunger strike for rights
  1424 PROTEST hunger political_institutions Hunger strike for new institutions
  143 PROTEST boycott - Strike or boycott
  1431 PROTEST boycott executive Strike for new leaders
  1432 PROTEST boycott executive Strike for another policy
  1433 PROTEST boycott rights_freedoms Strike for rights
  1434 PROTEST boycott political_institutions Strike for new institutions
  144 PROTEST obstruct - Obstruct passage
  1441 PROTEST obstruct executive Obstruct for new leaders
  1442 PROTEST obstruct executive Obstruct for another policy
  1443 PROTEST obstruct rights_freedoms Obstruct for rights
  1444 PROTEST obstruct political_institutions Obstruct for new institutions
  145 PROTEST riot - Riot
  1451 PROTEST riot executive Riot for new leaders
  1452 PROTEST riot executive Riot for another policy
  1453 PROTEST riot rights_freedoms Riot for rights
  1454 PROTEST riot political_institutions Riot for new institutions
  15 MOBILIZE - - Show force
  150 MOBILIZE - - Show force, otherwise
  151 MOBILIZE police - Raise the police alert
  152 MOBILIZE troops military Raise the military alert
  153 MOBILIZE police - Mobilise police
  154 MOBILIZE troops military Mobilise armed forces
  16 SANCTION - - Reduce relations
  160 SANCTION - - Reduce relations, otherwise
  161 SANCTION withdraw diplomatic Reduce or break diplomatic relations
  162 SANCTION discontinue human_security Reduce or stop aid
  1621 SANCTION discontinue economic Reduce or stop economic aid
  1622 SANCTION discontinue military Reduce or stop military aid
  1623 SANCTION discontinue humanitarian Reduce or stop humanitarian aid
  163 COERCE restrict diplomatic Impose sanctions or boycott
  164 SANCTION withdraw diplomatic Halt negotiations
  165 SANCTION withdraw diplomatic Halt mediation
  166 SANCTION expel diplomatic Expel or withdraw
  1661 SANCTION expel military Expel or withdraw peacekeepers
  1662 SANCTION expel diplomatic Expel or withdraw inspectors
  1663 SANCTION expel human_security Expel or withdraw aid agencies
  17 COERCE - - Coerce
  170 COERCE - - Coerce, otherwise
  171 COERCE seize human_security Seize or damage property
  1711 COERCE seize human_security Confiscate property
  1712 ASSAULT seize human_security Destroy property
  172 COERCE restrict executive Impose administrative sanctions
  1721 COERCE restrict rights_freedoms Limit political freedoms
  1722 COERCE ban pro_autocracy Ban parties or politicians
  1723 COERCE curfew pro_autocracy Impose a curfew
  1724 COERCE martial-law pro_autocracy Impose martial law or an emergency
  173 COERCE arrest legal Arrest or charge
  174 COERCE deport legal Expel or deport people
  175 ASSAULT - pro_autocracy/military Repress by violence
  18 ASSAULT - - Assault
  180 ASSAULT - - Use unconventional violence
  181 ASSAULT abduct - Abduct, hijack or take hostages
  182 ASSAULT beat - Assault physically
  1821 ASSAULT sexual - Assault sexually
  1822 ASSAULT torture - Torture
  1823 ASSAULT - - Kill by physical assault
  183 ASSAULT suicide-attack - Bomb, not by military means
  1831 ASSAULT suicide-attack - Bomb by suicide
  1832 ASSAULT explosives - Bomb by car
  1833 ASSAULT explosives - Bomb at the roadside
  184 ASSAULT abduct - Use human shields
  185 ASSAULT assassinate - Try to assassinate
  186 ASSAULT assassinate - Assassinate
  19 ASSAULT - - Fight
  190 ASSAULT - military Use conventional force
  191 COERCE restrict military Blockade or restrict movement
  192 COERCE seize military Occupy territory
  193 ASSAULT firearms military Fight with small arms
  194 ASSAULT heavy-weapons military Fight with artillery or tanks
  195 ASSAULT heavy-weapons military Attack from the air
  196 ASSAULT - legal/military Violate a ceasefire
  20 ASSAULT - - Use mass violence
  200 ASSAULT massacre military Use mass violence, otherwise
  201 ASSAULT cleansing religion_ethnicity Expel en masse
  202 ASSAULT massacre religion_ethnicity Kill en masse
  203 ASSAULT cleansing religion_ethnicity Cleanse ethnically
  204 ASSAULT unconventional cbrn Use weapons of mass destruction
  2041 ASSAULT unconventional cbrn Use chemical, biological or radiological weapons
  2042 ASSAULT unconventional cbrn Detonate nuclear weapons
  """
