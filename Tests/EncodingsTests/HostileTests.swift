import CaseFiles
import Foundation
import Testing
import Texts

@testable import Encodings

/// Bytes that no text has: no crash, no endless work, and an error that names the byte.
@Suite struct HostileTests {
  private static let choices: [LegacyText.Choice] =
    [.automatic] + TextEncoding.allCases.map { .encoding($0) }

  private static func decode(_ bytes: [UInt8], _ choice: LegacyText.Choice) -> DecodedText? {
    do throws(UndecodableByte) {
      let read = try LegacyText.decode(bytes, as: choice)
      #expect(String(validating: read.bytes, as: UTF8.self) != nil)
      return read
    } catch {
      #expect(error.offset >= 0 && error.offset < max(bytes.count, 1))
      return nil
    }
  }

  @Test(arguments: choices) func bytesByName(_ choice: LegacyText.Choice) {
    let all = Array(UInt8.min...UInt8.max)
    let samples: [[UInt8]] = [
      [], all, all.reversed(), [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0x41], [0xEF, 0xBB, 0xBF],
      // Lone surrogates, and halves at the end.
      [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00], [0xFF, 0xFE, 0x00, 0xDC], [0xFF, 0xFE, 0x3D, 0xD8],
      [0xFF, 0xFE, 0x3D, 0xD8, 0x00], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [UInt8](repeating: 0, count: 1000), [0x61, 0], [0xCC, 0x80], [0x61, 0xCC], [0xE1, 0xBB],
      [UInt8](repeating: 0xF2, count: 3000), Array("a\\".utf8), Array("a^'".utf8) + [0xFF],
      [0x0A], [0x0D], [0x1A], all.flatMap { [$0, 0x0A] }, all.flatMap { [0x61, $0] },
    ]
    for bytes in samples { _ = Self.decode(bytes, choice) }
  }

  @Test func eachByteOfEachEncoding() {
    for choice in Self.choices {
      for first in UInt8.min...UInt8.max {
        for second: UInt8 in [0x20, 0x61, 0x80, 0xC3, 0xCC, 0xF2, 0xFF] {
          _ = Self.decode([first, second], choice)
          _ = Self.decode([0x61, first, second], choice)
        }
      }
    }
  }

