/// Pairs elements of two lists that are alike, each with one behind the pair before, so that the sum
/// of their likeness is largest.
///
/// - Parameter likeness: 0 for two that are no pair.
/// - Returns: none where the lists are too long for every pair to be looked at.
func orderedPairs(
  _ old: Range<Int>, _ new: Range<Int>, likeness: (Int, Int) -> Float
) -> [(old: Int, new: Int)] {
  guard !old.isEmpty, !new.isEmpty, old.count * new.count <= 100_000 else { return [] }
  let width = new.count + 1
  // The largest sum for what stands from a place on.
  var sums = [Float](repeating: 0, count: (old.count + 1) * width)
  var scores = sums
  for row in stride(from: old.count - 1, through: 0, by: -1) {
    for column in stride(from: new.count - 1, through: 0, by: -1) {
      let place = row * width + column
      let score = likeness(old.lowerBound + row, new.lowerBound + column)
      scores[place] = score
      let paired = score > 0 ? score + sums[place + width + 1] : 0
      sums[place] = max(paired, sums[place + width], sums[place + 1])
    }
  }
  var pairs: [(old: Int, new: Int)] = []
  var (row, column) = (0, 0)
  while row < old.count, column < new.count {
    let place = row * width + column
    if scores[place] > 0, sums[place] == scores[place] + sums[place + width + 1] {
      pairs.append((old.lowerBound + row, new.lowerBound + column))
      (row, column) = (row + 1, column + 1)
    } else if sums[place] == sums[place + width] {
      row += 1
    } else {
      column += 1
    }
  }
  return pairs
}
