/// The likely format or encoding of a file that is not UTF-8.
public enum EncodingGuess: Sendable, Hashable {
  /// A Word, Excel or PDF file, whatever its name says.
  case officeFile
  case utf16
  /// TCVN 5712:1993 VN3, also called ABC.
  case tcvn3
  case vniWindows
  /// UTF-8 in which single bytes are not right, as far as one can tell.
  case damaged

  /// Guesses by the first bytes, which mark office files and UTF-16, or by the letters that follow
  /// the first byte that is not UTF-8.
  ///
  /// TCVN3 has one byte from A1 to FE for each accented letter. VNI writes a plain vowel and then a
  /// byte for its marks; more of such pairs than of single bytes mean VNI.
  ///
  /// - Parameter offset: that of the first byte that is not UTF-8.
  init(_ bytes: [UInt8], from offset: Int) {
    let officeMarks: [[UInt8]] = [
      [0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0], [0x25, 0x50, 0x44, 0x46],
    ]
    if officeMarks.contains(where: { bytes.starts(with: $0) }) {
      self = .officeFile
      return
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16
      return
    }
    var tones = 0
    var alone = 0
    var previous: UInt8 = 0
    for byte in bytes[offset...].prefix(4096) {
      if byte >= 0xA1 {
        let afterVowel = "aeouyAEOUY\u{F4}\u{F6}".unicodeScalars.contains { $0.value == previous }
        if afterVowel && [0xF9, 0xF8, 0xFB, 0xF5, 0xEF, 0xE2, 0xEA].contains(byte) {
          tones += 1
        } else {
          alone += 1
        }
      }
      previous = byte
    }
    self = tones > alone ? .vniWindows : alone > 2 ? .tcvn3 : .damaged
  }
}
