/// What the Global Terrorism Database means by its fields.
enum GTDFields {
  /// What each of the 135 fields means, by its name.
  static let meanings = Dictionary(
    event + place + inclusion + attack + targets + perpetrators + claims + weapons + harm + hostages + sources
  ) { first, _ in first }

  private typealias Field = (String, String)

  private static let event: [Field] = [
    ("eventid", "number of the incident: date in eight digits, then four"),
    ("iyear", "year in which the incident began"),
    ("imonth", "month in which it began; 0 is unknown"),
    ("iday", "day on which it began; 0 is unknown"),
    ("approxdate", "date in words where it is not known to the day"),
    ("extended", "1 where the incident lasted more than 24 hours"),
    ("resolution", "date on which an incident of more than 24 hours ended"),
    ("multiple", "1 where the incident is part of several that belong together"),
    ("related", "numbers of the incidents that belong together"),
  ]
  private static let place: [Field] = [
    ("country", "code of the country where it happened"),
    ("country_txt", "country where it happened, as it was then"),
    ("region", "code of the region of the world"),
    ("region_txt", "region of the world"),
    ("provstate", "first administrative division"),
    ("city", "city, village or town"),
    ("latitude", "degrees north of the city"),
    ("longitude", "degrees east of the city"),
    ("specificity", "precision of the coordinates: 1 city, 2 and 3 within a division, 4 middle of a division, 5 none"),
    ("vicinity", "1 where it happened near the city and not in it"),
    ("location", "more about where it happened"),
    ("summary", "what happened, in words"),
  ]
  private static let inclusion: [Field] = [
    ("crit1", "1 where the aim was political, economic, religious or social"),
    ("crit2", "1 where it was meant to frighten or to coerce more people than its victims"),
    ("crit3", "1 where it lay outside of lawful warfare"),
    ("doubtterr", "1 where it is in doubt that this was terrorism; -9 before 1997, when doubt was not recorded"),
    ("alternative", "code of what else it may have been"),
    ("alternative_txt", "what else it may have been, such as insurgency or crime"),
  ]
  private static let attack: [Field] =
    [
      ("success", "1 where the attack took place as its kind defines it, whatever its larger aims"),
      ("suicide", "1 where a perpetrator meant to die"),
    ]
    + (1...3).flatMap { number -> [Field] in
      [
        ("attacktype\(number)", "code of the \(ordinal(number)) kind of attack"),
        ("attacktype\(number)_txt", "\(ordinal(number)) kind of attack"),
      ]
    }
  private static let targets: [Field] = (1...3).flatMap { number -> [Field] in
    let which = "\(ordinal(number)) target"
    return [
      ("targtype\(number)", "code of the kind of the \(which)"),
      ("targtype\(number)_txt", "kind of the \(which)"),
      ("targsubtype\(number)", "code of the narrower kind of the \(which)"),
      ("targsubtype\(number)_txt", "narrower kind of the \(which)"),
      ("corp\(number)", "organization or authority that the \(which) belonged to"),
      ("target\(number)", "the \(which) itself: a person, building or installation"),
      ("natlty\(number)", "code of the nationality of the \(which)"),
      ("natlty\(number)_txt", "nationality of the \(which)"),
    ]
  }
  private static let perpetrators: [Field] = [
    ("gname", "group held responsible, or Unknown"),
    ("gsubname", "faction of the group"),
    ("gname2", "second group held responsible"),
    ("gsubname2", "faction of the second group"),
    ("gname3", "third group held responsible"),
    ("gsubname3", "faction of the third group"),
    ("motive", "motive, where it was reported"),
    ("guncertain1", "1 where the group is suspected only"),
    ("guncertain2", "1 where the second group is suspected only"),
    ("guncertain3", "1 where the third group is suspected only"),
    ("individual", "1 where individuals acted who belong to no group"),
    ("nperps", "how many people took part; -99 is unknown"),
    ("nperpcap", "how many of them were captured; -99 is unknown"),
  ]
  private static let claims: [Field] =
    [
      ("claimed", "1 where a group claimed the attack; -9 is unknown"),
      ("compclaim", "1 where several groups claimed it against each other; -9 is unknown"),
    ]
    + [("", "first"), ("2", "second"), ("3", "third")].flatMap { suffix, which -> [Field] in
      [
        ("claim\(suffix)", "1 where the \(which) group claimed the attack; -9 is unknown"),
        ("claimmode\(suffix)", "code of how the \(which) group claimed it"),
        ("claimmode\(suffix)_txt", "how the \(which) group claimed it"),
      ]
    }
  private static let weapons: [Field] =
    (1...4).flatMap { number -> [Field] in
      let which = "\(ordinal(number)) weapon"
      return [
        ("weaptype\(number)", "code of the kind of the \(which)"),
        ("weaptype\(number)_txt", "kind of the \(which)"),
        ("weapsubtype\(number)", "code of the narrower kind of the \(which)"),
        ("weapsubtype\(number)_txt", "narrower kind of the \(which)"),
      ]
    } + [("weapdetail", "more about the weapons")]
  private static let harm: [Field] = [
    ("nkill", "people killed, perpetrators included; empty is unknown; a total may be divided among incidents"),
    ("nkillus", "citizens of the United States killed"),
    ("nkillter", "perpetrators killed"),
    ("nwound", "people wounded, perpetrators included; empty is unknown"),
    ("nwoundus", "citizens of the United States wounded"),
    ("nwoundte", "perpetrators wounded"),
    ("property", "1 where property was damaged; -9 is unknown"),
    ("propextent", "code of how large the damage was"),
    ("propextent_txt", "how large the damage was"),
    ("propvalue", "the damage in US dollars; -99 is unknown"),
    ("propcomment", "more about the damage"),
  ]
  private static let hostages: [Field] = [
    ("ishostkid", "1 where people were taken hostage or kidnapped; -9 is unknown"),
    ("nhostkid", "how many were taken; -99 is unknown"),
    ("nhostkidus", "citizens of the United States taken; -99 is unknown"),
    ("nhours", "hours for which they were held, where it was less than a day; -99 is unknown"),
    ("ndays", "days for which they were held; -99 is unknown"),
    ("divert", "country to which a hijacked vehicle was diverted"),
    ("kidhijcountry", "country where the hijacking or kidnapping ended"),
    ("ransom", "1 where a ransom was demanded; -9 is unknown"),
    ("ransomamt", "ransom demanded in US dollars; -99 is unknown"),
    ("ransomamtus", "ransom demanded of sources in the United States; -99 is unknown"),
    ("ransompaid", "ransom paid in US dollars; -99 is unknown"),
    ("ransompaidus", "ransom paid by sources in the United States; -99 is unknown"),
    ("ransomnote", "more about the ransom"),
    ("hostkidoutcome", "code of what became of those taken"),
    ("hostkidoutcome_txt", "what became of those taken"),
    ("nreleased", "how many of them came away alive; -99 is unknown"),
  ]
  private static let sources: [Field] = [
    ("addnotes", "more about the incident"),
    ("scite1", "first report cited"),
    ("scite2", "second report cited"),
    ("scite3", "third report cited"),
    ("dbsource", "collection from which the incident was first taken"),
    ("INT_LOG", "1 where the group attacked across a border; -9 is unknown"),
    ("INT_IDEO", "1 where the group attacked a target of another nationality; -9 is unknown"),
    ("INT_MISC", "1 where the place and the target's nationality differ; -9 is unknown"),
    ("INT_ANY", "1 where any of the three holds; -9 is unknown"),
  ]

  private static func ordinal(_ number: Int) -> String { ["first", "second", "third", "fourth"][number - 1] }
}
