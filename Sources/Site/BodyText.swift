import Texts

/// The words of a body of HTML that the program made, without its tags.
struct BodyText: Sendable {
  /// Paragraphs are lines.
  let plain: String
  let firstParagraph: String
  private let html: [UInt8]

  init(_ html: [UInt8]) {
    self.html = html
    var lines = LineWriter(room: html.count)
    var index = 0
    while index < html.count {
      switch html[index] {
      case UInt8(ascii: "<"):
        let end = html[index...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1
        if BodyText.endsLine(html[index...end]) { lines.endLine() }
        index = end + 1
      case UInt8(ascii: "&"):
        let end = html[index...].prefix(8).firstIndex(of: UInt8(ascii: ";")) ?? index
        for byte in BodyText.character(html[index...end]) { lines.add(byte) }
        index = end + 1
      default:
        lines.add(html[index])
        index += 1
      }
    }
    plain = String(decoding: lines.bytes, as: UTF8.self)
    firstParagraph = String(decoding: lines.bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// Puts lines together, with one space between words and without lines that have none.
  private struct LineWriter {
    private(set) var bytes: [UInt8] = []
    private var isSpaceDue = false
    private var isLineDue = false

    init(room: Int) { bytes.reserveCapacity(room) }

    mutating func endLine() { isLineDue = true }

    mutating func add(_ byte: UInt8) {
      if byte == 0x20 || byte == 0x0A {
        isSpaceDue = true
        return
      }
      if !bytes.isEmpty, isLineDue || isSpaceDue { bytes.append(isLineDue ? 0x0A : 0x20) }
      (isSpaceDue, isLineDue) = (false, false)
      bytes.append(byte)
    }
  }

  private static func endsLine(_ tag: ArraySlice<UInt8>) -> Bool {
    let name = tag.dropFirst().drop { $0 == UInt8(ascii: "/") }.prefix(while: \.isNameByte)
    return !inlineTags.contains { name.elementsEqual($0.utf8) }
  }

  private static let inlineTags = [
    "a", "b", "code", "em", "i", "s", "span", "strong", "sub", "sup",
  ]

  private static func character(_ reference: ArraySlice<UInt8>) -> [UInt8] {
    switch String(decoding: reference, as: UTF8.self) {
    case "&amp;": [UInt8(ascii: "&")]
    case "&lt;": [UInt8(ascii: "<")]
    case "&gt;": [UInt8(ascii: ">")]
    case "&quot;": [UInt8(ascii: "\"")]
    case "&#39;": [UInt8(ascii: "'")]
    case "&nbsp;": [0x20]
    default: Array(reference)
    }
  }

  /// Tells whether a picture with that path is shown.
  func shows(_ path: String) -> Bool {
    PictureTags.tags(in: html).contains { $0.path == path }
  }
}
