import HTMLText

/// A rectangle of the drawing, in pixels.
struct Frame {
  var left: Double, top: Double, right: Double, bottom: Double
  var width: Double { right - left }
  var height: Double { bottom - top }
}

/// The surface on which a chart is drawn: markup, and where each row of the table lies on it.
struct Canvas {
  /// A row of the table, and the point at which it is read.
  struct Place: Hashable, Sendable {
    var row: Int, x: Double, y: Double
  }
  enum Anchor: String { case start = "", middle = " mid", end = " end" }

  private(set) var markup = Markup()
  var places: [Place] = []

  mutating func add(_ piece: Markup) { markup += piece }
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    markup += "<path class=\"\(style)\" d=\"M\(x1) \(y1)L\(x2) \(y2)\"/>\n"
  }
  mutating func rectangle(_ frame: Frame, _ style: String) {
    markup +=
      "<rect class=\"\(style)\" x=\"\(frame.left)\" y=\"\(frame.top)\" width=\"\(max(0, frame.width))\" height=\"\(max(0, frame.height))\"/>\n"
  }
  mutating func path(_ path: Path, _ style: String) {
    guard !path.isEmpty else { return }
    markup += "<path class=\"\(style)\" d=\"\(Markup(trusted: path.text))\"/>\n"
  }
  /// Writes a text of one line; where it has not enough room it is cut, and whole in its title.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String = "", _ anchor: Anchor = .start, room: Double = .infinity,
    size: Double = 12
  ) {
    let line = clean(text)
    let short = cut(line, to: room, size: size)
    let whole: Markup = short == line ? "" : "<title>\(cut(line, to: 4_000, size: 12))</title>"
    let style = style + anchor.rawValue
    let names: Markup = style.isEmpty ? "" : " class=\"\(String(style.trimmingPrefix(" ")))\""
    markup += "<text\(names) x=\"\(x)\" y=\"\(y)\">\(short)\(whole)</text>\n"
  }
  mutating func read(_ row: Int, at x: Double, _ y: Double) { places.append(Place(row: row, x: x, y: y)) }
}

/// A path in tenths of a pixel, each point written as its distance from the last: short, and without drift.
struct Path {
  private(set) var text = ""
  private var x = 0, y = 0
  private var start = (0, 0)
  private var last: Character = " "
  var isEmpty: Bool { text.isEmpty }

  mutating func move(_ x: Double, _ y: Double) {
    let (nextX, nextY) = (tenths(x), tenths(y))
    text += text.isEmpty ? "M" : "m"
    (last, startsNumber) = ("m", true)
    number(nextX - self.x)
    number(nextY - self.y)
    (self.x, self.y) = (nextX, nextY)
    start = (nextX, nextY)
  }
  mutating func line(_ x: Double, _ y: Double) {
    let (nextX, nextY) = (tenths(x), tenths(y))
    command("l")
    number(nextX - self.x)
    number(nextY - self.y)
    (self.x, self.y) = (nextX, nextY)
  }
  /// Adds a rectangle, unless nothing of it would be seen.
  mutating func rectangle(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) {
    let (width, height) = (tenths(right) - tenths(left), tenths(bottom) - tenths(top))
    guard width != 0, height != 0 else { return }
    move(left, top)
    command("h")
    number(width)
    command("v")
    number(height)
    command("h")
    number(-width)
    close()
  }
  mutating func close() {
    text += "z"
    last = " "
    (x, y) = start
  }
  mutating func arc(_ command: String) {
    text += command
    last = " "
    (x, y) = start
  }
  private mutating func command(_ name: Character) {
    guard name != last else { return }
    text.append(name)
    last = name
    startsNumber = true
  }
  private var startsNumber = true
  private var hasPoint = false
  private mutating func number(_ tenths: Int) {
    let text = rounded(Double(tenths) / 10)
    // A sign ends the number before, and so does a second point.
    if !startsNumber, text.first != "-", !(hasPoint && text.first == ".") { self.text += " " }
    self.text += text
    startsNumber = false
    hasPoint = text.contains(".")
  }
  private func tenths(_ place: Double) -> Int { Int((min(max(place.isFinite ? place : 0, -1e6), 1e6) * 10).rounded()) }
}

/// A text on one line, without the controls that turn the direction of what follows: each text of a drawing stands alone.
func clean(_ text: String) -> String {
  func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 0x7F..<0xA0, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
  guard text.unicodeScalars.contains(where: isControl) else { return text }
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.value < 32 { scalars.append(" ") } else if !isControl(scalar) { scalars.append(scalar) }
  }
  return String(scalars)
}

/// About how wide a text is: rather too wide, for the font is the reader's.
func width(of text: String, size: Double = 12) -> Double {
  text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size
}
private func width(of scalar: Unicode.Scalar) -> Double {
  switch scalar {
  case "i", "j", "l", ".", ",", ":", ";", "'", "|", " ", "!": 0.32
  case "f", "r", "t", "(", ")", "-", "/", "I": 0.42
  case "m", "w", "M", "W", "%", "@": 0.95
  case "A"..."Z": 0.7
  case "a"..."z", "0"..."9": 0.62
  default: scalar.value >= 0x1100 ? 1.05 : 0.65
  }
}

/// A text, cut where it takes more than its room, with an ellipsis.
func cut(_ text: String, to room: Double, size: Double = 12) -> String {
  var used = 0.0
  var scalars = 0
  var kept = text.startIndex
  for index in text.indices {
    let character = text[index]
    for scalar in character.unicodeScalars {
      used += width(of: scalar) * size
      scalars += 1
    }
    // A character may be made of any number of scalars.
    if used > room || scalars > 2_000 { return String(text[..<kept]) + "…" }
    if used + size <= room { kept = text.index(after: index) }
  }
  return text
}

/// A text in lines that fit a room, at most so many.
func lines(_ text: String, room: Double, size: Double = 12, most: Int = 3) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in clean(text).split(separator: " ") {
    let longer = line.isEmpty ? String(word) : "\(line) \(word)"
    if line.isEmpty || width(of: longer, size: size) <= room {
      line = longer
    } else {
      lines.append(line)
      line = String(word)
    }
  }
  if !line.isEmpty { lines.append(line) }
  guard lines.count > most else { return lines.map { cut($0, to: room, size: size) } }
  let rest = lines[(most - 1)...].joined(separator: " ")
  return lines[..<(most - 1)].map { cut($0, to: room, size: size) } + [cut(rest, to: room, size: size)]
}

extension Path {
  mutating func circle(_ x: Double, _ y: Double, _ radius: Double) {
    let r = rounded(radius)
    move(x - radius, y)
    arc("a\(r) \(r) 0 1 0 \(rounded(2 * radius)) 0a\(r) \(r) 0 1 0 \(rounded(-2 * radius)) 0z")
  }
}
