import Diagnostics
import Sheets
import Texts

/// The reader of a page of a workbook.
final class PageHandler: XMLHandler {
  private var state: PageState

  /// - Parameter name: that of the page.
  init(_ name: String, _ context: PageContext) { state = PageState(name, context) }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if let flaw = state.start(name, attributes) { end(.flaw(flaw)) }
  }

  override func end(_ name: XMLName) {
    if let flaw = state.end(name) { end(.flaw(flaw)) }
  }

  override func text(_ bytes: Span<UInt8>) { state.append(bytes) }

  /// The page, of which nothing is left here.
  func takePage() -> RawPage {
    var page = RawPage(name: "")
    swap(&page, &state.page)
    return page
  }
}

/// What the cells of a page refer to in the rest of the workbook.
struct PageContext {
  let strings: SharedStrings
  let formats: [NumberFormat]
  /// Which of the formats show all digits.
  let isGeneral: [Bool]
  let isFrom1904: Bool
  let limits: WorkbookLimits

  init(
    strings: SharedStrings, formats: [NumberFormat], isFrom1904: Bool, limits: WorkbookLimits
  ) {
    (self.strings, self.formats, self.isFrom1904) = (strings, formats, isFrom1904)
    (isGeneral, self.limits) = (formats.map { $0.kind == .general }, limits)
  }
}

private struct PageState: ~Copyable {
  var page: RawPage
  private let context: PageContext
  private var place = CellPlace(row: 0, column: 0)
  private var cell = StoredCell()
  private var text = CellText()
  private var value = ByteBuffer()
  private var area = Area.outside

  /// What part of the page, or of a cell, is being read.
  private enum Area {
    case outside
    case rows
    case cell
    case value
    case inlineText
  }

  init(_ name: String, _ context: PageContext) {
    page = RawPage(name: name)
    self.context = context
  }

  mutating func start(
    _ name: XMLName, _ attributes: XMLAttributes
  ) -> OfficeProblem.PartFlaw? {
    switch area {
    case .outside: startOutside(name, attributes)
    case .rows: return startInRows(name, attributes)
    case .cell:
      switch name {
      case "v": (area, cell.hasValue) = (.value, true)
      case "f": cell.hasFormula = true
      case "is": (area, cell.hasValue) = (.inlineText, true)
      default: break
      }
    case .inlineText: text.start(name)
    case .value: break
    }
    return nil
  }

  private mutating func startOutside(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "sheetData": area = .rows
    case "mergeCell":
      guard let area = attributes.string("ref").flatMap({ Sheet.Area($0) }) else { return }
      if page.merges.count < context.limits.merges { page.join(area) }
    case "col":
      guard attributes.isTrue("hidden"), let first = attributes.number("min"),
        let last = attributes.number("max"), first > 0, first <= last,
        page.hiddenColumns.count < CellPlace.columns.upperBound
      else { return }
      page.hide(columns: first...last)
    default: break
    }
  }

  private mutating func startInRows(
    _ name: XMLName, _ attributes: XMLAttributes
  ) -> OfficeProblem.PartFlaw? {
    switch name {
    case "row":
      let row = attributes.number("r") ?? place.row + 1
      guard row > place.row, CellPlace.rows ~= row else { return .badCell("\(row)") }
      place = CellPlace(row: row, column: 0)
      if attributes.isTrue("hidden") { page.hide(row: row) }
    case "c": return startCell(attributes)
    default: break
    }
    return nil
  }

  private mutating func startCell(_ attributes: XMLAttributes) -> OfficeProblem.PartFlaw? {
    var next: CellPlace? = CellPlace(row: place.row, column: place.column + 1)
    cell = StoredCell()
    var bad = ""
    attributes.forEach { name, value in
      switch name.first {
      case UInt8(ascii: "r"):
        next = CellPlace(value)
        if next == nil { bad = value.string }
      case UInt8(ascii: "s"): cell.format = value.number ?? 0
      case UInt8(ascii: "t"): cell.kind = StoredCell.Kind(value)
      default: break
      }
    }
    guard let next, next.row == place.row, next.column > place.column,
      CellPlace.columns ~= next.column
    else { return .badCell(bad.isEmpty ? "\(next?.column ?? 0)" : bad) }
    place = next
    area = .cell
    return nil
  }

  mutating func append(_ bytes: Span<UInt8>) {
    switch area {
    case .value: value.append(bytes)
    case .inlineText: text.append(bytes)
    default: break
    }
  }

  mutating func end(_ name: XMLName) -> OfficeProblem.PartFlaw? {
    switch area {
    case .value: if "v" ~= name { area = .cell }
    case .inlineText:
      if "is" ~= name { area = .cell } else { text.end(name) }
    case .cell:
      guard "c" ~= name else { return nil }
      area = .rows
      if case .inlineText = cell.kind { text.finish(into: &value) }
      let flaw = page.append(cell, value, at: place, context)
      value.removeAll()
      return flaw
    case .rows: if "sheetData" ~= name { area = .outside }
    case .outside: break
    }
    return nil
  }
}
