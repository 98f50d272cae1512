import Diagnostics
import Encodings
import Texts

/// A file with an old post: its text, and the blocks that it has.
struct PostFile {
  let name: String
  /// In UTF-8, in normalization form C, without a mark of the byte order.
  let bytes: [UInt8]
  var post: WrittenPost
  /// What is told of its encoding.
  let notices: [Diagnostic]

  /// Reads a plain text, a saved page or a message of parts, by the name of the file.
  ///
  /// - Throws: that it is no text, or has no words.
  init(_ input: [UInt8], of file: String) throws(Diagnostic) {
    name = file
    let ending = ImportedPost.ending(of: file)
    let isMessage = ending == ".mht" || ending == ".mhtml"
    let page = isMessage ? MailArchive.page(in: input) : (bytes: input, charset: nil)
    guard let page else { throw Diagnostic(.importing(.emptyPost(path: file)), at: nil) }
    let isPage = isMessage || ending == ".html" || ending == ".htm"
    let declared = isPage ? DeclaredEncoding.of(page.bytes, charset: page.charset) : nil
    let text = try PostEncoding.text(of: page.bytes, file: file, declared)
    (bytes, notices) = (text.bytes, text.notices)
    post = isPage ? try SavedPage(bytes, of: file).post : PlainTextReader(bytes).post
    guard !post.blocks.isEmpty else {
      throw Diagnostic(.importing(.emptyPost(path: file)), at: nil)
    }
  }
}

/// The one place where the bytes of an input become text.
private enum PostEncoding {
  /// - Parameter declared: the encoding that a page says it has, for bytes that are not UTF-8.
  /// - Throws: that they are neither UTF-8 nor surely another encoding of Vietnamese, or UTF-8 whose
  ///   letters were read in another encoding once.
  static func text(
    of input: [UInt8], file: String, _ declared: TextEncoding?
  ) throws(Diagnostic) -> (bytes: [UInt8], notices: [Diagnostic]) {
    let isPlain = ByteScan(input).isPlain
    guard isPlain || (try? UTF8Span(validating: input.span)) != nil && !contains(0, input) else {
      return try oldText(of: input, file: file, declared)
    }
    let hasMark = input.starts(with: [0xEF, 0xBB, 0xBF])
    let text = withoutDirections(hasMark ? Array(input.dropFirst(3)) : input)
    // What is kept word for word shall not be letters that are no words.
    if let problem = MisreadLetters(in: Source(name: file, bytes: text)).problem,
      !areQuoted(in: text)
    {
      throw problem
    }
    if let misread = misreadText(text) { return misread }
    let isComposed = isPlain || !mayBeDecomposed(text)
    return (isComposed ? text : Array(String(decoding: text, as: UTF8.self).composed.utf8), [])
  }

  /// Without the signs that turn the direction of writing, U+202A to U+202E and U+2066 to U+2069:
  /// nobody sees them, and no Vietnamese needs them.
  private static func withoutDirections(_ text: [UInt8]) -> [UInt8] {
    func isDirection(_ index: Int) -> Bool {
      guard index + 2 < text.count, text[index] == 0xE2 else { return false }
      return text[index + 1] == 0x80 && 0xAA...0xAE ~= text[index + 2]
        || text[index + 1] == 0x81 && 0xA6...0xA9 ~= text[index + 2]
    }
    var index = text.span.bytes.first(0xE2, in: 0..<text.count)
    var kept: [UInt8] = []
    var start = 0
    while index < text.count {
      if isDirection(index) {
        kept += text[start..<index]
        start = index + 3
      }
      index = text.span.bytes.first(0xE2, in: index + 1..<text.count)
    }
    return start == 0 ? text : kept + text[start...]
  }

  /// Tells whether misread letters stand only in lines that have right ones too: a text about them.
  private static func areQuoted(in text: [UInt8]) -> Bool {
    text.split(separator: 0x0A).allSatisfy { line in
      QuotedLetters.hasVietnamese(line.span)
        || MisreadLetters(in: Source(name: "", bytes: Array(line))).problem == nil
    }
  }

