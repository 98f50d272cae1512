import Texts
import Vietnamese

extension Text {
  /// The part at a range of the source's offsets, as `bytes.indices` has them.
  func part(_ range: Range<Int>) -> Text {
    Text(source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }
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
  var folded = ByteBuffer()
  appendToneMarks(of: lowercased(text)[...], in: .old, to: &folded)
  return folded.bytes
}
