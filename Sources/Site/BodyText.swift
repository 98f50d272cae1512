import Texts

/// The words of a body of HTML that the program made, without its tags.
struct BodyText: Sendable {
  /// Paragraphs are lines.
  let plain: String
  let firstParagraph: String
  private let html: [UInt8]

  init(_ html: [UInt8]) {
    self.html = html
    var text: [UInt8] = []
    text.reserveCapacity(html.count)
    var index = 0
    while index < html.count {
      switch html[index] {
      case UInt8(ascii: "<"):
        let end = html[index...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1
        if BodyText.endsLine(html[index...end]) { text.append(0x0A) }
        index = end + 1
      case UInt8(ascii: "&"):
        let end = html[index...].prefix(8).firstIndex(of: UInt8(ascii: ";")) ?? index
        text.append(contentsOf: BodyText.character(html[index...end]))
        index = end + 1
      default:
        text.append(html[index] == 0x0A ? 0x20 : html[index])
        index += 1
      }
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }.filter { !$0.isEmpty }
    plain = lines.joined(separator: "\n")
    firstParagraph = lines.first ?? ""
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
