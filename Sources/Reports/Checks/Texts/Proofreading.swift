import Diagnostics
import Texts
import Records

extension CheckedFile {
  /// The checks that only proofreading makes.
  static let proofread = ["K141", "K206"]

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
    var problems = dictionary.map(unknownSyllables) ?? []
    for document in documents where document.path.hasSuffix(".txt") {
      problems += unexplained(in: document)
    }
    var silencing = silencing
    let found = silencing.filter(problems.distinctPlaces)
    let unused = silencing.unused { code in
      code == "K141" && !documents.isEmpty || code == "K206" && dictionary != nil
    }
    return (found + unused).inOrder(from: database.source)
  }

  private func unknownSyllables(_ dictionary: SyllableDictionary) -> [Diagnostic] {
    let own = registers.spelling.ownWords
    var problems: [Diagnostic] = []
    let (none, texts) = (WordFilter(), texts)
    var words = TextWords()
    for text in texts {
      words.take(text, marking: none)
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
    return problems
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
  private func unexplained(in document: OutputFile) -> [Diagnostic] {
    let bytes = document.bytes
    var words = TextWords()
    words.take(Text(computed: bytes), marking: WordFilter())
    let headlines = database.headlines(of: textFields)
    var told: Set<String> = []
    var problems: [Diagnostic] = []
    for (index, word) in words.enumerated()
    where word.kind == .capital && registers.abbreviations.words.mayHold(word.key) {
      guard (2...24).contains(word.end - word.start), let short = abbreviation(word, bytes),
        let meaning = registers.abbreviations.meanings[short], !told.contains(short)
      else { continue }
      let place = isInBrackets(word, bytes) ? nil : firstUse(of: words, index)
      if let place, headlines.contains(where: { $0.contains(Int(place.range.start)) }) { continue }
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

  /// Where the data has a word of a document: with the same neighbours, or else its first use
  /// that explains nothing. What a template says is no matter of the data.
  private func firstUse(of document: TextWords, _ index: Int) -> Text? {
    let word = document[index]
    var best: (text: Text, neighbours: Int)?
    var words = TextWords()
    for text in texts {
      words.take(text, marking: WordFilter())
      for (offset, other) in words.enumerated() where other.hash == word.hash {
        guard !isInBrackets(other, text.source.bytes) else { continue }
        let neighbours = [-3, -2, -1, 1, 2, 3].count { step in
          let (mine, its) = (index + step, offset + step)
          return document.indices.contains(mine) && words.indices.contains(its)
            && document[mine].hash == words[its].hash
        }
        guard neighbours > best?.neighbours ?? -1 else { continue }
        best = (
          Text(source: text.source, range: SourceRange(start: other.start, end: other.end)),
          neighbours
        )
      }
    }
    return best?.text
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
