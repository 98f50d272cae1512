extension RandomAccessCollection where Index == Int {
  /// The index of the first element that is not before what is sought, in a collection whose elements
  /// before it all come first; the end where there is none.
  public func sortedIndex(after isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
