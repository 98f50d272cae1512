import Markdown
import Templating
import Texts

/// Figures to be drawn: one or more series over the same names.
struct Chart {
  enum Kind: String {
    case bars = "cot"
    case lines = "duong"
  }

  struct Series {
    let name: String
    /// One for each name; nil where there is no number.
    let values: [ChartValue?]
  }

  let kind: Kind
  let title: String
  /// The `id` of the title in the page.
  let id: String
  let names: [String]
  let series: [Series]

  /// More series could not be told apart in grey.
  static let mostSeries = ChartStyle.bars.count

  /// Reads a table whose first column has the names and each other one a series; nil for one that
  /// cannot be drawn: of an unknown kind, without a number, or with too many series.
  init?(_ table: ChartTable) {
    guard let kind = Kind(rawValue: table.kind), let heads = table.rows.first, heads.count > 1,
      heads.count - 1 <= Chart.mostSeries
    else { return nil }
    let rows = table.rows.dropFirst()
    (self.kind, id) = (kind, table.id)
    title = String(decoding: table.title, as: UTF8.self)
    names = rows.map { String(decoding: $0[0], as: UTF8.self) }
    series = heads.indices.dropFirst().map { column in
      Series(
        name: String(decoding: heads[column], as: UTF8.self),
        values: rows.map { ChartValue(cell: $0[column]) })
    }
    guard series.contains(where: { $0.values.contains { $0 != nil } }) else { return nil }
  }

  /// All numbers, in the order of the table.
  var values: [ChartValue] { series.flatMap { $0.values.compactMap(\.self) } }
}

/// A number of a chart, and how the table writes it.
struct ChartValue {
  let number: Decimal
  let written: String

  /// Reads `1.400`, `13,5`, `-3`, `87,29%`, also behind a hedge, `trên 9.000`; nil for any other text.
  init?(cell: [UInt8]) {
    let start =
      cell.firstIndex { isDigit($0) }.map { index in
        index > 0 && cell[index - 1] == UInt8(ascii: "-") ? index - 1 : index
      } ?? 0
    guard start == 0 || cell[start - 1] == UInt8(ascii: " "),
      let number = Decimal(vietnamese: cell[start...])
    else { return nil }
    self.number = number
    written = String(decoding: cell, as: UTF8.self)
  }
}

extension Decimal {
  /// Reads digits in groups of three parted by points, or in one, and decimals behind a comma.
  fileprivate init?(vietnamese text: ArraySlice<UInt8>) {
    let digits = text.last == UInt8(ascii: "%") ? text.dropLast() : text
    let isNegative = digits.first == UInt8(ascii: "-")
    let parts = digits.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let groups = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isGrouped = groups.count > 1
    guard
      !isGrouped
        || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    var plain: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    for group in groups { plain += group }
    if parts.count == 2 { plain += [UInt8(ascii: ".")] + parts[1] }
    guard plain.dropFirst(isNegative ? 1 : 0).allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    self.init(plain)
  }
}
