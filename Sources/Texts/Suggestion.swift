/// The name among `known` that the user most likely meant, or nil when none is near.
///
/// Nearness is the edit distance with transpositions, at most a third of the name's length; names
/// of one or two letters are near nothing.
public func nearest(to name: String, among known: some Sequence<String>) -> String? {
  let wanted = Array(name.utf8)
  guard wanted.count > 2 else { return nil }
  let limit = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in known {
    guard abs(candidate.utf8.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, Array(candidate.utf8))
    guard distance <= limit else { continue }
    if best == nil || (distance, candidate) < (best?.distance ?? 0, best?.name ?? "") {
      best = (candidate, distance)
    }
  }
  return best?.name
}

/// Optimal string alignment distance over bytes.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var older = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(substitution, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, older[column - 1] + 1)
      }
      current.append(cost)
    }
    (older, previous) = (previous, current)
  }
  return previous[right.count]
}
