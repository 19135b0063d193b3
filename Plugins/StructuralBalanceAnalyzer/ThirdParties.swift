import EventModel
import Statistics

/// A relationship of which `relationship-shift` says that it shifted.
struct ShiftedRelationship: Sendable, Hashable {
  var actor1: String
  var actor2: String
  var date: Day
  /// The first and the last day that the shift may have.
  var low: Day
  var high: Day
  var label: String?
}

/// A third actor related to both of a relationship that shifted, and whether it speaks against how that stands now.
struct ThirdParty: Sendable {
  var shift: ShiftedRelationship
  var third: String
  /// The network before the shift; nil where there was none.
  var before: NetworkBalance?
  var after: NetworkBalance
  var signBefore: Int?
  /// The sign of the two after the shift, and of each of them to the third.
  var sign: Int
  var signs: [Int]
  /// The triad before; nil where one of its relationships was not there.
  var triadBefore: TriadBalance?
  var triadAfter: TriadBalance
  /// An ally of one's enemy, or an enemy of one's ally.
  var isContradicting: Bool { signs[0] * signs[1] != sign }
  /// Whether it is known both before and after that the triad is in balance, or out of it.
  var isSettled: Bool {
    triadBefore.map { $0.verdict != .undetermined } ?? false && triadAfter.verdict != .undetermined
  }
}

extension ThirdParty {
  /// The third parties of each shift: related to both in the first period after all those that the shift may lie in.
  static func all(of shifts: [ShiftedRelationship], in balances: [NetworkBalance]) -> [ThirdParty] {
    let dated = balances.compactMap { balance in
      balance.network.calendarPeriod.map { (period: $0, balance: balance) }
    }
    guard let length = dated.first?.period.length else { return [] }
    return shifts.flatMap { shift -> [ThirdParty] in
      let (low, high) = (Period(length, holding: shift.low), Period(length, holding: shift.high))
      let before = dated.last { $0.period < low }?.balance
      // At the end of the covered time the last period may be all there is of the new regime.
      guard let after = (dated.first { high < $0.period } ?? dated.last { $0.period == high })?.balance,
        let own = after.network.edge(between: shift.actor1, and: shift.actor2)
      else { return [] }
      return after.triangles.filter { $0.edges.contains(own) }.compactMap { triangle in
        ThirdParty(shift, triangle, own, before: before, after: after)
      }
    }
  }

  private init?(
    _ shift: ShiftedRelationship, _ triangle: Triangle, _ own: Int, before: NetworkBalance?, after: NetworkBalance
  ) {
    let names = triangle.nodes.map { after.network.actors[$0] }
    guard let third = names.first(where: { $0 != shift.actor1 && $0 != shift.actor2 }),
      let triad = after.triad(triangle)
    else { return nil }
    /// The edges between the two, and between each of them and the third.
    func edges(_ network: SignedNetwork?) -> [Int?] {
      [(shift.actor1, shift.actor2), (shift.actor1, third), (shift.actor2, third)].map {
        network?.edge(between: $0.0, and: $0.1)
      }
    }
    let (old, new) = (edges(before?.network), edges(after.network).compactMap(\.self))
    let known = old.compactMap(\.self)
    (self.shift, self.third, self.before, self.after) = (shift, third, before, after)
    signBefore = old[0].flatMap { before?.network.sign(of: $0) }
    sign = after.network.sign(of: own)
    signs = new.dropFirst().map { after.network.sign(of: $0) }
    triadBefore = known.count == 3 ? before?.network.triad(known) : nil
    triadAfter = triad
  }
}
