/// A path that may stand for several: `*` is any characters, `?` any one, `[a-z]` one of these, `[!a-z]` another.
///
/// Nothing of it reaches over a `/`. A name that begins with a point is meant only by a part that begins with one.
/// Characters are Unicode scalars, and case counts. A `[` without `]` is itself.
public struct PathPattern: Sendable, Hashable {
  /// What stands between the slashes; empty parts and those that say `.` are left out.
  public let parts: [Part]

  /// Reads a pattern; every text is one.
  public init(_ text: String) {
    parts = text.split(separator: "/").filter { $0 != "." }.map { Part(String($0)) }
  }
  /// Makes a pattern of parts.
  public init(parts: some Sequence<Part>) { self.parts = Array(parts) }

  /// Whether a path has characters that make it a pattern.
  public static func isPattern(_ path: String) -> Bool { path.utf8.contains { [0x2A, 0x3F, 0x5B].contains($0) } }
  /// The pattern as text, without a leading slash.
  public var text: String { parts.map(\.text).joined(separator: "/") }

  /// Whether it stands for a path, among others perhaps.
  public func matches(_ path: String) -> Bool {
    let names = Self(path).parts
    return names.count == parts.count && zip(parts, names).allSatisfy { $0.matches($1.text) }
  }
  /// Whether it stands for any path in a folder, at whatever depth.
  public func reaches(into folder: String) -> Bool {
    let names = Self(folder).parts
    return names.count < parts.count && zip(parts, names).allSatisfy { $0.matches($1.text) }
  }

  /// What stands between two slashes of a pattern.
  public struct Part: Sendable, Hashable {
    /// The part as written.
    public let text: String
    private let tokens: [Token]
    /// Whether it stands for itself alone.
    public let isLiteral: Bool

    /// Reads a part.
    public init(_ text: String) {
      self.text = text
      tokens = Token.read(Array(text.unicodeScalars))
      isLiteral = tokens.allSatisfy { if case .scalar = $0 { true } else { false } }
    }

    /// Whether it stands for a name, among others perhaps; in steps of at most the product of both lengths.
    public func matches(_ name: String) -> Bool {
      let scalars = Array(name.unicodeScalars)
      guard scalars.first != "." || tokens.first == .scalar(".") else { return false }
      var (place, token) = (0, 0)
      // Where the last `*` is, and up to where it reaches so far: going back to it is enough, as a later one can do all
      // that an earlier one could.
      var star: (token: Int, place: Int)?
      while place < scalars.count {
        if token < tokens.count, tokens[token] == .any {
          star = (token, place)
          token += 1
        } else if token < tokens.count, tokens[token].matches(scalars[place]) {
          (place, token) = (place + 1, token + 1)
        } else if let last = star {
          star = (last.token, last.place + 1)
          (place, token) = (last.place + 1, last.token + 1)
        } else {
          return false
        }
      }
      return tokens[token...].allSatisfy { $0 == .any }
    }

    /// The names that it comes nearest to standing for, at most as many as given; of equally near ones the first.
    ///
    /// Near is how few characters must be put in, taken out or replaced, whatever their case.
    public func nearest(among names: [String], count: Int) -> [String] {
      let distances = names.map { distance(to: Array($0.unicodeScalars)) }
      return distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count).map { names[$0] }
    }
    private func distance(to name: [Unicode.Scalar]) -> Int {
      var row = Array(0...name.count)
      for token in tokens {
        var diagonal = row[0]
        if token != .any { row[0] += 1 }
        for place in name.indices {
          let above = row[place + 1]
          if token == .any {
            row[place + 1] = min(above, row[place])
          } else {
            let isSame = token.matches(name[place]) || token.matches(lowercased: name[place])
            row[place + 1] = min(diagonal + (isSame ? 0 : 1), above + 1, row[place] + 1)
          }
          diagonal = above
        }
      }
      return row[name.count]
    }
  }

  /// What one place of a part stands for.
  private enum Token: Sendable, Hashable {
    case scalar(Unicode.Scalar)
    case any
    case one
    case range([ClosedRange<Unicode.Scalar>], isNegated: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .scalar(let own): own == scalar
      case .any, .one: true
      case .range(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
      }
    }
    func matches(lowercased scalar: Unicode.Scalar) -> Bool {
      guard case .scalar(let own) = self else { return false }
      return own.properties.lowercaseMapping == scalar.properties.lowercaseMapping
    }

    static func read(_ text: [Unicode.Scalar]) -> [Token] {
      var tokens: [Token] = []
      var place = 0
      while place < text.count {
        switch text[place] {
        case "*":
          if tokens.last != .any { tokens.append(.any) }
        case "?": tokens.append(.one)
        case "[":
          if let (token, end) = range(text, from: place + 1) {
            tokens.append(token)
            place = end
          } else {
            tokens.append(.scalar("["))
          }
        default: tokens.append(.scalar(text[place]))
        }
        place += 1
      }
      return tokens
    }
    /// What stands in brackets, of which the first is passed, and the place of the last; nil where there is no last.
    private static func range(_ text: [Unicode.Scalar], from start: Int) -> (Token, end: Int)? {
      var place = start
      let isNegated = place < text.count && (text[place] == "!" || text[place] == "^")
      if isNegated { place += 1 }
      let first = place
      var ranges: [ClosedRange<Unicode.Scalar>] = []
      // A bracket that comes first is one of the characters meant.
      while place < text.count, text[place] != "]" || place == first {
        if place + 2 < text.count, text[place + 1] == "-", text[place + 2] != "]" {
          if text[place] <= text[place + 2] { ranges.append(text[place]...text[place + 2]) }
          place += 3
        } else {
          ranges.append(text[place]...text[place])
          place += 1
        }
      }
      return place < text.count ? (.range(ranges, isNegated: isNegated), place) : nil
    }
  }
}
