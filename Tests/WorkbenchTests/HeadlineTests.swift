import JSONText
import Testing
import Workbench

@Suite struct HeadlineTests {
  private func order(_ findings: [Finding]) -> [String] {
    Headline.first(of: findings.map { ("a", $0) }).map(\.finding.sentence)
  }

  @Test func strengthComesFirstThenDoubtThenEffectThenSize() {
    let findings = [
      Finding("plain", strength: .descriptive), Finding("weak", numbers: ["q": 0.001], strength: .weak),
      Finding("small", numbers: ["q": 0.01, "rate_ratio": 2, "n": 90], strength: .strong),
      Finding("fewer", numbers: ["q": 0.01, "conflict_ratio": 0.125, "n": 9], strength: .strong),
      Finding("more", numbers: ["q": 0.01, "effect": -3, "n": 10], strength: .strong),
      Finding("surest", numbers: ["q": 0.001], strength: .strong), Finding("untested", strength: .strong),
      Finding("by p", numbers: ["p": 0.005], strength: .strong),
    ]
    #expect(order(findings) == ["surest", "by p", "more", "fewer", "small", "untested", "weak", "plain"])
  }

  @Test func equalsStandAsTheyStoodAndTenAreEnough() {
    let findings = (1...12).map { Finding("\($0)", strength: .moderate) }
    #expect(order(findings) == (1...10).map { "\($0)" })
    #expect(order([]) == [])
  }

  @Test func doublingsAreExactForPowersOfTwoAndRiseBetweenThem() {
    #expect([0.25, 0.5, 1, 2, 8].map(doublings) == [-2, -1, 0, 1, 3])
    #expect(doublings(3) > 1 && doublings(3) < 2)
  }

  @Test func sizeIsThatOfTheEventsBehindWhereNoNumberSaysSo() {
    #expect(Finding("a", strength: .weak, events: ["x", "y"]).size == 2)
    #expect(Finding("a", numbers: ["events": 7], strength: .weak, events: ["x"]).size == 7)
  }
}
