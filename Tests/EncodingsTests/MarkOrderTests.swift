import CaseFiles
import Testing

@testable import Encodings

/// Combining marks of old encodings, which NFC may put in another order and join with other letters.
@Suite struct MarkOrderTests {
  @Test("all marks of a letter are composed together") func marks() throws {
    // Ÿ, tilde, dot below: the dot comes first, and joins the Y.
    let read = try LegacyText.decode([0x9F, 0xB2, 0xB4], as: .encoding(.tcvn3))
    #expect(Array(read.text.unicodeScalars) == ["\u{1EF4}", "\u{308}", "\u{303}"])
    let tone = try LegacyText.decode([0x61, 0xB4], as: .encoding(.tcvn3))
    #expect(Array(tone.text.unicodeScalars) == ["\u{1EA1}"])
    let first = try LegacyText.decode([0xB4, 0x61], as: .encoding(.tcvn3))
    #expect(Array(first.text.unicodeScalars) == ["\u{323}", "a"])
  }

  @Test("marks of the byte order are no text, also one before another") func byteOrder() throws {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0xFE, 0xFF, 0, 0x61],
      [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61],
    ] {
      #expect(try LegacyText.decode(bytes, as: .automatic).text == "a")
    }
  }

  @Test("what came out is NFC", arguments: TextEncoding.allCases) func stays(
    _ encoding: TextEncoding
  ) throws {
    var random = FixedRandom(seed: 20_261_129)
    for _ in 0..<3000 {
      // Few bytes, most of them marks and letters with them, so that runs of marks come up.
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: Bool.random(using: &random) ? 0x9F...0xFF : 0x41...0x7A, using: &random)
      }
      guard let read = try? LegacyText.decode(bytes, as: .encoding(encoding)) else { continue }
      let again = try LegacyText.decode(read.bytes, as: .encoding(.utf8))
      #expect(again.bytes == read.bytes, "\(bytes)")
    }
  }
}
