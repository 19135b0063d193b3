/// The colours, dashes and type of charts, as a style sheet of classes.
///
/// Series are told apart by the palette of Okabe and Ito (2008), darkened for text on white, and by dash or shape. The
/// shades of a heat map are of equal steps in lightness, and turn round in the dark.
public enum ChartStyle {
  /// How charts look on white paper; in the dark, after this, add `dark`.
  public static let light = rules(
    ink: "#222", faint: "#5f6368", grid: "#e4e4e4", axis: "#767676", paper: "#fff", land: "#f1ede4", edge: "#a8a196",
    series: ["#0072b2", "#b84a00", "#007a5a", "#a8548a", "#946400", "#2a7fae"], other: "#8a8a8a",
    shades: ["#deebf7", "#b5d3ea", "#7fb3d9", "#4790c4", "#1f6aa8", "#08407a"],
    poles: ["#a63f00", "#d97a2b", "#f6c894", "#efefef", "#a9d0e6", "#4a94c4", "#0b5394"])
  /// How they look on a dark screen.
  public static let dark = rules(
    ink: "#e8e8e8", faint: "#a8adb3", grid: "#33383d", axis: "#8c9196", paper: "#14171a", land: "#22272b",
    edge: "#6b7278", series: ["#56b4e9", "#ff9a52", "#3ccb9f", "#e3a0c8", "#f0c04a", "#9ad4f5"], other: "#7c8288",
    shades: ["#16283a", "#1b4468", "#22649a", "#3d8ac8", "#7ab6e4", "#c3e0f7"],
    poles: ["#ff9a52", "#c46a20", "#6e4018", "#30353a", "#1d4d6e", "#2f83bb", "#7cc4f2"])
  /// Both, as a file by itself needs them.
  static var sheet: String { light + "@media screen and (prefers-color-scheme:dark){\(dark)}" }

  /// How many series have a colour of their own.
  static let seriesCount = 6
  /// How many shades a heat map has from nothing to most.
  static let shadeCount = 6

  private static let dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"]

  private static func rules(
    ink: String, faint: String, grid: String, axis: String, paper: String, land: String, edge: String,
    series: [String], other: String, shades: [String], poles: [String]
  ) -> String {
    var css =
      ".chart{font:12px system-ui,'DejaVu Sans',sans-serif}.chart text{fill:\(ink)}.chart .title{font-size:15px;"
      + "font-weight:600}.chart .head{font-weight:600}.chart text.faint{fill:\(faint)}.chart .small{font-size:11px}"
      + ".chart .end{text-anchor:end}.chart .mid{text-anchor:middle}.chart .paper{fill:\(paper)}"
      + ".chart .grid{stroke:\(grid);fill:none}.chart .axis{stroke:\(axis);fill:none}"
      + ".chart .mark{stroke:\(ink);stroke-width:1.2;stroke-dasharray:4 3;fill:none}.chart .span{fill:\(axis);"
      + "fill-opacity:.16}.chart .halo{stroke:\(paper);stroke-width:3px;paint-order:stroke;stroke-linejoin:round}"
      + ".chart .l{fill:none;stroke-width:1.8;stroke-linejoin:round}.chart .thin{stroke-width:1.2}.chart .band{"
      + "fill-opacity:.2;stroke:none}.chart .soft{fill-opacity:.6}.chart .dots{fill-opacity:.65}.chart .vague{fill-opacity:.4}.chart .vaguer{fill-opacity:.2}.chart .f.other{fill:\(other)}.chart .l.other{"
      + "stroke:\(other);stroke-width:.8;stroke-opacity:.55}.chart .whisker{stroke:\(ink);stroke-width:1.1;fill:none}"
      + ".chart .w2{stroke-width:2.4}.chart .w3{stroke-width:3.4}.chart .w4{stroke-width:4.4}.chart .land{fill:\(land);stroke:\(edge);stroke-width:.8;fill-rule:evenodd}.chart .border{fill:none;"
      + "stroke:\(edge);stroke-width:.8}.chart .node{fill:\(ink);stroke:\(paper)}.chart .zero{fill:\(grid);"
      + "fill-opacity:.45}"
    for (index, colour) in series.enumerated() {
      css +=
        ".chart .s\(index).f{fill:\(colour)}.chart .s\(index).l{stroke:\(colour)}.chart text.s\(index){fill:\(colour)}"
      if !dashes[index].isEmpty { css += ".chart .s\(index).l{stroke-dasharray:\(dashes[index])}" }
    }
    for (index, colour) in shades.enumerated() { css += shade("q\(index)", colour) }
    for (index, colour) in poles.enumerated() { css += shade("d\(index)", colour) }
    return css
  }
  /// A shade, and words on it: white where that is dark (W3C relative luminance, without its gamma).
  private static func shade(_ name: String, _ colour: String) -> String {
    let parts = stride(from: 1, to: 7, by: 2).map { start -> Int in
      Int(colour.dropFirst(start).prefix(2), radix: 16) ?? Int(colour.dropFirst(start).prefix(1), radix: 16) ?? 0
    }
    let light = parts[0] * 3 + parts[1] * 6 + parts[2]
    return ".chart .\(name){fill:\(colour)}.chart text.\(name)t{fill:\(light < 1_100 ? "#fff" : "#111")}"
  }
}
