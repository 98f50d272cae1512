import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks texts that name a part and its whole, `17/18 đơn`, against the figures of a rate.
struct RatioChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    let operands = declaration.operands
    let figures = FigureChecks(declaration)
    var problems: [Diagnostic] = []
    // Names that stand for nothing are told of where the rate is computed.
    var ignored: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      let texts = operands.dropLast(2).compactMap { record.text(of: $0.column) }
      let ratios = texts.flatMap(\.ratios)
      guard !ratios.isEmpty,
        let part = figures.figures(operands[operands.count - 2], record, &data, &ignored).first,
        let whole = figures.figures(operands[operands.count - 1], record, &data, &ignored).first
      else { continue }
      for ratio in ratios {
        let isSame = (ratio.part.value == part.value, ratio.whole.value == whole.value)
        if isSame == (true, true) { continue }
        let problem = FigureProblem.otherRatio(
          ratio.place.string, part: part.written, whole: whole.written,
          isSure: isSame != (false, false))
        problems.append(
          declaration.broken(.figure(problem), at: ratio.place, besides: [part, whole]))
      }
    }
    return problems
  }
}

/// Finds blanks that the form of a new period left in texts.
struct BlankChecks {
  private let declaration: ResolvedDeclaration

  /// The mark for a figure to fill in.
  static let mark = "[…]"

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      guard value.holds(UInt8(ascii: "[")),
        let found = value.bytes.firstRange(of: BlankChecks.mark.utf8)
      else { return }
      let problem = CheckProblem.figure(.blank(BlankChecks.mark))
      problems.append(declaration.broken(problem, at: value.part(found)))
    }
    return problems
  }
}

/// `17/18`, or `17 trên 18`, in a text.
private struct Ratio {
  /// The word between a part and its whole.
  static let on = Phrase(Text("trên"))

  let part: Figure
  let whole: Figure
  let place: Text
}

extension Text {
  /// The parts and their wholes that the text names.
  fileprivate var ratios: [Ratio] {
    guard holds(UInt8(ascii: "/")) || withBytes({ Ratio.on.mayBe(in: $0) }) else { return [] }
    let words = words.map(\.bare)
    return words.indices.compactMap { index in
      if index > 0, ["ngày", "tháng", "quý", "số"].contains(words[index - 1].string) { return nil }
      let parts = words[index].split(at: UInt8(ascii: "/"))
      if parts.count == 2 { return Ratio(parts[0], parts[1], at: words[index]) }
      guard index + 2 < words.count, words[index + 1].isSpelled("trên") else { return nil }
      let rest = words[(index + 2)...].drop { $0.isSpelled("tổng") || $0.isSpelled("số") }
      guard let whole = rest.first else { return nil }
      let place = part(words[index].range.bounds.lowerBound..<whole.range.bounds.upperBound)
      return Ratio(words[index], whole, at: place)
    }
  }

  /// Tells whether a byte is in it.
  fileprivate func holds(_ byte: UInt8) -> Bool {
    withBytes { $0.bytes.first(byte, in: 0..<$0.count) < $0.count }
  }

  /// The word without brackets and marks around it.
  private var bare: Text {
    let marks = Array("(),;.:".utf8)
    guard let start = bytes.firstIndex(where: { !marks.contains($0) }),
      let end = bytes.lastIndex(where: { !marks.contains($0) })
    else { return self }
    return part(start..<end + 1)
  }
}

extension Ratio {
  fileprivate init?(_ part: Text, _ whole: Text, at place: Text) {
    guard part.bytes.first.map(isDigit) ?? false, whole.bytes.first.map(isDigit) ?? false,
      let part = Figure(part, hedge: nil, unit: nil), !part.isPercent,
      let whole = Figure(whole, hedge: nil, unit: nil), !whole.isPercent
    else { return nil }
    (self.part, self.whole, self.place) = (part, whole, place)
  }
}
