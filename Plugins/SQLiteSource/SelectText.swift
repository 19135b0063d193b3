/// The text of a query, taken apart far enough to know that it is one SELECT whose rows have an order.
struct SelectText {
  /// What is wrong with it, and what to do.
  struct Problem {
    var message: String
    var hint: String
  }
  let problem: Problem?

  /// Functions that reach beyond the database.
  private static let refused: Set<String> = ["load_extension", "fts3_tokenizer"]

  init(_ query: String) {
    let words = Self.words(query)
    let topLevel = words.filter { $0.depth == 0 }.map(\.text)
    let isOrdered = zip(topLevel, topLevel.dropFirst()).contains { $0 == "order" && $1 == "by" }
    if words.contains(where: { $0.text == ";" }) {
      problem = Problem(message: "'query' holds more than one statement", hint: "write one SELECT, without a semicolon")
    } else if !["select", "with"].contains(topLevel.first) {
      problem = Problem(message: "'query' must be a SELECT", hint: "begin it with SELECT or WITH")
    } else if let word = words.first(where: { Self.refused.contains($0.text) }) {
      problem = Problem(message: "'query' may not use '\(word.text)'", hint: "take it out")
    } else if !isOrdered {
      problem = Problem(
        message: "'query' does not say in which order its rows come, and SQLite promises none",
        hint: "end it with ORDER BY and columns that tell the rows apart")
    } else {
      problem = nil
    }
  }

  /// The query's words in small letters, with how many parentheses are open around each; texts and comments left out, a
  /// semicolon at the end too.
  private static func words(_ query: String) -> [(text: String, depth: Int)] {
    let scalars = Array(query.unicodeScalars)
    var words: [(text: String, depth: Int)] = []
    var depth = 0
    var index = 0
    /// Goes past the closing mark of what begins at `index`; a mark written twice stands for itself.
    func skip(to mark: Unicode.Scalar) -> String {
      var inside = String.UnicodeScalarView()
      index += 1
      while index < scalars.count {
        if scalars[index] == mark {
          guard index + 1 < scalars.count, scalars[index + 1] == mark, mark != "]" else { break }
          index += 1
        }
        inside.append(scalars[index])
        index += 1
      }
      index += 1
      return String(inside).lowercased()
    }
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "'": _ = skip(to: "'")
      case "\"", "`": words.append((skip(to: scalar), depth))
      case "[": words.append((skip(to: "]"), depth))
      case "-" where next == "-":
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
      case "/" where next == "*":
        index += 2
        while index + 1 < scalars.count, !(scalars[index] == "*" && scalars[index + 1] == "/") { index += 1 }
        index += 2
      case "(":
        depth += 1
        index += 1
      case ")":
        depth -= 1
        index += 1
      case ";":
        words.append((";", depth))
        index += 1
      case _ where scalar.properties.isAlphabetic || scalar == "_":
        var word = String.UnicodeScalarView()
        while index < scalars.count,
          scalars[index].properties.isAlphabetic || scalars[index] == "_" || "0"..."9" ~= scalars[index]
        {
          word.append(scalars[index])
          index += 1
        }
        words.append((String(word).lowercased(), depth))
      default: index += 1
      }
    }
    if words.last?.text == ";" { words.removeLast() }
    return words
  }
}
