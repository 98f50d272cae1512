/// Pictures without what cameras and editors write into them: places, names, dates, previews.
enum CleanPicture {
  /// The same picture; how a camera was held stays, for a picture would lie on its side without it.
  static func bytes(of picture: [UInt8]) -> [UInt8] {
    if picture.starts(with: [0xFF, 0xD8]) { return jpeg(picture) }
    if picture.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      return png(picture)
    }
    if picture.count >= 12, picture.starts(with: "RIFF".utf8),
      picture[8..<12].elementsEqual("WEBP".utf8)
    {
      return webP(picture)
    }
    return picture
  }

  /// Tells whether a picture that was cleaned is shown turned by a quarter.
  static func isTurned(_ picture: [UInt8]) -> Bool {
    guard picture.starts(with: [0xFF, 0xD8, 0xFF, 0xE1]) else { return false }
    return Exif.orientation(in: Array(picture.dropFirst(6).prefix(64))).map { $0 >= 5 } ?? false
  }

  /// Leaves out the segments of Exif, XMP and IPTC, and comments.
  private static func jpeg(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0xFF, 0xD8]
    var orientation = 1
    var kept: [UInt8] = []
    var index = 2
    while index + 4 <= bytes.count, bytes[index] == 0xFF {
      let marker = bytes[index + 1]
      // The picture itself begins.
      if marker == 0xDA { break }
      if marker == 0xFF || (0xD0...0xD8).contains(marker) || marker == 0x01 {
        index += 1
        continue
      }
      let size = Int(bytes[index + 2]) << 8 | Int(bytes[index + 3])
      guard size >= 2, index + 2 + size <= bytes.count else { break }
      let segment = bytes[index..<index + 2 + size]
      switch marker {
      case 0xE1: orientation = Exif.orientation(in: Array(segment.dropFirst(4))) ?? orientation
      case 0xED, 0xFE: break
      default: kept += segment
      }
      index += 2 + size
    }
    if orientation != 1 { output += Exif.segment(orientation: orientation) }
    return output + kept + bytes[index...]
  }

  /// Leaves out the chunks of Exif and of texts.
  private static func png(_ bytes: [UInt8]) -> [UInt8] {
    var output = Array(bytes.prefix(8))
    var index = 8
    while index + 12 <= bytes.count {
      let size = bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
      guard size <= bytes.count - index - 12 else { break }
      let type = String(decoding: bytes[index + 4..<index + 8], as: UTF8.self)
      let end = index + 12 + size
      if !["eXIf", "tEXt", "iTXt", "zTXt", "tIME"].contains(type) { output += bytes[index..<end] }
      index = end
    }
    return output + bytes[index...]
  }

  /// Leaves out the chunks of Exif and XMP.
  private static func webP(_ bytes: [UInt8]) -> [UInt8] {
    var body: [UInt8] = []
    var index = 12
    while index + 8 <= bytes.count {
      let size = (0..<4).reduce(0) { $0 | Int(bytes[index + 4 + $1]) << (8 * $1) }
      let end = index + 8 + size + size % 2
      guard end <= bytes.count else { break }
      var chunk = Array(bytes[index..<end])
      let type = String(decoding: chunk.prefix(4), as: UTF8.self)
      if type == "VP8X", chunk.count > 8 { chunk[8] &= ~0x0C }
      if type != "EXIF", type != "XMP " { body += chunk }
      index = end
    }
    body += bytes[min(index, bytes.count)...]
    let size = body.count + 4
    return Array("RIFF".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
      + Array("WEBP".utf8) + body
  }
}

/// The one field of Exif that is needed to show a picture.
private enum Exif {
  private static let tag = 0x0112

  /// How the camera was held, 1 to 8; nil where the segment does not say.
  static func orientation(in segment: [UInt8]) -> Int? {
    guard segment.starts(with: "Exif\0\0".utf8), segment.count > 14 else { return nil }
    let data = Array(segment.dropFirst(6))
    let isLittle = data[0] == UInt8(ascii: "I")
    func number(_ index: Int, _ count: Int) -> Int? {
      guard index >= 0, index + count <= data.count else { return nil }
      let bytes = data[index..<index + count]
      return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let start = number(4, 4), let count = number(start, 2) else { return nil }
    for entry in 0..<min(count, 200) {
      let place = start + 2 + 12 * entry
      guard let found = number(place, 2) else { return nil }
      if found == tag { return number(place + 8, 2).flatMap { (1...8).contains($0) ? $0 : nil } }
    }
    return nil
  }

  static func segment(orientation: Int) -> [UInt8] {
    let data: [UInt8] =
      Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1]
      + [0, UInt8(orientation), 0, 0, 0, 0, 0, 0]
    let size = data.count + 2
    return [0xFF, 0xE1, UInt8(size >> 8), UInt8(size & 0xFF)] + data
  }
}
