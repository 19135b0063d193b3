/// How a cell's period and unit are written into one number: period, first unit, second unit, from the highest bits.
struct PanelLayout: Sendable {
  let length: PeriodLength
  /// The first day of any event, as a number.
  let firstDay: Int32
  /// The period of each day from `firstDay` on, counted from `firstPeriod`.
  let periodOfDay: [UInt32]
  /// The number of the first period.
  private(set) var firstPeriod: Int32
  let unitBits: UInt64
  let secondBits: UInt64
  /// How many bits a row's number takes.
  let rowBits: UInt64
  /// How many bits of a key are sorted within a partition; those above say which partition.
  let lowBits: UInt64
  let partitionCount: Int

  /// Plans keys; nil where they would be too long.
  init?(_ events: EventTable, period: PeriodLength, names: Int, isPair: Bool) {
    let days = events.firstDay.values
    var earliest = days.first ?? Day(daysSinceEpoch: 0)
    var latest = earliest
    for day in days {
      earliest = min(earliest, day)
      latest = max(latest, day)
    }
    length = period
    firstDay = earliest.daysSinceEpoch
    let firstPeriod = period.index(of: earliest)
    self.firstPeriod = firstPeriod
    periodOfDay = (0...earliest.days(until: latest)).map { day in
      UInt32(period.index(of: earliest.adding(days: day)) - firstPeriod)
    }
    let nameBits = bits(names)
    secondBits = isPair ? nameBits : 0
    unitBits = isPair ? 2 * nameBits : nameBits
    rowBits = bits(events.count)
    let keyBits = unitBits + bits(Int(period.index(of: latest) - firstPeriod) + 1)
    // Partitions of some two thousand events stay in a core's own cache while they are sorted.
    var partitionBits = min(keyBits, min(12, bits(events.count / 2048)))
    if keyBits - partitionBits + rowBits > 64 { partitionBits = min(keyBits, keyBits + rowBits - 64) }
    guard partitionBits <= 18, keyBits <= 62 else { return nil }
    lowBits = keyBits - partitionBits
    partitionCount = 1 << Int(partitionBits)
  }

  /// The same layout with periods counted from an earlier one; for cells without events.
  func counting(from period: Int32) -> PanelLayout {
    var layout = self
    layout.firstPeriod = period
    return layout
  }

  var lowMask: UInt64 { 1 << lowBits &- 1 }
  var unitMask: UInt64 { 1 << unitBits &- 1 }
  func period(of key: UInt64) -> Period {
    Period(length: length, index: firstPeriod + Int32(truncatingIfNeeded: key >> unitBits))
  }
  func first(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: (key & unitMask) >> secondBits) }
  func second(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key & (1 << secondBits &- 1)) }
}

/// How many bits it takes to number so many things from zero.
private func bits(_ count: Int) -> UInt64 { count <= 1 ? 0 : UInt64(Int.bitWidth - (count - 1).leadingZeroBitCount) }

extension [String] {
  /// The indices of the texts in the order of their UTF-8 bytes.
  func utf8Order() -> [Int] {
    // The first eight bytes decide nearly always, and compare as one number.
    let prefixes = map { text in
      var prefix: UInt64 = 0
      var shift: UInt64 = 64
      for byte in text.utf8.prefix(8) {
        shift -= 8
        prefix |= UInt64(byte) << shift
      }
      return prefix
    }
    return indices.sorted { left, right in
      if prefixes[left] != prefixes[right] { return prefixes[left] < prefixes[right] }
      return self[left].utf8.lexicographicallyPrecedes(self[right].utf8)
    }
  }
}
