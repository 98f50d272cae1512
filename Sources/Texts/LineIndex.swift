/// Finds lines and columns of many places, one after the other, without going through the text for
/// each.
public struct LineIndex {
  private var source: Source?
  /// The offset of the first byte of each line.
  private var starts: [Int] = []
  /// The place that was asked for before.
  private var last = (offset: 0, column: 1)

  public init() {}

  /// As ``Source/position(at:)``.
  public mutating func position(at offset: Int, in source: Source) -> (line: Int, column: Int) {
    if let cell = source.cells?.cell(at: offset) { return cell }
    if self.source !== source { begin(source) }
    let offset = min(offset, source.bytes.count)
    let line = starts.sortedIndex(after: { $0 <= offset })
    let start = starts[line - 1]
    let known: (offset: Int, column: Int) =
      last.offset >= start && last.offset <= offset ? last : (start, 1)
    last = (offset, known.column + source.scalarCount(known.offset..<offset))
    return (line, last.column)
  }

  private mutating func begin(_ source: Source) {
    self.source = source
    starts = [0]
    for index in source.bytes.indices where source.bytes[index] == 0x0A { starts.append(index + 1) }
    last = (0, 1)
  }
}
