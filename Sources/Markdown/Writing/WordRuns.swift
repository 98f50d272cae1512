import CCmark
import Texts

/// The inlines of a block or a cell as runs of WordprocessingML: text that looks alike is one run.
struct WordRuns: ~Copyable {
  private(set) var xml = ByteBuffer()
  /// The text of the run that is open.
  private var text: [UInt8] = []
  private var look = Look()
  private var strong = 0
  private var emphasis = 0
  /// Of each link that is open, whether a program may follow it.
  private var links: [Bool] = []
  /// The pictures that are open, of which the text inside is the description.
  private var pictures: [(target: [UInt8], description: [UInt8])] = []

  private struct Look: Equatable {
    var isBold = false
    var isItalic = false
    var isCode = false
    var isLink = false
  }

  /// Tells whether there is no text and no picture yet.
  var isEmpty: Bool { xml.isEmpty && text.isEmpty }

  /// Takes an inline; a picture that ends is handed out.
  mutating func take(
    _ node: Node, entering: Bool
  ) -> (target: [UInt8], description: [UInt8])? {
    switch node.type {
    case CMARK_NODE_TEXT: take(text: node.literal, isCode: false)
    case CMARK_NODE_CODE: take(text: node.literal, isCode: true)
    case CMARK_NODE_SOFTBREAK: take(text: [0x20], isCode: false)
    case CMARK_NODE_LINEBREAK: takeBreak()
    case CMARK_NODE_STRONG: strong += entering ? 1 : -1
    case CMARK_NODE_EMPH: emphasis += entering ? 1 : -1
    case CMARK_NODE_LINK: entering ? beginLink(node) : endLink()
    case CMARK_NODE_IMAGE:
      if !entering { return pictures.popLast() }
      pictures.append((node.target, []))
    default: break
    }
    return nil
  }

  mutating func removeAll() {
    xml.removeAll()
    text.removeAll()
    (strong, emphasis, links, pictures) = (0, 0, [], [])
  }

  /// The runs of the block, which ends here.
  mutating func finish() -> [UInt8] {
    endRun()
    defer { removeAll() }
    return xml.bytes
  }

  /// Appends a run of its own, as that of a picture.
  mutating func append(run: Span<UInt8>) {
    endRun()
    xml.append(run)
  }

  // MARK: Text

  mutating func take(text bytes: [UInt8], isCode: Bool) {
    if !pictures.isEmpty { return pictures[pictures.count - 1].description += bytes }
    let look = Look(
      isBold: strong > 0, isItalic: emphasis > 0, isCode: isCode, isLink: links.last ?? false)
    if look != self.look { endRun() }
    self.look = look
    text += bytes
  }

  private mutating func takeBreak() {
    if !pictures.isEmpty { return pictures[pictures.count - 1].description.append(0x20) }
    endRun()
    xml.append(literal: "<w:r><w:br/></w:r>")
  }

  private mutating func endRun() {
    if text.isEmpty { return }
    let text = text
    xml.append(literal: "<w:r>")
    appendLook()
    xml.append(literal: "<w:t xml:space=\"preserve\">")
    xml.append(forXML: text.span)
    xml.append(literal: "</w:t></w:r>")
    self.text.removeAll(keepingCapacity: true)
  }

  private mutating func appendLook() {
    if look == Look() { return }
    xml.append(literal: "<w:rPr>")
    if look.isCode {
      xml.append(literal: "<w:rStyle w:val=\"ChuDeuCot\"/>")
    } else if look.isLink {
      xml.append(literal: "<w:rStyle w:val=\"LienKet\"/>")
    }
    if look.isBold { xml.append(literal: "<w:b/><w:bCs/>") }
    if look.isItalic { xml.append(literal: "<w:i/><w:iCs/>") }
    xml.append(literal: "</w:rPr>")
  }

  // MARK: Links

  /// A link is a field, which names its address itself. One that could run code leaves its text.
  private mutating func beginLink(_ link: Node) {
    let target = link.target
    let isShown =
      links.isEmpty && pictures.isEmpty && !target.isEmpty && !link.hasDangerousTarget
    links.append(isShown)
    guard isShown else { return }
    endRun()
    xml.append(literal: "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText")
    xml.append(literal: " xml:space=\"preserve\"> HYPERLINK &quot;")
    xml.append(forXML: target.inField.span)
    xml.append(literal: "&quot; </w:instrText></w:r>")
    xml.append(literal: "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>")
  }

  private mutating func endLink() {
    guard links.popLast() ?? false else { return }
    endRun()
    xml.append(literal: "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")
  }
}

extension [UInt8] {
  /// An address without what would end it in the text of a field.
  fileprivate var inField: [UInt8] {
    flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\""): Array("%22".utf8)
      case UInt8(ascii: "\\"): Array("%5C".utf8)
      case 0...0x20: Array("%20".utf8)
      default: [byte]
      }
    }
  }
}
