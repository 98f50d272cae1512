import Encodings
import Texts

/// The likely format or encoding of a file that is not UTF-8.
public enum EncodingGuess: Sendable, Hashable {
  /// An Excel file, or another spreadsheet, whatever its name says.
  case spreadsheet
  /// A Word file, or one of another program for texts.
  case wordProcessor
  case pdf
  /// An archive, or a file of an office program that does not say which.
  case officeFile
  case utf16
  /// TCVN 5712:1993 VN3, also called ABC.
  case tcvn3
  case vniWindows
  case windows1258
  /// UTF-8 in which single bytes are not right, as far as one can tell.
  case damaged
  /// Some other encoding.
  case unknown

  /// Guesses by the first bytes, which mark office files and UTF-16, or by the words that hold bytes
  /// which are not UTF-8: an encoding is named where most of them are Vietnamese in it, and fewer in
  /// any other.
  ///
  /// - Parameters:
  ///   - offset: that of the first byte that is not UTF-8.
  ///   - invalid: how many there are.
  ///   - valid: how many characters beyond ASCII are right.
  init(_ bytes: [UInt8], from offset: Int, invalid: Int, valid: Int) {
    if let format = EncodingGuess.format(of: bytes) {
      self = format
    } else if valid >= invalid || invalid < 3 && valid > 0 {
      self = .damaged
    } else if let encoding = EncodingGuess.legacyEncoding(of: bytes, from: offset) {
      self = encoding
    } else {
      self = invalid < 3 ? .damaged : .unknown
    }
  }

  private static func format(of bytes: [UInt8]) -> EncodingGuess? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .utf16 }
    if bytes.starts(with: "%PDF".utf8) { return .pdf }
    // Without a mark every second byte of most letters, blanks and digits is zero.
    let start = bytes.prefix(256)
    if start.count > 3, start.count(where: { $0 == 0 }) * 4 > start.count { return .utf16 }
    let isContainer = bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    guard isContainer || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { return nil }
    // The names of the parts stand in a container as they are; the older format has them in UTF-16.
    func names(_ part: String) -> Bool {
      let name = isContainer ? Array(part.utf8) : part.utf8.flatMap { [$0, 0] }
      return bytes.span.first(of: name.span, from: 0) != nil
    }
    if ["xl/", "opendocument.spreadsheet", "Workbook"].contains(where: names) {
      return .spreadsheet
    }
    if ["word/", "opendocument.text", "WordDocument"].contains(where: names) {
      return .wordProcessor
    }
    return .officeFile
  }

  private static func legacyEncoding(of bytes: [UInt8], from offset: Int) -> EncodingGuess? {
    let start = bytes[..<offset].lastIndex { !$0.isOfWord }.map { $0 + 1 } ?? 0
    let words = bytes[start...].prefix(8192).split { !$0.isOfWord }
      .filter { word in word.contains { $0 >= 0x80 } }
    let found = [
      (EncodingGuess.tcvn3, TextEncoding.tcvn3), (.vniWindows, .vni), (.windows1258, .windows1258),
    ].map { guess, encoding in (guess, words.count { encoding.isSyllable($0) }) }
      .sorted { $1.1 < $0.1 }
    guard found[0].1 > 1, found[0].1 * 10 >= words.count * 6, found[0].1 > found[1].1 else {
      return nil
    }
    return found[0].0
  }
}

extension UInt8 {
  /// An ASCII letter, or a byte that is a letter in one of the encodings.
  fileprivate var isOfWord: Bool { self >= 0xA1 || (self | 0x20) &- 0x61 < 26 }
}
