import CCmark
import Texts

/// The text of a paragraph, a heading or a cell with the marks in it, to be written as Markdown.
struct InlineText {
  var pieces: [InlinePiece] = []
  /// The emphasis that pieces begin and end, by its number.
  var spans: [EmphasisSpan] = []
  private var open: [Int?] = []

  /// Where a text stands.
  enum Place {
    case paragraph
    case heading
    case cell
  }

  /// The literal of a block of raw HTML, as text.
  init(rawHTML: [UInt8]) {
    append(text: oneLine(rawHTML))
  }

  /// The inlines of a block.
  init(of block: Node) {
    var skipped: Node?
    block.forEachEvent { node, entering in
      if let link = skipped {
        if !entering, node.isSame(link) { skipped = nil }
      } else if !node.isSame(block) {
        if add(node, entering: entering) { skipped = node }
      }
    }
  }

  /// Adds what begins or ends; tells whether what is in it is left out.
  private mutating func add(_ node: Node, entering: Bool) -> Bool {
    switch node.type {
    case CMARK_NODE_TEXT: append(text: node.literal)
    case CMARK_NODE_HTML_INLINE: append(text: oneLine(node.literal))
    case CMARK_NODE_CODE: pieces.append(.code(node.literal))
    case CMARK_NODE_SOFTBREAK: pieces.append(.softBreak)
    case CMARK_NODE_LINEBREAK: pieces.append(.hardBreak)
    case CMARK_NODE_EMPH: addEmphasis(length: 1, node, entering)
    case CMARK_NODE_STRONG: addEmphasis(length: 2, node, entering)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE: return addLink(node, entering)
    default: break
    }
    return false
  }

  private mutating func append(text: [UInt8]) {
    guard !text.isEmpty else { return }
    guard case .text(var before) = pieces.last else {
      return pieces.append(.text(PlainText(bytes: text)))
    }
    // Taken out, it is not copied.
    pieces.removeLast()
    before.bytes += text
    pieces.append(.text(before))
  }

  private mutating func addEmphasis(length: Int, _ node: Node, _ entering: Bool) {
    if entering {
      spans.append(EmphasisSpan(length: length, outer: open.last ?? nil))
      open.append(spans.count - 1)
      return pieces.append(.begin(spans.count - 1))
    }
    guard let span = open.popLast() ?? nil else { return }
    if case .begin(span) = pieces.last {
      // Nothing is left in it.
      pieces.removeLast()
    } else {
      spans[span].end = pieces.count
      pieces.append(.end(span))
    }
  }

  private mutating func addLink(_ node: Node, _ entering: Bool) -> Bool {
    if node.hasDangerousTarget {
      guard entering, node.type == CMARK_NODE_IMAGE else { return false }
      append(text: node.alternative)
      return true
    }
    if entering, let address = node.autolink {
      pieces.append(.markup(address))
      return true
    }
    if entering {
      pieces.append(.markup(Array((node.type == CMARK_NODE_IMAGE ? "![" : "[").utf8)))
      // Emphasis in a link knows none outside of it.
      open.append(nil)
    } else {
      _ = open.popLast()
      pieces.append(.markup(linkEnd(target: node.target, title: node.title)))
    }
    return false
  }
}

enum InlinePiece {
  case text(PlainText)
  /// The beginning and the end of an emphasis, by its number.
  case begin(Int)
  case end(Int)
  case code([UInt8])
  /// What begins and ends with punctuation: part of a link or an image.
  case markup([UInt8])
  case softBreak
  case hardBreak
}

/// A text without markup. A mark of emphasis next to it may need its first or last character to be
/// written as a reference.
struct PlainText {
  var bytes: [UInt8]
  var beginsWithReference = false
  var endsWithReference = false
}

extension Node {
  /// What an image shows where it is none: the text in it, without its markup.
  fileprivate var alternative: [UInt8] {
    var text: [UInt8] = []
    forEachEvent { node, entering in
      guard entering else { return }
      switch node.type {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += node.literal
      case CMARK_NODE_HTML_INLINE: text += oneLine(node.literal)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text.append(UInt8(ascii: " "))
      default: break
      }
    }
    return text
  }

  /// What cmark takes for a target that could run code.
  var hasDangerousTarget: Bool {
    let text = String(decoding: target.prefix(32), as: UTF8.self).lowercased()
    let isImage = ["png", "gif", "jpeg", "webp"].contains { text.hasPrefix("data:image/\($0)") }
    return !isImage
      && ["javascript:", "vbscript:", "file:", "data:"].contains { text.hasPrefix($0) }
  }

  /// `<https://a.vn>`, where the text of the link is its target.
  fileprivate var autolink: [UInt8]? {
    guard type == CMARK_NODE_LINK, title.isEmpty, let text = firstChild, text.next == nil,
      text.type == CMARK_NODE_TEXT
    else { return nil }
    let (literal, target) = (text.literal, target)
    guard literal == target || Array("mailto:".utf8) + literal == target, !literal.isEmpty,
      !literal.contains(where: { "\\&`|*_[]".utf8.contains($0) }), isAddress(literal.span)
    else { return nil }
    return Array("<".utf8) + literal + Array(">".utf8)
  }
}

/// The text with its line breaks as blanks, and none around it.
private func oneLine(_ text: [UInt8]) -> [UInt8] {
  let line = Array(text.split(separator: UInt8(ascii: "\n")).joined(separator: " ".utf8))
  return Array(line[trimmed(0..<line.count, source: line.span)])
}

/// `](target "title")`
private func linkEnd(target: [UInt8], title: [UInt8]) -> [UInt8] {
  var result = Array("](".utf8)
  let isPlain = !target.isEmpty && !target.contains { $0 <= 0x20 || "()<>\u{7F}".utf8.contains($0) }
  if !isPlain { result.append(UInt8(ascii: "<")) }
  appendEscaped(target, "\\<>&", to: &result)
  if !isPlain { result.append(UInt8(ascii: ">")) }
  if !title.isEmpty {
    result.append(literal: " \"")
    appendEscaped(title, "\\\"&", to: &result)
    result.append(UInt8(ascii: "\""))
  }
  result.append(UInt8(ascii: ")"))
  return result
}

/// Appends a text with a backslash before some signs where they mean something, and line breaks
/// as references.
func appendEscaped(_ text: [UInt8], _ signs: StaticString, to output: inout [UInt8]) {
  let signs = ByteSet(signs)
  for (index, byte) in text.enumerated() {
    switch byte {
    case UInt8(ascii: "\n"): output.append(literal: "&#10;")
    case UInt8(ascii: "\r"): output.append(literal: "&#13;")
    case UInt8(ascii: "&") where !mayBeReference(text.span, at: index): output.append(byte)
    default:
      if signs.contains(byte) { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
  }
}

extension Collection<UInt8> {
  /// The length of the longest run of a sign.
  func longestRun(of sign: UInt8) -> Int {
    var (longest, run) = (0, 0)
    for byte in self {
      run = byte == sign ? run + 1 : 0
      longest = Swift.max(longest, run)
    }
    return longest
  }
}
