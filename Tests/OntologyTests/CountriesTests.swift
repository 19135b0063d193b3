import Ontology
import Testing

@Suite struct CountriesTests {
  @Test(arguments: [
    ("PK", "PAK"), ("AF", "AFG"), ("IS", "ISR"), ("IC", "ISL"), ("WE", "PSE"), ("GZ", "PSE"), ("CH", "CHN"),
    ("SZ", "CHE"), ("AU", "AUT"), ("AS", "AUS"), ("GM", "DEU"), ("GA", "GMB"), ("UP", "UKR"), ("KS", "KOR"),
    ("KN", "PRK"), ("ZA", "ZMB"), ("SF", "ZAF"), ("OD", "SSD"), ("KV", "XKX"), ("pk", "PAK"), ("OC", nil), ("", nil),
  ]) func fipsCodesAreNotISOCodes(_ code: String, _ iso3: String?) { #expect(Countries.iso3(fips: code) == iso3) }

  @Test(arguments: [
    (770, "PAK"), (700, "AFG"), (2, "USA"), (365, "RUS"), (490, "COD"), (255, "DEU"), (260, "DEU"), (265, "DEU"),
    (345, "SRB"), (340, "SRB"), (678, "YEM"), (680, "YEM"), (816, "VNM"), (817, "VNM"), (347, "XKX"), (626, "SSD"),
    (970, "KIR"), (315, nil), (300, nil), (0, nil), (-9, nil),
  ]) func numbersOfGleditschAndWard(_ number: Int, _ iso3: String?) { #expect(Countries.iso3(gwno: number) == iso3) }

  @Test(arguments: [
    (586, "PAK"), (4, "AFG"), (275, "PSE"), (729, "SDN"), (736, "SDN"), (840, "USA"), (0, nil), (999, nil),
  ])
  func numericISOCodes(_ code: Int, _ iso3: String?) { #expect(Countries.iso3(numeric: code) == iso3) }

  @Test(arguments: [
    ("Pakistan", "PAK"), ("Bosnia-Herzegovina", "BIH"), ("DR Congo (Zaire)", "COD"), ("Russia (Soviet Union)", "RUS"),
    ("Yemen (North Yemen)", "YEM"), ("Myanmar (Burma)", "MMR"), ("Serbia (Yugoslavia)", "SRB"),
    ("Kingdom of eSwatini (Swaziland)", "SWZ"), ("Macedonia, FYR", "MKD"), ("Zimbabwe (Rhodesia)", "ZWE"),
    ("Cambodia (Kampuchea)", "KHM"), ("Madagascar (Malagasy)", "MDG"), ("Congo", "COG"),
    ("Vietnam (North Vietnam)", "VNM"),
  ]) func namesAsUCDPWritesThem(_ name: String, _ iso3: String) { #expect(Countries.iso3(name: name) == iso3) }

  @Test(arguments: [
    ("Democratic Republic of Congo", "COD"), ("Republic of Congo", "COG"), ("eSwatini", "SWZ"), ("Palestine", "PSE"),
    ("Bailiwick of Jersey", "JEY"), ("Caribbean Netherlands", "BES"), ("Ivory Coast", "CIV"), ("Turkey", "TUR"),
    ("Virgin Islands, U.S.", "VIR"), ("Saint Barthelemy", "BLM"), ("Saint-Barthélemy", "BLM"),
  ]) func namesAsACLEDWritesThem(_ name: String, _ iso3: String) { #expect(Countries.iso3(name: name) == iso3) }

  @Test(arguments: [
    ("West Bank and Gaza Strip", "PSE"), ("Slovak Republic", "SVK"), ("St. Kitts and Nevis", "KNA"), ("Zaire", "COD"),
    ("East Germany (GDR)", "DEU"), ("West Germany (FRG)", "DEU"), ("Serbia-Montenegro", "SRB"), ("New Hebrides", "VUT"),
    ("People's Republic of the Congo", "COG"), ("Wallis and Futuna", "WLF"), ("Macau", "MAC"), ("Czechoslovakia", nil),
    ("International", nil),
  ]) func namesAsGTDWritesThem(_ name: String, _ iso3: String?) { #expect(Countries.iso3(name: name) == iso3) }

  @Test(arguments: [
    ("Occupied Palestinian Territory", "PSE"), ("Russian Federation", "RUS"), ("Côte d’Ivoire", "CIV"),
    ("Cote d'Ivoire", "CIV"), ("Türkiye", "TUR"), ("UNITED STATES", "USA"), ("The Gambia", "GMB"), ("NA", nil),
    ("", nil),
  ]) func namesAsICEWSWritesThem(_ name: String, _ iso3: String?) { #expect(Countries.iso3(name: name) == iso3) }

  @Test func namesLikeOneAnotherAreKeptApart() {
    let names = [
      "Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea", "Niger", "Nigeria", "Sudan", "South Sudan",
      "Samoa", "American Samoa", "Dominica", "Dominican Republic", "North Korea", "South Korea", "Ireland", "Iceland",
    ]
    #expect(Set(names.compactMap { Countries.iso3(name: $0) }).count == names.count)
    for name in names { #expect(Countries.iso3(name: name).flatMap { Countries.name(iso3: $0) } == name) }
  }

  @Test func everyNameLeadsBackToItsCountry() {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var count = 0
    for first in letters {
      for second in letters {
        for third in letters {
          let iso3 = String([first, second, third])
          guard let name = Countries.name(iso3: iso3) else { continue }
          #expect(Countries.iso3(name: name) == iso3)
          count += 1
        }
      }
    }
    #expect(count == 250)
  }
}
