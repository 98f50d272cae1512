import Texts

/// A mark in the Markdown of a document that is no part of its text: what can be referred to, and a
/// reference.
///
/// Templates write `[[muc#kinh-phi=mục III]]` where a section stands, `[[bang#thu-chi=Bảng]]` before
/// the name of a table, `[[phu-luc#ds=Phụ lục I]]` where an annex begins (`[[phu-luc#ds=Phụ lục I|ngang]]`
/// says how it is laid out), `[[van-ban#than=Quyết định số 05/QĐ-UBND]]` in an annex for the document
/// that it belongs to, and `[[kinh-phi]]` or `[[=kinh-phi]]` for the label, with a link or without.
/// Authors write `[[kinh-phi]]`, which reaches the Markdown as `\[\[kinh-phi\]\]`: data never become the marks of templates.
struct Mark {
  enum Kind {
    case section(label: Range<Int>)
    case table(word: Range<Int>)
    case annex(label: Range<Int>, form: AnnexForm)
    /// The name by which an annex speaks of the main text.
    case document(name: Range<Int>)
    case reference
    /// A reference in the place of its own target.
    case plainLabel
  }

  let kind: Kind
  /// All of it.
  let range: Range<Int>
  /// The code as it is written, in capitals perhaps, without backslashes.
  let code: [UInt8]

  /// Longer text between brackets is no mark.
  private static let longest = 600

  /// Tells whether a text may hold one.
  static func mayStand(in text: Span<UInt8>) -> Bool {
    var index = text.bytes.first(.openBracket, in: 0..<text.count)
    while index + 1 < text.count {
      if text[index + 1] == .openBracket { return true }
      if text[index + 1] == .backslash, index + 2 < text.count, text[index + 2] == .openBracket {
        return true
      }
      index = text.bytes.first(.openBracket, in: index + 1..<text.count)
    }
    return false
  }

  /// The marks of a text, in order.
  static func all(in text: Span<UInt8>) -> [Mark] {
    var marks: [Mark] = []
    var start = 0
    while start < text.count {
      let bracket = text.bytes.first(.openBracket, in: start..<text.count)
      guard bracket < text.count else { break }
      if let mark = Mark(at: bracket, in: text) { marks.append(mark) }
      start = marks.last.map { max($0.range.upperBound, bracket + 1) } ?? bracket + 1
    }
    return marks
  }

  /// The mark whose first bracket stands at an offset.
  private init?(at bracket: Int, in text: Span<UInt8>) {
    let isOfData = text.isEscaped(at: bracket)
    let gap = isOfData ? 2 : 1
    guard bracket + gap < text.count, text[bracket + gap] == .openBracket,
      !isOfData || text[bracket + 1] == .backslash
    else { return nil }
    let start = bracket + gap + 1
    guard let end = Mark.end(from: start, isOfData: isOfData, in: text) else { return nil }
    range = (isOfData ? bracket - 1 : bracket)..<end + 2 * gap
    let content = start..<end
    if !isOfData, let sign = content.first(where: { text[$0] == .hash }) {
      let equals = content[(sign + 1)...].first { text[$0] == .equals } ?? end
      guard let kind = Mark.kind(text, content.lowerBound..<sign, min(equals + 1, end)..<end) else {
        return nil
      }
      self.kind = kind
      code = text.code(in: sign + 1..<equals)
    } else {
      let isPlain = !isOfData && !content.isEmpty && text[start] == .equals
      kind = isPlain ? .plainLabel : .reference
      code = text.code(in: isPlain ? start + 1..<end : content)
    }
    guard code.isCode else { return nil }
  }

  /// The offset of the brackets that end a mark.
  private static func end(from start: Int, isOfData: Bool, in text: Span<UInt8>) -> Int? {
    var index = start
    while index + 1 < text.count, index - start < longest {
      switch text[index] {
      case .lineFeed, .openBracket: return nil
      case .backslash where isOfData && text[index + 1] == .closeBracket:
        let isEnd =
          index + 3 < text.count && text[index + 2] == .backslash
          && text[index + 3] == .closeBracket
        return isEnd ? index : nil
      case .backslash: index += 1
      case .closeBracket where !isOfData:
        if text[index + 1] == .closeBracket { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func kind(
    _ text: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>
  ) -> Kind? {
    switch text.extracting(name).string {
    case "muc": return .section(label: value)
    case "bang": return .table(word: value)
    case "van-ban": return .document(name: value)
    case "phu-luc":
      let bar = value.first { text[$0] == .pipe } ?? value.upperBound
      let words = text.extracting(bar..<value.upperBound).string.split(separator: "|")
      return .annex(label: value.lowerBound..<bar, form: AnnexForm(words))
    default: return nil
    }
  }
}

/// How an annex is laid out, as its mark says.
struct AnnexForm: Sendable {
  /// `ngang`: its sheets lie on their side.
  var isLandscape = false
  /// `dau`: the names of the issuer and of the state or the Party stand above it, as they do above a
  /// document.
  var hasHead = false

  init(_ words: [Substring] = []) {
    (isLandscape, hasHead) = (words.contains("ngang"), words.contains("dau"))
  }
}

extension Span<UInt8> {
  /// Tells whether an odd number of backslashes stands before a byte.
  fileprivate func isEscaped(at index: Int) -> Bool {
    var start = index
    while start > 0, self[start - 1] == .backslash { start -= 1 }
    return (index - start) % 2 == 1
  }

  /// The bytes of a part without backslashes, and blanks around them.
  fileprivate func code(in range: Range<Int>) -> [UInt8] {
    var code: [UInt8] = []
    for index in range where self[index] != .backslash { code.append(self[index]) }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let end = code.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    return Array(code[..<end].drop(while: isBlank))
  }

  var string: String {
    withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Tells whether they may be a code: letters, digits, hyphens and low lines.
  var isCode: Bool {
    !isEmpty && allSatisfy { isWordByte($0) || "-_".utf8.contains($0) }
  }
}

extension UInt8 {
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let hash = UInt8(ascii: "#")
  fileprivate static let equals = UInt8(ascii: "=")
  fileprivate static let pipe = UInt8(ascii: "|")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
}
