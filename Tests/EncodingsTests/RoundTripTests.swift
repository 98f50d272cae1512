import CaseFiles
import Foundation
import Testing

@testable import Encodings

/// All letters through each encoding that has them, against other programs that know it.
@Suite struct RoundTripTests {
  private static let withTables: [TextEncoding] = [.tcvn3, .vni, .viscii, .vps, .windows1258]

  @Test func thereAreAllLetters() {
    #expect(OldText.letters.count == 2 * 73)
    #expect(Set(OldText.letters).count == 2 * 73)
  }

  /// VN3 of TCVN 5712 lacks some capitals with tones; TCVN3 in its wider form lacks these.
  @Test(arguments: withTables + [.viqr, .utf8, .utf16])
  func everyLetterComesBack(_ encoding: TextEncoding) throws {
    var missing: [String] = []
    for letter in OldText.letters {
      guard let bytes = OldText.bytes(letter + " b", encoding) else {
        missing.append(letter)
        continue
      }
      #expect(try decoded(bytes, .encoding(encoding)) == letter + " b")
    }
    #expect(missing.count == (encoding == .tcvn3 ? 44 : 0), "\(encoding): \(missing)")
  }

  @Test("against iconv", arguments: [TextEncoding.viscii, .windows1258, .tcvn3, .windows1252])
  func likeIconv(_ encoding: TextEncoding) throws {
    let iconv = Tool("iconv")
    guard iconv.isHere else { return print("iconv is absent: skipped") }
    let name = [TextEncoding.viscii: "VISCII", .windows1258: "CP1258", .tcvn3: "TCVN5712-1"]
    // What iconv lacks it leaves out.
    let bytes = (UInt8(encoding == .viscii ? 0x01 : 0x20)...0xFF).filter { byte in
      // Below A0 TCVN3 is as its fonts are, not as VN1 is.
      byte != 0x0A && !(encoding == .tcvn3 && 0x80..<0xA0 ~= byte)
    }
    let theirs = try iconv.run(
      ["-c", "-f", name[encoding] ?? "CP1252", "-t", "UTF-8"],
      input: Data(bytes.flatMap { [$0, 0x0A] })
    ).output.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (byte, scalars) in zip(bytes, theirs) {
      let ours = try? decoded([byte], .encoding(encoding))
      #expect(ours ?? "" == String(scalars), "byte \(byte)")
    }
  }

  @Test("letters and tones, against iconv") func tonesLikeIconv() throws {
    let iconv = Tool("iconv")
    guard iconv.isHere else { return print("iconv is absent: skipped") }
    let bases: [UInt8] =
      Array("aeiouyAEIOUY".utf8) + [0xE2, 0xEA, 0xF4, 0xE3, 0xF5, 0xFD, 0xC2, 0xD5, 0x6E]
    let tones: [UInt8] = [0xCC, 0xD2, 0xDE, 0xEC, 0xF2]
    let text: [UInt8] = bases.flatMap { base in tones.flatMap { tone in [base, tone, 0x20] } }
    let theirs = try iconv.run(["-f", "CP1258", "-t", "UTF-8"], input: Data(text))
    #expect(try decoded(text, .encoding(.windows1258)) == theirs.output)
  }

  @Test("against Python", arguments: [TextEncoding.windows1258, .windows1252])
  func likePython(_ encoding: TextEncoding) throws {
    let python = Tool("python3")
    guard python.isHere else { return print("python3 is absent: skipped") }
    let program = """
      import sys, unicodedata
      for b in range(256):
          try: s = bytes([b]).decode("\(encoding.rawValue)")
          except UnicodeDecodeError: s = "none"
          print("%02X" % b, " ".join("%04X" % ord(c) for c in s))
      """
    let theirs = try python.run(["-c", program]).output
    let ours = (0...255).map { byte in
      let scalar = ByteTable.table(of: encoding)!.scalars[byte]
      let shown =
        scalar == ByteTable.none
        ? "none".unicodeScalars.map { String(format: "%04X", $0.value) }.joined(separator: " ")
        : String(format: "%04X", scalar)
      return String(format: "%02X ", byte) + shown + "\n"
    }.joined()
    #expect(ours == theirs)
  }

