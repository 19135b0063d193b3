import EventModel
import TabularEvents
import Testing

@Suite struct DateFormatTests {
  @Test(arguments: [
    ("yyyy-mm-dd", "2021-12-09"), ("dd/mm/yyyy", "09/12/2021"), ("yyyymmdd", "20211209"), ("d MMM yyyy", "9 Dec 2021"),
    ("d MMM yyyy", "09 DEC 2021"), ("MMMM d, yyyy", "december 9, 2021"), ("m/d/yyyy", "12/9/2021"),
    ("d.m.yyyy", "9.12.2021"), ("yyyy-mm-dd 00:00:00.000", "2021-12-09 00:00:00.000"),
    ("yyyy-mm-dd*", "2021-12-09"), ("yyyy-mm-dd*", "2021-12-09 00:00:00.000"), ("yyyy-mm-dd*", "2021-12-09T00:00:00"),
    ("EEEE-MMMM d-yyyy", "Thursday-December 9-2021"), ("EEEE, MMMM d, yyyy", "thursday, December 09, 2021"),
    ("dd/mm/yyyy | d MMM yyyy", "09/12/2021"), ("dd/mm/yyyy | d MMM yyyy", "9 dec 2021"),
    ("d/m/yyyy*|yyyymmdd", "9/12/2021 1:00"), ("d/m/yyyy*|yyyymmdd", "20211209"),
    ("yyyymmddHHMMSS", "20211209233000"), ("yyyymmdd | yyyymmddHHMMSS", "20211209"),
  ]) func readsADate(_ pattern: String, _ text: String) throws {
    let format = try #require(DateFormat(pattern))
    #expect(format.day(Array(text.utf8)) == Day(year: 2021, month: 12, day: 9))
  }

  @Test(arguments: [
    ("dd/mm/yyyy", "9/12/2021"), ("dd/mm/yyyy", "30/02/2021"), ("dd/mm/yyyy", "09/12/21"),
    ("dd/mm/yyyy", "09/12/20211"),
    ("d MMM yyyy", "9 Dez 2021"), ("d MMMM yyyy", "9 Dec 2021"), ("yyyymmdd", "2021120"),
    ("d MMM yyyy", "9 December 2021"),
    ("yyyy-mm-dd*", "2021-12-091"), ("yyyy-mm-dd*", "2021-12-09x"), ("EEEE d-m-yyyy", "Thorsday 9-12-2021"),
    ("dd/mm/yyyy | d MMM yyyy", "9/12/2021"), ("yyyy-mm-dd", "2021-00-01"), ("yyyy-mm-dd", ""),
    ("yyyymmddHHMMSS", "2021120923300"), ("yyyymmddHHMMSS", "20211209T23300"), ("yyyymmddHHMMSS", "20211209"),
  ]) func refusesWhatIsWrittenOtherwise(_ pattern: String, _ text: String) throws {
    let format = try #require(DateFormat(pattern))
    #expect(format.day(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "", "yyyy-mm", "yy-mm-dd", "yyyy-mm-dd dd", "yyyy-MM-dd", "DD/mm/yyyy", "yyyy-mmm-dd", "yyyy*-mm-dd",
    "yyyy-mm-dd | ", "yyyy-mm-dd | dd/mm",
  ])
  func refusesAPatternWithoutADay(_ pattern: String) {
    #expect(DateFormat(pattern) == nil)
  }
}
