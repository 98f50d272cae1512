import CGumbo

/// The cells of a table that is being read, each with the blocks in it.
struct PageTable {
  let isNested: Bool
  let hasBorder: Bool
  /// Whether another table lies in it.
  var holdsAnother = false
  private var hasHead = false
  /// The first block in it.
  let first: Int
  /// Behind the last block in its cells.
  private(set) var end: Int
  private var rows: [[Cell]] = []
  private var next = Cell(blocks: 0..<0)

  /// A cell may span several columns and rows.
  private struct Cell {
    var blocks: Range<Int>
    var columns = 1
    var rows = 1
  }

  /// No real table has more.
  private static let mostColumns = 200
  private static let mostRows = 10_000

  init(isNested: Bool, hasBorder: Bool, first: Int) {
    (self.isNested, self.hasBorder, self.first) = (isNested, hasBorder, first)
    end = first
  }

  // MARK: Reading

  mutating func beginRow() { rows.append([]) }

  mutating func beginCell(isHead: Bool, columns: Int?, rows: Int?) {
    hasHead = hasHead || isHead
    // More than a table has is said by mistake.
    next.columns = columns.map { 1...Self.mostColumns ~= $0 ? $0 : 1 } ?? 1
    // None means all that are left.
    next.rows = rows == 0 ? Int.max : max(rows ?? 1, 1)
  }

  mutating func endCell(blocks: Int) {
    if rows.isEmpty { rows.append([]) }
    next.blocks = end..<blocks
    rows[rows.count - 1].append(next)
    next = Cell(blocks: 0..<0)
    end = blocks
  }

  // MARK: What was read

  /// Tells whether it has two rows and two columns and more; in another table that may be for its
  /// looks, unless it has a border, a head or a third column.
  var isOfData: Bool {
    let width = rows.map(\.count).max() ?? 0
    let isSure = !isNested || hasBorder || hasHead || width > 2
    return !holdsAnother && isSure && width > 1 && width <= Self.mostColumns
      && rows.count <= Self.mostRows
      && rows.count { $0.count > 1 } > 1
  }

  /// Rows of as many cells each: one that spans several stands in the first of them, the others are
  /// empty.
  var grid: [[Range<Int>?]] {
    var grid: [[Range<Int>?]] = []
    // For each column how many rows more a cell above takes of it.
    var taken: [Int] = []
    for row in rows {
      var cells: [Range<Int>?] = []
      for cell in row {
        while cells.count < taken.count, taken[cells.count] > 0 { cells.append(nil) }
        for column in 0..<cell.columns where cells.count < Self.mostColumns || column == 0 {
          if taken.count == cells.count { taken.append(0) }
          // Counted down with this row.
          taken[cells.count] = cell.rows
          cells.append(column == 0 ? cell.blocks : nil)
        }
      }
      for column in taken.indices where taken[column] > 0 { taken[column] -= 1 }
      grid.append(cells)
    }
    let width = grid.map { row in (row.lastIndex { $0 != nil } ?? -1) + 1 }.max() ?? 0
    return grid.map { row in (0..<width).map { row.indices.contains($0) ? row[$0] : nil } }
  }
}

/// How the items of a list are numbered.
struct PageList {
  private var number: Int
  private let style: String

  /// - Returns: nil for a list whose items have no numbers.
  init?(_ list: PageElement) {
    guard list.tag == GUMBO_TAG_OL, !Self.isWithoutNumbers(list) else { return nil }
    number = list.number("start") ?? 1
    style = list.attribute("type") ?? "1"
  }

  /// The paths of portals are lists of steps, which show none.
  private static func isWithoutNumbers(_ list: PageElement) -> Bool {
    let names = [list.attribute("class"), list.attribute("id"), list.attribute("itemtype")]
    if names.contains(where: { $0?.lowercased().contains("breadcrumb") ?? false }) { return true }
    let style = (list.attribute("style") ?? "").lowercased().filter { $0 != " " }
    return list.attribute("reversed") != nil || style.contains("list-style:none")
      || style.contains("list-style-type:none")
  }

  /// The number of the next item as it is shown: `3.`, `c.`, `III.`.
  ///
  /// - Parameter value: where the item says so itself.
  mutating func next(at value: Int?) -> String {
    let shown = value ?? number
    number = shown == Int.max ? shown : shown + 1
    let text: String? =
      switch style {
      case "a": Self.letters(shown)
      case "A": Self.letters(shown)?.uppercased()
      case "i": Self.roman(shown)?.lowercased()
      case "I": Self.roman(shown)
      default: nil
      }
    return "\(text ?? String(shown))."
  }

  /// a to z, aa, ab, …
  private static func letters(_ number: Int) -> String? {
    guard number > 0 else { return nil }
    var (rest, letters) = (number, [UInt8]())
    while rest > 0 {
      letters.append(0x61 + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  private static func roman(_ number: Int) -> String? {
    guard 1..<4000 ~= number else { return nil }
    let signs = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
      (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var (rest, text) = (number, "")
    for (value, sign) in signs {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }
}

extension PageElement {
  /// The whole number that is an attribute; nil where it is none.
  func number(_ name: StaticString) -> Int? {
    attribute(name).flatMap { Int($0.filter { !$0.isWhitespace }) }
  }
}
