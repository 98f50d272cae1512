/// Numbers from 1 as a person lists them, `1,3-5`, and `7-` for all from one on.
enum NumberRanges {
  /// - Returns: the ranges in the order of the list; nil for what is no such list.
  static func read(_ text: String) -> [ClosedRange<Int>]? {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard let first = ends.first.flatMap({ Int($0) }), first > 0, ends.count <= 2 else {
        return nil
      }
      let last = ends.count == 1 ? first : ends[1].isEmpty ? Int.max : Int(ends[1])
      guard let last, last >= first else { return nil }
      ranges.append(first...last)
    }
    return ranges
  }
}
