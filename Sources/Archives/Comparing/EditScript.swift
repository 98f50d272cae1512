/// A shortest way to turn one sequence into another, found as Myers does ("An O(ND) Difference
/// Algorithm and Its Variations", 1986) from both ends and in memory that grows with the length alone.
///
/// Of sequences that differ in more than some thousand places it may be longer than the shortest,
/// so that the time stays bounded.
struct EditScript {
  /// The stretches that are replaced, in order; all between them stands in both.
  private(set) var edits: [Edit] = []

  /// One of the two stretches may be empty.
  struct Edit: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  init(from old: ArraySlice<Int32>, to new: ArraySlice<Int32>) {
    let (isKept, isOldKept) = Self.common(old, new)
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let start = (left, right)
      while left < old.count, !isOldKept[left] { left += 1 }
      while right < new.count, !isKept[right] { right += 1 }
      if left > start.0 || right > start.1 {
        edits.append(
          Edit(
            old: old.startIndex + start.0..<old.startIndex + left,
            new: new.startIndex + start.1..<new.startIndex + right))
      }
      while left < old.count, right < new.count, isOldKept[left], isKept[right] {
        (left, right) = (left + 1, right + 1)
      }
    }
  }

  /// For each element of the new and of the old sequence whether it stands in both.
  private static func common(
    _ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>
  ) -> (new: [Bool], old: [Bool]) {
    // What the other side has nowhere takes no part.
    let (ofOld, ofNew) = (Set(old), Set(new))
    let oldPlaces = old.indices.filter { ofNew.contains(old[$0]) }
    let newPlaces = new.indices.filter { ofOld.contains(new[$0]) }
    var search = SharedElements(oldPlaces.map { old[$0] }, newPlaces.map { new[$0] })
    search.run()
    var (isOldKept, isKept) = (
      [Bool](repeating: false, count: old.count), [Bool](repeating: false, count: new.count)
    )
    for (index, place) in oldPlaces.enumerated() where !search.isRemoved[index] {
      isOldKept[place - old.startIndex] = true
    }
    for (index, place) in newPlaces.enumerated() where !search.isAdded[index] {
      isKept[place - new.startIndex] = true
    }
    return (isKept, isOldKept)
  }
}

/// The search for the longest sequence that stands in both, by halves.
private struct SharedElements {
  private let old: [Int32]
  private let new: [Int32]
  private(set) var isRemoved: [Bool]
  private(set) var isAdded: [Bool]
  /// For each diagonal, `old` minus `new` moved by ``offset``, how far a way along it comes: from the
  /// start of a box, and from its end.
  private var forward: [Int]
  private var backward: [Int]
  private let offset: Int
  /// The steps after which the best way so far is taken.
  private let mostSteps: Int

  /// A part of the two sequences that is still to be looked at.
  private struct Box {
    var old: Range<Int>
    var new: Range<Int>
  }

  init(_ old: [Int32], _ new: [Int32]) {
    (self.old, self.new) = (old, new)
    isRemoved = [Bool](repeating: false, count: old.count)
    isAdded = [Bool](repeating: false, count: new.count)
    let diagonals = old.count + new.count + 3
    forward = [Int](repeating: 0, count: diagonals)
    backward = forward
    offset = new.count + 1
    mostSteps = max(64, min(1000, 200_000_000 / diagonals))
  }

  mutating func run() {
    var boxes = [Box(old: 0..<old.count, new: 0..<new.count)]
    while var box = boxes.popLast() {
      trim(&box)
      if box.old.isEmpty {
        for index in box.new { isAdded[index] = true }
      } else if box.new.isEmpty {
        for index in box.old { isRemoved[index] = true }
      } else {
        let (x, y) = middle(of: box)
        boxes.append(Box(old: box.old.lowerBound..<x, new: box.new.lowerBound..<y))
        boxes.append(Box(old: x..<box.old.upperBound, new: y..<box.new.upperBound))
      }
    }
  }