  /// The text of which each byte of an encoding from before Unicode was taken for a letter of its own:
  /// `héi nghÞ` for `hội nghị`; nil where it is no such text.
  private static func misreadText(_ text: [UInt8]) -> (bytes: [UInt8], notices: [Diagnostic])? {
    let western = text.count { $0 == 0xC2 || $0 == 0xC3 }
    guard western > 10, !QuotedLetters.hasVietnamese(text.span),
      let decoded = try? LegacyText.decode(text, as: .automatic), decoded.certainty > .unsure,
      QuotedLetters.hasVietnamese(decoded.bytes.span)
    else { return nil }
    let encodings = decoded.parts.compactMap(\.reading.name).joined(separator: ", ")
    let notice = PostProblem.otherEncoding(encodings)
    return (decoded.bytes, [Diagnostic(.importing(.post(notice)), at: nil)])
  }

  /// A text in an encoding from before Unicode, or in UTF-16.
  private static func oldText(
    of input: [UInt8], file: String, _ declared: TextEncoding?
  ) throws(Diagnostic) -> (bytes: [UInt8], notices: [Diagnostic]) {
    if let declared, !contains(0, input),
      let decoded = try? LegacyText.decode(input.span, as: .encoding(declared))
    {
      let notice = PostProblem.otherEncoding(declared.rawValue)
      return (decoded.bytes, [Diagnostic(.importing(.post(notice)), at: nil)])
    }
    let found = try? LegacyText.decode(input, as: .automatic)
    guard found != nil || !contains(0, input), !contains(0, found?.bytes ?? []) else {
      throw Diagnostic(.importing(.zeroBytes(path: file)), at: nil)
    }
    guard let decoded = found, decoded.certainty > .unsure else {
      throw Diagnostic(.importing(.otherEncoding(path: file)), at: nil)
    }
    // UTF-8 of which a few bytes are no longer right is told as it is of a data file.
    if MisreadLetters(in: Source(name: file, bytes: decoded.bytes)).problem != nil {
      _ = try Source.reading(name: file, bytes: input)
      throw Diagnostic(.importing(.otherEncoding(path: file)), at: nil)
    }
    let encodings = decoded.parts.compactMap(\.reading.name).joined(separator: ", ")
    let notice = PostProblem.otherEncoding(encodings)
    return (decoded.bytes, [Diagnostic(.importing(.post(notice)), at: nil)])
  }

  /// Tells whether a text has marks that letters are composed with, U+0300 to U+036F, or other
  /// characters that are composed.
  private static func mayBeDecomposed(_ text: [UInt8]) -> Bool {
    contains(0xCC, text) || contains(0xCD, text)
  }

  private static func contains(_ byte: UInt8, _ text: [UInt8]) -> Bool {
    text.span.bytes.first(byte, in: 0..<text.count) < text.count
  }
}

/// The encoding that a page says it has.
enum DeclaredEncoding {
  /// A browser looks no further for it.
  private static let headSize = 4096

  /// - Parameter charset: what the message around the page says.
  /// - Returns: nil where it says nothing, or that it is in one of Western languages: pages in a font of
  ///   old Vietnamese letters said so too.
  static func of(_ page: [UInt8], charset: String?) -> TextEncoding? {
    if let charset, let encoding = encoding(named: charset) { return encoding }
    let head = lowercased(page.prefix(headSize))
    for tag in head.split(separator: 0x3C) where tag.starts(with: "meta".utf8) {
      guard let label = tag.firstPlace(of: Array("charset".utf8)) else { continue }
      let value = tag[label.upperBound...].drop { " =\"'".utf8.contains($0) }
        .prefix { !" \"'>;/".utf8.contains($0) }
      return encoding(named: String(decoding: value, as: UTF8.self))
    }
    return nil
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
  }

  private static func encoding(named name: String) -> TextEncoding? {
    switch name.lowercased() {
    case "windows-1258", "cp1258", "x-cp1258": .windows1258
    case "tcvn", "tcvn3", "tcvn5712-1", "tcvn-5712", "x-viet-tcvn5712": .tcvn3
    case "viscii", "csviscii", "viscii1.1-1": .viscii
    case "vps", "x-viet-vps": .vps
    default: nil
    }
  }
}

extension Reading {
  /// The name of the encoding that it was in; nil for what was right.
  fileprivate var name: String? {
    switch self {
    case .asIs: nil
    case .encoding(let encoding), .misread(let encoding): encoding.rawValue
    }
  }
}
