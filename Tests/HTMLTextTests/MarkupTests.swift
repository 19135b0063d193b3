import Foundation
import HTMLText
import TestSupport
import Testing

@Suite struct MarkupTests {
  @Test func whatIsInterpolatedIsText() {
    let note = "</script><script>alert(\"1\" & '2')</script>"
    let markup: Markup = "<td title=\"\(note)\">\(note)</td>"
    #expect(!markup.text.contains("<script"))
    #expect(markup.text.hasPrefix("<td title=\"&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)"))
  }

  @Test func markupInMarkupIsNotEscapedAgain() {
    let inner: Markup = "<b>\("a & b")</b>"
    let outer: Markup = "<p>\(inner)</p>"
    #expect(outer.text == "<p><b>a &amp; b</b></p>")
    #expect([inner, inner].joined(separator: ", ").text == "<b>a &amp; b</b>, <b>a &amp; b</b>")
  }

  @Test func whatXMLHasNoPlaceForIsReplaced() {
    #expect(escaped("a\u{0}b\u{1B}c\u{FFFE}d\u{B}e") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
    #expect(escaped("tab\tline\nü 中 \u{202E}مرحبا 👩‍👩‍👧") == "tab\tline\nü 中 \u{202E}مرحبا 👩‍👩‍👧")
  }

  @Test(arguments: [
    (0, "0"), (0.04, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (12.34, "12.3"), (-3.25, "-3.3"), (100, "100"),
    (.nan, "0"), (.infinity, "0"), (1e300, "1000000000"),
  ]) func placesAreRoundedToATenth(_ place: Double, _ text: String) { #expect(rounded(place) == text) }

  @Test func linksAreWebPagesAlone() {
    #expect(
      Markup.linking("see https://a.org/x?y=1&z=2, there.").text
        == "see <a href=\"https://a.org/x?y=1&amp;z=2\" rel=\"noopener noreferrer\">https://a.org/x?y=1&amp;z=2</a>, there."
    )
    for text in [
      "javascript:alert(1)", "data:text/html,x", "https://", "https://a\"onclick=b", "vbscript:x", "//evil.org",
      "https:/a",
    ] {
      #expect(!Markup.linking(text).text.contains("<a "), "\(text)")
    }
  }

  @Test(arguments: 0..<40) func noTextMakesAnElement(_ seed: UInt64) {
    var random = Draws(state: seed)
    let alphabet = Array("<>&\"'/ abc=!-\u{0}\u{202E}\u{FFFF}é中🎈".unicodeScalars)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<60 { scalars.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
    let text = String(scalars)
    let document: Markup = "<a b=\"\(text)\">\(text)</a>"
    let outline = XMLOutline(document.text)
    #expect(outline.problem == nil && outline.elements == ["a"], "\(document.text)")
    #expect(outline.content == text.replacingUnprintable)
  }
}

struct Draws: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}

extension String {
  fileprivate var replacingUnprintable: String {
    replacingOccurrences(of: "\u{0}", with: "\u{FFFD}").replacingOccurrences(of: "\u{FFFF}", with: "\u{FFFD}")
  }
}
