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
    var known: Set<[String]> = []
    var words = TextWords()
    for (text, number) in paragraphs {
      words.split(text, marking: self.facts.firstWords)
      let paragraph = FactParagraph(text, words, number: number, self)
      for fact in paragraph.facts where known.insert(fact.identity).inserted {
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

extension Fact {
  /// Equal for facts that say the same.
  fileprivate var identity: [String] { [kind.rawValue] + fields.map(\.value) }

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
    let numbers = words.marked.filter(\.isOdd).map { Int($0.index) }.filter {
      words[$0].kind == .number
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
    for mark in words.marked where !mark.isOdd || words[Int(mark.index)].kind != .number {
      let index = Int(mark.index)
      if let person = person(at: index) { found.append(person) }
      if let body = body(at: index) { found.append(body) }
    }
    return found.sorted { $0.quote.range.start < $1.quote.range.start }
  }

  /// The figures among some numbers; those of signs, days and hours are none.
  private func figures(at numbers: [Int], besides signs: [Range<Int>]) -> [Fact] {
    let figures = numbers.compactMap { figure(at: $0) }
    if figures.isEmpty { return [] }
    let others = signs + text.writtenTimes.map(\.range) + text.writtenHours.map(\.range)
    return figures.filter { figure in
      !others.contains { $0.overlaps(figure.quote.range.bounds) }
    }
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

  /// The signs and blanks between a word and the one before.
  func gap(before index: Int) -> ArraySlice<UInt8> {
    let start = index > 0 ? end(of: index - 1) : text.range.bounds.lowerBound
    return text.source.bytes[start..<self.start(of: index)]
  }

  /// Tells whether a word begins with a capital and only blanks stand before it.
  func isCapital(_ index: Int) -> Bool {
    index < words.count && words.followsBlank(at: index) && words[index].kind == .capital
  }

  func string(from first: Int, to last: Int) -> String {
    text.part(start(of: first)..<end(of: last)).string.foldingBlanks
  }
}

extension String {
  /// The words with one blank between them.
  fileprivate var foldingBlanks: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
