import Texts
import Vietnamese

extension Text {
  /// The part at a range of the source's offsets, as `bytes.indices` has them.
  func part(_ range: Range<Int>) -> Text {
    Text(source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }

  var inSmallLetters: String { lowercased(bytes).string }
}

/// Sentences, which end at `;` and at a full stop with a blank behind it.
extension Text {
  /// The offset at which the sentence around an offset begins; of a long one, as near as looked at.
  func sentenceStart(before offset: Int) -> Int {
    let limit = max(range.bounds.lowerBound, offset - Text.sentenceReach)
    let mark = (limit..<offset).last { endsSentence(at: $0) }
    return mark.map { $0 + 1 } ?? limit
  }

  /// The offset at which the sentence around an offset ends.
  func sentenceEnd(behind offset: Int) -> Int {
    let limit = min(range.bounds.upperBound, offset + Text.sentenceReach)
    return (offset..<limit).first { endsSentence(at: $0) || $0 + 1 == limit && isFullStop($0) }
      ?? limit
  }

  /// How many bytes before and behind a place are looked at.
  private static let sentenceReach = 240

  private func endsSentence(at index: Int) -> Bool {
    let bytes = source.bytes
    return bytes[index] == UInt8(ascii: ";")
      || isFullStop(index) && index + 1 < bytes.count && bytes[index + 1] == 0x20
  }

  private func isFullStop(_ index: Int) -> Bool { source.bytes[index] == UInt8(ascii: ".") }
}

extension Source {
  /// Tells whether the line at an offset is a comment.
  func isComment(at offset: Int) -> Bool {
    bytes[lineRange(at: offset).lowerBound] == UInt8(ascii: "#")
  }
}

extension [UInt8] {
  var string: String { String(decoding: self, as: UTF8.self) }
}

/// A text in small letters with its tones in the old style, so that `UỶ BAN` and `Ủy ban` are one.
func folded(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var small = ByteBuffer()
  appendLowercased(text.span, to: &small)
  guard mayMoveTones(in: small.span) else { return small.bytes }
  var folded = ByteBuffer()
  appendToneMarks(of: small.bytes[...], in: .old, to: &folded)
  return folded.bytes
}
