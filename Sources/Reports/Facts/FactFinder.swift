import Diagnostics
import Texts
import Vietnamese

/// Finds facts in running texts: cited documents, people with their titles, figures with their units,
/// bodies. What is not sure to be one is left out.
public struct FactFinder: Sendable {
  let facts: FactRegister
  let registers: CheckRegisters
  let titles: TitleRegister
  /// The warnings about the registers that only this finder reads.
  public let warnings: [Diagnostic]

  /// Reads the registers that only this finder needs.
  ///
  /// - Throws: what is wrong with them.
  public init(_ templates: TemplateCollection) throws(Problems) {
    var problems: [Diagnostic] = []
    registers = templates.registers
    (facts, titles) = try Problems.collecting { () throws(Diagnostic) in
      (
        try FactRegister.read(in: templates.folder, into: &problems),
        try templates.titles.register()
      )
    }
    try problems.throwIfErrors()
    warnings = problems
  }

  /// Finds the facts of a text in the order of its paragraphs, each once: at the first place that
  /// states it.
  ///
  /// - Parameter paragraphs: with the numbers by which a fact names its place.
  public func facts(in paragraphs: [(text: Text, number: Int)]) -> [Fact] {
    var facts: [Fact] = []
    var known: Set<FactIdentity> = []
    var words = TextWords()
    for (text, number) in paragraphs {
      words.split(text, marking: self.facts.firstWords)
      let paragraph = FactParagraph(text, words, number: number, self)
      for fact in paragraph.facts where known.insert(FactIdentity(fact)).inserted {
        facts.append(fact)
      }
    }
    // A name without a title says nothing more where the title is known.
    let titled = Set(facts.filter { $0.fields.count > 1 }.compactMap(\.personName))
    return facts.filter { fact in
      fact.fields.count > 1 || fact.personName.map { !titled.contains($0) } ?? true
    }
  }
}

/// What a fact says: equal for those that say the same.
private struct FactIdentity: Hashable {
  private let kind: Fact.Kind
  private let values: [UInt8]

  init(_ fact: Fact) {
    kind = fact.kind
    var values: [UInt8] = []
    for (_, value) in fact.fields {
      values += value.utf8
      values.append(0)
    }
    self.values = values
  }

  func hash(into hasher: inout Hasher) {
    values.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension Fact {
  fileprivate var personName: String? { kind == .person ? fields.first?.value : nil }
}

/// A paragraph in which facts are looked for.
struct FactParagraph {
  let text: Text
  let words: TextWords
  let finder: FactFinder
  private let number: Int

  init(_ text: Text, _ words: TextWords, number: Int, _ finder: FactFinder) {
    (self.text, self.words, self.number, self.finder) = (text, words, number, finder)
  }

  /// What it states, in the order of the text. A word belongs to one fact, but for a body within the
  /// title of a person.
  var facts: [Fact] {
    var found: [Fact] = []
    var (numbers, others): ([Int], [Int]) = ([], [])
    for mark in words.marked {
      let index = Int(mark.index)
      if mark.isOdd, words.kind(at: index) == .number {
        numbers.append(index)
      } else {
        others.append(index)
      }
    }
    var signs: [Range<Int>] = []
    for index in numbers {
      // The year in `34/2007/PL-UBTVQH11` begins no sign.
      let isTaken = signs.last.map { $0.contains(start(of: index)) } ?? false
      guard !isTaken, let sign = documentSign(at: index) else { continue }
      signs.append(sign.range)
      found.append(fact(of: sign, at: index))
    }
    found += figures(at: numbers, besides: signs)
    for index in others {
      if let person = person(at: index) { found.append(person) }
      if let body = body(at: index) { found.append(body) }
    }
    return found.sorted { $0.quote.range.start < $1.quote.range.start }
  }

  /// The figures among some numbers; those of signs, days and hours are none.
  private func figures(at numbers: [Int], besides signs: [Range<Int>]) -> [Fact] {
    let figures = numbers.compactMap { figure(at: $0) }
    if figures.isEmpty { return [] }
    let others = signs + timesAndHours
    return figures.filter { figure in
      !others.contains { $0.overlaps(figure.quote.range.bounds) }
    }
  }

  /// The days, periods and hours that begin with a number; no others have figures in them.
  private var timesAndHours: [Range<Int>] {
    let bytes = text.source.bytes
    var found: [Range<Int>] = []
    // Nothing is read twice.
    var (time, hour) = (0, 0)
    for index in words.marked.lazy.filter(\.isOdd).map({ Int($0.index) }) {
      let start = start(of: index)
      guard isDigit(bytes[start]) else { continue }
      if start >= time, let written = WrittenTime(in: bytes, at: start, of: text.range.bounds) {
        found.append(written.range)
        time = written.range.upperBound
      }
      if start >= hour, let written = WrittenHour(in: bytes, at: start, of: text.range.bounds) {
        found.append(written.range)
        hour = written.range.upperBound
      }
    }
    return found
  }

  func fact(
    _ kind: Fact.Kind, _ range: Range<Int>, _ fields: [(name: String, value: String?)]
  ) -> Fact {
    let filled = fields.compactMap { name, value in value.map { (name: name, value: $0) } }
    return Fact(kind: kind, quote: text.part(range), paragraph: number, fields: filled)
  }

  // MARK: - Words

  func start(of index: Int) -> Int { Int(words.range(at: index).start) }

  func end(of index: Int) -> Int { Int(words.range(at: index).end) }

  /// The first word behind another that does not begin before an offset.
  func word(at offset: Int, behind index: Int) -> Int {
    var next = index + 1
    while next < words.count, start(of: next) < offset { next += 1 }
    return next
  }

  /// Tells whether a word begins with a capital and only blanks stand before it.
  func isCapital(_ index: Int) -> Bool {
    index < words.count && words.followsBlank(at: index) && words.kind(at: index) == .capital
  }

  func string(from first: Int, to last: Int) -> String {
    let words = text.part(start(of: first)..<end(of: last))
    return words.withBytes({ $0.hasPlainBlanks }) ? words.string : words.string.foldingBlanks
  }
}

extension String {
  /// The words with one blank between them.
  fileprivate var foldingBlanks: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Span<UInt8> {
  /// Tells whether it surely has no blanks but single ones between words: it is of ASCII and letters
  /// of Vietnamese.
  fileprivate var hasPlainBlanks: Bool {
    var before: UInt8 = 0
    for index in indices {
      let byte = self[index]
      let isPlain =
        byte < 0x80
        ? byte > 0x20 || byte == 0x20 && before != 0x20
        : byte < 0xC0 || byte &- 0xC3 < 4 || byte == 0xE1 && self[index + 1] | 1 == 0xBB
      guard isPlain else { return false }
      before = byte
    }
    return true
  }
}
