import CGumbo
import Reports
import Texts

/// What an element is for a reader of posts, by its tag, its style and its names.
extension PageElement {
  /// Tells whether it begins a block.
  var isBlock: Bool {
    switch tag {
    case GUMBO_TAG_A, GUMBO_TAG_B, GUMBO_TAG_STRONG, GUMBO_TAG_I, GUMBO_TAG_EM, GUMBO_TAG_SPAN,
      GUMBO_TAG_FONT, GUMBO_TAG_U, GUMBO_TAG_SUP, GUMBO_TAG_SUB, GUMBO_TAG_SMALL, GUMBO_TAG_BIG,
      GUMBO_TAG_ABBR, GUMBO_TAG_CODE, GUMBO_TAG_S, GUMBO_TAG_MARK, GUMBO_TAG_TIME, GUMBO_TAG_LABEL,
      GUMBO_TAG_Q, GUMBO_TAG_CITE, GUMBO_TAG_DEL, GUMBO_TAG_INS, GUMBO_TAG_BDO, GUMBO_TAG_BDI,
      GUMBO_TAG_KBD, GUMBO_TAG_VAR, GUMBO_TAG_TT, GUMBO_TAG_STRIKE, GUMBO_TAG_WBR, GUMBO_TAG_NOBR,
      GUMBO_TAG_IMG, GUMBO_TAG_BR, GUMBO_TAG_DFN, GUMBO_TAG_ACRONYM:
      plainStyle?.contains("display:block") ?? false || hasLinks
    default: true
    }
  }

  /// Tells whether its name says that it has the links of a category or of key words, beside others.
  private var hasLinks: Bool {
    tag == GUMBO_TAG_SPAN
      && attribute("class")?.split { !$0.isLetter }.contains { $0 == "links" } ?? false
  }

  /// The style written in it, in small letters and without blanks.
  private var plainStyle: String? { attribute("style")?.lowercased().filter { $0 != " " } }

  /// Tells whether nobody sees it.
  var isHidden: Bool {
    if attribute("hidden") != nil { return true }
    guard let style = plainStyle else { return false }
    return style.contains("display:none") || style.contains("visibility:hidden")
  }

  /// Tells whether it has the path to the page, by its name.
  var isPath: Bool {
    let names = [attribute("class"), attribute("id")].compactMap { $0?.lowercased() }
    return tag != GUMBO_TAG_BODY
      && names.contains { $0.split { !$0.isLetter }.contains { $0.hasPrefix("bread") } }
  }

  var isAlignedRight: Bool {
    if attribute("align")?.lowercased() == "right" { return true }
    guard let style = attribute("style")?.lowercased() else { return false }
    return style.filter { $0 != " " }.contains("text-align:right")
  }

  /// Tells whether it is of the page around a post by its name.
  var isPagePart: Bool {
    switch tag {
    // What somebody may choose or write is no part of a post.
    case GUMBO_TAG_NAV, GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA:
      return true
    case GUMBO_TAG_BODY, GUMBO_TAG_HTML, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN: return false
    default: break
    }
    let names = [attribute("class"), attribute("id"), attribute("role")].compactMap { $0 }
    return names.contains { name in
      name.lowercased().split { !$0.isLetter }.contains { Self.partNames.contains(String($0)) }
    }
  }

  private static let partNames: Set<String> = [
    "nav", "navbar", "navigation", "menu", "footer", "sidebar", "copyright", "related", "comments",
    "lienquan", "tinlienquan", "tinkhac", "leftpane", "rightpane",
  ]
}

extension String {
  /// With one blank in the place of several and of controls, and none at its ends.
  var collapsed: String {
    unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
      .map { String($0) }.joined(separator: " ").composed
  }
}

extension String {
  /// The path that the address of a file beside the page stands for; an address of the web as it is.
  var asPath: String {
    if contains(":") || hasPrefix("/") { return self }
    let path = String(decoding: Array(utf8).percentDecoded, as: UTF8.self).collapsed
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }
}
