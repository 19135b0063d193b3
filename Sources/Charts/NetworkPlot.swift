import RealModule
import Workbench

/// Actors as nodes and their relationships as edges: blue and solid where positive, red and dashed where negative.
struct NetworkPlot: Plot {
  private static let mostNodes = 40
  private struct Edge { var a: Int, b: Int, weight: Double, row: Int }
  private let data: ChartData
  private let names: [String]
  private let xCodes: [Int]
  private let seriesCodes: [Int]
  private let kept: Set<Int>
  private let strongest: Double
  /// Where each actor stands in a square of 1, the same in all panels.
  private var places: [Int: (x: Double, y: Double)] = [:]
  private(set) var notes: [String] = []
  let rows: [Int]

  init(_ data: ChartData) {
    self.data = data
    // Both ends get codes in one list of names.
    let ends = Categories([data.x], rows: data.table.count)
    var index: [String: Int] = [:]
    var names: [String] = []
    func codes(_ labels: [String]) -> [Int] {
      labels.map { label in
        if let code = index[label] { return code }
        index[label] = names.count
        names.append(label)
        return names.count - 1
      }
    }
    let (left, right) = (codes(ends.labels), codes(data.series.labels))
    xCodes = ends.codes.map { $0 < 0 ? -1 : left[$0] }
    seriesCodes = data.series.codes.map { $0 < 0 ? -1 : right[$0] }
    self.names = names
    let (xs, ys) = (xCodes, seriesCodes)
    let drawn = (0..<data.table.count).filter { xs[$0] >= 0 && ys[$0] >= 0 && xs[$0] != ys[$0] && data.y[0][$0] != nil }
    var weights = [Double](repeating: -.infinity, count: names.count)
    for row in drawn {
      for code in [xs[row], ys[row]] { weights[code] = max(0, weights[code]) + abs(data.y[0][row] ?? 0) }
    }
    let top = Categories(codes: [], labels: names).top(Self.mostNodes, by: weights)
    let kept = Set(top.codes)
    self.kept = kept
    if top.left > 0 {
      notes.append(
        "The \(top.codes.count) actors with the strongest relationships of \(readable(top.codes.count + top.left)) are drawn."
      )
    }
    rows = drawn.filter { kept.contains(xs[$0]) && kept.contains(ys[$0]) }
    strongest = rows.compactMap { data.y[0][$0].map(abs) }.max() ?? 1
    notes.append("Width: how strong. Where an actor stands means nothing by itself.")
    if Set(rows.map { [data.panels.codes[$0], min(xs[$0], ys[$0]), max(xs[$0], ys[$0])] }).count < rows.count {
      notes.append("Of two actors with several rows the last is drawn.")
    }
    let all = edges(rows)
    places = layout(Set(all.flatMap { [$0.a, $0.b] }).sorted(), all)
  }

  var legend: [LegendEntry] {
    [.line(style: "s0 l", "positive"), .line(style: "s1 l", "negative")]
  }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double { isPanel ? width * 0.75 : 460 }

  private func edges(_ rows: [Int]) -> [Edge] {
    var place: [[Int]: Int] = [:]
    var edges: [Edge] = []
    for row in rows {
      let edge = Edge(
        a: min(xCodes[row], seriesCodes[row]), b: max(xCodes[row], seriesCodes[row]), weight: data.y[0][row] ?? 0,
        row: row)
      if let index = place[[edge.a, edge.b]] {
        edges[index] = edge
      } else {
        place[[edge.a, edge.b]] = edges.count
        edges.append(edge)
      }
    }
    return edges
  }

