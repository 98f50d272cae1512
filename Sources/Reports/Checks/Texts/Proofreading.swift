import Diagnostics
import Texts
import Records

extension CheckedFile {
  /// The checks that only proofreading makes.
  static let proofread = ["K141", "K142", "K146", "K147", "K154", "K155", "K206"]

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
    proofread(documents, readTexts(with: dictionary))
  }

  /// The same with the texts of the data read before.
  public func proofread(_ documents: [OutputFile], _ texts: ReadTexts) -> [Diagnostic] {
    let plain = documents.filter { $0.path.hasSuffix(".txt") }
    let problems = texts.problems + abbreviationProblems(in: plain, texts.uses)
    var silencing = silencing
    let found = silencing.filter(problems.distinctPlaces)
    let unused = silencing.unused { code in
      Self.ofAbbreviations.contains(code) && !documents.isEmpty
        || code == "K206" && texts.isSpelled
    }
    return (found + unused).inOrder(from: database.source)
  }

  /// Takes the running texts apart: tells of syllables that are unknown, and finds the terms that
  /// have an abbreviation.
  ///
  /// - Parameter dictionary: nil where none is installed.
  public func readTexts(with dictionary: SyllableDictionary?) -> ReadTexts {
    var read = ReadTexts(isSpelled: dictionary != nil)
    var words = TextWords()
    for text in texts {
      words.split(text, marking: registers.abbreviations.words)
      if let dictionary { checkSyllables(of: words, in: text, dictionary, &read.problems) }
      read.uses.insert(text, words, registers.abbreviations)
    }
    return read
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
      guard word.kind == .small, word.end - word.start > 1, !isPartOfAddress(word, text),
        !isPartOfCode(word, text)
      else {
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

  /// `[[kinh-phi]]`.
  private func isPartOfCode(_ word: Word, _ text: Text) -> Bool {
    let bytes = text.source.bytes
    var start = word.start
    while start > Int(text.range.start),
      isWordByte(bytes[start - 1]) || "-_".utf8.contains(bytes[start - 1])
    {
      start -= 1
    }
    return start > Int(text.range.start) + 1 && bytes[start - 1] == .openBracket
      && bytes[start - 2] == .openBracket
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
}

/// The running texts of a data file once they were read, for the checks of its documents.
public struct ReadTexts {
  /// Whether a dictionary was at hand.
  fileprivate let isSpelled: Bool
  fileprivate(set) var uses = TermUses()
  fileprivate var problems: [Diagnostic] = []

  fileprivate init(isSpelled: Bool) { self.isSpelled = isSpelled }
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
