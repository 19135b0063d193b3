extension Panel {
  /// How many cells the panel would have with a cell for every unit it has and every one of some periods, at most.
  public func cellCountFilling(_ periods: [Period]) -> Int {
    let (product, isTooLarge) = unitKeys.count.multipliedReportingOverflow(by: periods.count)
    return isTooLarge ? .max : product.addingReportingOverflow(cellCount).partialValue
  }

  /// The same panel with a cell for every unit it has and every one of some periods, those added without events.
  ///
  /// Quiet periods are zeros only where the sources covered them, so the periods given should be those.
  /// - Parameter periods: in order, of the panel's length.
  /// - Precondition: fewer than 2^31 cells come out.
  public func filling(_ periods: [Period]) -> Panel {
    let units = unitKeys
    // A period before the first event's has a negative number, which no key can hold: all count from the earliest.
    let firstPeriod = min(layout.firstPeriod, periods.first?.index ?? layout.firstPeriod)
    let moved = layout.counting(from: firstPeriod)
    let shift = UInt64(layout.firstPeriod - firstPeriod) << layout.unitBits
    var filled: [UInt64] = []
    filled.reserveCapacity(units.count * periods.count + cellCount)
    var cellOfGroup: [UInt32] = []
    cellOfGroup.reserveCapacity(cellCount)
    var pending = periods.lazy.flatMap { period in
      let upper = UInt64(period.index - firstPeriod) << layout.unitBits
      return units.lazy.map { upper | $0 }
    }.makeIterator()
    var quiet = pending.next()
    for stretch in keys {
      for old in stretch {
        let key = old + shift
        while let cell = quiet, cell < key {
          filled.append(cell)
          quiet = pending.next()
        }
        if quiet == key { quiet = pending.next() }
        cellOfGroup.append(UInt32(filled.count))
        filled.append(key)
      }
    }
    while let cell = quiet {
      filled.append(cell)
      quiet = pending.next()
    }
    return Panel(
      events: events, cellCount: filled.count, names: names, layout: moved, keys: [filled], sections: sections,
      cellOfGroup: cellOfGroup, isEvent: isEvent)
  }

  /// The units the panel has, as the lower parts of keys, in order.
  private var unitKeys: [UInt64] {
    var units = Set<UInt64>()
    for stretch in keys {
      for key in stretch { units.insert(key & layout.unitMask) }
    }
    return units.sorted()
  }
}
