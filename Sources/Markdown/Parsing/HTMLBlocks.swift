import Texts

/// The kinds of raw HTML that make a block of their own, by how they end (CommonMark 4.6).
enum HTMLBlockKind {
  case verbatim
  case comment
  case instruction
  case declaration
  case characterData
  case element
  case anyTag

  /// The kind that a line begins, whose first byte is `<`.
  ///
  /// - Parameter mayBeText: a paragraph may go on with the line, and does with an unknown tag.
  init?(_ line: ArraySlice<UInt8>, mayBeText: Bool) {
    let rest = line.dropFirst()
    if rest.starts(with: "!--".utf8) {
      self = .comment
    } else if rest.first == UInt8(ascii: "?") {
      self = .instruction
    } else if rest.starts(with: "![CDATA[".utf8) {
      self = .characterData
    } else if rest.first == UInt8(ascii: "!") {
      guard let letter = rest.dropFirst().first, isLetter(letter) else { return nil }
      self = .declaration
    } else if let kind = HTMLBlockKind(tag: rest) {
      self = kind
    } else {
      var tag = TagReader(line)
      guard !mayBeText, tag.isWholeLine() else { return nil }
      self = .anyTag
    }
  }

  /// A tag whose name says what it is.
  private init?(tag rest: ArraySlice<UInt8>) {
    let isClosing = rest.first == UInt8(ascii: "/")
    let start = isClosing ? rest.dropFirst() : rest
    let name = start.prefix { isLetter($0) || isDigit($0) }
    guard !name.isEmpty, name.count <= 10 else { return nil }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    let after = start[name.endIndex...]
    let isEnd = after.first.map { isBlank($0) || $0 == UInt8(ascii: ">") } ?? true
    if !isClosing, isEnd, verbatimNames.contains(text) {
      self = .verbatim
    } else if isEnd || after.starts(with: "/>".utf8), blockNames.contains(text) {
      self = .element
    } else {
      return nil
    }
  }

  var endsAtBlankLine: Bool { self == .element || self == .anyTag }

  /// Tells whether the block ends with a line.
  func ends(in line: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .element, .anyTag: false
    case .comment: line.contains("-->".utf8)
    case .instruction: line.contains("?>".utf8)
    case .declaration: line.contains(UInt8(ascii: ">"))
    case .characterData: line.contains("]]>".utf8)
    case .verbatim:
      verbatimNames.contains {
        String(decoding: line, as: UTF8.self).lowercased().utf8.contains("</\($0)>".utf8)
      }
    }
  }
}

/// Reads a tag that stands alone on its line.
private struct TagReader {
  private var rest: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    rest = line.dropFirst()
  }

  mutating func isWholeLine() -> Bool {
    let isClosing = skip(UInt8(ascii: "/"))
    guard let first = rest.first, isLetter(first) else { return false }
    skip { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    while !isClosing, skipAttribute() {}
    skip(isBlank)
    if !isClosing { _ = skip(UInt8(ascii: "/")) }
    return skip(UInt8(ascii: ">")) && rest.allSatisfy(isBlank)
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skip(_ belongs: (UInt8) -> Bool) { rest = rest.drop(while: belongs) }

  private mutating func skipAttribute() -> Bool {
    let before = rest
    skip(isBlank)
    guard rest.startIndex > before.startIndex, let first = rest.first,
      isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: ":")
    else {
      rest = before
      return false
    }
    skip { isWordByte($0) || ".:-_".utf8.contains($0) }
    let afterName = rest
    skip(isBlank)
    guard skip(UInt8(ascii: "=")) else {
      rest = afterName
      return true
    }
    skip(isBlank)
    return skipValue()
  }

  private mutating func skipValue() -> Bool {
    guard let quote = rest.first else { return false }
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let before = rest
      skip { !isBlank($0) && !"\"'=<>`".utf8.contains($0) }
      return rest.startIndex > before.startIndex
    }
    rest = rest.dropFirst()
    skip { $0 != quote }
    return skip(quote)
  }
}

private let verbatimNames: Set<String> = ["script", "pre", "style", "textarea"]

private let blockNames: Set<String> = [
  "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
  "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
  "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
  "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav",
  "noframes", "ol", "optgroup", "option", "p", "param", "section", "source", "summary", "table",
  "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
]