  @Test func randomBytes() {
    var random = FixedRandom(seed: 3)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      for choice in Self.choices { _ = Self.decode(bytes, choice) }
    }
  }

  @Test("what is no text is refused where nobody knows its encoding") func noText() throws {
    let all = Array(UInt8.min...UInt8.max)
    let binary = Array(repeating: all, count: 40).flatMap(\.self)
    #expect(throws: UndecodableByte(offset: 0)) {
      try LegacyText.decode(binary, as: .automatic)
    }
    #expect(throws: UndecodableByte(offset: 0)) {
      try LegacyText.decode(binary.filter { $0 != 0 }, as: .automatic)
    }
    #expect(throws: UndecodableByte(offset: 8)) {
      try LegacyText.decode(
        Array("một hai".utf8.prefix(8)) + [0] + Array("ba".utf8), as: .automatic)
    }
  }

  @Test("words that are UTF-8 stay where bytes between them are not") func damagedUTF8() throws {
    let bytes =
      Array("Ủy ban nhân dân xã đã thực hiện ".utf8) + [0xE0, 0xE1, 0xFF, 0xFE]
      + Array(" đầy đủ các nhiệm vụ được giao\n".utf8)
    let read = try LegacyText.decode(bytes, as: .automatic)
    #expect(read.text.hasPrefix("Ủy ban nhân dân xã đã thực hiện "))
    #expect(read.text.hasSuffix(" đầy đủ các nhiệm vụ được giao\n"))
    #expect(read.parts.count == 2 && read.certainty == .unsure)
    let parted =
      Array("Ủy ban ".utf8) + [0xE2] + Array(" nhân dân ".utf8) + [0xF4]
      + Array(" xã đã họp".utf8)
    let words = try LegacyText.decode(parted, as: .automatic).text.split(separator: " ")
    #expect(words.count == 9)
    #expect(words.filter { $0.count > 1 } == ["Ủy", "ban", "nhân", "dân", "xã", "đã", "họp"])
  }

  @Test("a mark that is left out is told, and lines that are not there") func marksAndLines() throws
  {
    var decoder = TextDecoder(.automatic)
    var output = ByteBuffer()
    _ = try decoder.decode(
      ([0xEF, 0xBB, 0xBF] + Array("đúng".utf8)).span, isLast: true, to: &output)
    #expect(decoder.removesMark)
    for (text, count) in [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("\n\n", 2)] {
      var decoder = TextDecoder(.encoding(.tcvn3), capitals: .all)
      _ = try decoder.decode(Array(text.utf8).span, isLast: true, to: &output)
      #expect(decoder.lineCount == count && !decoder.removesMark, "\(text)")
    }
    #expect(LineSet([99...99]).firstLine(beyond: 6) == 99)
    #expect(LineSet([2...8, 1...1]).firstLine(beyond: 6) == 7)
    #expect(LineSet([5...Int.max]).firstLine(beyond: 6) == nil)
    #expect(
      LineSet([7...Int.max]).firstLine(beyond: 6) == 7 && LineSet.none.firstLine(beyond: 0) == nil)
  }

  @Test func theFirstByteThatCannotBeRead() throws {
    #expect(throws: UndecodableByte(offset: 3)) {
      try LegacyText.decode(Array("abc".utf8) + [0xFF], as: .encoding(.utf8))
    }
    #expect(throws: UndecodableByte(offset: 6)) {
      try LegacyText.decode(
        [0xFF, 0xFE, 0x41, 0, 0x42, 0, 0x00, 0xD8, 0x43, 0], as: .encoding(.utf16))
    }
    #expect(throws: UndecodableByte(offset: 1)) {
      try LegacyText.decode([0x62, 0xF8], as: .encoding(.vni))
    }
    #expect(throws: UndecodableByte(offset: 300_001)) {
      try LegacyText.decode(
        [UInt8](repeating: 0x61, count: 300_001) + [0x81], as: .encoding(.windows1258))
    }
  }

  /// Pieces of a text end anywhere: what comes out is the same.
  @Test(arguments: choices) func piecesOfAnySize(_ choice: LegacyText.Choice) throws {
    let sentence = "Ủy ban nhân dân quận; e\u{302}\u{323} “thi đua” – đẩy mạnh\nHà Nội\r\n"
    let text = String(repeating: sentence, count: 20)
    let bytes: [UInt8]
    switch choice {
    case .automatic, .encoding(.utf8): bytes = Array(text.utf8)
    case .encoding(let encoding):
      let plain = text.precomposedStringWithCanonicalMapping.filter { !"Ủ“”–ạ".contains($0) }
      guard let old = OldText.bytes(plain, encoding) else { return }
      bytes = old
    }
    let whole = try LegacyText.decode(bytes, as: choice).text
    for size in [300, 333, 1000] {
      var decoder = TextDecoder(choice)
      var output = ByteBuffer()
      var start = 0
      while start < bytes.count {
        let end = min(start + size, bytes.count)
        let (piece, isLast) = (Array(bytes[start..<end]), end == bytes.count)
        start += try decoder.decode(piece.span, isLast: isLast, to: &output)
      }
      let read = output.string
      #expect(read == whole, "pieces of \(size)")
    }
  }

  @Test("time grows with the size", arguments: choices)
  func linearTime(_ choice: LegacyText.Choice) {
    let patterns: [[UInt8]] = [
      Array("a".utf8), [0xC3, 0xA1], [0xE1], [0x65, 0xF2], [0xCC, 0x81], [0x61, 0xCC, 0x81],
      Array("a^'.".utf8), Array("Ã¡".utf8), Array("Ã".utf8), Array("nh©n ".utf8), [0], [0xEA],
      Array("ệ\n".utf8), [0x63, 0xE9, 0x0A], Array("\\".utf8), Array("Â«".utf8), Array("dd".utf8),
    ]
    for pattern in patterns {
      func time(_ size: Int) -> Double {
        let bytes = [UInt8]((0..<size / pattern.count).flatMap { _ in pattern })
        return threadSeconds(of: { _ = Self.decode(bytes, choice) })
      }
      let (small, large) = (time(1 << 18), time(1 << 21))
      #expect(large < 24 * max(small, 0.01), "\(choice) \(pattern): \(small) \(large)")
    }
  }
}
