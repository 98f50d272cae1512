import Texts
import Vietnamese

/// Words as a declaration has them, found whatever the case and the style of tone marks.
struct Phrase: Sendable {
  let text: Text
  /// The words in small letters, with the tones in the old style.
  let folded: [UInt8]
  private let sounds: [UInt8]
  /// The last byte as it is written.
  private let lastByte: UInt8?
  /// The offset of a byte that few others sound like.
  private let anchor: Int

  init(_ text: Text) {
    self.text = text
    lastByte = text.bytes.last
    folded = Reports.folded(text.bytes)
    sounds = folded.map(\.sound)
    // Vowels and spaces are everywhere.
    anchor = sounds.firstIndex { $0 > 0x20 && $0 < 0x80 } ?? 0
    isNumber = folded.elementsEqual("[0-9]".utf8)
  }

  /// `[0-9]` stands for a number of any length.
  private let isNumber: Bool

  /// Tells whether it could be the end of a text as it is written, by the last byte.
  func mayEnd(_ other: Span<UInt8>) -> Bool {
    !other.isEmpty && lastByte == other[other.count - 1]
  }

  /// The number of bytes of a text that it takes at its beginning; nil where it is not there.
  func length(atStartOf text: ArraySlice<UInt8>) -> Int? {
    if isNumber {
      let digits = text.prefix { $0 &- UInt8(ascii: "0") < 10 }
      return digits.isEmpty ? nil : digits.count
    }
    let start = text.prefix(folded.count)
    guard mayBegin(start), Reports.folded(start) == folded,
      !isInWord(before: folded.last, after: text.dropFirst(folded.count).first)
    else { return nil }
    return folded.count
  }

  /// Most texts differ in the first letters already.
  private func mayBegin(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let own = folded.first, text.count == folded.count else {
      return false
    }
    guard own < 0x80 ? (first | 0x20) == (own | 0x20) : first == own else { return false }
    return zip(text, sounds).allSatisfy { $0.sound == $1 }
  }

  /// Tells whether it could be the beginning of a text, by the sounds of its bytes.
  func mayBegin(_ text: Span<UInt8>) -> Bool { isNumber || isHeard(in: text, at: 0) }

  /// Tells whether it could be somewhere in a text, by the sounds of its bytes.
  func mayBe(in text: Span<UInt8>) -> Bool {
    guard let sound = sounds.isEmpty ? nil : sounds[anchor] else { return true }
    for index in text.indices.dropFirst(anchor)
    where text[index].mayHave(sound) && isHeard(in: text, at: index - anchor) {
      return true
    }
    return false
  }

  @inline(__always)
  private func isHeard(in text: Span<UInt8>, at start: Int) -> Bool {
    guard text.count - start >= sounds.count else { return false }
    for index in sounds.indices where text[start &+ index].sound != sounds[index] { return false }
    return true
  }

  /// The first place in a text where it is a word or words of their own.
  func place(in text: Text) -> Text? {
    guard text.withBytes({ mayBe(in: $0) }) else { return nil }
    let plain = Reports.folded(text.bytes)
    // The letters of a style have the same length, so places agree.
    guard plain.count == text.count else { return nil }
    var index = 0
    while let found = plain.span.first(of: folded.span, from: index) {
      index = found + 1
      let before = plain[..<found].last
      let after = plain[(found + folded.count)...].first
      let isPart =
        isInWord(before: before, after: folded.first) || isInWord(before: folded.last, after: after)
      if isPart { continue }
      let start = text.range.bounds.lowerBound + found
      return text.part(start..<start + folded.count)
    }
    return nil
  }

  /// Tells whether a word goes on from one byte to the next.
  private func isInWord(before: UInt8?, after: UInt8?) -> Bool {
    guard let before, let after else { return false }
    return before.isOfWord && after.isOfWord
  }
}

extension UInt8 {
  /// False where ``sound`` surely is another one.
  @inline(__always)
  fileprivate func mayHave(_ sound: UInt8) -> Bool {
    sound >= 0x80 || self | 0x20 == sound | 0x20
  }

  /// The same for bytes that take each other's place with the case and the style of tone marks:
  /// small and capital letters, and all vowels and bytes of letters with marks.
  fileprivate var sound: UInt8 {
    let small = self &- 0x41 < 26 ? self | 0x20 : self
    switch small {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), UInt8(ascii: "y"), 0x80...:
      return 0x80
    default: return small
    }
  }
}
