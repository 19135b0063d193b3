/// A text as it stands between tags or in a quoted attribute, of HTML and of XML alike.
///
/// Characters that XML has no place for, such as NUL, become U+FFFD.
public func escaped(_ text: String) -> String {
  var result = ""
  escape(text, into: &result)
  return result
}

func escape(_ text: String, into result: inout String) {
  guard !text.utf8.allSatisfy(isPlain) else {
    result += text
    return
  }
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\r": result += "&#13;"
    case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
}

/// Whether a byte stands for itself; 0xEF begins U+FFFE and U+FFFF.
private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case 34, 38, 39, 60, 62, 127, 0xEF: false
  default: byte >= 32 || byte == 9 || byte == 10
  }
}

extension Markup {
  /// A text whose addresses of web pages, `http` and `https` alone, are links; anything else is text.
  public static func linking(_ text: String) -> Markup {
    var result = Markup()
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { result += " " }
      result += linked(word)
    }
    return result
  }

  private static func linked(_ word: Substring) -> Markup {
    let start = word.prefix { "(<\"'".contains($0) }
    var address = word.dropFirst(start.count)
    var end = ""
    while let last = address.last, ".,;:)>\"'".contains(last) {
      end = "\(last)\(end)"
      address = address.dropLast()
    }
    let lower = address.lowercased()
    let isAddress =
      ["http://", "https://"].contains { lower.hasPrefix($0) && lower.utf8.count > $0.utf8.count }
      && address.unicodeScalars.allSatisfy { $0.value > 32 && !"\"<>\\^`{|}".unicodeScalars.contains($0) }
    guard isAddress else { return Markup(String(word)) }
    return "\(String(start))<a href=\"\(String(address))\" rel=\"noopener noreferrer\">\(String(address))</a>\(end)"
  }
}
