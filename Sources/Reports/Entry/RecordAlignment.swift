import Records
import Texts

/// The records of one file as they are known again in another.
struct RecordAlignment {
  /// For each record of the one file that of the other; nil for one that is not there any more.
  private(set) var pairs: [Int?]
  private var left: Set<Int>
  private let from: [[String: [String]]]
  private let to: [[String: [String]]]

  /// Pairs records that hold the same, then those with the same key or name, then those in the same place
  /// between pairs.
  init(from: [[String: [String]]], to: [[String: [String]]], _ type: RecordType) {
    (self.from, self.to) = (from, to)
    pairs = [Int?](repeating: nil, count: from.count)
    left = Set(to.indices)
    pairSame()
    for field in type.identifyingFields { pairNamed(field.string) }
    pairPlaces()
  }

  private mutating func pair(_ index: Int, _ other: Int) {
    pairs[index] = other
    left.remove(other)
  }

  /// Pairs equal records: from both ends, and of the others each with the first one that is left.
  private mutating func pairSame() {
    let head = zip(from, to).prefix { $0 == $1 }.count
    for index in 0..<head { pair(index, index) }
    let most = min(from.count, to.count) - head
    let tail = zip(from.reversed(), to.reversed()).prefix { $0 == $1 }.prefix(most).count
    for index in 0..<tail { pair(from.count - 1 - index, to.count - 1 - index) }
    var same: [[String: [String]]: [Int]] = [:]
    for index in left.sorted().reversed() { same[to[index], default: []].append(index) }
    for index in from.indices where pairs[index] == nil {
      if let other = same[from[index]]?.popLast() { pair(index, other) }
    }
  }

  /// Pairs records with the same values of a field.
  private mutating func pairNamed(_ field: String) {
    var named: [[String]: [Int]] = [:]
    for index in left.sorted().reversed() {
      if let name = to[index][field] { named[name, default: []].append(index) }
    }
    for index in from.indices where pairs[index] == nil {
      if let name = from[index][field], let other = named[name]?.popLast() { pair(index, other) }
    }
  }

  /// Pairs what stands between two neighbouring pairs, where it is as many records in both files.
  private mutating func pairPlaces() {
    let ascent = pairs.compactMap(\.self).longestAscent
    var origin: [Int: Int] = [:]
    for (index, other) in pairs.enumerated() { if let other { origin[other] = index } }
    var (start, otherStart) = (0, 0)
    for end in ascent + [to.count] {
      let ownEnd = origin[end] ?? from.count
      let own = (start..<ownEnd).filter { pairs[$0] == nil }
      let others = (otherStart..<end).filter(left.contains)
      if own.count == others.count { for (index, other) in zip(own, others) { pair(index, other) } }
      (start, otherStart) = (ownEnd + 1, end + 1)
    }
  }
}