  /// The two spellings: the letter with its tone in one byte, and the tone in a byte of its own.
  @Test func bothSpellingsOfWindows1258() throws {
    #expect(try decoded([0xE9, 0x20, 0x65, 0xEC], .encoding(.windows1258)) == "é é")
    #expect(try decoded([0xEA, 0xF2, 0x6E, 0xDE], .encoding(.windows1258)) == "ệñ")
  }
}

/// Marks and letters of UTF-8 and UTF-16.
@Suite struct UnicodeTests {
  @Test(arguments: [
    ("e\u{302}\u{323}", "ệ"), ("e\u{323}\u{302}", "ệ"), ("ẹ\u{302}", "ệ"), ("ê\u{323}", "ệ"),
    // The marks in an order that NFC leaves apart.
    ("a\u{301}\u{302}", "ấ"), ("o\u{309}\u{31B}", "ở"), ("u\u{31B}\u{323}", "ự"),
    // A tone on the wrong vowel is a matter of spelling.
    ("uỷ ủy hoà hòa qủa", "uỷ ủy hoà hòa qủa"),
    ("n\u{303} и\u{306} \u{212B} \u{1100}\u{1161} \u{2126} e\u{301}\u{301}", "ñ й Å 가 Ω é\u{301}"),
    ("\u{301}a", "\u{301}a"), ("", ""), ("\u{FEFF}a", "a"), ("a\r\nb\u{A0}c", "a\r\nb\u{A0}c"),
  ])
  func utf8IsComposed(_ text: String, _ expected: String) throws {
    let bytes = Array(text.utf8)
    #expect(
      try decoded(bytes, .encoding(.utf8)).unicodeScalars.elementsEqual(expected.unicodeScalars))
    #expect(try decoded(bytes, .automatic).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(arguments: [TextEncoding?.none, .utf16])
  func utf16InEveryOrder(_ encoding: TextEncoding?) throws {
    let choice = encoding.map { LegacyText.Choice.encoding($0) } ?? .automatic
    let text = "Ủy ban nhân dân 😀 quận e\u{302}\u{323}\n"
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let expected = "Ủy ban nhân dân 😀 quận ệ\n"
    #expect(try decoded([0xFF, 0xFE] + little, choice) == expected)
    #expect(try decoded([0xFE, 0xFF] + big, choice) == expected)
    #expect(try decoded(little, choice) == expected)
    #expect(try decoded(big, choice) == expected)
  }

  @Test func composedAsTheStandardLibraryHasIt() throws {
    var random = FixedRandom(seed: 5)
    let pool: [UInt32] = [
      0x61, 0x6F, 0xEA, 0x1B0, 0x300, 0x302, 0x303, 0x309, 0x31B, 0x323, 0x345,
      0x1100, 0x1161, 0x11A8, 0x20, 0x41, 0x212B, 0x2000, 0x915, 0x93C, 0x438, 0x4E00, 0x1F600,
      0xAC00,
    ]
    for _ in 0..<3000 {
      let text = String(
        String.UnicodeScalarView(
          (0..<Int.random(in: 0...12, using: &random)).map { _ in
            Unicode.Scalar(pool.randomElement(using: &random)!)!
          }))
      let ours = try decoded(Array(text.utf8), .encoding(.utf8))
      // Two tones in the wrong order are the one thing that is done otherwise, and on purpose.
      let again = ours.precomposedStringWithCanonicalMapping
      #expect(
        ours.unicodeScalars.elementsEqual(again.unicodeScalars),
        "\(text.unicodeScalars.map(\.value))")
    }
  }
}
