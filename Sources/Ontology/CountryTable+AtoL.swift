/// Countries from A to L: ISO 3166-1 alpha-3 and numeric codes, FIPS 10-4 codes, Gleditsch and Ward's numbers, and names.
///
/// Of several codes the first is today's, the others are those of states and territories that the country counts for. The
/// first name is ours, the others are how ACLED, UCDP, GTD and ICEWS write it; a hyphen stands for none.
let countriesFromAToL = """
  AFG 004 AF 700 Afghanistan
  ALA 248 - - Aland Islands
  ALB 008 AL 339 Albania
  DZA 012 AG 615 Algeria
  ASM 016 AQ - American Samoa
  AND 020 AN 232 Andorra
  AGO 024 AO 540 Angola
  AIA 660 AV - Anguilla
  ATA 010 AY - Antarctica
  ATG 028 AC 58 Antigua and Barbuda
  ARG 032 AR 160 Argentina
  ARM 051 AM 371 Armenia
  ABW 533 AA - Aruba
  AUS 036 AS/AT/CR 900 Australia
  AUT 040 AU 305 Austria
  AZE 031 AJ 373 Azerbaijan
  BHS 044 BF 31 Bahamas|Bahamas, The
  BHR 048 BA 692 Bahrain
  BGD 050 BG 771 Bangladesh
  BRB 052 BB 53 Barbados
  BLR 112 BO 370 Belarus|Belarus (Byelorussia)|Byelorussia
  BEL 056 BE 211 Belgium
  BLZ 084 BH 80 Belize
  BEN 204 BN 434 Benin|Benin (Dahomey)|Dahomey
  BMU 060 BD - Bermuda
  BTN 064 BT 760 Bhutan
  BOL 068 BL 145 Bolivia|Plurinational State of Bolivia|Bolivia, Plurinational State of
  BIH 070 BK 346 Bosnia and Herzegovina|Bosnia
  BWA 072 BC 571 Botswana
  BVT 074 BV - Bouvet Island
  BRA 076 BR 140 Brazil
  IOT 086 IO - British Indian Ocean Territory
  VGB 092 VI - British Virgin Islands|Virgin Islands, British|Virgin Islands (British)
  BRN 096 BX 835 Brunei|Brunei Darussalam
  BGR 100 BU 355 Bulgaria
  BFA 854 UV 439 Burkina Faso|Burkina Faso (Upper Volta)|Upper Volta
  BDI 108 BY 516 Burundi
  KHM 116 CB 811 Cambodia|Cambodia (Kampuchea)|Kampuchea
  CMR 120 CM 471 Cameroon
  CAN 124 CA 20 Canada
  CPV 132 CV 402 Cape Verde|Cabo Verde
  BES 535 - - Caribbean Netherlands|Bonaire, Sint Eustatius and Saba
  CYM 136 CJ - Cayman Islands
  CAF 140 CT 482 Central African Republic
  TCD 148 CD 483 Chad
  CHL 152 CI 155 Chile
  CHN 156 CH 710/711 China|People's Republic of China
  CXR 162 KT - Christmas Island
  CCK 166 CK - Cocos Islands|Cocos (Keeling) Islands|Keeling Islands
  COL 170 CO 100 Colombia
  COM 174 CN 581 Comoros
  COG 178 CF 484 Congo|Republic of the Congo|Congo (Brazzaville)|Congo-Brazzaville|People's Republic of the Congo|\
  Congo, Republic of
  COK 184 CW - Cook Islands
  CRI 188 CS 94 Costa Rica
  HRV 191 HR 344 Croatia
  CUB 192 CU 40 Cuba
  CUW 531 UC - Curacao
  CYP 196 CY 352 Cyprus
  CZE 203 EZ 316 Czechia|Czech Republic
  COD 180 CG 490 DR Congo|Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo (Zaire)|\
  Congo, Democratic Republic of|Congo, DR|Congo (Kinshasa)|Congo-Kinshasa|Congo, Democratic Republic of (Zaire)|\
  Zaire|DRC
  DNK 208 DA 390 Denmark
  DJI 262 DJ 522 Djibouti
  DMA 212 DO 54 Dominica
  DOM 214 DR 42 Dominican Republic
  ECU 218 EC 130 Ecuador
  EGY 818 EG 651 Egypt
  SLV 222 ES 92 El Salvador
  GNQ 226 EK 411 Equatorial Guinea
  ERI 232 ER 531 Eritrea
  EST 233 EN 366 Estonia
  SWZ 748 WZ 572 Eswatini|Swaziland|Kingdom of eSwatini (Swaziland)|Kingdom of eSwatini|Eswatini (Swaziland)
  ETH 231/230 ET 530 Ethiopia
  FLK 238 FK - Falkland Islands|Falkland Islands (Malvinas)|Malvinas
  FRO 234 FO - Faroe Islands
  FJI 242 FJ 950 Fiji
  FIN 246 FI 375 Finland
  FRA 250 FR/IP 220 France
  GUF 254 FG - French Guiana
  PYF 258 FP - French Polynesia
  ATF 260 FS/BS/EU/GO/JU/TE - French Southern Territories|French Southern and Antarctic Lands
  GAB 266 GB 481 Gabon
  GMB 270 GA 420 Gambia|Gambia, The
  GEO 268 GG 372/396/397 Georgia
  DEU 276/278/280 GM 255/260/265 Germany|German Federal Republic|West Germany|West Germany (FRG)|East Germany|\
  East Germany (GDR)|German Democratic Republic|Germany (Prussia)
  GHA 288 GH 452 Ghana
  GIB 292 GI - Gibraltar
  GRC 300 GR 350 Greece
  GRL 304 GL - Greenland
  GRD 308 GJ 55 Grenada
  GLP 312 GP - Guadeloupe
  GUM 316 GQ - Guam
  GTM 320 GT 90 Guatemala
  GGY 831 GK - Guernsey|Bailiwick of Guernsey
  GIN 324 GV 438 Guinea
  GNB 624 PU 404 Guinea-Bissau
  GUY 328 GY 110 Guyana
  HTI 332 HA 41 Haiti
  HMD 334 HM - Heard Island and McDonald Islands
  HND 340 HO 91 Honduras
  HKG 344 HK - Hong Kong
  HUN 348 HU 310 Hungary
  ISL 352 IC 395 Iceland
  IND 356 IN 750 India
  IDN 360 ID 850 Indonesia
  IRN 364 IR 630 Iran|Iran, Islamic Republic of|Islamic Republic of Iran|Iran (Persia)|Persia
  IRQ 368 IZ 645 Iraq
  IRL 372 EI 205 Ireland
  IMN 833 IM - Isle of Man|Man, Isle of
  ISR 376 IS 666 Israel
  ITA 380 IT 325 Italy|Italy/Sardinia
  CIV 384 IV 437 Ivory Coast|Cote d'Ivoire|Cote Divoire
  JAM 388 JM 51 Jamaica
  JPN 392 JA 740 Japan
  JEY 832 JE - Jersey|Bailiwick of Jersey
  JOR 400 JO 663 Jordan
  KAZ 398 KZ 705 Kazakhstan
  KEN 404 KE 501 Kenya
  KIR 296 KR 970 Kiribati
  XKX - KV 347 Kosovo
  KWT 414 KU 690 Kuwait
  KGZ 417 KG 703 Kyrgyzstan|Kyrgyz Republic
  LAO 418 LA 812 Laos|Lao PDR|Lao People's Democratic Republic
  LVA 428 LG 367 Latvia
  LBN 422 LE 660 Lebanon
  LSO 426 LT 570 Lesotho
  LBR 430 LI 450 Liberia
  LBY 434 LY 620 Libya|Libyan Arab Jamahiriya
  LIE 438 LS 223 Liechtenstein
  LTU 440 LH 368 Lithuania
  LUX 442 LU 212 Luxembourg
  """
