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
    _ cell: StoredCell, _ value: borrowing ByteBuffer, at place: CellPlace,
    _ context: borrowing PageContext
  ) -> OfficeProblem.PartFlaw? {
    let isUncalculated = !cell.hasValue || value.isEmpty
    if isUncalculated, !cell.hasFormula || cell.kind == .text { return nil }
    startCell(place)
    if isUncalculated {
      text.append(literal: "=…")
      note(.uncalculated, at: place)
    } else if let problem = append(value.span, of: cell, at: place, context) {
      note(problem, at: place)
    }
    endCell()
    if cellCount > context.limits.cells { return .tooManyCells(limit: context.limits.cells) }
    return textCount > context.limits.text ? .tooManyTexts(limit: context.limits.text) : nil
  }

  /// Appends the text of a value; returns what is to be said of it.
  private mutating func append(
    _ value: Span<UInt8>, of cell: StoredCell, at place: CellPlace,
    _ context: borrowing PageContext
  ) -> WorkbookProblem? {
    switch cell.kind {
    case .number: return append(number: value, cell.format, at: place, context)
    case .sharedText:
      guard let number = value.number, context.strings.append(number, to: &text) else {
        text.append(value)
        return .damagedCell
      }
    case .inlineText: text.append(value)
    case .text:
      var plain = CellText()
      plain.append(always: value)
      plain.finish(into: &text)
    case .truth: text += (value.count == 1 && value[0] == UInt8(ascii: "1") ? "true" : "false").utf8
    case .error:
      text.append(value)
      return .errorValue(value.string)
    case .day: text += written(day: value.withUnsafeBufferPointer { Array($0) })
    }
    return nil
  }

  private mutating func append(
    number value: Span<UInt8>, _ style: Int, at place: CellPlace, _ context: borrowing PageContext
  ) -> WorkbookProblem? {
    let isGeneral = style >= context.formats.count || context.isGeneral[style]
    if isGeneral, appendShort(value) { return nil }
    guard let number = StoredNumber(value) else {
      text.append(value)
      return .damagedCell
    }
    let format = isGeneral ? .general : context.formats[style]
    let start = text.count
    switch ShownNumber.append(number, format, isFrom1904: context.isFrom1904, to: &text) {
    case .day, .figure(isRounded: false): return nil
    case .figure(isRounded: true):
      if countRounded(inColumn: place.column) { return nil }
      let shown = text.span.extracting(start..<text.count).string
      return .rounded(stored: format.allDigits(of: number), shown: shown, count: 1)
    case .noDay:
      text.append(value)
      return .noSuchDay(value.string)
    }
  }

  /// Appends digits that need no more than a comma for their point, as most do; false for others.
  private mutating func appendShort(_ value: Span<UInt8>) -> Bool {
    let count = value.count
    guard count <= StoredNumber.significantDigits, 1...9 ~= value[0] &- 0x30 else { return false }
    var (point, index) = (count, 1)
    while index < count {
      if value[index] &- 0x30 > 9 {
        guard value[index] == UInt8(ascii: "."), point == count else { return false }
        point = index
      }
      index += 1
    }
    // What ends in a point or a zero, or may be read as thousands, is looked at more closely.
    guard point == count || point < count - 1 && value[count - 1] != 0x30 && count - point != 4
    else { return false }
    text.append(0..<point, of: value)
    guard point < count else { return true }
    text.append(UInt8(ascii: ","))
    text.append(point + 1..<count, of: value)
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
