public import EventModel
public import Workbench

/// Warns of ids that several events have.
/// - Parameter name: the file, where there is one alone.
public func warnOfDuplicates(_ ids: TextColumn, named name: String?, in context: RunContext) {
  var index = LabelIndex()
  var repeats: [Int: Int] = [:]
  unsafe ids.bytes.withUnsafeBufferPointer { bytes in
    guard let base = bytes.baseAddress else { return }
    for row in 0..<ids.count where ids.validity?[row] ?? true {
      let range = ids.range(row)
      let known = index.count
      let code = unsafe Int(index.intern(FieldText(start: base + range.lowerBound, count: range.count)))
      if code < known { repeats[code, default: 0] += 1 }
    }
  }
  guard !repeats.isEmpty else { return }
  let total = repeats.values.reduce(0, +)
  let notes = repeats.keys.sorted().prefix(shownProblems).map { code in
    "'\(String(decoding: index.utf8(code), as: UTF8.self))' occurs \((repeats[code] ?? 0) + 1) times"
  }
  context.warn(
    .warning(
      .duplicateIDs, "\(total) event\(total == 1 ? "" : "s") repeat\(total == 1 ? "s" : "") the id of an earlier one",
      at: name.map { SourceLocation(file: $0) }, hint: "'deduplicate: id' in the event set keeps the first of each",
      notes: notes + (repeats.count > shownProblems ? ["and \(repeats.count - shownProblems) more ids"] : [])))
}
