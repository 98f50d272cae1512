import CaseFiles
import Reports
import Templating
import Testing
import Texts

/// That the filters of texts, which work on bytes, give what the same filters written over `String`
/// and its characters give (`TextFilterReference.swift`).
@Suite struct TextFilterTests {
  static let texts = RandomTexts(seed: 21).texts(800)

  @Test(arguments: TextFilterReference.all)
  func givesWhatStringsGive(reference: TextFilterReference) throws {
    let results = try filled("{{ t | \(reference.call) }}", Self.texts.map { Value($0) })
    try #require(results.count == Self.texts.count)
    for (text, result) in zip(Self.texts, results) {
      let wanted = reference.result(text)
      #expect(
        result.unicodeScalars.elementsEqual(wanted.unicodeScalars),
        "\(reference.call) of \(text.debugDescription): \(result.debugDescription)")
    }
  }

  @Test("upper and lower as tests") func cases() throws {
    let results = try filled("{{ t is upper }} {{ t is lower }}", Self.texts.map { Value($0) })
    for (text, result) in zip(Self.texts, results) {
      let isUpper = text == text.uppercased() && text != text.lowercased()
      let isLower = text == text.lowercased() && text != text.uppercased()
      #expect(result == "\(isUpper ? "True" : "False") \(isLower ? "True" : "False")", "\(text)")
    }
  }

  @Test("long texts take their time by their length, not by its square") func isLinear() throws {
    let long = String(repeating: "<&", count: 200_000)
    let hyphens = String(repeating: "a-", count: 200_000)
    #expect(try filled("{{ t | wordwrap(10) | length }}", [Value(hyphens)]).count == 1)
    let calls = [
      "striptags | length", "wordwrap(10) | length", "replace('<&<&x', '') | length",
      "truncate(150000) | length", "title | length", "wordcount", "indent | length",
    ]
    for call in calls { #expect(try filled("{{ t | \(call) }}", [Value(long)]).count == 1) }
    let part = String(repeating: "<&", count: 50_000) + "x"
    #expect(try filled("{{ '\(part)' in t }}", [Value(long)]) == ["False"])
    #expect(try filled("{{ t | replace('\(part)', '') == t }}", [Value(long)]) == ["True"])
  }

  /// Texts of one piece over and over, on which a filter could look at the rest of the text, or at
  /// all of it so far, again for each piece.
  @Test(arguments: [
    "<", "&", "<!--", "<!-- ", "a-", "-", " ", "\n", "\r", "\t ", "(", "%", "&#", "&a", "e\u{301}",
    "\u{301}",
    "\u{200D}", "👩\u{200D}", "🇻", "\u{1100}", "\u{0915}\u{094D}", "\u{600}", "\u{FE0F}", "ß", "Σ",
    "\u{37E}",
  ])
  func takesTimeByItsLength(piece: String) throws {
    let calls = [
      "striptags", "wordwrap(10)", "wordwrap(1)", "replace('x', 'y')", "title", "capitalize",
      "upper",
      "indent", "truncate(90000)", "truncate(10)", "center(200)", "trim", "reverse", "urlencode",
      "tojson", "e", "pprint", "wordcount", "format", "viet_hoa_dau", "list | length", "first",
      "last",
      "unique | length", "batch(3) | length", "length",
    ]
    func time(_ call: String, _ text: String) throws -> Double {
      // Refused is fine, too.
      threadSeconds { _ = try? filled("{{ t | \(call) }}", [Value(text)]) }
    }
    let short = String(repeating: piece, count: 20_000 / piece.utf8.count)
    let long = String(repeating: piece, count: 160_000 / piece.utf8.count)
    for call in calls {
      let (few, many) = (try time(call, short), try time(call, long))
      // Eight times the text; by its square it would be sixty-four times the time.
      #expect(many < few * 30 + 0.15, "\(call): \(few) s, \(many) s")
    }
  }

  /// What a template makes of each value, which it calls `t`.
  private func filled(_ template: String, _ values: [Value]) throws -> [String] {
    var environment = Environment.documents(undefined: .strict)
    environment.escapeChoice = .none
    environment.limits.steps = 100_000_000
    let library = TemplateLibrary(environment: environment) { _ in nil }
    let text = "{% for t in list %}\(template)\u{1}{% endfor %}"
    let main = Source(name: "filters.jinja", bytes: Array(text.utf8))
    let data = ValueMap([(Key("list"), .list(values))])
    let output = try library.compile(main).render(data, library: library)
    return output.split(separator: 1, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Texts of pieces that are hard somewhere: letters with marks, line ends, emoji, signs that join
/// what follows, tags and references.
struct RandomTexts {
  private var random: FixedRandom

  init(seed: UInt64) { random = FixedRandom(seed: seed) }

  private static let pieces = [
    "a", "B", "z", "0", "-", "-", " ", " ", " ", "\t", "\n", "\r\n", "\r", "(", "[x", "phát triển",
    "Ủy ban", "nhân dân", "đường", "ƯU", "ỹ", "Đ", "kinh tế – xã hội", "e\u{301}",
    "o\u{31B}\u{323}",
    "\u{301}", "\u{345}", "ß", "ŉ", "ǆ", "İ", "ﬁ", "Σς", "Жж", "ÿ", "µ", "\u{212A}", "🙂", "👩‍👩‍👧",
    "🇻🇳", "🇻", "\u{600}", "\u{200D}", "क्षि", "각", "\u{A0}", "\u{2003}", "\u{3000}", "\u{2028}",
    "\u{85}", "“", "”", "…", "<b>", "</b>", "<", ">", "<!-- x -->", "<!--", "-->", "&lt;", "&amp;",
    "&#39;", "&#x1EBF;", "&#+65;", "&nbsp", "&", ";", "\u{37E}", "&gt\u{37E}", "&quot;\u{301}", "'",
    "\"", "\\", "/", "%", "ab", "well-known", "long-đường-dài", "Thừa Thiên Huế",
  ]

  func texts(_ count: Int) -> [String] {
    var copy = self
    return (0..<count).map { index in copy.text(atMost: index % 25) }
  }

  private mutating func text(atMost count: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &random) {
      let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      scalars.append(contentsOf: piece.unicodeScalars)
    }
    return String(scalars)
  }
}

/// The same numbers in every run (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
