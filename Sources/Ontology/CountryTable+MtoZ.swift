/// Countries from M to Z, in the same form.
let countriesFromMToZ = """
  MAC 446 MC - Macau|Macao
  MDG 450 MA 580 Madagascar|Madagascar (Malagasy)
  MWI 454 MI 553 Malawi
  MYS 458 MY 820 Malaysia
  MDV 462 MV 781 Maldives
  MLI 466 ML 432 Mali
  MLT 470 MT 338 Malta
  MHL 584 RM 983 Marshall Islands
  MTQ 474 MB - Martinique
  MRT 478 MR 435 Mauritania
  MUS 480 MP 590 Mauritius
  MYT 175 MF - Mayotte
  MEX 484 MX 70 Mexico
  FSM 583 FM 987 Micronesia|Federated States of Micronesia|Micronesia, Federated States of
  MDA 498 MD 359 Moldova|Republic of Moldova|Moldova, Republic of
  MCO 492 MN 221 Monaco
  MNG 496 MG 712 Mongolia
  MNE 499 MJ/MW 341 Montenegro
  MSR 500 MH - Montserrat
  MAR 504 MO 600 Morocco
  MOZ 508 MZ 541 Mozambique
  MMR 104 BM 775 Myanmar|Myanmar (Burma)|Burma
  NAM 516 WA 565 Namibia
  NRU 520 NR 971 Nauru
  NPL 524 NP 790 Nepal
  NLD 528 NL 210 Netherlands
  NCL 540 NC - New Caledonia
  NZL 554 NZ 920 New Zealand
  NIC 558 NU 93 Nicaragua
  NER 562 NG 436 Niger
  NGA 566 NI 475 Nigeria
  NIU 570 NE - Niue
  NFK 574 NF - Norfolk Island
  PRK 408 KN 731 North Korea|Democratic People's Republic of Korea|Korea, Democratic People's Republic of|\
  Korea, People's Republic of|DPR Korea
  MKD 807 MK 343 North Macedonia|Macedonia|Macedonia, FYR|FYR Macedonia|Macedonia (Former Yugoslav Republic of)|\
  The former Yugoslav Republic of Macedonia
  MNP 580 CQ - Northern Mariana Islands
  NOR 578 NO 385 Norway
  OMN 512 MU 698 Oman
  PAK 586 PK 770 Pakistan
  PLW 585 PS 986 Palau
  PSE 275 WE/GZ - Palestine|Occupied Palestinian Territory|Palestinian Territory, Occupied|Palestine, State of|\
  State of Palestine|Palestinian Territories|West Bank and Gaza Strip|West Bank and Gaza|West Bank|Gaza Strip|Gaza
  PAN 591/590 PM 95 Panama
  PNG 598 PP 910 Papua New Guinea
  PRY 600 PA 150 Paraguay
  PER 604 PE 135 Peru
  PHL 608 RP 840 Philippines
  PCN 612 PC - Pitcairn|Pitcairn Islands
  POL 616 PL 290 Poland
  PRT 620 PO 235 Portugal
  PRI 630 RQ - Puerto Rico
  QAT 634 QA 694 Qatar
  REU 638 RE - Reunion
  ROU 642 RO 360 Romania|Rumania
  RUS 643/810 RS 365 Russia|Russian Federation|Russia (Soviet Union)|Soviet Union
  RWA 646 RW 517 Rwanda
  BLM 652 TB - Saint Barthelemy
  SHN 654 SH - Saint Helena|Saint Helena, Ascension and Tristan da Cunha
  KNA 659 SC 60 Saint Kitts and Nevis
  LCA 662 ST 56 Saint Lucia
  MAF 663 RN - Saint Martin|Collectivity of Saint Martin|Saint Martin (French part)
  SPM 666 SB - Saint Pierre and Miquelon
  VCT 670 VC 57 Saint Vincent and the Grenadines
  WSM 882 WS 990 Samoa|Western Samoa|Samoa/Western Samoa
  SMR 674 SM 331 San Marino
  STP 678 TP 403 Sao Tome and Principe
  SAU 682 SA 670 Saudi Arabia
  SEN 686 SG 433 Senegal
  SRB 688/890/891 RI/RB/SR/YI 340/345 Serbia|Serbia (Yugoslavia)|Serbia and Montenegro|Serbia-Montenegro|Yugoslavia|\
  Yugoslavia (Serbia)
  SYC 690 SE 591 Seychelles
  SLE 694 SL 451 Sierra Leone
  SGP 702 SN 830 Singapore
  SXM 534 NN - Sint Maarten|Sint Maarten (Dutch part)
  SVK 703 LO 317 Slovakia|Slovak Republic
  SVN 705 SI 349 Slovenia
  SLB 090 BP 940 Solomon Islands
  SOM 706 SO 520 Somalia
  ZAF 710 SF 560 South Africa
  SGS 239 SX - South Georgia and the South Sandwich Islands
  KOR 410 KS 732 South Korea|Republic of Korea|Korea, Republic of
  SSD 728 OD 626 South Sudan
  ESP 724 SP 230 Spain
  LKA 144 CE 780 Sri Lanka|Sri Lanka (Ceylon)|Ceylon
  SDN 729/736 SU 625 Sudan
  SUR 740 NS 115 Suriname|Surinam
  SJM 744 SV/JN - Svalbard and Jan Mayen|Svalbard
  SWE 752 SW 380 Sweden
  CHE 756 SZ 225 Switzerland
  SYR 760 SY 652 Syria|Syrian Arab Republic
  TWN 158 TW 713 Taiwan|Taiwan, Province of China
  TJK 762 TI 702 Tajikistan
  TZA 834 TZ 510/511 Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Tanzania/Tanganyika|\
  Tanzania (Tanganyika)|Tanganyika|Zanzibar
  THA 764 TH 800 Thailand
  TLS 626 TT 860 Timor-Leste|East Timor
  TGO 768 TO 461 Togo
  TKL 772 TL - Tokelau
  TON 776 TN 972 Tonga
  TTO 780 TD 52 Trinidad and Tobago
  TUN 788 TS 616 Tunisia
  TUR 792 TU 640 Turkey|Turkiye|Turkey (Ottoman Empire)|Turkey/Ottoman Empire
  TKM 795 TX 701 Turkmenistan
  TCA 796 TK - Turks and Caicos Islands
  TUV 798 TV 973 Tuvalu
  UGA 800 UG 500 Uganda
  UKR 804 UP 369 Ukraine
  ARE 784 AE 696 United Arab Emirates|UAE
  GBR 826 UK 200 United Kingdom|United Kingdom of Great Britain and Northern Ireland|Great Britain|UK
  UMI 581 BQ/DQ/FQ/HQ/JQ/KQ/LQ/MQ/WQ - United States Minor Outlying Islands
  VIR 850 VQ - United States Virgin Islands|US Virgin Islands|U.S. Virgin Islands|Virgin Islands, U.S.|\
  Virgin Islands (U.S.)
  USA 840 US 2 United States|United States of America|USA
  URY 858 UY 165 Uruguay
  UZB 860 UZ 704 Uzbekistan
  VUT 548 NH 935 Vanuatu|New Hebrides
  VAT 336 VT - Vatican City|Holy See|Vatican
  VEN 862 VE 101 Venezuela|Bolivarian Republic of Venezuela|Venezuela, Bolivarian Republic of
  VNM 704 VM 815/816/817 Vietnam|Viet Nam|North Vietnam|South Vietnam|Vietnam (North Vietnam)|\
  Vietnam, Democratic Republic of|Vietnam, Republic of|Republic of Vietnam|Democratic Republic of Vietnam
  WLF 876 WF - Wallis and Futuna
  ESH 732 WI - Western Sahara
  YEM 887/720/886 YM 678/680 Yemen|Yemen (North Yemen)|North Yemen|South Yemen|Yemen, People's Republic of|\
  Yemen (Arab Republic of Yemen)|Yemen Arab Republic|People's Democratic Republic of Yemen
  ZMB 894 ZA 551 Zambia
  ZWE 716 ZI 552 Zimbabwe|Zimbabwe (Rhodesia)|Rhodesia
  """
