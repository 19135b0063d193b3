import EventModel
import TabularEvents
import Workbench

/// ACLED's kinds of actor, in the order of their numbers from 1.
enum ActorKind: String, ScalarParameter, CaseIterable {
  case stateForces = "state-forces"
  case rebels
  case politicalMilitias = "political-militias"
  case identityMilitias = "identity-militias"
  case rioters, protesters, civilians, external

  /// The kind that a file writes: its number, or in newer files its name.
  init?(fieldText text: String) {
    let text = text.lowercased()
    // `Rebel group`, `Rebel groups`, `Rebel forces`: the first word tells them apart.
    let found = Self.allCases.enumerated().first { index, kind in
      text == "\(index + 1)" || text.hasPrefix(kind.beginning)
    }
    guard let found else { return nil }
    self = found.element
  }
  /// How the names of the kind begin.
  private var beginning: String {
    switch self {
    case .stateForces: "state"
    case .rebels: "rebel"
    case .politicalMilitias: "political"
    case .identityMilitias: "identity"
    case .rioters: "rioter"
    case .protesters: "protester"
    case .civilians: "civilian"
    case .external: "external"
    }
  }
}

/// Which events are read.
struct Selection: Sendable {
  let kinds: [ActorKind]
  let needsCivilians: Bool

  private var hasKinds: Bool { ActorKind.allCases.contains { !kinds.contains($0) } }

  /// The fields that it reads.
  func fields(of header: TabularHeader) -> [TabularField] {
    var names = [header.name(of: "inter1"), header.name(of: "inter2")]
    if needsCivilians { names.append(header.name(of: "civilian_targeting")) }
    return names.compactMap { $0 }.map { TabularField(extra: $0, .label) }
  }

  /// Leaves out other events; counts kinds of actor that ACLED does not have.
  func apply(to rows: inout TabularRows, counting tally: Tally<Count>) {
    let inter = ["inter1", "inter2"].compactMap { rows.extra($0) }
    let kindsOfLabels = inter.map { $0.labels.map(ActorKind.init(fieldText:)) }
    for (column, kinds) in zip(inter, kindsOfLabels) {
      // 0 stands for no second actor.
      for code in kinds.indices where kinds[code] == nil && column.labels[code] != "0" {
        let count = (0..<rows.count).count { column.codes[$0] == UInt32(code) }
        if count > 0 { tally.add(count, to: .unknownKind(column.labels[code])) }
      }
    }
    guard hasKinds || needsCivilians else { return }
    tally.add(rows.count, to: .read)
    let wanted = kindsOfLabels.map { $0.map { $0.map(kinds.contains) ?? false } }
    let targeting = rows.extra("civilian_targeting")
    var kept: [Int32] = []
    for row in 0..<rows.count {
      let isOfKind = zip(inter, wanted).contains { column, isWanted in
        column.codes.has(row) && isWanted[Int(column.codes.values[row])]
      }
      if hasKinds, !isOfKind {
        tally.add(1, to: .left("kinds"))
      } else if needsCivilians, !(targeting?.codes.has(row) ?? false) {
        tally.add(1, to: .left("civilian_targeting"))
      } else {
        kept.append(Int32(row))
      }
    }
    rows.keep(kept)
  }
}

extension TabularRows {
  /// The names of a field that is no column of events, whatever the case in which the file writes its name.
  func extra(_ name: String) -> CodedColumn? {
    guard case .codes(let column)? = extras[name] ?? extras[name.uppercased()] else { return nil }
    return column
  }
}
