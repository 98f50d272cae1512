import CaseFiles
import Foundation
import Testing
import Texts

@testable import Reports

/// The pieces that a file of Word is made of: drawings, the sizes of pictures, widths of letters.
@Suite struct WordPartsTests {
  // MARK: Metafiles

  private var drawing: Drawing {
    var drawing = Drawing()
    drawing.rectangle(x: 0, y: 0, width: 100, height: 200, fill: "#1f4e79")
    drawing.line(from: (0, 0), to: (10, 10), "#c4c4c4")
    drawing.line(through: [(x: 0, y: 0), (x: 1, y: 1), nil, (x: 2, y: 2)], dashes: "6 3")
    for mark in [ChartStyle.Mark.disc, .square, .ring, .diamond] { drawing.mark(mark, x: 5, y: 5) }
    drawing.number("1.400", x: 50, y: 50, .middle)
    drawing.text("Tỷ lệ ế ậ ữ & <", x: 1, y: 2, .end)
    return drawing
  }

  private func words(_ bytes: [UInt8]) -> [UInt32] {
    stride(from: 0, to: bytes.count, by: 4).map { index in
      (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
    }
  }

  @Test("the records of a metafile fill it, as its head says") func metafile() throws {
    let file = Metafile(drawing, height: 2000, font: "Times New Roman").finish()
    let words = words(file)
    #expect(words[10] == 0x464D_4520 && Int(words[12]) == file.count)
    var (offset, kinds) = (0, [UInt32]())
    while offset < words.count {
      kinds.append(words[offset])
      let size = Int(words[offset + 1])
      try #require(size >= 8 && size % 4 == 0)
      offset += size / 4
    }
    #expect(offset == words.count)
    #expect(kinds.count == Int(words[13]) && kinds.first == 1 && kinds.last == 14)
    let made = kinds.count { [39, 82, 95].contains($0) }
    #expect(made + 1 == Int(words[14] & 0xFFFF))
    #expect(kinds.count { $0 == 84 } == 2 && kinds.count { $0 == 42 } == 2)
  }

  @Test("text of any kind makes a metafile, and the same one each time") func anyText() {
    for text in ["", "a", "𝕏 😀", "e\u{301}\u{323}", String(repeating: "ậ", count: 3000)] {
      var drawing = Drawing()
      drawing.text(text, x: 0, y: 0, .start)
      let file = Metafile(drawing, height: 0, font: text).finish()
      #expect(Int(words(file)[12]) == file.count)
      #expect(Metafile(drawing, height: 0, font: text).finish() == file)
    }
  }

  // MARK: Pictures

  private func size(_ bytes: [UInt8]) -> String {
    PictureSize(of: bytes).map { "\($0.type) \($0.width)x\($0.height)" } ?? "-"
  }

  @Test("sizes of pictures, and of files that are none") func sizes() {
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [0, 0, 0, 13]
      + Array("IHDR".utf8) + [0, 0, 1, 0, 0, 0, 0, 2]
    #expect(size(png) == "png 256x2")
    #expect(size(Array(png.dropLast())) == "-")
    #expect(size(Array("GIF89a".utf8) + [3, 1, 4, 0]) == "gif 259x4")
    let jpeg: [UInt8] = [
      0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8, 0, 5, 0, 7, 1, 1, 1,
    ]
    #expect(size(jpeg) == "jpeg 7x5")
    #expect(size(Array(jpeg.prefix(12))) == "-")
    #expect(size([0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 40)) == "-")
    func svg(_ text: String) -> String { size(Array(text.utf8)) }
    #expect(svg("<?xml?><svg xmlns='x' viewBox='0 0 640 360'>") == "svg 640x360")
    #expect(svg("<svg width=\"12.5px\" height='8'>") == "svg 12x8")
    #expect(svg("<svg>") == "svg 300x300")
    #expect(svg("<svg viewBox=\"0 0 0 -1\">") == "-")
    #expect(svg("<svg width='9223372036854775807' height='1'>") == "svg 1x1")
    #expect(svg("RIFF....WEBP") == "-" && svg("") == "-")
    var random = FixedRandom(seed: 7)
    for start in [png, jpeg, Array("<svg viewBox=".utf8)] {
      for _ in 0..<200 {
        var bytes = start
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
        _ = PictureSize(of: bytes)
      }
    }
  }

  // MARK: Letters

  @Test("letters are as wide as those of Times New Roman") func widths() {
    let motto = LetterWidths.width("Độc lập - Tự do - Hạnh phúc", isBold: true)
    #expect(abs(motto - 12_242) < 15, "\(motto)")
    #expect(LetterWidths.width("ơ Ơ ư Ư", isBold: false) == 529 + 722 + 542 + 776 + 750)
    #expect(LetterWidths.width("ế", isBold: false) == LetterWidths.width("e", isBold: false))
    #expect(LetterWidths.width("", isBold: false) == 0)
  }

  @Test("a letter with marks is as wide as both apart", arguments: [false, true])
  func widthsOfMarkedLetters(isBold: Bool) {
    for value in (UInt32(0x20)..<0x3000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let letter = String(Character(scalar))
      let apart = letter.decomposedStringWithCanonicalMapping
      // The line with a lone mark behind it is measured mark by mark.
      let width = LetterWidths.width(apart + " \u{301}", isBold: isBold)
      #expect(
        LetterWidths.width(letter + " ", isBold: isBold) == width, "U+\(String(value, radix: 16))")
    }
  }

  @Test("Base64 gives the bytes back") func base64() {
    for count in 0..<20 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
      var text = ByteBuffer()
      text.append(base64: bytes.span)
      #expect(text.string == Data(bytes).base64EncodedString())
      #expect(text.span.base64Decoded == bytes)
    }
  }

  @Test("what XML cannot hold is left out, and what means something there is written otherwise")
  func escapedForXML() {
    var output = ByteBuffer()
    let text = Array("a<b>&\"\t\n\u{0}\u{B}\u{FFFE}x\u{FFFF}\u{FFFD}đ]]>".utf8)
    output.append(forXML: text.span)
    #expect(output.string == "a&lt;b&gt;&amp;&quot;&#9;&#10;x\u{FFFD}đ]]&gt;")
  }
}
