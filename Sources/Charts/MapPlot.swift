import HTMLText
import RealModule
import Workbench

/// Dots on the ground in Mercator's projection, over boundaries where there are any, else over the grid of degrees.
struct MapPlot: Plot {
  private let data: ChartData
  private let boundaries: Boundaries?
  private let id: String
  private let dots: Dots
  private let west: Double, east: Double, south: Double, north: Double
  private(set) var notes: [String] = []
  let rows: [Int]

  init(_ data: ChartData, boundaries: Boundaries?, id: String) {
    (self.data, self.boundaries, self.id) = (data, boundaries, id)
    func isPlace(_ row: Int) -> Bool {
      guard let x = data.xNumbers[row], let y = data.y[0][row], data.series.codes[row] >= 0 else { return false }
      return abs(x) <= 180 && abs(y) <= 85
    }
    let rows = (0..<data.table.count).filter(isPlace)
    self.rows = rows
    let gone = data.table.count - rows.count
    if gone > 0 { notes.append("\(counted(gone, "row")) without a place on the map.") }
    dots = Dots(data, rows: rows)
    notes += dots.notes
    if data.chart.precision != nil { notes.append("Fainter: less precisely placed.") }
    let longitudes = rows.compactMap { data.xNumbers[$0] }, latitudes = rows.compactMap { data.y[0][$0] }
    let spread = max((longitudes.max() ?? 0) - (longitudes.min() ?? 0), (latitudes.max() ?? 0) - (latitudes.min() ?? 0))
    let rim = max(0.6, spread * 0.08)
    (west, east) = ((longitudes.min() ?? 0) - rim, (longitudes.max() ?? 0) + rim)
    (south, north) = (max(-85, (latitudes.min() ?? 0) - rim), min(85, (latitudes.max() ?? 0) + rim))
    notes.append(boundaries.map { "Boundaries: \($0.credit)." } ?? "Lines: degrees of latitude and longitude.")
  }

  var legend: [LegendEntry] { dots.legend }
  private static func mercator(_ latitude: Double) -> Double {
    Double.log(Double.tan(.pi / 4 + latitude * .pi / 360)) * 180 / .pi
  }
  private var aspect: Double { (Self.mercator(north) - Self.mercator(south)) / (east - west) }
  func height(of rows: [Int], width: Double, isPanel: Bool) -> Double {
    min(width * 0.85, max(width * 0.35, width * aspect))
  }

  func draw(_ rows: [Int], in outer: Frame, isPanel: Bool, on canvas: inout Canvas) {
    let scale = min(outer.width / (east - west), outer.height / (Self.mercator(north) - Self.mercator(south)))
    let (middle, centre) = ((west + east) / 2, (Self.mercator(north) + Self.mercator(south)) / 2)
    func place(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
      (
        (outer.left + outer.right) / 2 + (longitude - middle) * scale,
        (outer.top + outer.bottom) / 2 - (Self.mercator(min(85, max(-85, latitude))) - centre) * scale
      )
    }
    let clip = "\(id)-clip\(Int(outer.left))-\(Int(outer.top))"
    canvas.add(
      "<clipPath id=\"\(clip)\"><rect x=\"\(outer.left)\" y=\"\(outer.top)\" width=\"\(outer.width)\" height=\"\(outer.height)\"/></clipPath>\n<g clip-path=\"url(#\(clip))\">\n"
    )
    if let boundaries {
      for shape in boundaries.shapes
      where shape.west < east + 30 && shape.east > west - 30 && shape.south < north + 20 && shape.north > south - 20 {
        var path = Path()
        for ring in shape.rings {
          var last: (x: Double, y: Double)?
          for (index, point) in ring.enumerated() {
            let at = place(point.longitude, point.latitude)
            // What moves by less than half a pixel is not seen.
            if let last, index < ring.count - 1, abs(at.x - last.x) + abs(at.y - last.y) < 0.6 { continue }
            if last == nil { path.move(at.x, at.y) } else { path.line(at.x, at.y) }
            last = at
          }
          if shape.isArea { path.close() }
        }
        canvas.path(path, shape.isArea ? "land" : "border")
      }
    } else {
      drawDegrees(outer, place: place, isPanel: isPanel, on: &canvas)
    }
    let points = rows.map { row in
      let at = place(data.xNumbers[row] ?? 0, data.y[0][row] ?? 0)
      return (row: row, x: at.x, y: at.y)
    }
    dots.draw(points, in: outer, scale: isPanel ? 0.6 : 1, on: &canvas)
    canvas.add("</g>\n")
    canvas.rectangle(outer, "grid")
  }

  private func drawDegrees(
    _ frame: Frame, place: (Double, Double) -> (x: Double, y: Double), isPanel: Bool, on canvas: inout Canvas
  ) {
    func name(_ value: Double, _ positive: String, _ negative: String) -> String {
      value == 0 ? "0°" : "\(readable(abs(value)))° \(value > 0 ? positive : negative)"
    }
    for tick in Axis([west, east], isTight: true).ticks(about: isPanel ? 3 : 6) {
      let x = place(tick.value, 0).x
      canvas.line(x, frame.top, x, frame.bottom, "grid")
      canvas.text(name(tick.value, "E", "W"), x + 3, frame.bottom - 5, "faint small")
    }
    for tick in Axis([south, north], isTight: true).ticks(about: isPanel ? 3 : 6) {
      let y = place(0, tick.value).y
      canvas.line(frame.left, y, frame.right, y, "grid")
      canvas.text(name(tick.value, "N", "S"), frame.left + 4, y - 4, "faint small")
    }
  }
}
