import Foundation
import Testing

@testable import Site

@Suite struct CleanPictureTests {
  static func segment(_ marker: UInt8, _ text: [UInt8]) -> [UInt8] {
    let size = text.count + 2
    return [0xFF, marker, UInt8(size >> 8), UInt8(size & 0xFF)] + text
  }

  /// Exif as cameras write it, with how it was held and a place.
  static func exif(orientation: UInt8) -> [UInt8] {
    Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, 2, 0]
      + [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
      + [0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0] + Array("21.0285 N".utf8)
  }

  private static func jpeg(orientation: UInt8) -> [UInt8] {
    [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8))
      + segment(0xE1, exif(orientation: orientation))
      + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/".utf8))
      + segment(0xED, Array("Photoshop 3.0".utf8))
      + segment(0xC0, [8, 0, 40, 0, 60, 3]) + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
  }

  @Test("a photograph loses its place, and is still shown upright") func photograph() {
    let clean = CleanPicture.bytes(of: Self.jpeg(orientation: 6))
    let text = String(decoding: clean, as: UTF8.self)
    #expect(!text.contains("21.0285") && !text.contains("adobe") && !text.contains("Photoshop"))
    #expect(text.contains("JFIF") && clean.suffix(5).elementsEqual([1, 2, 3, 0xFF, 0xD9]))
    #expect(CleanPicture.isTurned(clean))
    #expect(CleanPicture.bytes(of: clean) == clean)
    let upright = CleanPicture.bytes(of: Self.jpeg(orientation: 1))
    #expect(!CleanPicture.isTurned(upright))
    #expect(!String(decoding: upright, as: UTF8.self).contains("Exif"))
  }

  @Test("PNG and WebP lose what is no picture") func others() {
    func chunk(_ type: String, _ text: String) -> [UInt8] {
      [0, 0, 0, UInt8(text.utf8.count)] + Array((type + text).utf8) + [1, 2, 3, 4]
    }
    let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let png = head + chunk("IHDR", "x") + chunk("eXIf", "21.0285") + chunk("IEND", "")
    #expect(CleanPicture.bytes(of: png) == head + chunk("IHDR", "x") + chunk("IEND", ""))
    func part(_ type: String, _ bytes: [UInt8]) -> [UInt8] {
      Array(type.utf8) + [UInt8(bytes.count), 0, 0, 0] + bytes
    }
    let body = part("VP8X", [0x0C, 0, 0, 0]) + part("EXIF", [9, 9]) + part("VP8 ", [1, 2])
    let webP = Array("RIFF".utf8) + [UInt8(body.count + 4), 0, 0, 0] + Array("WEBP".utf8) + body
    let kept = part("VP8X", [0, 0, 0, 0]) + part("VP8 ", [1, 2])
    #expect(
      CleanPicture.bytes(of: webP)
        == Array("RIFF".utf8) + [UInt8(kept.count + 4), 0, 0, 0] + Array("WEBP".utf8) + kept)
  }

  @Test("damaged pictures stop nothing") func damaged() {
    let whole = Self.jpeg(orientation: 6)
    for count in whole.indices {
      #expect(CleanPicture.bytes(of: Array(whole.prefix(count))).count <= count + 64)
    }
    for index in whole.indices {
      var bytes = whole
      bytes[index] = 0xFF
      #expect(CleanPicture.bytes(of: bytes).count <= bytes.count + 64)
    }
  }
}