  func draw(_ rows: [Int], in frame: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let edges = edges(rows)
    let nodes = Set(edges.flatMap { [$0.a, $0.b] }).sorted()
    let side = min(70, frame.width * 0.14)
    let places = self.places.mapValues { place in
      (
        x: frame.left + side + place.x * (frame.width - 2 * side), y: frame.top + 24 + place.y * (frame.height - 36)
      )
    }
    for edge in edges {
      guard let a = places[edge.a], let b = places[edge.b] else { continue }
      var path = Path()
      path.move(a.x, a.y)
      path.line(b.x, b.y)
      let width = 1 + min(3, (abs(edge.weight) / max(1e-300, strongest) * 3).rounded())
      canvas.path(path, "\(edge.weight < 0 ? "s1" : "s0") l w\(Int(width))")
      canvas.read(edge.row, at: (a.x + b.x) / 2, (a.y + b.y) / 2)
    }
    if !isPanel, edges.count <= 24 {
      for edge in edges {
        guard let a = places[edge.a], let b = places[edge.b], let label = data.label(edge.row) else { continue }
        canvas.text(label, (a.x + b.x) / 2, (a.y + b.y) / 2 + 4, "faint small halo", .middle, room: 120, size: 11)
      }
    }
    var dots = Path()
    for node in nodes { if let at = places[node] { dots.circle(at.x, at.y, isPanel ? 4 : 6) } }
    canvas.path(dots, "node")
    for node in nodes {
      guard let at = places[node] else { continue }
      let text = cut(clean(names[node]), to: isPanel ? 90 : 160, size: 12)
      let half = Charts.width(of: text) / 2
      let x = min(max(at.x, frame.left + half), frame.right - half)
      canvas.text(text, x, at.y - (isPanel ? 7 : 10), "halo", .middle)
    }
  }

  /// Forces between nodes from a circle, cooled (Fruchterman and Reingold 1991, Software 21:1129): negative edges pull
  /// less than they push, and equal input gives equal places.
  private func layout(_ nodes: [Int], _ edges: [Edge]) -> [Int: (x: Double, y: Double)] {
    let count = nodes.count
    guard count > 0 else { return [:] }
    let index = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    let ties = edges.map { (index[$0.a] ?? 0, index[$0.b] ?? 0, $0.weight < 0 ? 0.25 : 1.0) }
    var x = (0..<count).map { Double.cos(2 * .pi * Double($0) / Double(count)) }
    var y = (0..<count).map { Double.sin(2 * .pi * Double($0) / Double(count)) }
    let ideal = 1.6 / Double(count).squareRoot()
    var heat = 0.2
    for _ in 0..<250 {
      var pushX = x.map { -0.05 * $0 }, pushY = y.map { -0.05 * $0 }
      func force(_ a: Int, _ b: Int, _ strength: (Double) -> Double) {
        let (dx, dy) = (x[a] - x[b], y[a] - y[b])
        let distance = max(1e-3, (dx * dx + dy * dy).squareRoot())
        let push = strength(distance) / distance
        (pushX[a], pushY[a]) = (pushX[a] + dx * push, pushY[a] + dy * push)
        (pushX[b], pushY[b]) = (pushX[b] - dx * push, pushY[b] - dy * push)
      }
      for a in 0..<count { for b in (a + 1)..<max(a + 1, count) { force(a, b) { ideal * ideal / $0 } } }
      for (a, b, pull) in ties { force(a, b) { -pull * $0 * $0 / ideal } }
      for node in 0..<count {
        let length = max(1e-9, (pushX[node] * pushX[node] + pushY[node] * pushY[node]).squareRoot())
        let step = min(length, heat) / length
        (x[node], y[node]) = (x[node] + pushX[node] * step, y[node] + pushY[node] * step)
      }
      heat = max(0.004, heat * 0.975)
    }
    func spread(_ values: [Double]) -> [Double] {
      guard let least = values.min(), let most = values.max(), most - least > 1e-6 else {
        return values.map { _ in 0.5 }
      }
      return values.map { ($0 - least) / (most - least) }
    }
    let (across, down) = (spread(x), spread(y))
    return Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, (across[$0], down[$0])) })
  }
}
