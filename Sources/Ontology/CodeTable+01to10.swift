/// CAMEO's codes from 01 to 10: code, the category, mode and contexts of PLOVER that the table CAMEO2PLOVER of 17 September
/// 2021 gives to it (Open Event Data Alliance), and a short name of our own; a hyphen stands for none.
///
/// Statements and appeals are in no category. 08, which is both CONCEDE and RETREAT, is given as its rest class 080 is.
let cameoCodes01to10 = """
  01 - - - Make a public statement
  010 - - - Make a statement
  011 - - - Decline to comment
  012 - - - Comment with pessimism
  013 - - - Comment with optimism
  014 - - - Consider a policy
  015 - - - Admit or claim responsibility
  016 - - - Deny responsibility
  017 - - - Act symbolically
  018 - - - Voice empathy
  019 - - - Voice agreement
  02 - - - Appeal
  020 - - - Appeal or request
  021 - - - Appeal for material cooperation
  0211 - - - Appeal for economic cooperation
  0212 - - - Appeal for military cooperation
  0213 - - - Appeal for judicial cooperation
  0214 - - - Appeal for intelligence
  022 - - - Appeal for diplomatic cooperation
  023 - - - Appeal for aid
  0231 - - - Appeal for economic aid
  0232 - - - Appeal for military aid
  0233 - - - Appeal for humanitarian aid
  0234 - - - Appeal for protection or peacekeepers
  024 - - - Appeal for political reform
  0241 - - - Appeal for new leaders
  0242 - - - Appeal for another policy
  0243 - - - Appeal for rights
  0244 - - - Appeal for new institutions
  025 - - - Appeal to yield
  0251 - - - Appeal to ease administrative sanctions
  0252 - - - Appeal to ease dissent
  0253 - - - Appeal to release people or property
  0254 - - - Appeal to ease economic sanctions
  0255 - - - Appeal to admit outsiders
  0256 - - - Appeal to de-escalate
  026 - - - Appeal to others to meet
  027 - - - Appeal to others to settle
  028 - - - Appeal for mediation
  03 AGREE - - Intend to cooperate
  030 AGREE - diplomatic Express intent to cooperate
  031 AGREE - diplomatic Offer material cooperation
  0311 AGREE - economic Offer economic cooperation
  0312 AGREE - military Offer military cooperation
  0313 AGREE - legal Offer judicial cooperation
  0314 AGREE - intelligence Offer intelligence
  032 AGREE - diplomatic Offer diplomatic cooperation
  033 AGREE - diplomatic Offer aid
  0331 AGREE - economic Offer economic aid
  0332 AGREE - military Offer military aid
  0333 AGREE - humanitarian Offer humanitarian aid
  0334 AGREE - peacekeeping Offer protection or peacekeepers
  034 AGREE - political_institutions Promise political reform
  0341 AGREE - political_institutions Promise new leaders
  0342 AGREE - executive Promise another policy
  0343 AGREE - rights_freedoms Promise rights
  0344 AGREE - political_institutions Promise new institutions
  035 AGREE - - Promise to yield
  0351 AGREE - rights_freedoms Promise to ease administrative sanctions
  0352 AGREE - - Promise to ease dissent
  0353 AGREE - rights_freedoms Promise to release people or property
  0354 AGREE - economic Promise to ease economic sanctions
  0355 AGREE - diplomatic Promise to admit outsiders
  0356 AGREE - military Promise to de-escalate
  036 AGREE - diplomatic Offer to meet or negotiate
  037 AGREE - diplomatic Offer to settle
  038 AGREE - diplomatic Agree to be mediated
  039 AGREE - diplomatic Offer to mediate
  04 CONSULT - - Consult
  040 CONSULT - - Consult, otherwise
  041 CONSULT phone - Talk by telephone
  042 CONSULT visit - Pay a visit
  043 CONSULT visit - Receive a visit
  044 CONSULT third-party - Meet in a third place
  045 CONSULT - diplomatic Mediate
  046 CONSULT - diplomatic Negotiate
  05 SUPPORT - - Cooperate diplomatically
  050 SUPPORT - diplomatic Cooperate diplomatically, otherwise
  051 SUPPORT - diplomatic Praise or endorse
  052 SUPPORT - diplomatic Defend in words
  053 SUPPORT - diplomatic Rally support for
  054 SUPPORT - diplomatic Recognise diplomatically
  055 SUPPORT - diplomatic Apologise
  056 SUPPORT - diplomatic Forgive
  057 SUPPORT - diplomatic Sign an agreement
  06 COOPERATE - - Cooperate materially
  060 COOPERATE - - Cooperate materially, otherwise
  061 COOPERATE - economic Cooperate economically
  062 COOPERATE - military Cooperate militarily
  063 COOPERATE - legal Cooperate judicially
  064 COOPERATE - intelligence Share intelligence
  07 AID - - Give aid
  070 AID - - Give aid, otherwise
  071 AID - economic Give economic aid
  072 AID - military Give military aid
  073 AID - humanitarian Give humanitarian aid
  074 AID - peacekeeping Give protection or peacekeepers
  075 AID - asylum Grant asylum
  08 CONCEDE - - Yield
  080 CONCEDE - - Yield, otherwise
  081 CONCEDE - legal Ease administrative sanctions
  0811 CONCEDE - democracy Ease limits on political freedoms
  0812 CONCEDE - democracy Lift a ban on parties or politicians
  0813 RETREAT - legal Ease a curfew
  0814 RETREAT - legal Ease martial law or an emergency
  082 CONCEDE - democracy Ease dissent
  083 CONCEDE - political_institutions Grant political reform
  0831 CONCEDE - political_institutions Grant new leaders
  0832 CONCEDE - executive Grant another policy
  0833 CONCEDE - rights_freedoms Grant rights
  0834 CONCEDE - political_institutions Grant new institutions
  084 RETREAT - - Return or release
  0841 RETREAT release legal Release people
  0842 RETREAT return legal Return property
  085 RETREAT ease economic Ease economic sanctions
  086 RETREAT access diplomatic Admit outsiders
  0861 RETREAT access peacekeeping Admit peacekeepers
  0862 RETREAT access diplomatic Admit inspectors
  0863 RETREAT access humanitarian Admit humanitarian aid
  087 RETREAT disarm military De-escalate militarily
  0871 RETREAT ceasefire military Declare truce or ceasefire
  0872 RETREAT withdraw military Ease a military blockade
  0873 RETREAT disarm military Demobilise forces
  0874 RETREAT disarm military Retreat or surrender
  09 ACCUSE - - Investigate
  090 ACCUSE investigate - Investigate, otherwise
  091 ACCUSE investigate crime/corruption Investigate crime or corruption
  092 ACCUSE investigate human_rights Investigate rights abuses
  093 ACCUSE investigate military Investigate military action
  094 ACCUSE investigate military/legal Investigate war crimes
  10 REQUEST - - Demand
  100 REQUEST - - Demand, otherwise
  101 REQUEST assist - Demand material cooperation
  1011 REQUEST assist economic Demand economic cooperation
  1012 REQUEST assist military Demand military cooperation
  1013 REQUEST assist legal Demand judicial cooperation
  1014 REQUEST assist intelligence Demand intelligence
  102 REQUEST assist diplomatic Demand diplomatic cooperation
  103 REQUEST assist - Demand aid
  1031 REQUEST assist economic Demand economic aid
  1032 REQUEST assist military Demand military aid
  1033 REQUEST assist humanitarian Demand humanitarian aid
  1034 REQUEST assist peacekeeping Demand protection or peacekeepers
  104 REQUEST change political_institutions Demand political reform
  1041 REQUEST change executive Demand new leaders
  1042 REQUEST change executive Demand another policy
  1043 REQUEST change rights_freedoms Demand rights
  1044 REQUEST change political_institutions Demand new institutions
  105 REQUEST change legal Demand to yield
  1051 REQUEST yield legal Demand eased administrative sanctions
  1052 REQUEST yield legal Demand eased dissent
  1053 REQUEST yield legal Demand release of people or property
  1054 REQUEST yield economic Demand eased economic sanctions
  1055 REQUEST yield diplomatic Demand that outsiders be admitted
  1056 REQUEST yield military Demand de-escalation
  106 REQUEST meet diplomatic Demand a meeting or talks
  107 REQUEST meet diplomatic Demand a settlement
  108 REQUEST meet diplomatic Demand mediation
  """
