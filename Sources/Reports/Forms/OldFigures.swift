import Texts
import Vietnamese

/// The figures of the last period in a text that the form of the next one takes over.
struct OldFigures {
  private let units: UnitRegister

  init(_ units: UnitRegister) {
    self.units = units
  }

  /// The text with a mark to fill in for each figure. Numbers that are names stay: those in a sign or a
  /// word, `18-NQ/TW`, `m2`, and those behind a word that is numbered, `Đề án 06`.
  func blanked(_ string: String) -> String {
    let text = Text(string)
    let words = text.words
    var result: [UInt8] = []
    var end = text.range.bounds.lowerBound
    for (index, word) in words.enumerated() {
      result += text.source.bytes[end..<word.range.bounds.lowerBound]
      end = word.range.bounds.upperBound
      let rest = text.part(end..<text.range.bounds.upperBound).trimmed
      let isName = !counts(word, rest) && units.isNumbered(Array(words[..<index].suffix(2)))
      result += word.hasFigure && !isName ? word.blankedBytes : Array(word.bytes)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Tells whether a number counts something: it is a share, or stands before a unit.
  private func counts(_ word: Text, _ rest: Text) -> Bool {
    if word.bytes.contains(where: { "%/".utf8.contains($0) }) { return true }
    let end = rest.bytes.firstIndex { "(),;".utf8.contains($0) } ?? rest.bytes.endIndex
    let phrase = rest.part(rest.bytes.startIndex..<end).trimmed
    return !phrase.isEmpty && units.unit(phrase) != nil
  }
}

extension Text {
  /// Tells whether it is digits, with the signs of numbers between and around them.
  fileprivate var hasFigure: Bool {
    bytes.contains(where: isDigit)
      && bytes.allSatisfy { isDigit($0) || "/.,-%()[];:".utf8.contains($0) }
  }

  /// The bytes with a mark in place of each number.
  fileprivate var blankedBytes: [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard isDigit(bytes[index]) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let number = bytes[index...].prefix { isDigit($0) || $0 == 0x2E || $0 == 0x2C }
      result += BlankChecks.mark.utf8
      // A mark behind the last digit is none of the number.
      index = (number.lastIndex(where: isDigit) ?? index) + 1
    }
    return result
  }
}
