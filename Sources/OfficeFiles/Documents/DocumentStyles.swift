import Reports

/// The styles of a document, of which that counts which tells a heading from a text.
final class DocumentStyles: XMLHandler {
  /// Where a text stands upon its line.
  enum Shift: String {
    case baseline, superscript, `subscript`

    /// The text with raised or lowered digits, which plain text has too: m² and H₂O would else become
    /// other numbers.
    func shown(_ text: [UInt8]) -> [UInt8] {
      guard self != .baseline else { return text }
      let digits = Array(self == .superscript ? "⁰¹²³⁴⁵⁶⁷⁸⁹" : "₀₁₂₃₄₅₆₇₈₉")
      return String(decoding: text, as: UTF8.self).flatMap { character -> [UInt8] in
        let digit = character.isASCII ? character.wholeNumberValue : nil
        return Array(String(digit.map { digits[$0] } ?? character).utf8)
      }
    }
  }

  /// What a style, a paragraph or a run says; nil for what it leaves to the style below it.
  struct Look {
    var isBold: Bool?
    var isItalic: Bool?
    var isHidden: Bool?
    var shift: Shift?
    var outlineLevel: Int?
    var alignment: WrittenParagraph.Alignment?
    var list: Int?
    var listLevel: Int?
    var beginsPage: Bool?

    /// Takes from a style what is not said yet.
    mutating func inherit(_ style: Look) {
      isBold = isBold ?? style.isBold
      isItalic = isItalic ?? style.isItalic
      isHidden = isHidden ?? style.isHidden
      shift = shift ?? style.shift
      outlineLevel = outlineLevel ?? style.outlineLevel
      alignment = alignment ?? style.alignment
      list = list ?? style.list
      listLevel = listLevel ?? style.listLevel
      beginsPage = beginsPage ?? style.beginsPage
    }

    /// Reads what one element of a list of properties says.
    mutating func read(_ name: XMLName, _ attributes: XMLAttributes) {
      switch name {
      case "b": isBold = attributes.isOn
      case "i": isItalic = attributes.isOn
      case "vanish": isHidden = attributes.isOn
      case "vertAlign": shift = Shift(rawValue: attributes.string("val") ?? "") ?? .baseline
      case "outlineLvl": outlineLevel = attributes.number("val").map { $0 + 1 }
      case "numId": list = attributes.number("val") ?? 0
      case "ilvl": listLevel = min(attributes.number("val") ?? 0, 8)
      case "pageBreakBefore": beginsPage = attributes.isOn
      case "jc":
        switch attributes.string("val") {
        case "center": alignment = .center
        case "right", "end": alignment = .end
        default: alignment = .start
        }
      default: break
      }
    }
  }

  private struct Style {
    var look = Look()
    var base: String?
  }

  private var styles: [String: Style] = [:]
  private var defaults = Look()
  private var standard: String?
  private var current: String?
  private var isInDefaults = false
  private var resolved: [String: Look] = [:]
  private var skipped = 0

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if skipped > 0 { return skipped += 1 }
    switch name {
    case "style":
      current = attributes.string("styleId")
      guard let current else { return }
      styles[current] = Style()
      if attributes.has("type", "paragraph"), attributes.isTrue("default") { standard = current }
    case "basedOn":
      if let current { styles[current]?.base = attributes.string("val") }
    // Conditional looks of tables, and what was before a tracked change.
    case "tblStylePr", "rPrChange", "pPrChange": skipped = 1
    case "docDefaults": isInDefaults = true
    default:
      if isInDefaults {
        defaults.read(name, attributes)
      } else if let current {
        styles[current]?.look.read(name, attributes)
      }
    }
  }

  override func end(_ name: XMLName) {
    if skipped > 0 { return skipped -= 1 }
    switch name {
    case "style": current = nil
    case "docDefaults": isInDefaults = false
    default: break
    }
  }

  /// More styles do not stand on each other in any document.
  private static let deepest = 64

  /// What a style says, with the styles that it is based on; a circle of them ends where it closes.
  func look(of style: String?) -> Look {
    guard let style else { return Look() }
    if let known = resolved[style] { return known }
    var look = Look()
    var (next, seen): (String?, Set<String>) = (style, [])
    while let name = next, let found = styles[name], seen.count < Self.deepest,
      seen.insert(name).inserted
    {
      look.inherit(found.look)
      next = found.base
    }
    resolved[style] = look
    return look
  }

  /// What a paragraph looks like by its style, or the standard one, and by the defaults.
  func paragraphLook(_ style: String?) -> Look {
    var look = look(of: style ?? standard)
    look.inherit(defaults)
    return look
  }
}

extension XMLAttributes {
  /// Tells whether a property that may be switched off is on: on without a value.
  var isOn: Bool { !(has("val", "0") || has("val", "false") || has("val", "off")) }
}
