/// The room that the columns of a table take, in whatever unit a line is measured in.
struct ColumnNeed {
  /// The longest word.
  var least = 1
  /// The longest cell.
  var most = 1
  /// What its share of the room is reckoned by: a head may well have several lines.
  var weight = 1

  mutating func add(longestWord: Int, longestLine: Int, isHead: Bool) {
    least = max(least, longestWord)
    most = max(most, longestLine)
    weight = max(weight, isHead ? longestLine / 3 : longestLine)
  }
}

extension [ColumnNeed] {
  /// Shares the room: a column that holds much gets more, by the root of it, as its lines become
  /// fewer the wider it is; none gets more than it needs.
  func widths(room: Int) -> [Int] {
    let most = map(\.most)
    if most.reduce(0, +) <= room { return most }
    let roots = map { root($0.weight) }
    func shares(_ scale: Int) -> [Int] {
      indices.map { Swift.min(most[$0], Swift.max(self[$0].least, scale * roots[$0] / 256)) }
    }
    var (low, high) = (0, 256 * (room + 1))
    while low + 1 < high {
      let middle = (low + high) / 2
      if shares(middle).reduce(0, +) <= room { low = middle } else { high = middle }
    }
    var widths = shares(low)
    // What rounding left over.
    var rest = room - widths.reduce(0, +)
    for column in widths.indices where rest > 0 && widths[column] < most[column] {
      widths[column] += 1
      rest -= 1
    }
    return widths
  }
}

/// Sixteen times the root of a number, rounded down.
private func root(_ number: Int) -> Int {
  let square = Double(max(0, number)) * 256
  var root = Int(square.squareRoot())
  while root * root > number * 256 { root -= 1 }
  while (root + 1) * (root + 1) <= number * 256 { root += 1 }
  return root
}
