import CSQLite
import Texts
import Vietnamese

/// How FTS5 sees the words of a text: at each place the word without accents, and where it has accents
/// beside it the word with them, marked by a sign before it.
///
/// None of FTS5's own tokenizers knows đ, and none lets `quy` find `quý` while `quý` does not find `quy`.
enum WordTokenizer {
  static let name = "baocao"

  /// Stands before a word with accents.
  static let mark = UInt8(ascii: "=")
  /// Stands between the words of which a query takes any at one place.
  static let alternative = UInt8(ascii: "|")
  /// Stands for the end of a line: no phrase reaches over it.
  static let lineEnd = UInt8(ascii: "\n")
  /// Longer words, which nobody types, are cut: each is a term of the index.
  static let longest = 96

  /// The form in which the index has a word with its accents.
  static func term(exact word: [UInt8]) -> [UInt8] { [mark] + word.prefix(longest) }
  static func term(plain word: [UInt8]) -> [UInt8] { Array(word.prefix(longest)) }

  /// Makes the tokenizer known to a database.
  static func register(in database: Connection) throws(SQLiteFailure) {
    var api: UnsafeMutablePointer<fts5_api>?
    let statement = try database.prepare("SELECT fts5(?1)")
    try withUnsafeMutablePointer(to: &api) { (pointer) throws(SQLiteFailure) in
      try statement.bind(1, pointer: UnsafeMutableRawPointer(pointer), type: "fts5_api_ptr")
      _ = try statement.next()
    }
    guard let api, let create = api.pointee.xCreateTokenizer else {
      throw SQLiteFailure(code: SQLITE_MISUSE, text: "no FTS5")
    }
    var functions = fts5_tokenizer(
      xCreate: { _, _, _, created in
        created?.pointee = OpaquePointer(bitPattern: 1)
        return SQLITE_OK
      },
      xDelete: { _ in },
      xTokenize: { _, context, flags, text, count, take in
        guard let take else { return SQLITE_OK }
        let bytes = UnsafeRawBufferPointer(start: text, count: text == nil ? 0 : Int(count))
          .bindMemory(to: UInt8.self)
        let sink = TokenSink(context: context, take: take)
        return flags & FTS5_TOKENIZE_QUERY != 0
          ? sink.takeQuery(bytes.span) : sink.takeText(bytes.span)
      })
    let code = create(api, name, nil, &functions, nil)
    guard code == SQLITE_OK else { throw SQLiteFailure(code: code, text: "no tokenizer") }
  }
}

/// Hands words on to FTS5.
private struct TokenSink {
  typealias Take =
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
    ) -> Int32

  let context: UnsafeMutableRawPointer?
  let take: Take

  private func take(
    _ word: Span<UInt8>, isBeside: Bool, from start: Int, to end: Int
  ) -> Int32 {
    word.withUnsafeBytes { bytes in
      take(
        context, isBeside ? FTS5_TOKEN_COLOCATED : 0,
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(truncatingIfNeeded: min(bytes.count, WordTokenizer.longest + 1)),
        Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end))
    }
  }

  func takeText(_ text: Span<UInt8>) -> Int32 {
    var scanner = SearchWordScanner()
    var accented = ByteBuffer()
    var offset = 0
    while true {
      let start = scanner.next(in: text, from: offset)
      var code = takeLineEnd(in: text, offset..<(start ?? text.count))
      guard code == SQLITE_OK, let start else { return code }
      offset = scanner.end
      let plain = scanner.plain.span
      let length = min(plain.count, WordTokenizer.longest)
      code = take(plain.extracting(0..<length), isBeside: false, from: start, to: offset)
      if code == SQLITE_OK, scanner.isAccented {
        accented.removeAll()
        accented.append(WordTokenizer.mark)
        accented.append(scanner.exact.span)
        code = take(accented.span, isBeside: true, from: start, to: offset)
      }
      guard code == SQLITE_OK else { return code }
    }
  }

  /// Between two words an end of a line counts once.
  private func takeLineEnd(in text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    for index in range where text[index] == WordTokenizer.lineEnd {
      return take(text.extracting(index..<index + 1), isBeside: false, from: index, to: index + 1)
    }
    return SQLITE_OK
  }

  /// A phrase of a query has its words ready: places between blanks, at each any of some words.
  func takeQuery(_ text: Span<UInt8>) -> Int32 {
    var start = 0
    var isBeside = false
    for end in 0...text.count {
      let isEnd = end == text.count || text[end] == UInt8(ascii: " ")
      guard isEnd || text[end] == WordTokenizer.alternative else { continue }
      if end > start {
        let code = take(text.extracting(start..<end), isBeside: isBeside, from: start, to: end)
        guard code == SQLITE_OK else { return code }
      }
      isBeside = !isEnd
      start = end + 1
    }
    return SQLITE_OK
  }
}
