import Texts

/// Finds the marks of emphasis in a text that begin or end none, and so show as they are.
///
/// The pairs are those of CommonMark (6.2), in a text without code, links' targets and tags.
struct OpenEmphasis {
  private let text: [UInt8]
  private var index = 0
  private var openers: [Run] = []
  private(set) var open: [Range<Int>] = []

  /// A run of one sign.
  private struct Run {
    let sign: UInt8
    let start: Int
    let length: Int
    let mayBegin: Bool
    let mayEnd: Bool
    let isAfterBlank: Bool
    /// The signs that have no partner yet.
    var left: Int

    var range: Range<Int> { start..<(start + length) }
  }

  /// - Parameter text: of a paragraph, a heading or a cell.
  init(in text: [UInt8]) {
    self.text = text
  }

  mutating func find() {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "`"): skipCode()
      case UInt8(ascii: "<"): skipTag()
      case UInt8(ascii: "]"): skipTarget()
      case UInt8(ascii: "*"), UInt8(ascii: "_"): readRun()
      default: index += 1
      }
    }
    for run in openers { leave(run) }
  }

  // MARK: What holds no marks

  private func runEnd(_ start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == text[start] { end += 1 }
    return end
  }

  private mutating func skipCode() {
    let start = index
    index = runEnd(start)
    var next = index
    while next < text.count {
      guard text[next] == UInt8(ascii: "`") else {
        next += 1
        continue
      }
      let end = runEnd(next)
      if end - next == index - start { return index = end }
      next = end
    }
  }

  private mutating func skipTag() {
    index += 1
    guard index < text.count, startsTag(text[index]) else { return }
    index = text[index...].firstIndex(of: UInt8(ascii: ">")) ?? index
  }

  private mutating func skipTarget() {
    index += 1
    guard index < text.count, text[index] == UInt8(ascii: "(") else { return }
    index = text[index...].firstIndex(of: UInt8(ascii: ")")) ?? index
  }

  // MARK: Runs

  private mutating func readRun() {
    let start = index
    index = runEnd(start)
    let (before, after) = (Side(text[..<start].lastScalar), Side(text[index...].firstScalar))
    let isLeft = after != .blank && (after == .letter || before != .letter)
    let isRight = before != .blank && (before == .letter || after != .letter)
    let isAsterisk = text[start] == UInt8(ascii: "*")
    var run = Run(
      sign: text[start], start: start, length: index - start,
      mayBegin: isLeft && (isAsterisk || !isRight || before == .punctuation),
      mayEnd: isRight && (isAsterisk || !isLeft || after == .punctuation),
      isAfterBlank: before == .blank, left: index - start)
    if run.mayEnd { pair(&run) }
    if run.left == 0 { return }
    if run.mayBegin { openers.append(run) } else { leave(run) }
  }

  /// Ends what a run can end, from the inside.
  private mutating func pair(_ run: inout Run) {
    while run.left > 0, let place = openers.lastIndex(where: { canPair($0, run) }) {
      for lost in openers[(place + 1)...] { leave(lost) }
      openers.removeSubrange((place + 1)...)
      let used = min(openers[place].left, run.left) >= 2 ? 2 : 1
      run.left -= used
      openers[place].left -= used
      if openers[place].left == 0 { openers.remove(at: place) }
    }
  }

  private func canPair(_ opener: Run, _ run: Run) -> Bool {
    guard opener.sign == run.sign else { return false }
    let isAmbiguous = opener.mayEnd || run.mayBegin
    return !isAmbiguous || !(opener.length + run.length).isMultiple(of: 3)
      || (opener.length.isMultiple(of: 3) && run.length.isMultiple(of: 3))
  }

  /// A mark without a partner is meant as one when it is double, or when it can only begin; so
  /// `Hà Nội*` and `(*)` have a sign of their own, and `____` is a blank to fill in.
  private mutating func leave(_ run: Run) {
    let isOpening = run.mayBegin && !run.mayEnd
    let isMeant =
      run.sign == UInt8(ascii: "*")
      ? run.left >= 2 && (run.mayBegin || run.mayEnd) || isOpening
      : isOpening && run.isAfterBlank && run.length <= 2
    if isMeant { open.append(run.range) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var firstScalar: Unicode.Scalar? {
    String(decoding: prefix(4), as: UTF8.self).unicodeScalars.first
  }

  fileprivate var lastScalar: Unicode.Scalar? {
    String(decoding: suffix(4), as: UTF8.self).unicodeScalars.last
  }
}
