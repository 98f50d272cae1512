import Texts

/// An encoding that old Vietnamese texts are kept in. Its raw value is the name that commands use.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// TCVN 5712:1993 VN3, also called ABC, of the fonts .VnTime and .VnArial.
  case tcvn3
  /// VNI for Windows, of the fonts VNI-Times: a letter, and behind it a byte for its marks.
  case vni
  /// Marks as ASCII signs behind the letter: `Vie^.t Nam`.
  case viqr
  case viscii
  case vps
  /// Windows-1258: a letter, and behind it a byte for its tone.
  case windows1258 = "cp1258"
  /// Windows-1252, of Western languages.
  case windows1252 = "cp1252"
  case utf8 = "utf-8"
  case utf16 = "utf-16"

  /// Tells whether bytes are a syllable of Vietnamese in this encoding.
  public func isSyllable(_ word: ArraySlice<UInt8>) -> Bool {
    var text = ByteBuffer()
    guard (try? text.append(word.span, from: self, isLast: true)) != nil else { return false }
    var reader = WordReader()
    var index = 0
    while index < text.count {
      let scalar = text.span.nextScalar(at: index)
      let letter = Letters.letter(scalar.value)
      guard letter.isLetter else { return false }
      reader.add(letter, isASCII: scalar.value < 0x80)
      index = scalar.end
    }
    return reader.match(in: .known) != .none
  }

  /// Those that have one byte for a letter, or one for a letter and one for its marks.
  static let ofBytes: [TextEncoding] = [.tcvn3, .vni, .viscii, .vps, .windows1258, .windows1252]
}

/// A byte that an encoding does not have, or that does not belong where it stands.
public struct UndecodableByte: Error, Sendable, Equatable {
  /// Counted from the start of what was decoded.
  public var offset: Int

  public init(offset: Int) { self.offset = offset }
}
