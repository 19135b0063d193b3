/// The known name nearest to one that was mistyped, or nil where none is near.
///
/// Near is an optimal-string-alignment distance of at most a third of the length, and at least one; of equally near names
/// the first is taken.
public func nearestName(to name: String, among known: [String]) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  let limit = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in known {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    guard abs(scalars.count - wanted.count) <= limit else { continue }
    let distance = alignmentDistance(wanted, scalars)
    guard distance <= limit, distance < (best?.distance ?? .max) else { continue }
    best = (candidate, distance)
  }
  return best?.name
}

/// "did you mean 'x'?", or the list of what is known where nothing is near.
public func suggestion(for name: String, among known: [String]) -> String {
  if let near = nearestName(to: name, among: known) { return "did you mean '\(near)'?" }
  return known.isEmpty ? "there is none" : "known: \(known.joined(separator: ", "))"
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other, none touching a place
/// twice (optimal string alignment).
public func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  var row = previous
  for i in 1...left.count {
    row[0] = i
    for j in 1...right.count {
      let replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
      var cost = min(previous[j] + 1, row[j - 1] + 1, replaced)
      if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
        cost = min(cost, beforePrevious[j - 2] + 1)
      }
      row[j] = cost
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[right.count]
}
