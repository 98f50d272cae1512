import CaseFiles
import Testing

@testable import Records

/// The table of an expression gives the answers of the C library, which recutils asks.
@Suite struct AutomatonTests {
  /// Those of the schemas that ship, and every form that the parser of the table takes.
  static let plain = [
    "^([0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    "^0*[1-9][0-9]*([.][0-9]{3})*$", "^[[:space:]]*([0-9]{1,2} )?[^0-9 ]+ .*[0-9]{4}[[:space:]]*$",
    "^(sáng|chiều|tối)$", "^[A-Z][0-9]{3}[[:space:]]+[^[:space:]]",
    "^[[:space:]]*[0-9]+[a-z]?([/-][^[:space:]]+)?[[:space:]]*$",
    "^(tăng|giảm) [0-9]+([.][0-9]{3})*(,[0-9]+)?(%| [^0-9%].*)$|^không (thay )?đổi$",
    "^-?[0-9]+([.][0-9]{3})*(,[0-9]+)?$", "a", "ab|^ba$", "a.b$", "^(a?b*)+$", "(a|b){2,3}c",
    "^(a?){2,}b$", "a{2}b{1,}", "[]a]b", "[^]a-]b", "^a*$", "\\.\\*", "á[^a]", "^(a|b?)(b|a*)$",
    "[a-]{2}$", "^[[:alpha:]_][[:alnum:]-]*$",
  ]
  /// Those that are left to the C library.
  static let others = [
    "", "a*", "^", "$a", "(^a)", "a**", "a{0,1}", "a{x}", "()", "a||b", "\\bab", "[[.a.]]", "[á]",
    "(a)\\1", "a{70}", "*a", "a)",
  ]

  @Test(arguments: plain) func sameAnswers(_ pattern: String) throws {
    let expression = try RegularExpression(pattern.utf8)
    let library = try LibraryExpression(pattern)
    #expect(AutomatonParser.positions(Array(pattern.utf8)).flatMap(Automaton.init) != nil)
    var random = FixedRandom(seed: 11)
    let pieces = ["a", "b", "c", "0", "1", "12", "2024", ".", ",", "/", "-", " ", "\n", "%", "á"]
    let parts = pieces + ["tăng", "giảm ", "không ", "đổi", "sáng", "K101 ", "]", "_", "\0", "é"]
    for _ in 0..<2000 {
      let count = Int.random(in: 0...6, using: &random)
      let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(text.utf8)
      #expect(expression.matches(bytes[...]) == library.matches(bytes.span), "\(text)")
    }
  }

  @Test(arguments: others) func othersAreLeft(_ pattern: String) {
    #expect(AutomatonParser.positions(Array(pattern.utf8)).flatMap(Automaton.init) == nil)
  }

  /// Expressions of a plain form with more states than a table may have.
  @Test(arguments: ["(a|b)*a(a|b){7}$", "a.{8}b", "[ab]*a[ab]{6}c$", "a(b|c)*.{7}$"])
  func manyStates(_ pattern: String) throws {
    let positions = try #require(AutomatonParser.positions(Array(pattern.utf8)))
    #expect(Automaton(positions) == nil)
    let (expression, library) = (
      try RegularExpression(pattern.utf8), try LibraryExpression(pattern)
    )
    var random = FixedRandom(seed: 17)
    for _ in 0..<3000 {
      let count = Int.random(in: 0...24, using: &random)
      let text = (0..<count).map { _ in "abbac\0".utf8.randomElement(using: &random) ?? 0 }
      #expect(expression.matches(text[...]) == library.matches(text.span), "\(text)")
    }
  }

  @Test("nothing is left to the C library that takes it long") func bounded() throws {
    #expect(throws: RegularExpression.Failure.self) { try RegularExpression("(a*)*\\1".utf8) }
    #expect(try RegularExpression("[\\1]".utf8).matches([0x31]))
    let long = [UInt8](repeating: 0x61, count: 1_000_000)
    #expect(try RegularExpression("(a|b)*a(a|b){7}$".utf8).matches(long[...]))
    #expect(!(try RegularExpression("(a*)*b|$x".utf8).matches(long[...])))
  }

  @Test("what the parser of the table takes, the C library takes too") func valid() {
    var random = FixedRandom(seed: 13)
    let pieces = [
      "a", "b", "[", "]", "^", "-", "(", ")", "{", "}", "1", "2", ",", "*", "+", "?", "|", "$", ".",
      "\\", "[:digit:]", "[0-9]", "a-c", "á",
    ]
    var taken = 0
    for _ in 0..<50_000 {
      let count = Int.random(in: 1...7, using: &random)
      let pattern = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard AutomatonParser.positions(Array(pattern.utf8)) != nil else { continue }
      taken += 1
      #expect((try? LibraryExpression(pattern)) != nil, "\(pattern)")
    }
    #expect(taken > 3000)
  }
}
