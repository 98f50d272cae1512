import Diagnostics
import Texts
import Records

extension CheckedFile {
  /// The checks that only proofreading makes.
  static let proofread = ["K141", "K142", "K154", "K155", "K206"]

  /// Warnings about the wording of the finished documents, and about syllables of the data that a
  /// dictionary does not know.
  ///
  /// - Parameters:
  ///   - documents: what ``render(_:formats:)`` made, plain texts among them; empty where the data
  ///     has errors.
  ///   - dictionary: nil where none is installed.
  public func proofread(
    _ documents: [OutputFile], with dictionary: SyllableDictionary?
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let uses = Dictionary(grouping: takeTexts(with: dictionary, &problems), by: \.hash)
    for document in documents where document.path.hasSuffix(".txt") {
      problems += unexplained(in: document, uses)
    }
    var silencing = silencing
    let found = silencing.filter(problems.distinctPlaces)
    let unused = silencing.unused { code in
      ["K141", "K142"].contains(code) && !documents.isEmpty || code == "K206" && dictionary != nil
    }
    return (found + unused).inOrder(from: database.source)
  }

  /// Takes the running texts apart: tells of syllables that are unknown, and finds abbreviations.
  private func takeTexts(
    with dictionary: SyllableDictionary?, _ problems: inout [Diagnostic]
  ) -> [AbbreviationUse] {
    var uses: [AbbreviationUse] = []
    var words = TextWords()
    for text in texts {
      words.split(text, marking: registers.abbreviations.words)
      if let dictionary { checkSyllables(of: words, in: text, dictionary, &problems) }
      for mark in words.marked where registers.abbreviations.words.mayHold(mark.key) {
        let (index, bytes) = (Int(mark.index), text.source.bytes)
        let short = String(decoding: bytes[words.range(at: index).bounds], as: UTF8.self)
        if registers.abbreviations.meanings[short] == nil
          || registers.abbreviations.known.contains(short)
        {
          continue
        }
        let isExplanation = isInBrackets(words[index], bytes)
        uses.append(AbbreviationUse(text, words, index, isExplanation: isExplanation))
      }
    }
    return uses
  }

  private func checkSyllables(
    of words: TextWords, in text: Text, _ dictionary: SyllableDictionary,
    _ problems: inout [Diagnostic]
  ) {
    let own = registers.spelling.ownWords
    // Words with a capital may be names.
    for index in words.indices {
      let hash = words.hash(at: index)
      if dictionary.has(hash) || own.has(hash) { continue }
      let word = words[index]
      guard word.kind == .small, word.end - word.start > 1, !isPartOfAddress(word, text) else {
        continue
      }
      let place = Text(
        source: text.source, range: SourceRange(start: word.start, end: word.end))
      // To look for what was meant takes long; whoever has so many is not helped by more.
      let isHelpful = problems.count < 50 && place.count < 30
      let suggestion = isHelpful ? dictionary.suggestion(for: place.string, beside: own) : nil
      let problem = CheckProblem.unknownSyllable(place.string, suggestion: suggestion)
      problems.append(Diagnostic(.check(problem), at: place))
    }
  }

  /// `phuong.gov.vn`, `a@b.vn`.
  private func isPartOfAddress(_ word: Word, _ text: Text) -> Bool {
    let bytes = text.source.bytes
    let signs: [UInt8] = [0x2E, 0x40, 0x2F, 0x5F]
    func isJoined(_ sign: Int, _ beyond: Int) -> Bool {
      let bounds = text.range.bounds
      guard bounds.contains(sign), bounds.contains(beyond) else { return false }
      return signs.contains(bytes[sign]) && bytes[beyond] > 0x20
    }
    return isJoined(word.start - 1, word.start - 2) || isJoined(word.end, word.end + 1)
  }

  // MARK: - Abbreviations

