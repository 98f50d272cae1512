import Texts

/// What stands in Markdown for a link to a place of the same page, until it is HTML: characters that
/// no text has.
enum LinkMark {
  /// U+FDD0 opens a link, U+FDD1 parts its code from the label, U+FDD3 opens a target; U+FDD2 closes
  /// both.
  private static let lead: [UInt8] = [0xEF, 0xB7]
  private static let openLink: [UInt8] = [0xEF, 0xB7, 0x90]
  private static let middle: [UInt8] = [0xEF, 0xB7, 0x91]
  private static let close: [UInt8] = [0xEF, 0xB7, 0x92]
  private static let openTarget: [UInt8] = [0xEF, 0xB7, 0x93]

  static func target(_ code: [UInt8]) -> [UInt8] { openTarget + code + close }

  static func link(_ code: [UInt8], _ label: [UInt8]) -> [UInt8] {
    openLink + code + middle + label + close
  }

  /// A text of the author's own in which no such character is left.
  static func removed(from text: [UInt8]) -> [UInt8] {
    guard text.span.first(of: lead.span, from: 0) != nil else { return text }
    var output: [UInt8] = []
    var index = 0
    while index < text.count {
      if index + 2 < text.count, text[index] == 0xEF, text[index + 1] == 0xB7,
        (0x90...0x93).contains(text[index + 2])
      {
        output += [0xEF, 0xBF, 0xBD]
        index += 3
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }

  /// The HTML with links and their targets in the place of the marks; in an attribute, and within
  /// another link, only the label stands.
  static func linked(_ html: [UInt8]) -> [UInt8] {
    guard html.span.first(of: lead.span, from: 0) != nil else { return html }
    var writer = LinkWriter(html)
    return writer.write()
  }

  private struct LinkWriter {
    private let html: [UInt8]
    private var output: [UInt8] = []
    private var index = 0
    private var isInTag = false
    private var isInLink = false
    /// Tells whether a link is open that ends at the next closing mark.
    private var isOpen = false

    init(_ html: [UInt8]) {
      self.html = html
      output.reserveCapacity(html.count + 512)
    }

    mutating func write() -> [UInt8] {
      while index < html.count {
        switch html[index] {
        case 0xEF where writeMark(): continue
        case UInt8(ascii: "<"): beginTag()
        case UInt8(ascii: ">"): isInTag = false
        default: break
        }
        output.append(html[index])
        index += 1
      }
      return output
    }

    private mutating func beginTag() {
      isInTag = true
      if html[index...].starts(with: "<a ".utf8) { isInLink = true }
      if html[index...].starts(with: "</a>".utf8) { isInLink = false }
    }

    private mutating func writeMark() -> Bool {
      let rest = html[index...]
      if rest.starts(with: openLink) {
        let code = code(until: middle)
        isOpen = !isInTag && !isInLink
        if isOpen { output += "<a class=\"dan\" href=\"#".utf8 + code + "\">".utf8 }
      } else if rest.starts(with: openTarget) {
        let code = code(until: close)
        if !isInTag { output += "<span id=\"".utf8 + code + "\"></span>".utf8 }
      } else if rest.starts(with: close) {
        if isOpen { output += "</a>".utf8 }
        isOpen = false
        index += 3
      } else {
        return false
      }
      return true
    }

    /// Takes the code behind the mark at hand, and the mark that ends it.
    private mutating func code(until end: [UInt8]) -> ArraySlice<UInt8> {
      let start = index + 3
      index = start
      while index < html.count, html[index] != 0xEF { index += 1 }
      defer { if html[index...].starts(with: end) { index += 3 } }
      return html[start..<index]
    }
  }
}
