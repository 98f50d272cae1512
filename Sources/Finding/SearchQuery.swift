import Texts
import Vietnamese

/// What is looked for: words and phrases anywhere, and phrases of the head.
public struct SearchQuery: Sendable {
  /// Words that stand side by side.
  struct Phrase: Sendable {
    let column: DocumentRow.Column?
    /// At each place one of some words.
    let places: [[SearchWord]]
    /// Whether it is all of a value.
    let isWhole: Bool
  }

  private(set) var phrases: [Phrase] = []

  /// Why a query cannot be looked for.
  public enum Flaw: Error, Equatable {
    /// A word without letters or digits.
    case noWord(String)
    case tooLong(words: Int, most: Int)
    case empty
  }

  /// The words that a query may have: nobody looks for more, and SQLite gives up at some number.
  static let mostWords = 64

  /// - Parameters:
  ///   - words: each is one word or more; several in one, or in quotes, are a phrase.
  ///   - period: a period as people write it, or a part of one, as `2026`.
  public init(
    words: [String], issuer: String? = nil, kind: String? = nil, period: String? = nil,
    number: String? = nil, person: String? = nil
  ) throws(Flaw) {
    for argument in words {
      let parts = SearchQuery.parts(of: argument.composed)
      let found = parts.filter { !$0.isEmpty }
      guard !found.isEmpty else { throw .noWord(argument) }
      phrases += found.map { Phrase(column: nil, places: $0.map { [$0] }, isWhole: false) }
    }
    try add(issuer, to: .issuer)
    try add(kind, to: .kind, isWhole: true)
    try add(person, to: .people)
    if let number { try add(number: number) }
    if let period {
      let written = DocumentRow.written(
        period: Source(name: "", bytes: Array(period.composed.utf8)).text)
      try add(written ?? period, to: .period, isWhole: written != nil)
    }
    guard !phrases.isEmpty else { throw .empty }
    let count = phrases.reduce(0) { $0 + $1.places.count }
    guard count <= Self.mostWords else { throw .tooLong(words: count, most: Self.mostWords) }
  }

  private mutating func add(
    _ text: String?, to column: DocumentRow.Column, isWhole: Bool = false
  ) throws(Flaw) {
    guard let text else { return }
    let words = SearchWord.words(of: text.composed)
    guard !words.isEmpty else { throw .noWord(text) }
    phrases.append(Phrase(column: column, places: words.map { [$0] }, isWhole: isWhole))
  }

  /// A number of one digit may have a zero before it, or not.
  private mutating func add(number: String) throws(Flaw) {
    var places = SearchWord.words(of: number.composed).map { [$0] }
    guard let first = places.first?.first?.plain else { throw .noWord(number) }
    if first.allSatisfy(isDigit) {
      let bare = Array(first.drop { $0 == UInt8(ascii: "0") })
      if bare.count == 1 {
        places[0] = [bare, [UInt8(ascii: "0")] + bare].map { SearchWord(plain: $0, exact: $0) }
      }
    }
    phrases.append(Phrase(column: .number, places: places, isWhole: false))
  }

  // MARK: Reading words

  private static let quotes: Set<Character> = ["\"", "“", "”", "«", "»", "„"]

  /// The phrases of an argument: what stands in quotes, and each word outside of them. An argument
  /// without quotes is one phrase, as the quotes around it are those of the shell.
  private static func parts(of argument: String) -> [[SearchWord]] {
    guard argument.contains(where: quotes.contains) else { return [SearchWord.words(of: argument)] }
    var phrases: [[SearchWord]] = []
    let pieces = argument.split(omittingEmptySubsequences: false, whereSeparator: quotes.contains)
    for (index, piece) in pieces.enumerated() {
      if index % 2 == 1 {
        phrases.append(SearchWord.words(of: String(piece)))
      } else {
        phrases += piece.split(separator: " ").map { SearchWord.words(of: String($0)) }
      }
    }
    return phrases
  }

  // MARK: The expression of FTS5

  /// The query as FTS5 takes it; nil where a word is asked for that no document has.
  ///
  /// - Parameter accented: the terms with accents that the index has for a word without.
  func expression<Failure>(
    accented: ([UInt8]) throws(Failure) -> [[UInt8]]
  ) throws(Failure) -> [UInt8]? {
    var expression: [UInt8] = []
    for phrase in phrases {
      if !expression.isEmpty { expression += Array(" AND ".utf8) }
      if let column = phrase.column { expression += Array("\(column.name) : ".utf8) }
      expression.append(UInt8(ascii: "\""))
      if phrase.isWhole { expression += [WordTokenizer.lineEnd, UInt8(ascii: " ")] }
      for (index, place) in phrase.places.enumerated() {
        if index > 0 { expression.append(UInt8(ascii: " ")) }
        var terms: [[UInt8]] = []
        for word in place { terms += try SearchQuery.terms(of: word, accented) }
        guard !terms.isEmpty else { return nil }
        expression += terms.joined(separator: [WordTokenizer.alternative])
      }
      if phrase.isWhole { expression += [UInt8(ascii: " "), WordTokenizer.lineEnd] }
      expression.append(UInt8(ascii: "\""))
    }
    return expression
  }

  /// The terms of the index that a word finds.
  private static func terms<Failure>(
    of word: SearchWord, _ accented: ([UInt8]) throws(Failure) -> [[UInt8]]
  ) throws(Failure) -> [[UInt8]] {
    let plain = WordTokenizer.term(plain: word.plain)
    guard word.isAccented else { return [plain] }
    let exact = WordTokenizer.term(exact: word.exact)
    return try accented(plain).filter { term in
      term == exact || word.finds(SearchWord(plain: word.plain, exact: Array(term.dropFirst())))
    }
  }
}