  /// Abbreviations that a document uses before it explains them, as «Quy chế dân chủ (QCDC)».
  ///
  /// - Parameter uses: those of the data.
  private func unexplained(
    in document: OutputFile, _ uses: [UInt64: [AbbreviationUse]]
  ) -> [Diagnostic] {
    // What the data does not use, it need not explain.
    if uses.isEmpty { return [] }
    let bytes = document.bytes
    let abbreviations = registers.abbreviations
    var words = TextWords()
    words.split(Text(computed: bytes), marking: abbreviations.words)
    var told: Set<String> = []
    var explained: Set<String> = []
    var problems: [Diagnostic] = []
    for mark in words.marked where abbreviations.words.mayHold(mark.key) {
      let word = words[Int(mark.index)]
      guard word.kind == .capital, (2...24).contains(word.end - word.start),
        let short = abbreviation(word, bytes), let meaning = abbreviations.meanings[short]
      else { continue }
      let isExplanation = isInBrackets(word, bytes)
      if isExplanation, !explained.insert(short).inserted,
        let place = firstUse(of: words, Int(mark.index), uses, isExplanation: true)
      {
        problems.append(Diagnostic(.check(.explainedAgain(short)), at: place))
      }
      if told.contains(short) { continue }
      let place =
        isExplanation
        ? nil : firstUse(of: words, Int(mark.index), uses, isExplanation: false)
      if let place, isInHeadline(place) { continue }
      told.insert(short)
      guard let place else { continue }
      problems.append(
        Diagnostic(.check(.unexplained(short, meaning: meaning)), at: place))
    }
    return problems
  }

  private func isInBrackets(_ word: Word, _ bytes: [UInt8]) -> Bool {
    word.start > 0 && bytes[word.start - 1] == UInt8(ascii: "(")
      && word.end < bytes.count && bytes[word.end] == UInt8(ascii: ")")
  }

  /// The word if it is all capitals and no part of a sign such as BC/BCĐ.
  private func abbreviation(_ word: Word, _ bytes: [UInt8]) -> String? {
    let isInSign = [word.start - 1, word.end].contains { index in
      bytes.indices.contains(index)
        && (bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "-"))
    }
    guard !isInSign else { return nil }
    let short = String(decoding: bytes[word.start..<word.end], as: UTF8.self)
    return registers.abbreviations.known.contains(short) ? nil : short
  }

  /// Finds a word of a document in the data: with the same neighbours, or else its first use
  /// that explains nothing. What a template says is no matter of the data.
  private func firstUse(
    of document: TextWords, _ index: Int, _ uses: [UInt64: [AbbreviationUse]],
    isExplanation: Bool
  ) -> Text? {
    let hash = document.hash(at: index)
    let wanted = document.neighbours(of: index)
    var best: (place: Text, same: Int)?
    // Further uses of one word are no nearer: whoever has a thousand finds the others by himself.
    for use in uses[hash, default: []].prefix(Self.mostUses)
    where use.isExplanation == isExplanation {
      let same = zip(wanted, use.neighbours).count { $0 != nil && $0 == $1 }
      if same > best?.same ?? -1 { best = (use.place, same) }
    }
    return best?.place
  }

  private static let mostUses = 200

  /// Tells whether a place of the data is in a line of a head.
  private func isInHeadline(_ place: Text) -> Bool {
    let start = place.place.range.start
    func holds(_ text: Text) -> Bool {
      text.place.range.start <= start && start <= text.place.range.end
    }
    let sets = database.recordSets
    let next = sets.sortedIndex(after: { ($0.type?.range.start ?? -1) <= start })
    guard next > 0, let type = sets[next - 1].type else { return false }
    let records = sets[next - 1].records
    let after = records.sortedIndex(after: { $0.place.range.start <= start })
    guard after > records.startIndex else { return false }
    let field = records[after - 1].fields.first { holds($0.value) }
    return field.map { textFields.isHeadline($0.name, ofType: type.string) } ?? false
  }
}

/// An abbreviation in a text of the data.
private struct AbbreviationUse {
  let place: Text
  let hash: UInt64
  /// The hashes of the three words before it and the three behind it.
  let neighbours: [UInt64?]
  /// Tells whether it stands in brackets, behind what it stands for.
  let isExplanation: Bool

  init(_ text: Text, _ words: TextWords, _ index: Int, isExplanation: Bool) {
    self.isExplanation = isExplanation
    place = Text(source: text.source, range: words.range(at: index))
    (hash, neighbours) = (words.hash(at: index), words.neighbours(of: index))
  }
}

extension TextWords {
  fileprivate func neighbours(of index: Int) -> [UInt64?] {
    [-3, -2, -1, 1, 2, 3].map { step in
      indices.contains(index + step) ? hash(at: index + step) : nil
    }
  }
}

extension [Diagnostic] {
  /// Several documents of a file say the same of one place.
  fileprivate var distinctPlaces: [Diagnostic] {
    var seen: Set<String> = []
    return filter { problem in
      let place = problem.place
      return seen.insert(
        "\(problem.kind.code):\(place?.place.range.start ?? 0):\(place?.range.start ?? 0)"
      ).inserted
    }
  }
}