  /// Takes away what both begin and end with.
  private func trim(_ box: inout Box) {
    var (x, y) = (box.old.lowerBound, box.new.lowerBound)
    while x < box.old.upperBound, y < box.new.upperBound, old[x] == new[y] {
      (x, y) = (x + 1, y + 1)
    }
    var (endX, endY) = (box.old.upperBound, box.new.upperBound)
    while endX > x, endY > y, old[endX - 1] == new[endY - 1] { (endX, endY) = (endX - 1, endY - 1) }
    box = Box(old: x..<endX, new: y..<endY)
  }

  /// A point through which a shortest way through a box leads: where ways from its two ends meet.
  private mutating func middle(of box: Box) -> (Int, Int) {
    let lowest = box.old.lowerBound - box.new.upperBound
    let highest = box.old.upperBound - box.new.lowerBound
    let first = box.old.lowerBound - box.new.lowerBound
    let last = box.old.upperBound - box.new.upperBound
    let isOdd = (first - last) & 1 != 0
    var (down, up) = (first...first, last...last)
    forward[first + offset] = box.old.lowerBound
    backward[last + offset] = box.old.upperBound
    for _ in 0..<mostSteps {
      down = widened(down, lowest, highest, &forward, with: -1)
      for diagonal in stride(from: down.upperBound, through: down.lowerBound, by: -2) {
        let x = goOn(along: diagonal, in: box)
        if isOdd, up.contains(diagonal), backward[diagonal + offset] <= x {
          return (x, x - diagonal)
        }
      }
      up = widened(up, lowest, highest, &backward, with: Int.max)
      for diagonal in stride(from: up.upperBound, through: up.lowerBound, by: -2) {
        let x = goBack(along: diagonal, in: box)
        if !isOdd, down.contains(diagonal), x <= forward[diagonal + offset] {
          return (x, x - diagonal)
        }
      }
    }
    return furthest(in: box, down, up)
  }

  /// The diagonals of the next step: one more at each side, or one less where the box ends.
  private func widened(
    _ range: ClosedRange<Int>, _ lowest: Int, _ highest: Int, _ reached: inout [Int],
    with nothing: Int
  ) -> ClosedRange<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    if low > lowest {
      low -= 1
      reached[low - 1 + offset] = nothing
    } else {
      low += 1
    }
    if high < highest {
      high += 1
      reached[high + 1 + offset] = nothing
    } else {
      high -= 1
    }
    return low <= high ? low...high : high...high
  }

  private mutating func goOn(along diagonal: Int, in box: Box) -> Int {
    let place = diagonal + offset
    var x = max(forward[place - 1] + 1, forward[place + 1])
    while x < box.old.upperBound, x - diagonal < box.new.upperBound, old[x] == new[x - diagonal] {
      x += 1
    }
    forward[place] = x
    return x
  }

  private mutating func goBack(along diagonal: Int, in box: Box) -> Int {
    let place = diagonal + offset
    var x = min(backward[place - 1], backward[place + 1] - 1)
    while x > box.old.lowerBound, x - diagonal > box.new.lowerBound,
      old[x - 1] == new[x - diagonal - 1]
    {
      x -= 1
    }
    backward[place] = x
    return x
  }

  /// Where the way that has come furthest stands.
  private func furthest(
    in box: Box, _ down: ClosedRange<Int>, _ up: ClosedRange<Int>
  ) -> (Int, Int) {
    var (best, point) = (Int.min, (box.old.lowerBound, box.new.lowerBound))
    for diagonal in stride(from: down.upperBound, through: down.lowerBound, by: -2) {
      let x = min(
        forward[diagonal + offset], box.old.upperBound, box.new.upperBound + diagonal)
      let length = 2 * x - diagonal - box.old.lowerBound - box.new.lowerBound
      if length > best { (best, point) = (length, (x, x - diagonal)) }
    }
    for diagonal in stride(from: up.upperBound, through: up.lowerBound, by: -2) {
      let x = max(
        backward[diagonal + offset], box.old.lowerBound, box.new.lowerBound + diagonal)
      let length = box.old.upperBound + box.new.upperBound - 2 * x + diagonal
      if length > best { (best, point) = (length, (x, x - diagonal)) }
    }
    return point
  }
}
