import Diagnostics
import Sheets
import Texts

/// A cell as a workbook stores it, but for its value.
struct StoredCell {
  var kind = Kind.number
  /// The number of its style.
  var format = 0
  var hasFormula = false
  var hasValue = false

  /// What the value of a cell is (ECMA-376, part 1, 18.18.11).
  enum Kind {
    case number
    /// The number of a text that cells share.
    case sharedText
    case inlineText
    /// What a formula gave: `str`.
    case text
    case truth
    case error
    /// A day as `2018-06-28T18:10:00`.
    case day

    init(_ name: Span<UInt8>) {
      guard !name.isEmpty else {
        self = .number
        return
      }
      self =
        switch (name[0], name.count) {
        case (UInt8(ascii: "s"), 1): .sharedText
        case (UInt8(ascii: "i"), 9): .inlineText
        case (UInt8(ascii: "s"), 3): .text
        case (UInt8(ascii: "b"), 1): .truth
        case (UInt8(ascii: "e"), 1): .error
        case (UInt8(ascii: "d"), 1): .day
        default: .number
        }
    }
  }
}

extension RawPage {
  /// Adds a cell by what a person sees in it; an empty one is left out.
  mutating func append(
    _ cell: StoredCell, _ value: [UInt8], at place: CellPlace, _ context: PageContext
  ) -> OfficeProblem.PartFlaw? {
    let start = text.count
    if !cell.hasValue || value.isEmpty {
      if cell.hasFormula, cell.kind != .text {
        text += "=…".utf8
        note(.uncalculated, at: place)
      }
    } else if let problem = append(value, of: cell, context) {
      note(problem, at: place)
    }
    guard text.count > start || flaws.last?.isAt(place) == true else { return nil }
    cells.append(
      Cell(
        row: Int32(truncatingIfNeeded: place.row), column: Int32(truncatingIfNeeded: place.column),
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: text.count)))
    if cells.count > context.limits.cells { return .tooManyCells(limit: context.limits.cells) }
    return text.count > context.limits.text ? .tooManyTexts(limit: context.limits.text) : nil
  }

  private mutating func note(_ problem: WorkbookProblem, at place: CellPlace) {
    flaws.append(Sheet.Flaw(row: place.row, column: place.column, problem: problem))
  }

  /// Appends the text of a value; returns what is to be said of it.
  private mutating func append(
    _ value: [UInt8], of cell: StoredCell, _ context: PageContext
  ) -> WorkbookProblem? {
    switch cell.kind {
    case .sharedText:
      guard let number = value.number, let shared = context.strings[number] else {
        text += value
        return .damagedCell
      }
      text += shared
    case .inlineText: text += value
    case .text: appendPlain(value)
    case .truth: text += (value == [UInt8(ascii: "1")] ? "true" : "false").utf8
    case .error:
      text += value
      return .errorValue(String(decoding: value, as: UTF8.self))
    case .day: appendPlain(written(day: value))
    case .number: return append(number: value, cell.format, context)
    }
    return nil
  }

  /// Appends the value of a formula that is a text.
  private mutating func appendPlain(_ value: [UInt8]) {
    var (plain, unescaped) = (CellText(), [UInt8]())
    plain.append(always: value.span)
    plain.finish(into: &unescaped)
    text += unescaped
  }

  private mutating func append(
    number value: [UInt8], _ style: Int, _ context: PageContext
  ) -> WorkbookProblem? {
    let format = style < context.formats.count ? context.formats[style] : .general
    if format.kind == .general, appendShort(value) { return nil }
    guard let number = StoredNumber(value) else {
      text += value
      return .damagedCell
    }
    let start = text.count
    switch ShownNumber.append(number, format, isFrom1904: context.isFrom1904, to: &text) {
    case .day, .figure(isRounded: false): return nil
    case .figure(isRounded: true):
      let shown = text.span.extracting(start..<text.count).string
      return .rounded(stored: format.allDigits(of: number), shown: shown, count: 1)
    case .noDay:
      text += value
      return .noSuchDay(String(decoding: value, as: UTF8.self))
    }
  }

  /// Appends digits that need no more than a comma for their point, as most do; false for others.
  private mutating func appendShort(_ value: [UInt8]) -> Bool {
    guard value.count <= StoredNumber.significantDigits, let first = value.first,
      0x31...0x39 ~= first
    else { return false }
    var point: Int?
    for (index, byte) in value.enumerated() where !(0x30...0x39 ~= byte) {
      guard byte == UInt8(ascii: "."), point == nil else { return false }
      point = index
    }
    guard let point else {
      text += value
      return true
    }
    // What ends in a zero, or may be read as thousands, is looked at more closely.
    guard point < value.count - 1, value.last != UInt8(ascii: "0"), value.count - point != 4 else {
      return false
    }
    text += value[..<point]
    text.append(UInt8(ascii: ","))
    text += value[(point + 1)...]
    return true
  }
}

/// `2018-06-28T00:00:00` without a time that is none, `2018-06-28 18:10` with one.
private func written(day: [UInt8]) -> [UInt8] {
  let parts = day.split(separator: UInt8(ascii: "T"), maxSplits: 1)
  guard parts.count == 2 else { return day }
  let time = parts[1].prefix(5)
  return Array(parts[0]) + (time.elementsEqual("00:00".utf8) ? [] : [0x20] + Array(time))
}

extension Sheet.Flaw {
  fileprivate func isAt(_ place: CellPlace) -> Bool { row == place.row && column == place.column }
}
